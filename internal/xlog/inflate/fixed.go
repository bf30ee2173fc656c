package inflate

import (
	"encoding/binary"
	"math/bits"
)

// The fast loop stops this far from the end of the input and of the output, so
// that a step may load and store more than it needs.
const (
	inRoom   = 16             // a step loads eight bytes, from up to seven further on
	copyRoom = 288            // what a match may write: 258 bytes, rounded up to 32
	outRoom  = copyRoom + 8   // and the bytes in front of it
	litBits  = 12             // index of fixedSteps
	distBits = 5              // index of fixedDists
	flushLen = 7 + 3 + 32 + 3 // bits from an end of block to the next header, padding aside
)

// fixedSteps gives what the next 12 bits of a fixed block are, with the bits they
// use in the low six: a match is isMatch, its length shifted by 6 (extra bits
// included); a byte is that byte shifted by 6. 0 is left to the careful loop:
// lengths of 131 to 257, whose bits are more than 12, and what is impossible.
var fixedSteps = func() (t [1 << litBits]uint16) {
	for w := range t {
		e := fixedLit.find(uint64(w))
		sym, used := int(e>>4), int(e&15)
		switch {
		case sym < endOfBlock:
			t[w] = uint16(sym<<6 | used)
		case sym == endOfBlock:
			t[w] = isEnd
		case sym < maxLengths:
			extra := int(lengthExtra[sym-firstLength])
			if used+extra <= litBits {
				length := int(lengthBase[sym-firstLength]) + w>>used&(1<<extra-1)
				t[w] = uint16(isMatch | length<<6 | (used + extra))
			}
		}
	}
	return t
}()

const (
	isMatch = 1 << 15
	isEnd   = 1 << 14
)

// fixedDists gives the base of the distance that five bits stand for, shifted by
// 8, and how many extra bits follow. Impossible ones are farther than any output.
var fixedDists = func() (t [1 << distBits]uint64) {
	for w := range t {
		t[w] = 1 << 63
		if sym := int(fixedDist.find(uint64(w)) >> 4); sym < maxDists {
			t[w] = uint64(distBase[sym])<<8 | uint64(distExtra[sym])
		}
	}
	return t
}()

const (
	ones = 0x0101010101010101 // one in each byte
	// lowLit is the code of byte 0 in a fixed block. Codes of eight bits run on from
	// there, to byte 143.
	lowLit = 0x30
	// crossing is an empty stored block behind its header, 00 00 FF FF, and the
	// header of a fixed block that is not the last, at the top of a word.
	crossing = 0x2_FFFF_0000 << (64 - 32 - 3)
)

// A lane is the state of fixed. What its numbers count begins at src[0] and out[0].
type lane struct {
	src, out   []byte
	in, lastIn int   // where the next load begins, and where the last one may
	n, lastOut int   // where the next byte goes, and where the last step may begin
	flushIn    int   // where the last flush mark passed ends; 0 for none
	marks      []int // grows to its capacity, and not beyond

	// w holds the next bits, at least have of them. The bits of w above those are
	// zero or right, so that a load may put them there again, and the address of
	// the next load does not wait for what w turns out to be.
	w    uint64
	have uint
}

// fixed decodes symbols of a fixed block that is not the last one, and runs on
// over its end through all following pairs of a flush mark and such a block. It
// stops in front of a symbol that is not for it: near the end of the input, of
// the room or of the marks. It does nothing that symbol would not do.
func (s *stream) fixed() {
	l := lane{src: s.src, out: s.out[s.base:], in: int(s.pos / 8), n: s.n - s.base, marks: s.marks}
	l.lastIn, l.lastOut = len(l.src)-inRoom, len(l.out)-outRoom
	if l.in > l.lastIn || l.n > l.lastOut {
		return
	}
	l.w = binary.LittleEndian.Uint64(l.src[l.in:]) >> (s.pos % 8)
	l.have = 56 - uint(s.pos%8)
	l.in += 7
	if fast {
		fixedFast(&l)
	} else {
		l.fixed()
	}
	s.pos, s.n = uint64(l.in)*8-uint64(l.have), s.base+l.n
	if l.flushIn > 0 {
		s.flushIn, s.flushOut = l.flushIn, s.base+l.marks[len(l.marks)-1]
		s.marks = l.marks
	}
}

// fixed goes on for as long as it can.
//
// Each step takes the bytes of eight bits at the front, none to seven, and then
// one match, longer byte or end of block. It has no branch on how many bytes there
// are, since nothing predicts that.
func (l *lane) fixed() {
	// Equal lengths and capacities save registers.
	src, out := l.src[:len(l.src):len(l.src)], l.out[:len(l.out):len(l.out)]
	i, n, w, have, lastIn, lastOut := l.in, l.n, l.w, l.have, l.lastIn, l.lastOut
	for i <= lastIn && n <= lastOut {
		w |= binary.LittleEndian.Uint64(src[i:]) << (have & 63)
		i += int((63 - have) >> 3)
		have |= 56

		// Codes come with their first bit lowest. One of eight bits, 0x30 to 0xBF,
		// begins with 01, 10 or 0011. The lowest bit of each byte of w tells.
		eight := (w ^ w>>1) | (w >> 2 & (w >> 3) &^ w)
		run := uint(bits.TrailingZeros64(^eight&(ones>>8) | 1<<56)) // in bits
		binary.LittleEndian.PutUint64(out[n:], bits.ReverseBytes64(bits.Reverse64(w))-lowLit*ones)
		n += int(run / 8)
		w >>= run & 63
		have -= run
		if run > 24 {
			continue // too few bits are left for a match
		}

		e := uint(fixedSteps[w%(1<<litBits)])
		if e&isMatch == 0 {
			if e == isEnd {
				w |= binary.LittleEndian.Uint64(src[i:]) << (have & 63)
				i += int((63 - have) >> 3)
				have |= 56
				size := flushLen + (have-10)%8 // with the padding in front of the mark
				if w<<((64-size)&63) != crossing || len(l.marks) == cap(l.marks) {
					break
				}
				w >>= size & 63
				have -= size
				l.flushIn, l.marks = i-int(have+3)/8, append(l.marks, n)
				continue
			}
			if e == 0 {
				break
			}
			out[n] = byte(e >> 6)
			n++
			w >>= e & 15
			have -= e & 15
			continue
		}
		length := int(e >> 6 & 511)
		v := w >> (e & 15)
		d := fixedDists[v%(1<<distBits)]
		v >>= distBits
		far := d>>8 + v&(1<<(d&15)-1)
		if far > uint64(n) {
			break
		}
		back := int(far)
		w = v >> (d & 15)
		have -= e&15 + distBits + uint(d&15)
		if back < 8 {
			for range length {
				out[n] = out[n-back]
				n++
			}
			continue
		}
		to, from := (*[copyRoom]byte)(out[n:]), (*[copyRoom]byte)(out[n-back:])
		binary.LittleEndian.PutUint64(to[0:], binary.LittleEndian.Uint64(from[0:]))
		binary.LittleEndian.PutUint64(to[8:], binary.LittleEndian.Uint64(from[8:]))
		for k := 16; k < length && k <= copyRoom-8; k += 8 {
			binary.LittleEndian.PutUint64(to[k:], binary.LittleEndian.Uint64(from[k:]))
		}
		n += length
	}
	l.in, l.n, l.w, l.have = i, n, w, have
}
