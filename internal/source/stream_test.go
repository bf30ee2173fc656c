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

// stored is an input of the given bytes, or of a reader's.
func stored(r io.Reader) Input {
	return Input{Name: "in", Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(r), nil }}
}

func TestOpen(t *testing.T) {
	text := strings.Repeat("a line of a log\n", 20000)
	packed := pack(t, text[:100000], text[100000:])
	tests := []struct {
		name   string
		stored []byte
		kind   Kind
		gzip   bool
		want   string // the content
		fails  string
	}{
		{"empty", nil, Empty, false, "", ""},
		{"text", []byte(text), Text, false, text, ""},
		{"gzip of two members", packed, Text, true, text, ""},
		{"UTF-16", []byte("\xff\xfea\x00\x1a\x90\n\x00"), Text, false, "a\u901a\n", ""},
		{"gzip of UTF-16", pack(t, "\xfe\xff\x00a\x90\x1a\x00\n"), Text, true, "a\u901a\n", ""},
		{"UTF-16 cut", []byte("\xff\xfea\x00\x1a"), Text, false, "a\ufffd", ""},
		{"gzip of nothing", pack(t, ""), Empty, true, "", ""},
		{"gzip of zeros", pack(t, strings.Repeat("\x00", 5000)), Zeros, true, strings.Repeat("\x00", 5000), ""},
		{"gzip of an archive", pack(t, "PK\x03\x04"), Unsupported, true, "PK\x03\x04", ""},
		{"gzip of gzip", pack(t, string(pack(t, "x"))), Unsupported, true, string(pack(t, "x")), ""},
		{"gzip cut", packed[:len(packed)-4], Text, true, text, "the gzip file is cut short"},
		{"gzip with a wrong sum", append(packed[:len(packed)-8:len(packed)-8], make([]byte, 8)...), Text, true, text, "the gzip file is damaged"},
		{"gzip and more", append(packed[:len(packed):len(packed)], "more of it"...), Text, true, text, "the gzip file is damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var read int64
			s, err := Open(t.Context(), stored(bytes.NewReader(tt.stored)), func(n int64) { read += n })
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			_, name := Sniff(s.Head())
			if s.Kind != tt.kind || s.Gzip != tt.gzip || name != s.Name && tt.name != "gzip of gzip" {
				t.Errorf("kind %d, %q, gzip %v", s.Kind, s.Name, s.Gzip)
			}
			if head, _ := s.Peek(8); !strings.HasPrefix(tt.want, string(head)) {
				t.Errorf("peeked %q", head)
			}
			got, err := io.ReadAll(s)
			if string(got) != tt.want {
				t.Errorf("got %d bytes, want %d", len(got), len(tt.want))
			}
			if tt.fails == "" && err != nil || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
				t.Errorf("got the error %v, want %q", err, tt.fails)
			}
			if _, again := s.Read(make([]byte, 1)); err != nil && !errors.Is(again, err) {
				t.Errorf("first %v, then %v", err, again)
			}
			if read != int64(len(tt.stored)) {
				t.Errorf("progress of %d bytes, %d are stored", read, len(tt.stored))
			}
		})
	}
}

func TestOpenFails(t *testing.T) {
	bad := errors.New("bad disk")
	packed := pack(t, "text")
	tests := []struct {
		name string
		in   Input
		want string
	}{
		{"open", Input{Open: func(context.Context) (io.ReadCloser, error) { return nil, bad }}, "open: bad disk"},
		{"first read", stored(iotest.ErrReader(bad)), "read: bad disk"},
		{"gzip header", stored(bytes.NewReader(packed[:5])), "the gzip file is cut short: unexpected EOF"},
		{"gzip with nothing to save", stored(bytes.NewReader(packed[:11])), "read: the gzip file is cut short: unexpected EOF"},
		{"gzip of another method", stored(strings.NewReader("\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00")), "the gzip file is damaged: gzip: invalid header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Open(t.Context(), tt.in, nil); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestReadFails(t *testing.T) {
	bad := errors.New("bad disk")
	s, err := Open(t.Context(), stored(io.MultiReader(strings.NewReader("text"), iotest.ErrReader(bad))), nil)
	if err != nil || s.Kind != Text {
		t.Fatal(s, err)
	}
	if got, err := io.ReadAll(s); string(got) != "text" || !errors.Is(err, bad) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReadEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Open(ctx, stored(iotest.OneByteReader(strings.NewReader(strings.Repeat("x", 2*HeadSize)))), nil)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if got, err := io.ReadAll(s); len(got) != HeadSize || !errors.Is(err, context.Canceled) {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}

// TestGzipCutInside holds that what can be unpacked of a cut file comes before the error.
func TestGzipCutInside(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	var text strings.Builder
	for i := range 50000 {
		text.WriteString(strconv.Itoa(i*i) + "\n")
	}
	_, _ = io.WriteString(w, text.String())
	_ = w.Close()
	s, err := Open(t.Context(), stored(bytes.NewReader(b.Bytes()[:b.Len()/2])), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(s)
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(got) < text.Len()/3 || !strings.HasPrefix(text.String(), string(got)) {
		t.Errorf("got %d bytes of %d, %v", len(got), text.Len(), err)
	}
}
