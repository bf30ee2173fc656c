package source

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// bufferSize is that of reads, and bounds what Peek can give.
const bufferSize = 64 << 10

// Stream is an opened input, unpacked if it is a gzip file. It is for one goroutine at a time.
type Stream struct {
	// Kind and Name are what Sniff says of the head, after unpacking.
	Kind Kind
	Name string
	// UTF16 says that the input is in UTF-16 and is given in UTF-8: offsets in it are not those of the file.
	UTF16 bool
	// Gzip says that the input is a gzip file: its size is not that of the stream.
	Gzip bool

	head   []byte
	r      *bufio.Reader
	closer io.Closer
}

// Open opens an input and looks at its head. From then on, reads fail once ctx is done.
//
// progress, unless nil, is called with the bytes each read took from the input as it is stored, so that
// their sum ends at Input.Size for a gzip file too; it is called by the reading goroutine.
func Open(ctx context.Context, in Input, progress func(n int64)) (*Stream, error) {
	c, err := in.Open(ctx)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	s := &Stream{closer: c}
	if err := s.start(&counter{ctx: ctx, r: c, progress: progress}); err != nil {
		_ = c.Close() // the error at hand says more
		return nil, err
	}
	return s, nil
}

func (s *Stream) start(r io.Reader) error {
	s.r = bufio.NewReaderSize(r, bufferSize)
	if err := s.look(); err != nil {
		return err
	}
	if s.Kind != Gzip {
		return s.transcode()
	}
	unpacked, err := gzip.NewReader(s.r)
	if err != nil {
		return gzipError(err)
	}
	s.Gzip = true
	s.r = bufio.NewReaderSize(&gunzip{r: unpacked}, bufferSize)
	if err := s.look(); err != nil {
		return err
	}
	if s.Kind == Gzip {
		s.Kind, s.Name = Unsupported, "a gzip file in a gzip file"+unpack
	}
	return s.transcode()
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
		return fmt.Errorf("read: %w", err)
	}
	s.head = append(s.head[:0], head...)
	s.Kind, s.Name = Sniff(s.head)
	return nil
}

// Head returns the first bytes, at most HeadSize, whatever has been read since. It must not be changed.
func (s *Stream) Head() []byte { return s.head }

// Peek returns up to n bytes, at most 64 KiB, that the next Read begins with, as [bufio.Reader.Peek] does.
func (s *Stream) Peek(n int) ([]byte, error) { return s.r.Peek(min(n, bufferSize)) }

// Read implements [io.Reader]. A gzip file that is cut or damaged gives what can be unpacked before the error.
func (s *Stream) Read(p []byte) (int, error) { return s.r.Read(p) }

// Close closes the input.
func (s *Stream) Close() error { return s.closer.Close() }

// counter reports progress, keeps to the context and returns its first error for ever.
type counter struct {
	ctx      context.Context //nolint:containedctx // a reader has no other way
	r        io.Reader
	progress func(n int64)
	err      error
}

func (c *counter) Read(p []byte) (int, error) {
	if c.err == nil {
		c.err = c.ctx.Err()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	err = cause(err)
	c.err = err
	if n > 0 && c.progress != nil {
		c.progress(int64(n))
	}
	return n, err
}

// gunzip says in words what is wrong with a gzip file, and goes on saying it.
type gunzip struct {
	r   *gzip.Reader
	err error
}

func (g *gunzip) Read(p []byte) (int, error) {
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.r.Read(p)
	g.err = gzipError(err)
	return n, g.err
}

func gzipError(err error) error {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the gzip file is cut short: %w", err)
	case corrupt, errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return fmt.Errorf("the gzip file is damaged: %w", err)
	default:
		return fmt.Errorf("unpack gzip: %w", err)
	}
}
