package deflate64_test

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/xlogscan/xlogscan/internal/source/archive/deflate64"
)

var (
	errNaive = errors.New("damaged")
	errLimit = errors.New("more than is asked for")
)

// A packer writes Deflate64 bit by bit.
type packer struct {
	out  []byte
	used int // bits
}

func (p *packer) bits(n, value int) {
	for i := range n {
		if p.used%8 == 0 {
			p.out = append(p.out, 0)
		}
		p.out[p.used/8] |= byte(value>>i&1) << (p.used % 8)
		p.used++
	}
}

// code writes a code of n bits, which begins with its highest.
func (p *packer) code(n, value int) {
	for i := n - 1; i >= 0; i-- {
		p.bits(1, value>>i&1)
	}
}

// store writes a stored block.
func (p *packer) store(text string) {
	p.bits(3, 0)
	p.used = len(p.out) * 8
	p.bits(16, len(text))
	p.bits(16, len(text)^0xffff)
	p.out, p.used = append(p.out, text...), p.used+8*len(text)
}

// last writes the head of the last block, of fixed codes; end ends it.
func (p *packer) last() { p.bits(3, 1|1<<1) }
func (p *packer) end()  { p.code(7, 0) }

// longest writes a match of 3 and extra bytes by the length that Deflate64 has for that.
func (p *packer) longest(extra, distance, distanceBits, distanceExtra int) {
	p.code(8, 0xc0+285-280)
	p.bits(16, extra)
	p.code(5, distance)
	p.bits(distanceBits, distanceExtra)
}

func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

// What Deflate has not: long matches, and far ones, over more than what is held.
func TestWide(t *testing.T) {
	text := noise(65535)
	var p packer
	p.store(text)
	p.last()
	p.code(8, 0x30+'x')
	p.longest(65535, 31, 14, 16383) // 65538 bytes from 65536 back
	p.longest(0, 30, 14, 0)         // 3 from 32769 back
	p.longest(299, 0, 0, 0)         // 302 from 1 back
	p.end()
	want := text + "x"
	want += want + want[:2]
	want += want[len(want)-32769:][:3]
	want += strings.Repeat(want[len(want)-1:], 302)
	got, err := unpack(p.out)
	if got != want || !errors.Is(err, io.EOF) {
		t.Errorf("got %d bytes of %d, %v", len(got), len(want), err)
	}
	d := naive{src: p.out, wide: true}
	if err := d.unpack(1 << 20); string(d.out) != want || !errors.Is(err, io.EOF) {
		t.Errorf("the naive decoder gives %d bytes, %v", len(d.out), err)
	}
}

func TestFaults(t *testing.T) {
	pack := func(write func(p *packer)) []byte {
		var p packer
		write(&p)
		p.bits(64, 0)
		return p.out
	}
	match := func(symbol, distance int) []byte {
		return pack(func(p *packer) {
			p.last()
			p.code(8, 0x30+'a')
			p.code(8, 0xc0+symbol-280)
			p.bits(16, 0)
			p.code(5, distance)
		})
	}
	codes := func(literals, size int) []byte {
		return pack(func(p *packer) {
			p.bits(3, 1|2<<1)
			p.bits(14, literals-257)
			for range 4 {
				p.bits(3, size)
			}
		})
	}
	for name, src := range map[string][]byte{
		"a kind of block":   {7},
		"a stored length":   {1, 1, 0, 1, 0},
		"a distance":        match(285, 1),
		"a length":          match(286, 0),
		"too many literals": codes(287, 2),
		"too many codes":    codes(257, 1),
		"too few codes":     codes(257, 3),
	} {
		if got, err := unpack(src); err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || len(got) > 1 {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	bad := errors.New("bad disk")
	r := deflate64.NewReader(bufio.NewReader(io.MultiReader(bytes.NewReader([]byte{1, 4, 0, 0xfb, 0xff, 'a', 'b'}), iotest.ErrReader(bad))))
	if got, err := io.ReadAll(r); string(got) != "ab" || !errors.Is(err, bad) {
		t.Errorf("got %q, %v", got, err)
	}
}

// unpack gives all that comes out, and io.EOF or what else ended it.
func unpack(src []byte) (string, error) {
	got, err := io.ReadAll(deflate64.NewReader(bufio.NewReader(bytes.NewReader(src))))
	if err == nil {
		err = io.EOF
	}
	return string(got), err
}

// FuzzReader holds that any bytes give what the naive decoder gives, however they arrive, that no byte behind the stream
// is taken, and that the naive decoder gives of Deflate what Go's does.
func FuzzReader(f *testing.F) {
	for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
		for _, text := range []string{"", "text", strings.Repeat("one two three\n", 40), noise(300), strings.Repeat("x", 1000)} {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				f.Fatal(err)
			}
			_, _ = io.WriteString(w, text)
			_ = w.Close()
			f.Add(b.Bytes())
		}
	}
	var p packer
	p.store(noise(100))
	p.last()
	p.longest(400, 5, 1, 1)
	p.end()
	f.Add(p.out)
	f.Fuzz(func(t *testing.T, src []byte) {
		const limit = 1 << 18
		d := naive{src: src, wide: true}
		end := d.unpack(limit)
		for name, r := range map[string]io.Reader{
			"at once":      deflate64.NewReader(bufio.NewReader(bytes.NewReader(src))),
			"byte by byte": deflate64.NewReader(bufio.NewReaderSize(iotest.OneByteReader(bytes.NewReader(src)), 16)),
		} {
			same(t, name, r, d.out, end)
		}
		if errors.Is(end, io.EOF) {
			r := bufio.NewReader(strings.NewReader(string(src[:(d.bit+7)/8]) + "behind"))
			same(t, "with more behind", deflate64.NewReader(r), d.out, end)
			if rest, _ := io.ReadAll(r); string(rest) != "behind" {
				t.Errorf("%q is left behind the stream", rest)
			}
		}
		d = naive{src: src}
		end = d.unpack(limit)
		if !errors.Is(end, io.ErrUnexpectedEOF) { // there Go wants more bits than the last byte needs
			same(t, "Go's Deflate", flate.NewReader(bytes.NewReader(src)), d.out, end)
		}
	})
}

// same compares what r gives with what the naive decoder gave, which may have stopped at a limit.
func same(t *testing.T, name string, r io.Reader, want []byte, end error) {
	t.Helper()
	got, err := io.ReadAll(io.LimitReader(r, int64(len(want))+1))
	if errors.Is(end, errLimit) {
		got = got[:min(len(got), len(want))]
	} else if (err == nil) != errors.Is(end, io.EOF) {
		t.Errorf("%s: got %v, want %v", name, err, end)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got %d bytes, %v; want %d, %v", name, len(got), err, len(want), end)
	}
}
