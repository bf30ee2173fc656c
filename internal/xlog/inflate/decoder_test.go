package inflate_test

import (
	"bytes"
	stdflate "compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/klauspost/compress/flate"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
)

// judge decodes src and holds the result against the naive decoder's and the
// public ones'.
func judge(t interface {
	Helper()
	Fatalf(string, ...any)
}, src []byte, limit int) ([]byte, inflate.Result) {
	t.Helper()
	var d inflate.Decoder
	out, got := d.Decode(nil, src, limit)
	ideal, want := decodeNaively(src, limit)
	if !bytes.Equal(out, ideal) || got != want {
		t.Fatalf("limit %d: %d bytes and %+v, want %d and %+v: %x", limit, len(out), got, len(ideal), want, src)
	}
	inflate.InGo(func() {
		var d inflate.Decoder
		if plain, r := d.Decode(nil, src, limit); !bytes.Equal(plain, out) || r != got {
			t.Fatalf("limit %d: %d bytes and %+v, in Go %d and %+v: %x", limit, len(out), got, len(plain), r, src)
		}
	})
	var w inflate.Walker
	var marks []int
	for w.Start(nil, src, limit); w.Next(); {
		marks = append(marks, len(w.Text()))
	}
	if !slices.Equal(d.Marks(), marks) && (got.Status != inflate.Whole || len(d.Marks()) != len(marks)+1) {
		t.Fatalf("limit %d: marks at %v, want %v: %x", limit, d.Marks(), marks, src)
	}
	stdText, stdErr := readAll(stdflate.NewReader, src, limit)
	compare(t, "compress/flate", out, got, stdText, stdErr)
	if errors.As(stdErr, new(stdflate.CorruptInputError)) {
		// klauspost/compress may go on here: it takes a code without any sequence for
		// whatever code it read before (huffmanDecoder.init leaves the chunks as they were).
		return out, got
	}
	text, err := readAll(flate.NewReader, src, limit)
	compare(t, "klauspost/compress", out, got, text, err)
	return out, got
}

// compare checks that another reader's text and error fit ours. Near a cut the
// readers ask for more bits than a symbol has, so ours may be a few symbols longer.
func compare(t interface {
	Helper()
	Fatalf(string, ...any)
}, name string, out []byte, got inflate.Result, text []byte, err error) {
	t.Helper()
	var fits bool
	switch {
	case err == nil:
		fits = got.Status == inflate.Large
	case errors.Is(err, io.EOF):
		fits = got.Status == inflate.Whole
	case errors.Is(err, io.ErrUnexpectedEOF):
		fits = true // that reader came less far, so it does not say what follows
	default:
		fits = got.Status == inflate.Broken
	}
	same := bytes.Equal(text, out)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		same = bytes.HasPrefix(out, text)
	}
	if !same || !fits {
		t.Fatalf("%s gives %d bytes and %v, ours %d and %+v", name, len(text), err, len(out), got)
	}
}

// readAll reads up to limit bytes by a public decoder. The error is nil if there
// are more.
func readAll(newReader func(io.Reader) io.ReadCloser, src []byte, limit int) ([]byte, error) {
	z := newReader(bytes.NewReader(src))
	text := make([]byte, limit+1)
	n := 0
	for {
		k, err := z.Read(text[n:])
		n += k
		if n > limit {
			return text[:limit], nil
		}
		if err != nil {
			return text[:n], err
		}
	}
}

// someStreams are streams of each kind, small enough to try much with them.
func someStreams(t testing.TB) map[string][]byte {
	all := lines(60, true)
	one := func(level int, text string) []byte {
		var out bytes.Buffer
		w, err := stdflate.NewWriter(&out, level)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		return out.Bytes()
	}
	long := string(bytes.Join([][]byte{[]byte(all[0]), bytes.Repeat([]byte("ab"), 900), []byte(all[1]), bytes.Repeat([]byte("x"), 2000)}, nil))
	return map[string][]byte{
		"empty":     {},
		"flushed":   flushed(t, all[:12]...),
		"dynamic":   one(9, string(bytes.Join([][]byte{[]byte(all[2]), []byte(all[3]), []byte(all[4]), []byte(all[5])}, nil))),
		"huffman":   one(stdflate.HuffmanOnly, all[6]+all[7]),
		"stored":    one(0, all[8]+all[9]),
		"runs":      flushed(t, long, "\n", "\n", long),
		"hidden":    append(one(9, all[10]), "behind the final block"...),
		"real":      realStreams(t, "small-async-zlib-plain")[0][:700],
		"high":      flushed(t, "语音通话 \xff\xfe\x90\x8f", "语音通话 \xff\xfe\x90\x8f"),
		"two marks": append(flushed(t, all[11]), 0, 0, 0, 0xFF, 0xFF),
	}
}

