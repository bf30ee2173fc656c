package xlog_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// line is one of thread tid, ms after the start.
func line(ms, tid int, text string) string {
	return fmt.Sprintf("[I][2026-11-20 +8.0 09:%02d:%02d.%03d][4001, %d][AppBrandLog][:1, ][%s\n", ms/60_000, ms/1000%60, ms%1000, tid, text)
}

// syncText has each line in a block of its own, as sync mode writes it.
func syncText(lines ...string) string {
	var s strings.Builder
	for _, l := range lines {
		s.WriteString("block mode=sync\n\t" + l)
	}
	return s.String()
}

// again lists which blocks of a container are told as repeats.
func again(b []byte) (list []int) {
	n := 0
	for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys}).Records() {
		if d, ok := rec.(*xlog.Damage); ok && d.Kind == xlog.Repeated {
			list = append(list, n)
		}
		n++
	}
	return list
}

func TestRepeatedSyncBlocks(t *testing.T) {
	const begin, end = "~~~~~ begin of mmap ~~~~~\n", "~~~~~ end of mmap ~~~~~[4001,4001][2026-11-20 +0800 09:00:00]\n"
	a, b, c, d := line(0, 1, "a"), line(400, 1, "b"), line(1100, 2, "c"), line(1500, 2, "d")
	numbered := func(seq int) string { return fmt.Sprintf("block seq=%d\n\t%s", seq, line(seq*700, 1, "packed")) }
	log := syncText(a, b, c, d)
	var slow []string // a line each 10 ms
	for i := range 300 {
		slow = append(slow, line(10*i, 1+i%3, "tick"))
	}
	for _, tt := range []struct {
		name, text string
		want       []int
	}{
		{"twice", log + log, []int{4, 5, 6, 7}},
		{"three times", log + log + log, []int{4, 5, 6, 7, 8, 9, 10, 11}},
		{"behind others", syncText(line(0, 1, "before")) + log + syncText(line(1600, 1, "between")) + log + syncText(line(1700, 1, "behind")), []int{6, 7, 8, 9}},
		{"cut", log + log + "cut 20\n", []int{4, 5, 6}},
		{"many in a second", syncText(slow...) + syncText(slow...), indexes(300, 600)},
		{"then on", log + syncText(line(1600, 1, "e")) + log + syncText(line(1700, 1, "f")), []int{5, 6, 7, 8}},
		{"hurt in between, and what the damage touches is read as any block", log + syncText(line(1600, 1, "e"), line(2200, 1, "f"), line(3300, 1, "g")) + log + "garbage n=99 seed=1\n" +
			syncText(line(1600, 1, "e"), line(2200, 1, "f"), line(3300, 1, "g")), []int{7, 8, 9, 12, 13, 14}},
		{"with blocks that have numbers", syncText(begin) + numbered(1) + syncText(end) + numbered(2) + numbered(3) +
			syncText(begin) + numbered(1) + syncText(end) + numbered(2) + numbered(3), []int{5, 6, 7, 8, 9}},
		{"begins with a number", numbered(1) + syncText(begin) + numbered(2) + numbered(1) + syncText(begin) + numbered(2), []int{3, 4, 5}},

		{"two lines", syncText(a, d, a, d), nil},
		{"a line that was logged twice", syncText(a, a, b, b, b, c, d, d), nil},
		{"a loop within a millisecond", strings.Repeat(syncText(line(5, 1, "a"), line(5, 1, "b"), line(5, 1, "c")), 40), nil},
		{"a clock that was set back a little", syncText(slow[:90]...) + syncText(slow[:90]...), nil},
		{"lines without a time", strings.Repeat(syncText("a\n", "b\n", "c\n", "d\n"), 3), nil},
		{"a zone that changed", strings.ReplaceAll(strings.Repeat(syncText(a, line(3000, 1, "b")), 2), "+8.0 09:00:03", "+9.0 10:00:00"), nil},
		{"a cache that came back", syncText(begin) + numbered(4) + syncText(end) + syncText(begin) + numbered(4) +
			syncText(strings.Replace(end, "09:", "10:", 1)), []int{4}},
		{"a remark where the first run went on with it", log + syncText(begin) + numbered(4) + log + syncText(begin) + numbered(5), []int{6, 7, 8, 9}},
	} {
		data := build(t, tt.text)
		if got := again(data); !slices.Equal(got, tt.want) {
			t.Errorf("%s: blocks %v are told as repeats, want %v", tt.name, got, tt.want)
		}
		readAll(t, data, testKeys...)
	}
}

func indexes(from, to int) (list []int) {
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

// Whatever an app logs in whatever loops, it is text as often as it was logged.
func TestTextLoggedTwiceIsTwiceText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		ms := 0
		for range rapid.IntRange(1, 12).Draw(t, "loops") {
			ms += rapid.SampledFrom([]int{0, 0, 1, 700}).Draw(t, "pause")
			body := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 1, 5).Draw(t, "body")
			step := rapid.SampledFrom([]int{0, 0, 1, 300}).Draw(t, "step")
			for range rapid.IntRange(1, 8).Draw(t, "rounds") {
				for i, text := range body {
					lines = append(lines, line(ms, 1+i%2, text))
				}
				ms += step
			}
		}
		if got, want := textIn(t, syncText(lines...)), strings.Join(lines, ""); got != want {
			t.Fatalf("(-want +got):\n%s", cmp.Diff(want, got))
		}
	})
}

// A log of more than a second that is appended to itself, or to another log twice, is text once.
func TestAppendedTwiceIsOnceText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, ms := 0, 0
		lines := func(name string, least int) []string {
			var list []string
			for range rapid.IntRange(least, 40).Draw(t, name) {
				n++
				ms += rapid.SampledFrom([]int{0, 1, 20, 1000}).Draw(t, "pause")
				list = append(list, line(ms, 1+n%3, fmt.Sprintf("line %d", n)))
			}
			return list
		}
		first, twice := lines("first", 0), lines("twice", 2)
		ms += 1000
		twice = append(twice, line(ms, 1, "the last"))
		behind := lines("behind", 0)
		got := textIn(t, syncText(first...)+syncText(twice...)+syncText(twice...)+syncText(behind...))
		if want := strings.Join(slices.Concat(first, twice, behind), ""); got != want {
			t.Fatalf("(-want +got):\n%s", cmp.Diff(want, got))
		}
	})
}

// textIn builds a container and reads its text.
func textIn(t *rapid.T, blocks string) string {
	b, err := xlogtest.Build(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{}).Records() {
		some, _ := textOf(rec)
		text = append(text, some...)
	}
	return string(text)
}

// What was there long ago is forgotten, and what was there lately is not.
func TestRepeatsAreForgotten(t *testing.T) {
	const many = 70_000
	lines := make([]string, many)
	for i := range lines {
		lines[i] = line(60*i, 1, "tick")
	}
	b := build(t, syncText(lines...)+syncText(lines[:20]...)+syncText(lines[many-30_000:many-30_000+20]...))
	if got := again(b); !slices.Equal(got, indexes(many+20, many+40)) {
		t.Errorf("%v are told as repeats", got)
	}
}
