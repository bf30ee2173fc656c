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
