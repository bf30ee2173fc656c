package logline

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzLines holds three laws: the records are the text, their places are right, and cutting the text
// into chunks that hold its records does not change them.
func FuzzLines(f *testing.F) {
	f.Add(sample(2))
	f.Add([]byte("^^^^^^^^^^a^^^b^^^^^^^^^^[1,2][2024-06-01 +0800 07:59:59]\r\nx\n\n[F][ last log file:"))
	f.Add([]byte("2024-02-13 17:38:03.865 5951-6066/com.example I/t: m\n--------- x\n[I][][0, 0*][\n11-18 09:00:02.5 1 2 A t:"))
	f.Add([]byte("2024-08-23 13:31:51.210 27571-878 System.err com.example W m\n06-01 08:01:00.0 +0800 I/t( 12): m\n[00:00:00,1 +0800]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, longest := split(t, text)
		for _, size := range []int{longest + 1, 2*longest + 7} {
			var got []string
			p := NewParser(Options{})
			for c, err := range chunks(bytes.NewReader(text), size) {
				if err != nil {
					t.Fatal(err)
				}
				for l := range p.Lines(c.Text, c.Pos) {
					got = append(got, describe(&l))
				}
			}
			if bytes.HasPrefix(text, byteOrderMark) {
				return // a chunk leaves it out
			}
			if diff := cmp.Diff(whole, got); diff != "" {
				t.Fatalf("in chunks of %d bytes: %s", size, diff)
			}
		}
	})
}

// split parses text as a whole and returns its records and the length of the longest.
func split(t *testing.T, text []byte) (lines []string, longest int) {
	t.Helper()
	var raw []byte
	number := 1
	for l := range NewParser(Options{}).Lines(text, Pos{Line: 1}) {
		if l.Offset != int64(len(raw)) || l.Line != number || len(l.Raw) == 0 {
			t.Fatalf("%q is at %v, want %d:%d", l.Raw, l.Pos, len(raw), number)
		}
		if l.Level != 0 && !isLevel(l.Level) || l.Time.IsZero() != (l.Stamp == 0) && l.Stamp.Has(HasYear) {
			t.Fatalf("level %q, time %v, stamp %b", l.Level, l.Time, l.Stamp)
		}
		if !bytes.Contains(l.Raw, l.Text) || !bytes.Contains(l.Raw, l.Source) {
			t.Fatalf("%q and %q are not of %q", l.Text, l.Source, l.Raw)
		}
		raw = append(raw, l.Raw...)
		number += bytes.Count(l.Raw, []byte("\n"))
		longest = max(longest, len(l.Raw))
		lines = append(lines, describe(&l))
	}
	if !bytes.Equal(raw, text) {
		t.Fatalf("records are %q, text is %q", raw, text)
	}
	return lines, longest
}