// Every prefix and each change of one bit, and some limits.
func TestDamage(t *testing.T) {
	for name, src := range someStreams(t) {
		t.Run(name, func(t *testing.T) {
			text, _ := judge(t, src, 1<<20)
			for n := range src {
				judge(t, src[:n], 1<<16)
			}
			r := rand.New(rand.NewPCG(3, 4))
			for range 200 {
				b := bytes.Clone(src)
				if len(b) > 0 {
					b[r.IntN(len(b))] ^= 1 << r.IntN(8)
				}
				judge(t, b, 1<<16)
			}
			for _, limit := range []int{0, 1, 7, 8, 9, 100, len(text) - 1, len(text), len(text) + 1} {
				judge(t, src, max(0, limit))
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, src := range someStreams(f) {
		f.Add(src, 1<<16)
		f.Add(src, len(src)/2)
	}
	f.Fuzz(func(t *testing.T, src []byte, limit int) {
		limit = max(0, min(limit, 1<<17))
		src = src[:min(len(src), 1<<12)]
		out, got := judge(t, src, limit)
		checkLaws(t, src, out, got, limit)
	})
}

// checkLaws holds a result against what is promised of its parts.
func checkLaws(t interface {
	Helper()
	Fatalf(string, ...any)
}, src, out []byte, got inflate.Result, limit int) {
	t.Helper()
	var d inflate.Decoder
	if len(out) > limit || got.Consumed() > len(src) || got.FlushIn > got.Consumed() || got.FlushOut > len(out) {
		t.Fatalf("%d bytes in, limit %d: %d bytes out, %+v", len(src), limit, len(out), got)
	}
	// What lies behind Consumed has no part in the output, nor in the end of a whole
	// stream. At the limit a match may have given a part of itself.
	again, r := d.Decode(nil, src[:got.Consumed()], limit)
	if got.Status != inflate.Large && !bytes.Equal(again, out) || !bytes.HasPrefix(out, again) || got.Status == inflate.Whole && r != got {
		t.Fatalf("the %d bytes consumed give %d bytes and %+v, all %d and %+v", got.Consumed(), len(again), r, len(out), got)
	}
	// A stream that ends behind a mark is whole. The Decoder is in use for the second time.
	again, r = d.Decode(nil, src[:got.FlushIn], limit)
	if !bytes.Equal(again, out[:got.FlushOut]) || r.Status != inflate.Whole || r.FlushIn != got.FlushIn || r.FlushOut != got.FlushOut {
		t.Fatalf("up to the mark of %+v: %d bytes and %+v", got, len(again), r)
	}
	// What is in dst stays and changes nothing, whatever its capacity.
	for _, room := range []int{0, 1, 400, len(out) + 1000} {
		dst := append(make([]byte, 0, 3+room), "xyz"...)
		again, r = d.Decode(dst, src, limit)
		if string(again[:3]) != "xyz" || !bytes.Equal(again[3:], out) || r != got {
			t.Fatalf("behind three bytes, with room for %d: %d bytes and %+v, alone %d and %+v", room, len(again)-3, r, len(out), got)
		}
	}
}

// Whatever a writer wrote comes back, with all its marks.
func TestWriters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var packed, text bytes.Buffer
		level := rapid.IntRange(stdflate.HuffmanOnly, 9).Draw(t, "level")
		var w interface {
			io.WriteCloser
			Flush() error
		}
		var err error
		if rapid.Bool().Draw(t, "klauspost") {
			w, err = flate.NewWriter(&packed, level)
		} else {
			w, err = stdflate.NewWriter(&packed, level)
		}
		if err != nil {
			t.Fatal(err)
		}
		vocabulary := append(slices.Clone(words), string(bytes.Repeat([]byte("="), 700)), "\x00\xff\xfe", "[I][2024-06-01 +8.0 08:00:00.123][1, 1*]")
		want := inflate.Result{}
		for range rapid.IntRange(0, 30).Draw(t, "writes") {
			s := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 40).Draw(t, "words")
			for _, word := range s {
				text.WriteString(word)
				_, _ = io.WriteString(w, word)
			}
			if rapid.IntRange(0, 3).Draw(t, "flush") > 0 {
				_ = w.Flush()
				want.FlushIn, want.FlushOut = packed.Len(), text.Len()
			}
		}
		whole := rapid.Bool().Draw(t, "closed")
		if whole {
			_ = w.Close()
		} else {
			_ = w.Flush()
		}
		var d inflate.Decoder
		out, got := d.Decode(nil, packed.Bytes(), 1<<30)
		if !bytes.Equal(out, text.Bytes()) || got.Status != inflate.Whole || got.Consumed() != packed.Len() {
			t.Fatalf("%d bytes and %+v, want %d", len(out), got, text.Len())
		}
		if !whole && (got.FlushIn != packed.Len() || got.FlushOut != text.Len()) {
			t.Fatalf("the last mark is at the end, not at %+v", got)
		}
		checkLaws(t, packed.Bytes(), out, got, 1<<30)
	})
}
