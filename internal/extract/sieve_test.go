package extract

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A finder is a sieve or a sift.
type finder interface {
	next(text []byte, wanted wanted) int
}

// finders gives all that this machine has.
func finders(words []string) map[string]finder {
	all := map[string]finder{"sieve": newSieve(words)}
	if canSift {
		all["sift"] = newSift(words)
	}
	return all
}

// A finder finds what a look at every place finds.
func TestNext(t *testing.T) {
	set := []string{"busy", "wmpf", "onlost", "calling", "eventname", "voip-call]", "call-page-plugin", "激活设备"}
	plain := newWordSet(set)
	piece := rapid.SampledFrom(append([]string{"bus", "BUSY", "\x22usy", "wMpF", "x", " ", "\n", "[", "calln", "OnLost", "\xff", "é", "Event", "VOIP-Call{"}, set...))
	filler := rapid.StringOfN(rapid.RuneFrom([]rune("busyWMPF 0\n\x1f")), 0, 80, -1)
	for name, s := range finders(set) {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			text := []byte(strings.Join(rapid.SliceOfN(rapid.OneOf(piece, filler), 0, 12).Draw(t, "text"), ""))
			all := plain.find(text, nil)
			got := s.next(text, func([]byte, match) bool { return true })
			if len(all) == 0 && got >= 0 || len(all) > 0 && !(all[0].start <= got && got < all[0].end) {
				t.Fatalf("%q: got %d of %v", text, got, all)
			}
			only := rapid.IntRange(0, len(set)-1).Draw(t, "only")
			want := -1
			if i := slices.IndexFunc(all, func(m match) bool { return m.word == only }); i >= 0 {
				want = all[i].start
			}
			if got := s.next(text, func(_ []byte, m match) bool { return m.word == only }); got != want {
				t.Fatalf("%q: %q at %d, want %d", text, set[only], got, want)
			}
		}))
	}
}

// FuzzNext holds the finders of the whole vocabulary against a look at every place: they find each word alone.
func FuzzNext(f *testing.F) {
	plain, all := newWordSet(worth), finders(worth)
	f.Add(strings.Repeat("[I][2026-11-20 +8.0 08:15:37.246][4711, 4893*][WMPF.Runtime][ooo.java:340, onState][page of the audio loss\n", 3))
	for _, w := range worth {
		f.Add(strings.Repeat("x", 31) + strings.ToUpper(w) + " " + w)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first := map[int]int{} // by word
		for _, m := range slices.Backward(plain.find([]byte(text), nil)) {
			first[m.word] = m.start
		}
		for name, s := range all {
			asked := map[int]int{} // which words a finder finds where, first
			s.next([]byte(text), func(_ []byte, m match) bool {
				if _, ok := asked[m.word]; !ok {
					asked[m.word] = m.start
				}
				return false
			})
			if !maps.Equal(first, asked) {
				t.Fatalf("%q: %s finds %v, want %v", text, name, asked, first)
			}
		}
	})
}

// Everyday text must not stop a sift, or it is no faster than a look at every place.
func TestWindowsAreRare(t *testing.T) {
	_, table := chooseWindows(worth)
	stops := 0
	for p := range len(everyday) - window + 1 {
		b := uint8(0xFF)
		for c := range table {
			b &= table[c][everyday[p+c]%kinds]
		}
		if b != 0 {
			stops++
		}
	}
	if stops > len(everyday)/64 {
		t.Errorf("it stops %d times in %d bytes", stops, len(everyday))
	}
}
