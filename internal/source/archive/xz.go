package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"

	"github.com/ulikunitz/xz/lzma"
)

// xzReader reads the streams and blocks of an xz file. The library's own reader of them takes any dictionary that a
// block asks for, and keeps a record of each block.
type xzReader struct {
	r      *bufio.Reader
	memory *Memory

	check byte // kind of check of the stream
	block io.Reader
	lzma  *tally
	sum   hash.Hash
	free  func()
}

var (
	errXzHeader = errors.New("a header of it is wrong")
	errXzFilter = &Failure{Text: "the xz file is packed with a filter for programs, which is not supported; unpack it first"}
)

const (
	xzMagic  = "\xfd7zXZ\x00"
	xzHeader = 12
	xzFooter = 12
)

// stream reads the header of a stream.
func (x *xzReader) stream() error {
	var h [xzHeader]byte
	if _, err := io.ReadFull(x.r, h[:]); err != nil {
		return err
	}
	if string(h[:6]) != xzMagic || h[6] != 0 || h[7] > 15 || crc32.ChecksumIEEE(h[6:8]) != binary.LittleEndian.Uint32(h[8:]) {
		return errXzHeader
	}
	x.check = h[7]
	return nil
}

func (x *xzReader) Read(p []byte) (int, error) {
	for {
		if x.block == nil {
			if err := x.next(); err != nil {
				return 0, err
			}
		}
		n, err := x.block.Read(p)
		_, _ = x.sum.Write(p[:n]) // a hash takes all
		if errors.Is(err, io.EOF) {
			err = x.end()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// next comes to the next block, over the end of a stream if there is one. At the last of them it returns io.EOF.
func (x *xzReader) next() error {
	for {
		size, err := x.r.Peek(1)
		if err != nil {
			return inside(err)
		}
		if size[0] != 0 {
			return x.begin(int(size[0])*4 + 4)
		}
		if err := x.index(); err != nil {
			return inside(err)
		}
		for { // padding between streams
			four, err := x.r.Peek(4)
			if len(four) == 0 && errors.Is(err, io.EOF) {
				return io.EOF
			}
			if !bytes.Equal(four, make([]byte, 4)) {
				break
			}
			_, _ = x.r.Discard(4) // it was peeked
		}
		if err := x.stream(); err != nil {
			return inside(err)
		}
	}
}

// inside makes an end where there has to be more an error.
func inside(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// begin reads the header of a block, of which the one filter that is not for programs is LZMA2.
func (x *xzReader) begin(size int) error {
	h := make([]byte, size)
	if _, err := io.ReadFull(x.r, h); err != nil {
		return inside(err)
	}
	if crc32.ChecksumIEEE(h[:size-4]) != binary.LittleEndian.Uint32(h[size-4:]) {
		return errXzHeader
	}
	rest := h[2 : size-4]
	most := uint64(1<<32 - 1)
	for bit := byte(0x40); bit != 0; bit <<= 1 { // the packed size and the other, if they are there
		if h[1]&bit != 0 {
			v, n := binary.Uvarint(rest)
			if n <= 0 {
				return errXzHeader
			}
			if rest = rest[n:]; bit == 0x80 {
				most = min(most, v)
			}
		}
	}
	if h[1]&3 != 0 {
		return errXzFilter
	}
	if len(rest) < 3 || rest[0] != 0x21 || rest[1] != 1 {
		return errXzHeader
	}
	r, free, err := newLZMA2(Xz, x.tally(), rest[2], int64(most), x.memory)
	if err != nil {
		return err
	}
	x.block, x.free, x.sum = r, free, x.hash()
	return nil
}

func (x *xzReader) tally() io.Reader {
	x.lzma = &tally{r: x.r}
	return x.lzma
}

// newLZMA2 reads LZMA2 with the dictionary that a byte of properties stands for, or a smaller one if no more than size
// comes out.
func newLZMA2(f Format, r io.Reader, property byte, size int64, memory *Memory) (io.Reader, func(), error) {
	if property > 40 {
		return nil, nil, errXzHeader
	}
	dict := int64(2|property&1) << (property/2 + 11)
	if property == 40 {
		dict = 1<<32 - 1
	}
	dict = max(min(dict, size), lzma.MinDictCap)
	free, err := memory.dictionary(f, dict)
	if err != nil {
		return nil, nil, err
	}
	l, err := lzma.Reader2Config{DictCap: int(dict)}.NewReader2(r)
	if err != nil {
		free()
		return nil, nil, err
	}
	return l, free, nil
}

func (x *xzReader) hash() hash.Hash {
	switch x.check {
	case 1:
		return crc32.NewIEEE()
	case 4:
		return crc64.New(crc64.MakeTable(crc64.ECMA))
	case 10:
		return sha256.New()
	}
	return crc32.NewIEEE() // is not compared
}

// end reads the padding and the check behind a block.
func (x *xzReader) end() error {
	x.release()
	x.block = nil
	sizes := [16]int{0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64}
	pad := int(-x.lzma.n & 3)
	b := make([]byte, pad+sizes[x.check])
	if _, err := io.ReadFull(x.r, b); err != nil {
		return inside(err)
	}
	want, got := b[pad:], x.sum.Sum(nil)
	switch x.check {
	case 1, 4: // little-endian
		for i := range want {
			if want[i] != got[len(got)-1-i] {
				return errChecksum
			}
		}
	case 10:
		if !bytes.Equal(want, got) {
			return errChecksum
		}
	}
	return nil
}

// index passes over the index and the footer of a stream, which say again what the blocks said.
func (x *xzReader) index() error {
	counted := &tally{r: x.r}
	one := &byteReader{r: counted}
	_, _ = one.ReadByte() // was peeked
	records, err := binary.ReadUvarint(one)
	if err != nil {
		return err
	}
	for range records {
		for range 2 {
			if _, err := binary.ReadUvarint(one); err != nil {
				return err
			}
		}
	}
	_, err = io.CopyN(io.Discard, x.r, -counted.n&3+4+xzFooter)
	return err
}

func (x *xzReader) release() {
	if x.free != nil {
		x.free()
	}
}

// tally counts what was read.
type tally struct {
	r io.Reader
	n int64
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.n += int64(n)
	return n, err
}

// byteReader reads byte by byte.
type byteReader struct {
	r io.Reader
	b [1]byte
}

func (b *byteReader) ReadByte() (byte, error) {
	_, err := io.ReadFull(b.r, b.b[:])
	return b.b[0], err
}
