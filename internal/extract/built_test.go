package extract

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What a pattern would find is found.
func TestBuiltID(t *testing.T) {
	pattern := regexp.MustCompile(`wx[0-9a-f]{16}WmpfVoip\d{6,}`)
	part := rapid.SampledFrom([]string{"wx", "0123456789abcdef", "f830863afde621eb", "g", builtMark, "Wmpf", "123456", "7", "\xff", "不", " "})
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, "parts"), "")
		if rapid.Bool().Draw(t, "has one") {
			s += "wx0123456789abcdefWmpfVoip" + strings.Repeat("8", rapid.IntRange(4, 8).Draw(t, "digits")) + s
		}
		want := pattern.FindString(s)
		if got := builtID(s); got != want {
			t.Fatalf("%q has %q, want %q", s, got, want)
		}
		if want != "" {
			found++
		}
	})
	if found == 0 {
		t.Error("no text had an id")
	}
}
