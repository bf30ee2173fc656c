package s3

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/xlogscan/xlogscan/internal/source"
)

// What is kept of an object that is read: the blocks used last, 1 MiB of them.
const (
	blockSize = 64 << 10
	maxBlocks = 16
)

// object reads an object by blocks. It may be read in any order; from start to end takes one request.
type object struct {
	ctx   context.Context //nolint:containedctx // a reader has no other way
	store *Store
	at    place
	size  int64
	etag  string

	mu     sync.Mutex
	pos    int64    // of Read
	blocks []*block // the one used last is the last
	stream *stream  // that goes on with the next block of it; nil if there is none
	single int64    // the block that was asked for alone last, -1 if none was
	err    error    // that stays
}

// block is a part of an object that begins at n times blockSize.
type block struct {
	n    int64
	data []byte
}

// opener opens an object, and asks the store for nothing before the first read.
func (s *Store) opener(at place, size int64, etag string) func(context.Context) (io.ReadCloser, error) {
	return func(ctx context.Context) (io.ReadCloser, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return &object{ctx: ctx, store: s, at: at, size: size, etag: etag, single: -1}, nil
	}
}

// Read implements [io.Reader]. It gives what can be had without another request.
func (o *object) Read(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.pos >= o.size {
		return 0, io.EOF
	}
	n, err := o.readAt(p, o.pos)
	o.pos += int64(n)
	return n, err
}

// ReadAt implements [io.ReaderAt].
func (o *object) ReadAt(p []byte, off int64) (n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	for n < len(p) && err == nil {
		if off+int64(n) >= o.size {
			return n, io.EOF
		}
		var more int
		more, err = o.readAt(p[n:], off+int64(n))
		n += more
	}
	return n, err
}

// readAt gives what is in the block at off, which is in front of the end.
func (o *object) readAt(p []byte, off int64) (int, error) {
	b, err := o.block(off / blockSize)
	if err != nil {
		return 0, err
	}
	return copy(p, b.data[off%blockSize:]), nil
}

// Close implements [io.Closer].
func (o *object) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stream.close()
	o.stream, o.blocks, o.err = nil, nil, errors.New("the object is closed")
	return nil
}

// block returns a block, from memory if it is there.
func (o *object) block(n int64) (*block, error) {
	if o.err != nil {
		return nil, o.err
	}
	for i := len(o.blocks) - 1; i >= 0; i-- {
		if b := o.blocks[i]; b.n == n {
			copy(o.blocks[i:], o.blocks[i+1:])
			o.blocks[len(o.blocks)-1] = b
			return b, nil
		}
	}
	b := o.spare()
	b.n, b.data = n, b.data[:min(blockSize, o.size-n*blockSize)]
	if err := o.fill(b); err != nil {
		if o.ctx.Err() == nil {
			err = o.store.failed(o.at, err)
		}
		o.err = err
		return nil, err
	}
	o.blocks = append(o.blocks, b)
	return b, nil
}

// spare returns a block to be filled: a new one, or the one that was not used for longest.
func (o *object) spare() *block {
	if len(o.blocks) < maxBlocks {
		return &block{data: make([]byte, blockSize)}
	}
	b := o.blocks[0]
	o.blocks = append(o.blocks[:0], o.blocks[1:]...)
	b.data = b.data[:cap(b.data)]
	return b
}

// fill reads a block. The stream gives the next one of it, and, by reading past them, those not far behind that. Elsewhere
// a block is asked for alone, and the stream stays for later, unless the block before was asked for alone too: then what
// is read in order has moved there.
func (o *object) fill(b *block) error {
	start := b.n * blockSize
	if o.stream != nil && !o.stream.near(start) && b.n != o.single+1 {
		o.single = b.n
		alone := o.open(start, start+int64(len(b.data)))
		defer alone.close()
		return alone.read(b.data)
	}
	if o.stream == nil || !o.stream.near(start) {
		o.stream.close()
		o.stream = o.open(start, o.size)
	}
	o.single = -1
	if err := o.stream.skip(start); err != nil {
		return err
	}
	return o.stream.read(b.data)
}

func (o *object) open(from, to int64) *stream { return &stream{object: o, pos: from, end: to} }

// Both ways of reading are to be seen by who opens an input.
var _ interface {
	io.ReadCloser
	io.ReaderAt
} = (*object)(nil)

var _ source.Store = (*Store)(nil)
