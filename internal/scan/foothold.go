package scan

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"

	"github.com/xlogscan/xlogscan/internal/source"
)

// A foothold is a checkpoint of a followed log, with what has to be there for reading on: the first bytes of the log, and
// those right in front of the checkpoint. To sum up all of a log each time it grows would take longer than reading what
// is new. A program adds to its log at the end, empties it, or begins another one, and none of the latter two leaves at both
// places, byte for byte, what was there: packed blocks with times in them, or a piece of text with many.
type foothold struct {
	checkpoint

	sum [sha256.Size]byte
}

// inFront is how many bytes in front of a checkpoint are looked at.
const inFront = 64 << 10

// file is an input that is one.
type file interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
}

// footing sums up what a checkpoint at an offset stands on. same says that the file is as it was when it was found.
func footing(ctx context.Context, in source.Input, offset int64) (sum [sha256.Size]byte, same bool, err error) {
	opened, err := in.OpenFrom(ctx, offset)
	if err != nil {
		return sum, false, err
	}
	defer func() { _ = opened.Close() }() // nothing is written
	f := opened.(file)
	from := max(0, offset-inFront)
	b := make([]byte, source.HeadSize+offset-from)
	if _, err := f.ReadAt(b[:source.HeadSize], 0); err != nil {
		return sum, false, err
	}
	if _, err := f.ReadAt(b[source.HeadSize:], from); err != nil {
		return sum, false, err
	}
	info, err := f.Stat()
	return sha256.Sum256(b), err == nil && info.Size() == in.Size && info.ModTime().Equal(in.ModTime), err
}

// stands reports whether the log still has what the foothold stands on.
func (h *foothold) stands(ctx context.Context, in source.Input) bool {
	sum, _, err := footing(ctx, in, h.offset)
	return err == nil && sum == h.sum
}

// read reads a log by read, from the foothold if that stands before and after; it may be nil.
func (h *foothold) read(ctx context.Context, in source.Input, read reader) []*reading {
	if h == nil || !h.stands(ctx, in) {
		return read(nil)
	}
	list := read(&h.checkpoint)
	if !h.stands(ctx, in) {
		list = read(nil)
	}
	return list
}

// next returns the foothold for the next time, now that the log told what list says: the one that was there, or none, if the log
// has changed since it was found, for then its bytes may be others than those that were read.
func (h *foothold) next(ctx context.Context, in source.Input, list []*reading) *foothold {
	if len(list) != 1 || list[0].rest == nil {
		return nil
	}
	at := *list[0].rest
	list[0].rest = nil
	if sum, same, err := footing(ctx, in, at.offset); err == nil && same {
		return &foothold{at, sum}
	}
	if list[0].on {
		return h
	}
	return nil
}
