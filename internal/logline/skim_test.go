package logline_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/logline"
)

func find(word string) func([]byte) int {
	return func(text []byte) int { return bytes.Index(text, []byte(word)) }
}

// kept writes what Skim yields of a text, a record a line, with the records left out in front.
func kept(text, word string, ends []int) []string {
	var list []string
	p := logline.NewParser(logline.Options{Blocks: true})
	for l := range p.Skim([]byte(text), logline.Pos{}, ends, find(word)) {
		list = append(list, strings.Repeat(".", l.Left)+string(l.Text))
	}
	return list
}

func TestSkim(t *testing.T) {
	mars := func(clock, message string) string {
		return "[I][2024-06-01 +8.0 " + clock + ".000][1, 2*][tag][f.cc:1, F][" + message + "\n"
	}
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"one minute", mars("08:00:01", "a") + mars("08:00:02", "b") + mars("08:00:03", "c") + mars("08:00:04", "d"), []string{"a", "..d"}},
		{"many records", strings.Repeat(mars("08:00:01", "a"), 100) + mars("08:00:02", "HIT") + strings.Repeat(mars("08:00:03", "b"), 50),
			[]string{"a", strings.Repeat(".", 99) + "HIT", strings.Repeat(".", 49) + "b"}},
		{"a wanted record", mars("08:00:01", "a") + mars("08:00:02", "b") + mars("08:00:03", "HIT") + mars("08:00:04", "d") + mars("08:00:05", "e"), []string{"a", ".HIT", ".e"}},
		{"wanted in a continuation line", mars("08:00:01", "a") + mars("08:00:02", "b\nHIT") + mars("08:00:03", "c"), []string{"a", "b\nHIT", "c"}},
		{"two minutes", mars("08:00:01", "a") + mars("08:00:02", "b") + mars("08:00:03", "c") + mars("08:01:00", "d") + mars("08:01:01", "e"), []string{"a", ".c", "d", "e"}},
		{"another level", mars("08:00:01", "a") + "[E" + mars("08:00:02", "b")[2:] + mars("08:00:03", "c"), []string{"a", ".c"}},
		{"the appender's own line", mars("08:00:01", "a") + mars("08:00:02", "b") + "get mmap time: 3\n" + mars("08:00:03", "c"), []string{"a", "b", "get mmap time: 3", "c"}},
		{"no stamp", strings.ReplaceAll(mars("", "a")+mars("", "b")+mars("", "c"), "2024-06-01 +8.0 .000", ""), []string{"a", "b", "c"}},
		{"other formats", "11-20 14:03:22.104  1  2 I tag: a\n11-20 14:03:22.105  1  2 I tag: b\n", []string{"a", "b"}},
		{"nothing", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var ends []int
			for i := range tt.text {
				if tt.text[i] == '\n' {
					ends = append(ends, i+1)
				}
			}
			if diff := cmp.Diff(tt.want, kept(tt.text, "HIT", nil)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.want, kept(tt.text, "HIT", ends)); diff != "" {
				t.Errorf("with the ends of lines: %s", diff)
			}
		})
	}
}

// Skim leaves records out and changes nothing else: what it yields is what Lines yields for these records, and all
// records with the word are among them.
func TestSkimAgreesWithLines(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"[I][2024-06-01 +8.0 08:00:01.000][1, 2*][tag][f.cc:1, F][one\n",
		"[W][2024-06-01 +8.0 08:00:59.999][1, 2][tag][f.cc:1, F][two HIT\n",
		"[I][2024-06-01 +8.0 08:01:02.000][-1, 2][tag][f.cc, F, 1][three",
		"[I][2024-06-01 +80 08:01:03.000][1, 2][t][f][four\r\n",
		"[I][2024-06-01 08:01:04.000][1, 2][t][f][no zone\n",
		"[E][][0, 0*][][, , 0][no time\n",
		"[E][2024-06-01 +8.0 08:0", "HIT", "\n", "\x00", "continued\n", "[not a record\n",
		"^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[1,2][2024-06-01 +0800 08:00:00]\n",
		"~~~~~ begin of mmap ~~~~~\n", "06-01 08:00:00.000  1  2 I tag: logcat HIT\n", "2024-06-01 08:00:00 plain\n",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), ""))
		var ends []int // most lines, and what is none
		miss, odd := rapid.IntRange(1, 9).Draw(t, "miss"), rapid.IntRange(20, 400).Draw(t, "odd")
		for i, c := range text {
			if c == '\n' && i%miss > 0 || i%odd == 0 {
				ends = append(ends, i+1)
			}
		}
		at := logline.Pos{Input: "in", Offset: 7}
		blocks := rapid.Bool().Draw(t, "blocks")
		var all []logline.Line
		for l := range logline.NewParser(logline.Options{Blocks: blocks}).Lines(text, at) {
			all = append(all, l)
		}
		total := 0
		var some []logline.Line
		for l := range logline.NewParser(logline.Options{Blocks: blocks}).Skim(text, at, ends, find("HIT")) {
			total += l.Left + 1
			want := all[total-1]
			want.Left = l.Left
			if diff := cmp.Diff(want, l); diff != "" {
				t.Fatalf("record %d (-Lines +Skim):\n%s", total, diff)
			}
			some = append(some, all[total-1])
		}
		if total != len(all) {
			t.Fatalf("%d of %d records are accounted for", total, len(all))
		}
		for _, l := range all {
			in := slices.ContainsFunc(some, func(s logline.Line) bool { return s.Pos == l.Pos && bytes.Equal(s.Raw, l.Raw) })
			if bytes.Contains(l.Raw, []byte("HIT")) && !in {
				t.Fatalf("left out: %q", l.Raw)
			}
		}
	})
}
