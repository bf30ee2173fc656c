package source

import (
	"errors"
	"fmt"
	"io"

	"github.com/xlogscan/xlogscan/internal/source/archive"
)

// Limits bound what one input may come to when it is unpacked.
type Limits struct {
	// Entries is how many files all archives in it may hold.
	Entries int
	// Expanded is how many bytes may be unpacked from it, those of archives in archives counted once in each.
	Expanded int64
	// Ratio is how many bytes may come of one byte as stored, beyond the first 64 MiB.
	Ratio int64
	// Depth is how deep archives and compressed files may lie in each other.
	Depth int
}

// DefaultLimits are for logs, which pack far less well than what is made to fill a disk: zeros come to 1,000 times their
// packed size by deflate, and to more by all others.
func DefaultLimits() Limits {
	return Limits{Entries: 100_000, Expanded: 64 << 30, Ratio: 500, Depth: 8}
}

const freely = 64 << 20 // bytes that any ratio is allowed for

// gauge holds what comes of an input to its limits.
type gauge struct {
	limits   Limits
	stored   func() int64 // bytes read of the input so far
	entries  int
	expanded int64
	over     error // of which limit
}

// entry counts an entry.
func (g *gauge) entry() error {
	if g.entries++; g.entries > g.limits.Entries && g.over == nil {
		g.over = over("the archive holds more than %d files, which is the limit; unpack what is needed of it, or allow more with --limit entries=N", g.limits.Entries)
	}
	return g.over
}

// expand counts n bytes that were unpacked.
func (g *gauge) expand(n int) error {
	g.expanded += int64(n)
	switch {
	case g.over != nil:
	case g.expanded > g.limits.Expanded:
		g.over = over("more than %d MiB come out of it, which is the limit; unpack what is needed of it, or allow more with --limit expanded=SIZE", g.limits.Expanded>>20)
	case g.expanded > freely && (g.expanded-freely)/max(g.limits.Ratio, 1) > g.stored():
		g.over = over("it unpacks to more than %d times its size, as archives do that are made to fill a disk; if it is no such one, allow more with --limit ratio=N", g.limits.Ratio)
	}
	return g.over
}

func over(format string, args ...any) error {
	return &archive.Failure{Text: fmt.Sprintf(format, args...)}
}

// metered counts what is unpacked, and ends where that is too much.
type metered struct {
	r io.Reader
	g *gauge
}

func (m *metered) Read(p []byte) (int, error) {
	if m.g.over != nil {
		return 0, m.g.over
	}
	n, err := m.r.Read(p)
	if over := m.g.expand(n); over != nil {
		return n, over
	}
	return n, err
}

// outside puts the error of a read from outside into words, so that no format takes it for its own.
func outside(err error) error {
	if err == nil || errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if FromStore(err) { // it is a sentence
		return &archive.Failure{Text: err.Error(), Err: err}
	}
	return &archive.Failure{Text: "read: " + cause(err).Error(), Err: err}
}
