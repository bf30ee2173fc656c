package deflate64

import "math/bits"

const (
	maxCode      = 15 // bits
	maxLiterals  = 288
	maxDistances = 32
	endOfBlock   = 256
	firstLength  = 257
)

// A span is a range of numbers, of which extra bits choose one.
type span struct {
	base  uint16
	extra uint8
}

// What the symbols of lengths and distances stand for. The last length is what Deflate64 changed.
var (
	lengths   = append(spans(28, 3, 4), span{3, 16})
	distances = spans(maxDistances, 1, 2)
)

// spans makes n spans, one behind the other. Of each width there are as many as told; of the least, twice as many.
func spans(n, base, each int) []span {
	list := make([]span, n)
	for i := range list {
		extra := max(i/each-1, 0)
		list[i] = span{uint16(base), uint8(extra)}
		base += 1 << extra
	}
	return list
}

// A code is a Huffman code. Its table has, for all that the next bits may be, the symbol they begin with and the length
// of its code in the low four bits; 0 where no code is. The length of the table is a power of two.
type code struct{ table []uint16 }

// build makes the code whose symbols have codes of these lengths, 0 for none. It refuses lengths of which there are too
// many, and too few unless there is one code of one bit, or none.
func (c *code) build(lengths []uint8) error {
	var count, next [maxCode + 1]int
	longest := 1
	for _, n := range lengths {
		count[n]++
		longest = max(longest, int(n))
	}
	count[0] = 0
	left, coded := 1, 0
	for n := 1; n <= longest; n++ {
		next[n] = (next[n-1] + count[n-1]) << 1
		left, coded = left<<1-count[n], coded+count[n]
		if left < 0 {
			return errDamaged
		}
	}
	if left > 0 && coded > 0 && (coded > 1 || longest > 1) {
		return errDamaged
	}
	if cap(c.table) < 1<<longest {
		c.table = make([]uint16, 1<<longest)
	}
	c.table = c.table[:1<<longest]
	clear(c.table)
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		first := int(bits.Reverse16(uint16(next[n])) >> (16 - n)) // codes are written from their highest bit on
		next[n]++
		for i := first; i < len(c.table); i += 1 << n {
			c.table[i] = uint16(symbol)<<4 | uint16(n)
		}
	}
	return nil
}

// use makes the two codes of a block, of which the first has so many symbols.
func (z *Reader) use(n []uint8, literals int) error {
	if err := z.lit.build(n[:literals]); err != nil {
		return err
	}
	return z.dist.build(n[literals:])
}

// fixed makes the codes that a block has which brings none.
func (z *Reader) fixed() error {
	n := z.sizes[:]
	for symbol := range maxLiterals {
		switch {
		case symbol < 144:
			n[symbol] = 8
		case symbol < 256:
			n[symbol] = 9
		case symbol < 280:
			n[symbol] = 7
		default:
			n[symbol] = 8
		}
	}
	for symbol := range maxDistances {
		n[maxLiterals+symbol] = 5
	}
	return z.use(n, maxLiterals)
}

// order is that in which the lengths of the code for lengths are written.
var order = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// codes reads the codes of a block.
func (z *Reader) codes() error {
	head, err := z.in.take(14)
	if err != nil {
		return err
	}
	literals, distances, written := int(head&31)+firstLength, int(head>>5&31)+1, int(head>>10)+4
	if literals > firstLength+len(lengths) {
		return errDamaged
	}
	var sizes [len(order)]uint8
	for _, symbol := range order[:written] {
		n, err := z.in.take(3)
		if err != nil {
			return err
		}
		sizes[symbol] = uint8(n)
	}
	if err := z.lit.build(sizes[:]); err != nil {
		return err
	}
	n := z.sizes[:literals+distances]
	if err := z.codeLengths(n); err != nil {
		return err
	}
	return z.use(n, literals)
}

// codeLengths reads the lengths of the codes of both kinds of symbols, which are coded themselves.
func (z *Reader) codeLengths(n []uint8) error {
	const last, zeros, manyZeros = 16, 17, 18
	repeats := [...]span{last: {3, 2}, zeros: {3, 3}, manyZeros: {11, 7}}
	for i := 0; i < len(n); {
		symbol, err := z.in.symbol(&z.lit)
		if err != nil {
			return err
		}
		if symbol < last {
			n[i] = uint8(symbol)
			i++
			continue
		}
		times, err := z.in.value(repeats[symbol])
		switch {
		case err != nil:
			return err
		case times > len(n)-i, symbol == last && i == 0:
			return errDamaged
		}
		var size uint8
		if symbol == last {
			size = n[i-1]
		}
		for range times {
			n[i] = size
			i++
		}
	}
	return nil
}
