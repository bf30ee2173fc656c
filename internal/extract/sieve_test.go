package extract

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The sieve finds what a look at every place finds.
func TestSieve(t *testing.T) {
	set := []string{"busy", "wmpf", "onlost", "calling", "eventname", "激活设备"}
	s, plain := newSieve(set), newWordSet(set)
	piece := rapid.SampledFrom(append([]string{"bus", "BUSY", "\x22usy", "wMpF", "x", " ", "\n", "[", "calln", "OnLost", "\xff", "é", "Event"}, set...))
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "text"), ""))
		want := -1
		if all := plain.find(text, nil); len(all) > 0 {
			want = all[0].start
		}
		if got := s.next(text, func(match) bool { return true }); got != want && !(want >= 0 && got > want && got < want+stride+1) {
			t.Fatalf("%q: got %d, want %d", text, got, want)
		}
		only := rapid.IntRange(0, len(set)-1).Draw(t, "only")
		want = bytes.Index(bytes.ToLower(text), []byte(set[only]))
		if got := s.next(text, func(m match) bool { return m.word == only }); (got < 0) != (want < 0) {
			t.Fatalf("%q: %q at %d, want %d", text, set[only], got, want)
		}
	})
}
