// Package deflate64 unpacks Deflate64, which Windows Explorer packs files of more than 2 GB by in zip archives.
//
// It is Deflate but for three things: a match reaches back up to 64 KiB, the distance codes 30 and 31 say so, and the
// length code 285 has 16 extra bits, so that a match may have 65,538 bytes.
package deflate64

import (
	"bufio"
	"errors"
	"io"
)

const (
	window   = 1 << 16
	maxMatch = 3 + 1<<16 - 1
)

var errDamaged = errors.New("a code of deflate64 is wrong")

// A Reader unpacks one stream. It holds about 340 KiB. It takes from its source no byte behind the stream.
type Reader struct {
	in        input
	lit, dist code
	sizes     [maxLiterals + maxDistances]uint8 // of codes, while they are made

	kind  kind
	final bool
	left  int // bytes of a stored block

	// text is what was unpacked: up to window bytes that were read, then those from next on that were not.
	text []byte
	next int
	err  error // what comes behind text
}

// kind is how the block that is being read is packed.
type kind uint8

const (
	between kind = iota // in front of a block
	asStored
	coded
)

// NewReader returns a reader of the stream in r.
func NewReader(r *bufio.Reader) *Reader {
	return &Reader{in: input{r: r}, text: make([]byte, 0, 2*window+maxMatch)}
}

// Read gives what was packed. Its errors are those of the source, io.ErrUnexpectedEOF where that ends too early, and an
// error of its own for what no packer writes. All in front of an error is given.
func (z *Reader) Read(p []byte) (int, error) {
	for z.next == len(z.text) {
		if z.err != nil {
			return 0, z.err
		}
		if len(p) == 0 {
			return 0, nil
		}
		z.slide()
		z.err = z.fill()
		if z.err != nil {
			z.in.close()
		}
	}
	n := copy(p, z.text[z.next:])
	z.next += n
	return n, nil
}

// slide makes room behind the text by giving up what no match can reach.
func (z *Reader) slide() {
	if drop := len(z.text) - window; drop > 0 {
		z.text = z.text[:copy(z.text, z.text[drop:])]
		z.next = len(z.text)
	}
}

// fill unpacks until there is a window more of text, or until an error.
func (z *Reader) fill() (err error) {
	for end := len(z.text) + window; len(z.text) < end && err == nil; {
		switch z.kind {
		case between:
			err = z.block()
		case asStored:
			err = z.stored(end)
		case coded:
			err = z.symbols(end)
		}
	}
	return err
}

// block reads the header of a block. Behind the last one it returns io.EOF.
func (z *Reader) block() error {
	if z.final {
		return io.EOF
	}
	head, err := z.in.take(3)
	if err != nil {
		return err
	}
	z.final = head&1 != 0
	switch head >> 1 {
	case 0:
		z.kind = asStored
		return z.length()
	case 1:
		z.kind = coded
		return z.fixed()
	case 2:
		z.kind = coded
		return z.codes()
	}
	return errDamaged
}

// length reads the length of a stored block.
func (z *Reader) length() error {
	z.in.align()
	n, err := z.in.take(32)
	if err != nil {
		return err
	}
	if n&0xffff != ^n>>16 {
		return errDamaged
	}
	z.left = int(n & 0xffff)
	return nil
}

func (z *Reader) stored(end int) error {
	for ; z.left > 0 && len(z.text) < end; z.left-- {
		b, err := z.in.take(8)
		if err != nil {
			return err
		}
		z.text = append(z.text, byte(b))
	}
	if z.left == 0 {
		z.kind = between
	}
	return nil
}

// symbols unpacks bytes and matches. The last match may reach over the end, for which there is room.
func (z *Reader) symbols(end int) error {
	for len(z.text) < end {
		symbol, err := z.in.symbol(&z.lit)
		if err != nil {
			return err
		}
		switch {
		case symbol < endOfBlock:
			z.text = append(z.text, byte(symbol))
		case symbol == endOfBlock:
			z.kind = between
			return nil
		default:
			if err := z.match(symbol); err != nil {
				return err
			}
		}
	}
	return nil
}

func (z *Reader) match(symbol int) error {
	if symbol >= firstLength+len(lengths) {
		return errDamaged
	}
	length, err := z.in.value(lengths[symbol-firstLength])
	if err != nil {
		return err
	}
	if symbol, err = z.in.symbol(&z.dist); err != nil {
		return err
	}
	back, err := z.in.value(distances[symbol])
	if err != nil {
		return err
	}
	if back > len(z.text) {
		return errDamaged
	}
	for start := len(z.text) - back; length > 0; { // a match may reach into itself, ever further
		from := z.text[start:]
		from = from[:min(length, len(from))]
		z.text = append(z.text, from...)
		length -= len(from)
	}
	return nil
}
