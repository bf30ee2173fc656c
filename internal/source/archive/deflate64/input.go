package deflate64

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// input is the bits of a source, those of a byte from the lowest on.
type input struct {
	r     *bufio.Reader
	ahead []byte // what r holds; it gives up whole bytes once they were read
	pos   int    // in bits of ahead
	err   error  // of the source
}

// peek gives the next bits, 57 or more, and how many of them are there: behind the end of the source are zeros.
func (in *input) peek() (w uint64, have int) {
	if len(in.ahead)-in.pos/8 < 8 {
		in.more()
	}
	rest, skip := in.ahead[in.pos/8:], in.pos%8
	if len(rest) >= 8 {
		return binary.LittleEndian.Uint64(rest) >> skip, 64 - skip
	}
	var last [8]byte
	copy(last[:], rest)
	return binary.LittleEndian.Uint64(last[:]) >> skip, len(rest)*8 - skip
}

// more looks further ahead, as far as that takes one read of the source.
func (in *input) more() {
	whole := in.pos / 8
	_, _ = in.r.Discard(whole) // it was peeked
	in.pos -= whole * 8
	if in.err == nil {
		_, in.err = in.r.Peek(8)
	}
	in.ahead, _ = in.r.Peek(in.r.Buffered()) // it is there
}

// align goes to the next whole byte.
func (in *input) align() { in.pos = (in.pos + 7) &^ 7 }

// close leaves the source behind the last byte of which a bit was read.
func (in *input) close() {
	in.align()
	_, _ = in.r.Discard(in.pos / 8) // it was peeked
	in.ahead, in.pos = nil, 0
}

// missing is the error where bits are missing.
func (in *input) missing() error {
	if errors.Is(in.err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return in.err
}

// take reads a number of up to 32 bits.
func (in *input) take(n int) (uint32, error) {
	w, have := in.peek()
	if n > have {
		return 0, in.missing()
	}
	in.pos += n
	return uint32(w & (1<<n - 1)), nil
}

// value reads a number out of a span.
func (in *input) value(s span) (int, error) {
	extra, err := in.take(int(s.extra))
	return int(s.base) + int(extra), err
}

// symbol reads one symbol of a code.
func (in *input) symbol(c *code) (int, error) {
	w, have := in.peek()
	e := c.table[w&uint64(len(c.table)-1)]
	n := int(e & 15)
	switch {
	case n > have, n == 0 && have < maxCode:
		return 0, in.missing()
	case n == 0:
		return 0, errDamaged
	}
	in.pos += n
	return int(e >> 4), nil
}
