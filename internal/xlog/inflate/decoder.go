package inflate

import (
	"encoding/binary"
	"math"
	"slices"
)

// A Status says how a stream ended.
type Status uint8

// How a stream may end.
const (
	Whole  Status = iota // at a final block, or right behind a flush mark with no input left
	Cut                  // in the middle of something: input is missing
	Broken               // at something that no stream may hold
	Large                // at the limit, with more to come
)

// A Result says how far a stream was decoded.
type Result struct {
	Status Status
	// Bits is how many bits of the input were understood: all in front of the
	// first thing that did not decode. Such a thing is the header of a block,
	// code lengths included, or one symbol: a byte, a match with its distance, an
	// end of block. Of a stored block each byte counts. At the status Large it is
	// the first thing for which there was no or not enough room.
	Bits int64
	// FlushIn and FlushOut are how many bytes of the input and of the output lie
	// in front of the end of the last complete flush mark, which is an empty
	// stored block. Both are zero if there is none.
	FlushIn, FlushOut int
}

// Consumed gives Bits in bytes, a byte counted whole if part of it was understood.
// After a final block it is where the bytes behind the stream begin.
func (r Result) Consumed() int { return int((r.Bits + 7) / 8) }

// A Decoder unpacks streams, one after another. It keeps tables and marks and no
// reference to input or output. The zero value is ready; one goroutine at a time may use it.
type Decoder struct {
	lengths   [maxLengths + maxDists]uint8
	meta      table // the code of the code lengths
	lit, dist table
	marks     []int // of the last stream
}

// A stream is the state of one Decode.
type stream struct {
	src []byte
	pos uint64 // in bits

	out  []byte // as far as bytes may be written now; never past max
	n    int    // bytes of out that are text, or were there before
	base int    // of these, how many were there before
	max  int    // what n may become

	flushIn, flushOut int
	marks             []int // each flushOut so far
	back              int   // the distance of the last match
}

// Decode appends what src unpacks to, at most limit bytes, and gives dst back.
// Everything in front of the first thing that is cut or impossible is appended,
// exactly (see Result). What was in dst before is no history for the stream.
// The bytes between length and capacity are scratch space. If dst is too small, it
// grows by the size of the input or to its double, so that memory asked for is
// bounded by the input and by what it really gave.
func (d *Decoder) Decode(dst, src []byte, limit int) ([]byte, Result) {
	s := newStream(dst, src, limit)
	s.marks = d.marks[:0]
	status := d.blocks(&s)
	d.marks = s.marks
	return s.out[:s.n], Result{Status: status, Bits: int64(s.pos), FlushIn: s.flushIn, FlushOut: s.flushOut - s.base}
}

// Marks gives where in the output of the last Decode its flush marks lie, in order:
// how many bytes are in front of each. They are valid until the next Decode.
func (d *Decoder) Marks() []int { return d.marks }

func newStream(dst, src []byte, limit int) stream {
	s := stream{src: src, n: len(dst), base: len(dst), flushOut: len(dst)}
	s.max = s.base + min(max(0, limit), math.MaxInt-s.base)
	s.out = dst[:min(cap(dst), s.max)]
	return s
}

// blocks decodes to the end, block by block. On return s.pos is behind the last
// thing understood.
func (d *Decoder) blocks(s *stream) Status {
	for {
		start := s.pos
		b, status := d.open(s)
		switch {
		case status != Whole:
			if status == Cut && start == uint64(s.flushIn)*8 && len(s.src)*8-int(start) < 3 {
				return Whole
			}
		case b.lit == nil:
			status = s.stored(start)
		default:
			status = s.symbols(b.lit, b.dist, b.final)
		}
		if status != Whole || b.final {
			return status
		}
	}
}

// A block is what its header says: the codes of its symbols, none if it is stored.
type block struct {
	lit, dist *table
	final     bool
}

// open reads the header of a block, code lengths included. s.pos moves only if all
// of it is there.
func (d *Decoder) open(s *stream) (b block, status Status) {
	w, have := s.peek()
	if have < 3 {
		return b, Cut
	}
	start := s.pos
	s.pos += 3
	b.final = w&1 == 1
	switch w >> 1 & 3 {
	case 0:
	case 1:
		b.lit, b.dist = fixedLit, fixedDist
	case 2:
		b.lit, b.dist = &d.lit, &d.dist
		status = d.readCodes(s)
	default:
		status = Broken
	}
	if status != Whole {
		s.pos = start
	}
	return b, status
}

// stored copies a stored block, whose header began at bit start.
func (s *stream) stored(start uint64) Status {
	s.pos = (s.pos + 7) &^ 7
	in := int(s.pos / 8)
	if len(s.src)-in < 4 {
		s.pos = start
		return Cut
	}
	size := binary.LittleEndian.Uint16(s.src[in:])
	if size != ^binary.LittleEndian.Uint16(s.src[in+2:]) {
		s.pos = start
		return Broken
	}
	in += 4
	s.pos += 32
	if size == 0 {
		s.flushIn, s.flushOut = in, s.n
		s.marks = append(s.marks, s.n-s.base)
		return Whole
	}
	content := s.src[in:min(len(s.src), in+int(size))]
	s.grow(len(content))
	n := copy(s.out[s.n:], content)
	s.n += n
	s.pos += uint64(n) * 8
	switch {
	case n < len(content):
		return Large
	case n < int(size):
		return Cut
	}
	return Whole
}

// grow makes room for n more bytes if the limit allows them, else for as many as
// it allows.
func (s *stream) grow(n int) {
	if len(s.out)-s.n >= n || len(s.out) == s.max {
		return
	}
	more := max(n, 4*len(s.src), s.n-s.base) + outRoom
	s.out = slices.Grow(s.out[:s.n], min(more, s.max-s.n))
	s.out = s.out[:min(cap(s.out), s.max)]
}

// peek gives the next bits of the input and how many they are: 57 at least, or
// all that are left, with zeros behind them.
func (s *stream) peek() (w uint64, have int) {
	i := s.pos / 8
	rest := s.src[i:]
	if len(rest) >= 8 {
		return binary.LittleEndian.Uint64(rest) >> (s.pos % 8), 64 - int(s.pos%8)
	}
	for i, b := range rest {
		w |= uint64(b) << (8 * i)
	}
	return w >> (s.pos % 8), max(0, len(rest)*8-int(s.pos%8))
}
