package redact

import (
	"bytes"
	"io"
)

// maxChunk bounds the text of a chunk, in bytes.
const maxChunk = 1 << 20

// Chunks is a writer that hands text on in pieces that can be redacted one by one: they end with a line, and only a line
// longer than maxChunk is cut, where no identifier is. Close hands on the rest.
type Chunks struct {
	to  func(text string) error
	buf []byte
	max int
}

// NewChunks returns Chunks that go to a function. Its first error ends them.
func NewChunks(to func(text string) error) *Chunks { return &Chunks{to: to, max: maxChunk} }

// Write implements [io.Writer].
func (c *Chunks) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		room := min(len(p), c.max-len(c.buf))
		c.buf = append(c.buf, p[:room]...)
		p = p[room:]
		if len(c.buf) < c.max {
			break
		}
		if err := c.emit(cutAt(c.buf)); err != nil {
			return n - len(p), err
		}
	}
	return n, nil
}

// Close hands on what is left.
func (c *Chunks) Close() error { return c.emit(len(c.buf)) }

func (c *Chunks) emit(n int) error {
	if n == 0 {
		return nil
	}
	err := c.to(string(c.buf[:n]))
	c.buf = c.buf[:copy(c.buf, c.buf[n:])]
	return err
}

// cutAt returns where to cut a chunk: behind its last line, else behind the last thing that stands between values, else
// between words, else at its end.
func cutAt(b []byte) int {
	for _, ends := range []string{"\n", ",;&}", " \t\"'"} {
		if i := bytes.LastIndexAny(b, ends); i >= 0 {
			return i + 1
		}
	}
	return len(b)
}

var _ io.WriteCloser = (*Chunks)(nil)
