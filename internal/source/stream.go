package source

import (
	"bufio"
	"context"
	"errors"
	"io"
)

// bufferSize is that of reads, and bounds what Peek can give.
const bufferSize = 64 << 10

// Stream is what an input holds, or a file in an archive that it is, unpacked. It is for one goroutine at a time, and
// only until the visit is over.
type Stream struct {
	// Input names it. Its size is -1 in an archive, and where it is compressed that of the compressed file.
	Input Input
	// Kind and Name are what Sniff says of the head. Kind is never Packed.
	Kind Kind
	Name string
	// UTF16 says that the input is in UTF-16 and is given in UTF-8: offsets in it are not those of the file.
	UTF16 bool
	// Stored says that these are the bytes of the input, neither unpacked nor in another encoding.
	Stored bool

	head []byte
	r    *bufio.Reader
	err  error // that Read has returned, which stays
}

// transcode puts UTF-8 in the place of UTF-16. It is one more reader in the chain, so that all that is behind it knows one
// encoding, and costs nothing for what is not UTF-16.
func (s *Stream) transcode() error {
	if s.Kind != UTF16 {
		return nil
	}
	s.UTF16 = true
	s.r = utf8Reader(s.r, s.head)
	if err := s.look(); err != nil {
		return err
	}
	if s.Kind != Text && s.Kind != Empty {
		s.Kind, s.Name = Binary, "binary data"
	}
	return nil
}

// look sets the head and what it says. An error behind at least one byte is left for Read to meet.
func (s *Stream) look() error {
	head, err := s.r.Peek(HeadSize)
	if len(head) == 0 && !errors.Is(err, io.EOF) {
		return err
	}
	s.head = append(s.head[:0], head...)
	s.Kind, s.Name = Sniff(s.head)
	return nil
}

// Head returns the first bytes, at most HeadSize, whatever has been read since. It must not be changed.
func (s *Stream) Head() []byte { return s.head }

// Peek returns up to n bytes, at most 64 KiB, that the next Read begins with, as [bufio.Reader.Peek] does.
func (s *Stream) Peek(n int) ([]byte, error) { return s.r.Peek(min(n, bufferSize)) }

// Read implements [io.Reader]. What is cut or damaged gives what can be unpacked before the error.
func (s *Stream) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// counter reports progress, and keeps to the context. The first error of Read stays.
type counter struct {
	ctx      context.Context //nolint:containedctx // a reader has no other way
	r        io.Reader
	at       io.ReaderAt // nil if there is none
	progress func(n int64)
	n        int64
	err      error
}

func (c *counter) Read(p []byte) (n int, err error) {
	if c.err == nil {
		n, c.err = c.count(func() (int, error) { return c.r.Read(p) })
	}
	return n, c.err
}

// ReadAt implements [io.ReaderAt].
func (c *counter) ReadAt(p []byte, off int64) (int, error) {
	return c.count(func() (int, error) { return c.at.ReadAt(p, off) })
}

func (c *counter) count(read func() (int, error)) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := read()
	c.n += int64(n)
	if n > 0 && c.progress != nil {
		c.progress(int64(n))
	}
	return n, outside(err)
}
