package deflate64_test

import "io"

// A naive decoder reads bit by bit and looks codes up one by one, of Deflate as RFC 1951 tells it, and of Deflate64. It
// panics with its verdict to end.
type naive struct {
	src  []byte
	bit  int // the next one
	out  []byte
	wide bool // Deflate64
}

type verdict struct{ error }

// unpack returns io.EOF at the end of the stream, and errLimit once more than limit bytes came out.
func (d *naive) unpack(limit int) (err error) {
	defer func() {
		v, ok := recover().(verdict)
		if !ok {
			panic("the naive decoder failed")
		}
		err = v.error
	}()
	for {
		if len(d.out) > limit {
			d.stop(errLimit)
		}
		final := d.number(1) == 1
		switch d.number(2) {
		case 0:
			d.stored()
		case 1:
			d.symbols(fixedSizes())
		case 2:
			d.symbols(d.sizes())
		default:
			d.stop(errNaive)
		}
		if final {
			d.stop(io.EOF)
		}
	}
}

func (d *naive) stop(err error) { panic(verdict{err}) }

func (d *naive) check(ok bool) {
	if !ok {
		d.stop(errNaive)
	}
}

func (d *naive) number(n int) int {
	v := 0
	for i := range n {
		if d.bit == 8*len(d.src) {
			d.stop(io.ErrUnexpectedEOF)
		}
		v |= int(d.src[d.bit/8]>>(d.bit%8)&1) << i
		d.bit++
	}
	return v
}

func (d *naive) stored() {
	d.bit = (d.bit + 7) &^ 7
	size := d.number(16)
	d.check(d.number(16) == size^0xffff)
	for range size {
		d.out = append(d.out, byte(d.number(8)))
	}
}

func fixedSizes() (lit, dist []int) {
	for _, run := range [][2]int{{144, 8}, {112, 9}, {24, 7}, {8, 8}} {
		for range run[0] {
			lit = append(lit, run[1])
		}
	}
	for range 32 {
		dist = append(dist, 5)
	}
	return lit, dist
}

func (d *naive) sizes() (lit, dist []int) {
	literals, distances, written := d.number(5)+257, d.number(5)+1, d.number(4)+4
	d.check(literals <= 286 && (d.wide || distances <= 30))
	sizes := make([]int, 19)
	for _, symbol := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}[:written] {
		sizes[symbol] = d.number(3)
	}
	code := d.codes(sizes)
	var all []int
	for len(all) < literals+distances {
		symbol, size, times := d.symbol(code), 0, 1
		switch symbol {
		case 16:
			d.check(len(all) > 0)
			size, times = all[len(all)-1], 3+d.number(2)
		case 17:
			times = 3 + d.number(3)
		case 18:
			times = 11 + d.number(7)
		default:
			size = symbol
		}
		for range times {
			all = append(all, size)
		}
	}
	d.check(len(all) == literals+distances)
	return all[:literals], all[literals:]
}

// codes gives the symbol of each code, which is written with a one in front.
func (d *naive) codes(sizes []int) map[int]int {
	codes, code, used, longest := map[int]int{}, 0, 0, 0
	for size := 1; size <= 15; size++ {
		code <<= 1
		for symbol, n := range sizes {
			if n == size {
				d.check(code < 1<<size)
				codes[1<<size|code] = symbol
				code++
				used += 1 << (15 - size)
				longest = size
			}
		}
	}
	d.check(used == 1<<15 || len(codes) == 0 || len(codes) == 1 && longest == 1)
	return codes
}

func (d *naive) symbol(codes map[int]int) int {
	code := 1
	for range 15 {
		code = code<<1 | d.number(1)
		if symbol, ok := codes[code]; ok {
			return symbol
		}
	}
	d.stop(errNaive)
	return 0
}

func (d *naive) symbols(litSizes, distSizes []int) {
	lit, dist := d.codes(litSizes), d.codes(distSizes)
	for {
		symbol := d.symbol(lit)
		switch {
		case symbol < 256:
			d.out = append(d.out, byte(symbol))
			continue
		case symbol == 256:
			return
		}
		d.check(symbol < 286)
		length := d.length(symbol)
		symbol = d.symbol(dist)
		d.check(symbol < 30 || d.wide)
		back := symbol + 1
		if symbol >= 4 {
			extra := symbol/2 - 1
			back = (2+symbol%2)<<extra + 1 + d.number(extra)
		}
		d.check(back <= len(d.out))
		for range length {
			d.out = append(d.out, d.out[len(d.out)-back])
		}
	}
}

func (d *naive) length(symbol int) int {
	switch {
	case symbol < 265:
		return symbol - 254
	case symbol < 285:
		extra := (symbol - 261) / 4
		return (4+(symbol-261)%4)<<extra + 3 + d.number(extra)
	case d.wide:
		return 3 + d.number(16)
	}
	return 258
}
