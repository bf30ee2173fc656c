package inflate

import "math/bits"

// RFC 1951, 3.2.5 to 3.2.7.
const (
	endOfBlock  = 256
	firstLength = 257 // the first symbol that is a length
	maxLengths  = 286 // symbols of the literal and length alphabet that may occur
	maxDists    = 30  // symbols of the distance alphabet that may occur
	maxCodeBits = 15
	maxMatch    = 258
)

var (
	lengthBase  = [maxLengths - firstLength]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthExtra = [maxLengths - firstLength]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distBase    = [maxDists]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distExtra   = [maxDists]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
)

// shortBits is the length of codes that one look into a table resolves.
const shortBits = 10

// A table decodes one Huffman code of at most 15 bits.
type table struct {
	// short is indexed by the next shortBits of the stream. An entry is the
	// symbol shifted left by 4 and the length of its code; 0 stands for a longer
	// code or for none.
	short [1 << shortBits]uint16
	// For the longer codes: how many codes have each length, and all symbols in
	// the order of their codes.
	count  [maxCodeBits + 1]uint16
	sorted [288]uint16
}

// build makes the table of the canonical code with these code lengths, one for
// each symbol. It reports whether there is one: each sequence of bits has to be
// a code, except that a code of one bit may stand alone and that there may be no
// code at all. A bit that such a lone code leaves open is impossible when it comes.
func (t *table) build(lengths []uint8) bool {
	t.count = [maxCodeBits + 1]uint16{}
	for _, n := range lengths {
		if n != 0 { // zeros come in long runs
			t.count[n&maxCodeBits]++
		}
	}
	free := 1 // codes of the length at hand that no shorter code took
	var next [maxCodeBits + 2]uint16
	for n := 1; n <= maxCodeBits; n++ {
		next[n+1] = next[n] + t.count[n]
		free = free<<1 - int(t.count[n])
		if free < 0 {
			return false
		}
	}
	used := int(next[maxCodeBits+1])
	if free > 0 && used > 0 && (used != 1 || t.count[1] != 1) {
		return false
	}
	for sym, n := range lengths {
		if n != 0 {
			t.sorted[next[n&maxCodeBits]] = uint16(sym)
			next[n&maxCodeBits]++
		}
	}
	t.fill()
	return true
}

// fill fills short by doubling: a table for codes of up to n bits is the one for
// n-1 bits twice, and what no shorter code took goes to the codes of n bits.
func (t *table) fill() {
	t.short[0] = 0
	code, i := 0, 0 // code has its bits in the order of the stream
	for n := 1; n <= shortBits; n++ {
		copy(t.short[1<<(n-1):1<<n], t.short[:1<<(n-1)])
		for range t.count[n] {
			t.short[code&(1<<shortBits-1)] = t.sorted[i]<<4 | uint16(n)
			i++
			// Add one at the far end: the run of ones there becomes zeros, and the
			// zero in front of it one.
			bit := 1 << bits.Len(uint(^code)&(1<<n-1)) >> 1
			code = code&(bit-1) | bit
		}
	}
}

// find gives the entry of the code that w begins with, 0 if there is none. Bits of
// w behind the end of the stream are zero, so that a code that the end cuts comes
// out as one that is longer than what is left.
func (t *table) find(w uint64) uint16 {
	if e := t.short[w&(1<<shortBits-1)]; e != 0 {
		return e
	}
	return t.findLong(w)
}

//go:noinline
func (t *table) findLong(w uint64) uint16 {
	code, first, i := 0, 0, 0
	for n := 1; n <= maxCodeBits; n++ {
		code = code<<1 | int(w&1)
		w >>= 1
		count := int(t.count[n])
		first <<= 1
		if code-first < count {
			return t.sorted[i+code-first]<<4 | uint16(n)
		}
		i += count
		first += count
	}
	return 0
}

// The codes of blocks of type 1 (RFC 1951, 3.2.6).
var fixedLit, fixedDist = fixedTables()

func fixedTables() (lit, dist *table) {
	var lengths [288]uint8
	for sym := range lengths {
		switch {
		case sym < 144:
			lengths[sym] = 8
		case sym < 256:
			lengths[sym] = 9
		case sym < 280:
			lengths[sym] = 7
		default:
			lengths[sym] = 8
		}
	}
	lit, dist = new(table), new(table)
	lit.build(lengths[:])
	for sym := range 32 {
		lengths[sym] = 5
	}
	dist.build(lengths[:32])
	return lit, dist
}
