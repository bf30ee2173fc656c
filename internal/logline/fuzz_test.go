package logline

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzLines holds three laws: the records are the text (in UTF-8, where it is in GBK), their places are right, and cutting the text
// into chunks that hold its records does not change them.
func FuzzLines(f *testing.F) {
	f.Add(sample(2))
	f.Add([]byte("^^^^^^^^^^a^^^b^^^^^^^^^^[1,2][2024-06-01 +0800 07:59:59]\r\nx\n\n[F][ last log file:"))
	f.Add([]byte("2024-02-13 17:38:03.865 5951-6066/com.example I/t: m\n--------- x\n[I][][0, 0*][\n11-18 09:00:02.5 1 2 A t:"))
	f.Add([]byte("2024-08-23 13:31:51.210 27571-878 System.err com.example W m\n06-01 08:01:00.0 +0800 I/t( 12): m\n[00:00:00,1 +0800]"))
	for _, form := range Forms() {
		f.Add([]byte(form.Example + "\n" + form.Example))
	}
	f.Add([]byte("\xcd\xa8\xbb\xb0 GBK\n\x1b[31m11-18 09:00:02.5 1 2 A t:\r\r\n\x00I/t( 1): m\n"))
	f.Add([]byte("== dumpstate: 2024-08-23 13:31:51\n------ SYSTEM LOG (logcat -d) ------\n08-23 13:31:40.012  1  2 I t: m\n------ LAST LOGCAT (logcat -L) ------\n08-23 13:31:40.012  1  2 I t: m\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, longest := split(t, text)
		for _, size := range []int{longest + 1, 2*longest + 7} {
			var got []string
			p := NewParser(Options{})
			for c, err := range chunks(bytes.NewReader(text), Pos{Line: 1}, size) {
				if err != nil {
					t.Fatal(err)
				}
				for l := range p.Lines(c.Text, c.Pos) {
					got = append(got, describe(&l))
				}
			}
			if bytes.HasPrefix(text, byteOrderMark) || bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') >= 0 || documentOf(text[:min(size, len(text))]) != nil {
				return // a chunk leaves it out, or ends lines
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
	var raws [][]byte
	var offsets []int64
	for l := range NewParser(Options{}).Lines(text, Pos{Line: 1}) {
		if l.Line != 1+bytes.Count(text[:l.Offset], []byte("\n")) || len(l.Raw) == 0 {
			t.Fatalf("%q is at %v", l.Raw, l.Pos)
		}
		if l.Level != 0 && !isLevel(l.Level) || l.Time.IsZero() != (l.Stamp == 0) && l.Stamp.Has(HasYear) {
			t.Fatalf("level %q, time %v, stamp %b", l.Level, l.Time, l.Stamp)
		}
		if len(l.Text) > len(l.Raw)+2*len(text) {
			t.Fatalf("a text of %d bytes for a record of %d", len(l.Text), len(l.Raw))
		}
		raws = append(raws, bytes.Clone(l.Raw))
		offsets = append(offsets, l.Offset)
		lines = append(lines, describe(&l))
	}
	offsets = append(offsets, int64(len(text)))
	if offsets[0] != 0 {
		t.Fatalf("the first record is at %d", offsets[0])
	}
	for i, raw := range raws {
		record := text[offsets[i]:offsets[i+1]]
		if want, _ := recode(record); !bytes.Equal(raw, want) {
			t.Fatalf("record %d is %q, the text there is %q", i, raw, record)
		}
		longest = max(longest, len(record))
	}
	return lines, longest
}

// with puts a message into an example.
func with(example, message string) string {
	i := strings.LastIndex(example, "message")
	return example[:i] + message + example[i+len("message"):]
}

// FuzzForms puts a message into each form and holds that the record gives it back, with the same parts of the time,
// whatever it says: a message does not change how its line is read.
func FuzzForms(f *testing.F) {
	for i := range Forms() {
		f.Add(uint8(i), "{eventName: 'endVoip', data: {errMsg: 'a (b): c  (d)'}} 10:00:00.000 [I][tag]")
	}
	f.Fuzz(func(t *testing.T, n uint8, message string) {
		form := Forms()[int(n)%len(Forms())]
		text := []byte(with(form.Example, message))
		split(t, text)
		if strings.ContainsFunc(message, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r >= utf8.RuneSelf }) {
			return // JSON escapes these, and a line ends at some
		}
		said := "onVoipEvent " + strings.TrimRight(message, " ")
		example := with(form.Example, said)
		for l := range file(example) {
			if strings.HasSuffix(strings.TrimRight(string(l.Text), " "), strings.TrimRight(said, " ")) {
				if l.Stamp != form.Time {
					t.Errorf("%s: %q has %s", form.Name, example, l.Stamp.Parts())
				}
				return
			}
		}
		t.Errorf("%s: the text of %q is not %q", form.Name, example, said)
	})
}
