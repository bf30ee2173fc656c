package xlog

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// syncMarks counts what bytes.Count counts.
func TestSyncMarks(t *testing.T) {
	piece := rapid.SampledFrom([]string{"\x00", "\xff", "\x00\x00\xff\xff", "\x01", "\x80", "\x7f"})
	rapid.Check(t, func(t *rapid.T) {
		b := []byte{}
		for _, s := range rapid.SliceOfN(piece, 0, 40).Draw(t, "b") {
			b = append(b, s...)
		}
		if got, want := syncMarks(b), bytes.Count(b, []byte("\x00\x00\xff\xff")); got != want {
			t.Fatalf("%x: got %d, want %d", b, got, want)
		}
	})
}

// Of heads and remarks, those count that begin a write and a line.
func TestHeadsOfWrites(t *testing.T) {
	const head = "[I][2024-06-01 +8.0 08:00:00.000][1, 2*][tag][f.cc:1, F]["
	for _, tt := range []struct {
		name           string
		writes         []string
		lines, remarks int
	}{
		{"heads", []string{head + "a\n", head + "b\n"}, 2, 0},
		{"a remark", []string{head + "a\n", "get mmap time: 3\n"}, 1, 1},
		{"other text", []string{"a\n", head + "b\n"}, 1, 0},
		{"two heads in a write", []string{head + "a\n" + head + "b\n", "c\n"}, 1, 0},
		{"no line begins", []string{"a", head + "b\n"}, 0, 0},
		{"an empty write", []string{head + "a\n", "", head + "b\n"}, 2, 0},
		{"the last is empty", []string{head + "a\n", ""}, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var text []byte
			var ends []int
			for _, w := range tt.writes {
				text = append(text, w...)
				ends = append(ends, len(text))
			}
			if lines, remarks := headsOfWrites(text, ends); lines != tt.lines || remarks != tt.remarks {
				t.Errorf("got %d and %d, want %d and %d", lines, remarks, tt.lines, tt.remarks)
			}
		})
	}
}
