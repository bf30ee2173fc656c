package inflate_test

import (
	"slices"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
)

// A naive decoder reads bit by bit and looks codes up one by one, as RFC 1951
// tells it, and gives exactly what Decode promises. It panics with a stop to end.
type naive struct {
	src   []byte
	bit   int // the next one
	good  int // bits of the things that are complete
	out   []byte
	limit int
	flush [2]int
}

type stop inflate.Status

func decodeNaively(src []byte, limit int) (out []byte, r inflate.Result) {
	d := &naive{src: src, limit: limit}
	defer func() {
		status, ok := recover().(stop)
		if !ok {
			panic("the naive decoder failed")
		}
		out = d.out
		r = inflate.Result{Status: inflate.Status(status), Bits: int64(d.good), FlushIn: d.flush[0], FlushOut: d.flush[1]}
	}()
	for {
		if d.bit == 8*len(src) && d.bit == 8*d.flush[0] {
			panic(stop(inflate.Whole))
		}
		final := d.number(1) == 1
		switch d.number(2) {
		case 0:
			d.stored()
		case 1:
			d.good = d.bit
			d.symbols(naiveLit, naiveDist)
		case 2:
			lit, dist := d.codes()
			d.good = d.bit
			d.symbols(lit, dist)
		default:
			panic(stop(inflate.Broken))
		}
		if final {
			panic(stop(inflate.Whole))
		}
	}
}

func (d *naive) number(n int) int {
	v := 0
	for i := range n {
		if d.bit == 8*len(d.src) {
			panic(stop(inflate.Cut))
		}
		v |= int(d.src[d.bit/8]>>(d.bit%8)&1) << i
		d.bit++
	}
	return v
}

func (d *naive) put(b byte) {
	if len(d.out) == d.limit {
		panic(stop(inflate.Large))
	}
	d.out = append(d.out, b)
}

func (d *naive) stored() {
	d.bit = (d.bit + 7) &^ 7
	size := d.number(16)
	if d.number(16) != size^0xFFFF {
		panic(stop(inflate.Broken))
	}
	d.good = d.bit
	for range size {
		d.put(byte(d.number(8)))
		d.good = d.bit
	}
	if size == 0 {
		d.flush = [2]int{d.bit / 8, len(d.out)}
	}
}

// A huffman gives the symbol of each code, which is a length and that many bits.
type huffman map[[2]int]int

// newHuffman gives the canonical code with the lengths given (RFC 1951, 3.2.2). It
// stops if there is none: too many or too few sequences of bits are codes.
func newHuffman(lengths []int) huffman {
	h := huffman{}
	code := 0
	for n := 1; n <= 15; n++ {
		code <<= 1
		for sym, length := range lengths {
			if length == n {
				h[[2]int{n, code}] = sym
				code++
			}
		}
	}
	if _, lone := h[[2]int{1, 0}]; code != 1<<15 && len(h) > 0 && (len(h) > 1 || !lone) {
		panic(stop(inflate.Broken))
	}
	return h
}

// code reads one code. No bit is asked for that cannot be part of one.
func (d *naive) code(h huffman) int {
	code, longest := 0, 15
	if len(h) < 2 {
		longest = len(h)
	}
	for n := 1; n <= longest; n++ {
		code = code<<1 | d.number(1)
		if sym, ok := h[[2]int{n, code}]; ok {
			return sym
		}
	}
	panic(stop(inflate.Broken))
}

// The codes of blocks of type 1.
var (
	naiveLit = newHuffman(slices.Concat(slices.Repeat([]int{8}, 144), slices.Repeat([]int{9}, 112),
		slices.Repeat([]int{7}, 24), slices.Repeat([]int{8}, 8)))
	naiveDist = newHuffman(slices.Repeat([]int{5}, 32))
)

// codes reads the codes of a block of type 2.
func (d *naive) codes() (lit, dist huffman) {
	lits, dists := d.number(5)+257, d.number(5)+1
	metas := d.number(4) + 4
	if lits > 286 || dists > 30 {
		panic(stop(inflate.Broken))
	}
	metaLengths := make([]int, 19)
	for _, sym := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}[:metas] {
		metaLengths[sym] = d.number(3)
	}
	meta := newHuffman(metaLengths)
	var all []int
	for len(all) < lits+dists {
		length, times := d.code(meta), 1
		switch length {
		case 16:
			if len(all) == 0 {
				panic(stop(inflate.Broken))
			}
			length, times = all[len(all)-1], 3+d.number(2)
		case 17:
			length, times = 0, 3+d.number(3)
		case 18:
			length, times = 0, 11+d.number(7)
		}
		all = append(all, slices.Repeat([]int{length}, times)...)
	}
	if len(all) > lits+dists {
		panic(stop(inflate.Broken))
	}
	return newHuffman(all[:lits]), newHuffman(all[lits:])
}

func (d *naive) symbols(lit, dist huffman) {
	for {
		sym := d.code(lit)
		switch {
		case sym < 256:
			d.put(byte(sym))
		case sym == 256:
			d.good = d.bit
			return
		case sym > 285:
			panic(stop(inflate.Broken))
		default:
			d.match(sym, dist)
		}
		d.good = d.bit
	}
}

func (d *naive) match(sym int, dist huffman) {
	length := 258
	if sym < 285 {
		// Eight lengths of their own, then four for each number of extra bits.
		extra := max(0, (sym-261)/4)
		length = 3 + sym - 257
		if extra > 0 {
			length = 3 + (4+(sym-257)%4)<<extra + d.number(extra)
		}
	}
	sym = d.code(dist)
	if sym > 29 {
		panic(stop(inflate.Broken))
	}
	back := sym + 1
	if sym > 3 {
		extra := sym/2 - 1
		back = 1 + (2+sym%2)<<extra + d.number(extra)
	}
	if back > len(d.out) {
		panic(stop(inflate.Broken))
	}
	for range length {
		d.put(d.out[len(d.out)-back])
	}
}
