package logline

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// collect joins the chunks of r, checking that each is where the one before ended.
func collect(t *testing.T, r io.Reader, size int) (text []byte, starts []string, err error) {
	t.Helper()
	var next Pos
	for c, e := range chunks(r, Pos{Line: 1}, size) {
		if e != nil {
			return text, starts, e
		}
		if next.Line == 0 {
			next = Pos{Offset: c.Offset, Line: 1}
		}
		if c.Pos != next || len(c.Text) == 0 || len(c.Text) > size {
			t.Fatalf("chunk of %d bytes at %v, want one at %v", len(c.Text), c.Pos, next)
		}
		next.Offset += int64(len(c.Text))
		next.Line += bytes.Count(c.Text, []byte("\n"))
		text = append(text, c.Text...)
		starts = append(starts, string(c.Text[:min(4, len(c.Text))]))
	}
	return text, starts, nil
}

func TestChunks(t *testing.T) {
	const mars = "[I][2024-06-01 +8.0 08:01:00.012][1, 2*][t][:0, ]["
	tests := []struct {
		name, text string
		size       int
		want       string // the first bytes of the chunks
	}{
		{"empty", "", 8, ""},
		{"one", "abc\n", 8, "abc\n"},
		{"memory that grows", strings.Repeat("aaaaaaa\n", 40_000), 300_000, "aaaa aaaa"},
		{"at line ends", "aa\nbb\ncc\n", 7, "aa\nb cc\n"},
		{"a line longer than a chunk", "aa\n0123456789\ncc\n", 8, "aa\n 0123 89\nc"},
		{"before a record", mars + "a\n" + mars + "b\nmore\n" + mars + "c\n", 128, "[I][ [I]["},
		{"a record longer than a chunk", mars + "a\n" + strings.Repeat("more\n", 20), 64, "[I][ more more"},
		{"single lines", strings.Repeat("--------- main\nfree text\n", 4), 32, "---- ---- ---- ----"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, r := range []io.Reader{
				strings.NewReader(tt.text),
				iotest.OneByteReader(strings.NewReader(tt.text)),
				iotest.DataErrReader(strings.NewReader(tt.text)),
			} {
				text, starts, err := collect(t, r, tt.size)
				if err != nil || string(text) != tt.text {
					t.Fatalf("got %q, %v", text, err)
				}
				if diff := cmp.Diff(tt.want, strings.Join(starts, " ")); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestByteOrderMark(t *testing.T) {
	for _, text := range []string{"", "a\n", "\xEF\xBB\xBFa\n", strings.Repeat("a\n", 100)} {
		for c, err := range chunks(iotest.DataErrReader(strings.NewReader("\xEF\xBB\xBF"+text)), Pos{Line: 1}, 16) {
			if err != nil || c.Offset != 3 || !strings.HasPrefix(text, string(c.Text)) {
				t.Errorf("first chunk of %q is %q at %v, %v", text, c.Text, c.Pos, err)
			}
			break
		}
	}
}

// TestReturns reads lines that end in CR alone.
func TestReturns(t *testing.T) {
	text, _, err := collect(t, iotest.OneByteReader(strings.NewReader("aa\rbb\rcc\rdd\r")), 7)
	if string(text) != "aa\nbb\ncc\ndd\n" || err != nil {
		t.Errorf("got %q, %v", text, err)
	}
}

func TestReadError(t *testing.T) {
	bad := errors.New("bad disk")
	text, _, err := collect(t, io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(bad)), 64)
	if string(text) != "a\nb" || !errors.Is(err, bad) {
		t.Errorf("got %q, %v", text, err)
	}
	if _, _, err := collect(t, stuck{}, 64); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that gives nothing: %v", err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// The pieces of a file that grew, from one on that was open, are those of the whole file.
func TestChunksFrom(t *testing.T) {
	const mars = "[I][2024-06-01 +8.0 08:01:00.012][1, 2*][t][:0, ]["
	gone := 0
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{mars, "\n", "more\n", "\r\n", "\r", "0123456789", "\xEF\xBB\xBF"}), 1, 60).Draw(t, "parts")
		text := strings.Join(parts, "")
		size := rapid.IntRange(16, 100).Draw(t, "size")
		type piece struct {
			Pos
			Text string
		}
		pieces := func(from int64, to int, at Pos) (list []piece, open bool) {
			for c, err := range chunks(strings.NewReader(text[from:to]), at, size) {
				if err != nil {
					t.Fatal(err)
				}
				list, open = append(list, piece{c.Pos, string(c.Text)}), c.Open
			}
			return list, open
		}
		want, _ := pieces(0, len(text), Pos{Line: 1})
		got, open := pieces(0, rapid.IntRange(0, len(text)).Draw(t, "before"), Pos{Line: 1})
		if !open {
			return
		}
		gone++
		last := got[len(got)-1]
		rest, _ := pieces(last.Offset, len(text), last.Pos)
		if diff := cmp.Diff(want, append(got[:len(got)-1], rest...)); diff != "" {
			t.Fatal(diff)
		}
	})
	if gone == 0 {
		t.Error("no piece was open")
	}
}
