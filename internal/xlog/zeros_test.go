package xlog

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// zerosIn finds what a look at every place finds.
func TestZerosIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 0, 0, 1}), 0, 60).Draw(t, "b")
		n := rapid.IntRange(1, 9).Draw(t, "n")
		if got, want := zerosIn(b, n), bytes.Index(b, make([]byte, n)); got != want {
			t.Fatalf("%d zeros in %v: at %d, want %d", n, b, got, want)
		}
	})
}
