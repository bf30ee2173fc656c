package logline

import (
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"
)

// TestValidUTF8Work holds that a line of bad bytes is written in one piece: text that is put together byte by byte is
// copied again each time it outgrows its place.
func TestValidUTF8Work(t *testing.T) {
	line := strings.Repeat("\xff", 64<<10)
	if n := testing.AllocsPerRun(10, func() { ValidUTF8(line) }); n > 2 {
		t.Errorf("%.0f allocations for one line", n)
	}
	if got, want := ValidUTF8(line), strings.Repeat(`\xff`, 64<<10); got != want {
		t.Errorf("%.20q, want %.20q", got, want)
	}
	law := func(b []byte) bool {
		s := ValidUTF8(string(b))
		return utf8.ValidString(s) && ValidUTF8(s) == s && (!utf8.Valid(b) || s == string(b))
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
}
