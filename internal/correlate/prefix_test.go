package correlate

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

func TestPlaces(t *testing.T) {
	want := []string{ // the files of a prefix in their order, the prefixes apart by a line
		"a/MM_20261120.xlog", "a/MM_20261120_1.xlog.gz", "a/MM_20261120_9.xlog", "a/MM_20261120_10.xlog", "a/MM_20261121.xlog", "a/MM.mmap3", "",
		"a/MM_20261120_20261121.xlog", "",
		"a/MM_20261120.xlog.log", "a/MM_20261121.xlog.log.zst", "a/MM.mmap3.log", "",
		"a/MM_20261399.xlog", "",
		"a/MM_20261120.txt", "",
		"a/push_19700101.xlog", "a/push_20261120.xlog", "a/push.mmap2.gz", "a/push.mmap3", "",
		"b/MM_20261120.xlog", "",
		"b/mmap3", "",
	}
	var logs []*extract.Log
	for _, name := range slices.Backward(want) {
		if name != "" {
			logs = append(logs, &extract.Log{Input: name})
		}
	}
	got := map[string]bool{}
	for _, l := range joined(logs) {
		got[strings.Join(l.Inputs(), " ")] = true
	}
	all := map[string]bool{}
	var one []string
	for _, name := range want {
		if name != "" {
			one = append(one, name)
			continue
		}
		all[strings.Join(one, " ")] = true
		one = nil
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Error(diff)
	}
}

func TestSeam(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		first string // of the second
		want  extract.Seam
	}{
		{"wmpf_20261120.xlog", "wmpf_20261120_1.xlog", "2026-11-20", extract.Follows},
		{"wmpf_20261120_9.xlog", "wmpf_20261120_10.xlog", "2026-11-20", extract.Follows},
		{"wmpf_20261120.xlog", "wmpf_20261120.xlog.gz", "2026-11-20", extract.Overlaps},
		{"wmpf_20261120.xlog", "wmpf_20261120_2.xlog", "2026-11-20", extract.Lacks},
		{"wmpf_20261120_3.xlog", "wmpf_20261121.xlog", "2026-11-21", extract.Follows},
		{"wmpf_20261120_3.xlog", "wmpf_20261121_1.xlog", "2026-11-21", extract.Lacks},
		{"wmpf_20261120.xlog", "wmpf_20261122.xlog", "2026-11-22", extract.Lacks},
		{"wmpf_20261231.xlog", "wmpf_20270101.xlog", "2027-01-01", extract.Follows},
		{"wmpf_20261120_3.xlog", "wmpf.mmap3", "2026-11-20", extract.Overlaps},
		{"wmpf_20261120_3.xlog", "wmpf.mmap3", "2026-11-19", extract.Overlaps},
		{"wmpf_20261120.xlog", "wmpf.mmap3", "2026-11-21", extract.Overlaps},
		{"wmpf_20261120.xlog", "wmpf.mmap3", "2026-11-22", extract.Lacks},
		{"wmpf.mmap2", "wmpf.mmap3", "2026-11-22", extract.Overlaps},
	} {
		first, err := time.Parse(time.DateOnly, tt.first)
		if err != nil {
			t.Fatal(err)
		}
		if got := seam(&extract.Log{Input: tt.a}, &extract.Log{Input: tt.b, First: first}); got != tt.want {
			t.Errorf("%s and %s of %s: %d, want %d", tt.a, tt.b, tt.first, got, tt.want)
		}
	}
}

// TestGapsOfPrefix holds what becomes of the gaps of files and caches. Logs are seconds of lines of process 1, of process
// 2 behind "'", and "gap".
func TestGapsOfPrefix(t *testing.T) {
	start := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	read := func(name, words string) *extract.Log {
		x := extract.New(name)
		for word := range strings.FieldsSeq(words) {
			if word == "gap" {
				x.Gap(logline.Pos{}, "lost")
				continue
			}
			second, other := strings.CutSuffix(word, "'")
			d, err := time.ParseDuration(second + "s")
			if err != nil {
				t.Fatal(err)
			}
			l := logline.Line{Time: start.Add(d), Stamp: logline.HasTime | logline.HasDate | logline.HasYear | logline.HasZone, PID: 1, Raw: []byte(word)}
			if other {
				l.PID = 2
			}
			x.Add(&l)
		}
		return x.Log()
	}
	for _, tt := range []struct{ name, file, next, cache, want string }{
		{"in the middle", "0 gap 1", "2", "3", "0-1"},
		{"at the end of a file", "0 gap", "2", "3", "0-2"},
		{"at the start of a file", "0", "gap 2", "3", "0-2"},
		{"a file without a line", "0", "gap", "3", "0-3"},
		{"a first file without a line", "gap", "2", "3", "?-2"},
		{"at the end of the cache", "0", "2", "3 gap", "3-?"},
		{"at the end of a cache that the next process has put into a file", "0", "2 9'", "1 2 gap", ""},
		{"at the end of a cache that was copied before the file grew", "0", "2 9", "1 2 gap", ""},
	} {
		logs := joined([]*extract.Log{read("p.mmap3", tt.cache), read("p_20261120_1.xlog", tt.next), read("p_20261120.xlog", tt.file)})
		if len(logs) != 1 {
			t.Fatalf("%s: %d logs", tt.name, len(logs))
		}
		var got []string
		for _, g := range logs[0].Gaps {
			ends := [2]string{"?", "?"}
			for i, end := range []time.Time{g.From, g.To} {
				if !end.IsZero() {
					ends[i] = strconv.Itoa(int(end.Sub(start).Seconds()))
				}
			}
			got = append(got, ends[0]+"-"+ends[1])
		}
		if gaps := strings.Join(got, " "); gaps != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, gaps, tt.want)
		}
	}
}
