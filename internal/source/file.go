package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// opener opens a file of the file system.
func opener(path string) func(context.Context) (io.ReadCloser, error) {
	return func(ctx context.Context) (io.ReadCloser, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		file, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("the file has gone since it was found: %w", Cause(err))
		}
		if err != nil {
			return nil, Cause(err)
		}
		info, err := file.Stat()
		switch {
		case err == nil && info.IsDir():
			_ = file.Close() // nothing was written
			return nil, errors.New("the file has become a folder since it was found")
		case err == nil && info.Mode().IsRegular() && info.Size() > 0:
			return &snapshot{file, io.LimitReader(file, info.Size()), info.Size()}, nil
		}
		return file, nil
	}
}

// snapshot is a file up to the size it had when it was opened: one that is written faster than it is read would never
// end, and what is read of a log must not hang on when.
type snapshot struct {
	*os.File

	upTo io.Reader
	size int64
}

func (s *snapshot) Read(p []byte) (int, error) { return s.upTo.Read(p) }

// from has reading go on at an offset.
func (s *snapshot) from(offset int64) error {
	if offset > s.size {
		return io.ErrUnexpectedEOF
	}
	_, err := s.Seek(offset, io.SeekStart)
	s.upTo = io.LimitReader(s.File, s.size-offset)
	return err
}

// OpenFrom starts reading a file at an offset. The error is [errors.ErrUnsupported] where only reading from the first byte
// gets there, as in an archive or a pipe.
func (in *Input) OpenFrom(ctx context.Context, offset int64) (io.ReadCloser, error) {
	if in.Open == nil {
		return nil, errors.ErrUnsupported
	}
	r, err := in.Open(ctx)
	if err != nil {
		return nil, err
	}
	err = errors.ErrUnsupported
	if file, ok := r.(*snapshot); ok {
		err = file.from(offset)
	}
	if err != nil {
		_ = r.Close() // nothing was written
		return nil, err
	}
	return r, nil
}

// stdin takes standard input, which can be read once.
func (f *finder) stdin() {
	if f.opt.Stdin == nil {
		f.problem("-", "there is no standard input here; name a file", nil)
		return
	}
	if _, ok := f.inputs["-"]; ok { // no absolute path is that
		return
	}
	var opened atomic.Bool
	f.inputs["-"] = Input{Name: "-", Size: -1, Open: func(ctx context.Context) (io.ReadCloser, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if opened.Swap(true) {
			return nil, errors.New("standard input can be read only once")
		}
		return io.NopCloser(f.opt.Stdin), nil
	}}
}
