package archive

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Unpack reads the single file that src is the compressed form of. What can be unpacked of a damaged one comes before
// the error, which is a *Failure.
func Unpack(f Format, src *Source) (io.ReadCloser, error) {
	r, free, err := unpacker(f, src.Seq, src.Memory)
	if err != nil {
		return nil, cut(f, err)
	}
	return &unpacked{f: f, r: r, free: free}, nil
}

const bzip2Memory = 5 << 20 // of a block of 900 kB and its permutation

func unpacker(f Format, r *bufio.Reader, memory *Memory) (_ io.Reader, free func(), err error) {
	switch f {
	case Gzip:
		z, err := gzip.NewReader(r)
		return z, func() {}, err
	case Bzip2:
		free, err := memory.take(f, bzip2Memory)
		return bzip2.NewReader(r), free, err
	case Xz:
		z := &xzReader{r: r, memory: memory}
		return z, z.release, z.stream()
	case Zstd:
		return newZstd(r, memory)
	}
	return nil, nil, errors.New("no compressed file")
}

// newZstd takes memory for the largest window that is allowed, since each frame may have its own.
func newZstd(r io.Reader, memory *Memory) (io.Reader, func(), error) {
	window := min(maxWindow, memory.left/2) &^ (1<<20 - 1)
	if window < 1<<20 {
		_, err := memory.take(Zstd, maxDictionary)
		return nil, nil, err
	}
	free, err := memory.take(Zstd, window)
	if err != nil {
		return nil, nil, err
	}
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(uint64(window)))
	if err != nil {
		free()
		return nil, nil, err
	}
	return z, func() { z.Close(); free() }, nil
}

// unpacked says in words what is wrong with a compressed file, and goes on saying it.
type unpacked struct {
	f    Format
	r    io.Reader
	free func()
	err  error
}

func (u *unpacked) Read(p []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.r.Read(p)
	if errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded) {
		err = &Failure{"unpacking the zstd file takes more memory than may be used; unpack it first, or pack it again without --long and at level 19 or below", err}
	}
	u.err = damaged(u.f, err)
	return n, u.err
}

func (u *unpacked) Close() error {
	u.free()
	return nil
}
