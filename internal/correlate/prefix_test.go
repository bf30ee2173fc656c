package correlate

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/extract"
)

func TestPlaces(t *testing.T) {
	want := []string{ // the files of a prefix in their order, the prefixes apart by a line
		"a/MM_20261120.xlog", "a/MM_20261120_1.xlog.gz", "a/MM_20261120_9.xlog", "a/MM_20261120_10.xlog", "a/MM_20261121.xlog", "a/MM.mmap3", "",
		"a/MM_20261120_20261121.xlog", "",
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
