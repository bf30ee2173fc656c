package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
)

func pack(t testing.TB, texts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&b)
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// stored is an input of a reader's bytes, which can be read in any order if the reader can.
func stored(r io.Reader) Input {
	in := Input{Name: "in", Size: -1, Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(r), nil }}
	if b, ok := r.(*bytes.Reader); ok {
		in.Size = b.Size()
		in.Open = func(context.Context) (io.ReadCloser, error) { return nopCloser{b}, nil }
	}
	return in
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// visited is what a walk told of an input.
type visited struct {
	Name string
	Kind Kind
	Text string
	Err  string
}

// walk visits all of an input and reads it, and returns what it met and the problems.
func walk(t testing.TB, in Input, opt Walking) (list []visited, problems []string) {
	t.Helper()
	found, err := Walk(t.Context(), in, opt, func(s *Stream) error {
		peeked, _ := s.Peek(8)
		head := string(peeked)
		text, err := io.ReadAll(s)
		v := visited{Name: s.Input.Name, Kind: s.Kind, Text: string(text)}
		if err != nil {
			v.Err = err.Error()
			if _, again := s.Read(make([]byte, 1)); !errors.Is(again, err) {
				t.Errorf("%s: first %v, then %v", v.Name, err, again)
			}
		}
		if _, name := Sniff(s.Head()); name != s.Name || !strings.HasPrefix(v.Text, head) {
			t.Errorf("%s: %q, peeked %q", v.Name, s.Name, head)
		}
		list = append(list, v)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found.Problems {
		problems = append(problems, p.Error())
	}
	for _, n := range found.Notes {
		problems = append(problems, "note: "+n.Error())
	}
	return list, problems
}

func TestWalkOne(t *testing.T) {
	text := strings.Repeat("a line of a log\n", 20000)
	packed := pack(t, text[:100000], text[100000:])
	tests := []struct {
		name   string
		stored []byte
		kind   Kind
		want   string // the content
		fails  string
	}{
		{"empty", nil, Empty, "", ""},
		{"text", []byte(text), Text, text, ""},
		{"gzip of two members", packed, Text, text, ""},
		{"gzip of nothing", pack(t, ""), Empty, "", ""},
		{"gzip of zeros", pack(t, strings.Repeat("\x00", 5000)), Zeros, strings.Repeat("\x00", 5000), ""},
		{"gzip of gzip", pack(t, string(pack(t, "x"))), Text, "x", ""},
		{"gzip cut", packed[:len(packed)-4], Text, text, "the gzip file is cut short"},
		{"gzip with a wrong sum", append(packed[:len(packed)-8:len(packed)-8], make([]byte, 8)...), Text, text, "the gzip file is damaged"},
		{"gzip and more", append(packed[:len(packed):len(packed)], "more of it"...), Text, text, "the gzip file is damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var read int64
			list, problems := walk(t, stored(bytes.NewReader(tt.stored)), Walking{Progress: func(n int64) { read += n }})
			if len(list) != 1 || len(problems) > 0 || list[0].Name != "in" || list[0].Kind != tt.kind || list[0].Text != tt.want {
				t.Errorf("got %v, %v", list, problems)
			}
			if e := list[0].Err; (tt.fails == "") != (e == "") || !strings.Contains(e, tt.fails) {
				t.Errorf("got the error %s, want %q", e, tt.fails)
			}
			if read != int64(len(tt.stored)) {
				t.Errorf("progress of %d bytes, %d are stored", read, len(tt.stored))
			}
		})
	}
}

func TestWalkFails(t *testing.T) {
	bad := errors.New("bad disk")
	packed := pack(t, "text")
	tests := []struct {
		name string
		in   Input
		want string
	}{
		{"open", Input{Open: func(context.Context) (io.ReadCloser, error) { return nil, bad }}, "open: bad disk"},
		{"first read", stored(iotest.ErrReader(bad)), "read: bad disk"},
		{"read in gzip", stored(io.MultiReader(bytes.NewReader(packed[:10]), iotest.ErrReader(bad))), "read: bad disk"},
		{"gzip header", stored(bytes.NewReader(packed[:5])), "the gzip file is cut short; copy it again, or go on with what it still holds"},
		{"gzip with nothing to save", stored(bytes.NewReader(packed[:11])), "the gzip file is cut short; copy it again, or go on with what it still holds"},
		{
			"gzip of another method", stored(strings.NewReader("\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00")),
			"the gzip file is damaged (gzip: invalid header); copy it again, or go on with what it still holds",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := []string{tt.in.Name + ": this cannot be read: " + tt.want}
			if list, problems := walk(t, tt.in, Walking{}); len(list) > 0 || !cmp.Equal(problems, want) {
				t.Errorf("got %v, %q, want %q", list, problems, want)
			}
		})
	}
}

func TestReadFails(t *testing.T) {
	in := stored(io.MultiReader(strings.NewReader("text"), iotest.ErrReader(errors.New("bad disk"))))
	list, problems := walk(t, in, Walking{})
	if want := []visited{{"in", Text, "text", "read: bad disk"}}; !cmp.Equal(list, want) || len(problems) > 0 {
		t.Errorf("got %v, %v", list, problems)
	}
}

func TestReadEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in := stored(iotest.OneByteReader(strings.NewReader(strings.Repeat("x", 2*HeadSize))))
	_, err := Walk(ctx, in, Walking{}, func(s *Stream) error {
		cancel()
		got, err := io.ReadAll(s)
		if len(got) != HeadSize {
			t.Errorf("got %d bytes", len(got))
		}
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A walk ends with the first error of a visit.
func TestVisitFails(t *testing.T) {
	bad := errors.New("no room")
	for _, f := range archives {
		visits := 0
		_, err := Walk(t.Context(), stored(bytes.NewReader(f.pack(t, files{{"a", "1"}, {"b", "2"}}))), Walking{}, func(*Stream) error {
			visits++
			return bad
		})
		if visits != 1 || !errors.Is(err, bad) {
			t.Errorf("%s: %v after %d visits", f.name, err, visits)
		}
	}
}

// TestGzipCutInside holds that what can be unpacked of a cut file comes before the error.
func TestGzipCutInside(t *testing.T) {
	var text strings.Builder
	for i := range 50000 {
		text.WriteString(strconv.Itoa(i*i) + "\n")
	}
	packed := pack(t, text.String())
	list, problems := walk(t, stored(bytes.NewReader(packed[:len(packed)/2])), Walking{})
	if len(list) != 1 || len(problems) > 0 || len(list[0].Text) < text.Len()/3 || !strings.HasPrefix(text.String(), list[0].Text) {
		t.Errorf("got %d visits, %v", len(list), problems)
	}
}
