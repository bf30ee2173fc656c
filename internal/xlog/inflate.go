package xlog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/flate"
)

// syncMark ends every log write: the empty stored block of Z_SYNC_FLUSH. The
// appender never writes a final block, so a body that ends here is whole.
var syncMark = []byte{0x00, 0x00, 0xFF, 0xFF}

// An inflater unpacks raw deflate streams, one after another.
type inflater struct {
	src bytes.Reader
	z   io.ReadCloser
}

func (f *inflater) reset(body []byte) {
	f.src.Reset(body)
	if f.z == nil {
		f.z = flate.NewReader(&f.src)
		return
	}
	_ = f.z.(flate.Resetter).Reset(&f.src, nil) // fails for no input
}

// all appends the text of a body to dst, at most limit bytes, and gives dst back.
// Bytes behind a final block do no harm.
func (f *inflater) all(dst, body []byte, limit int) ([]byte, outcome) {
	f.reset(body)
	for {
		if len(dst) == cap(dst) {
			if len(dst) > limit {
				return dst, outcome{text: dst[:limit], ending: large, err: errLarge}
			}
			dst = slices.Grow(dst, min(max(4*len(body), len(dst), 512), limit+1-len(dst)))
		}
		n, err := f.z.Read(dst[len(dst):min(cap(dst), max(limit+1, len(dst)+1))])
		dst = dst[:len(dst)+n]
		if len(dst) > limit {
			return dst, outcome{text: dst[:limit], ending: large, err: errLarge}
		}
		if err != nil {
			o := outcome{text: dst, ending: endOf(err, body)}
			switch o.ending {
			case cut:
				o.err = errCut
			case broken:
				o.err = fmt.Errorf("inflate: %w", err)
			}
			return dst, o
		}
	}
}

// some unpacks the start of a body into room and tells how far it came. The
// ending whole means that the text fitted into room.
func (f *inflater) some(room, body []byte) (int, ending) {
	f.reset(body)
	n := 0
	for n < len(room) {
		k, err := f.z.Read(room[n:])
		n += k
		if err != nil {
			return n, endOf(err, body)
		}
	}
	return n, cut
}

func endOf(err error, body []byte) ending {
	switch {
	case errors.Is(err, io.EOF):
		return whole
	case !errors.Is(err, io.ErrUnexpectedEOF):
		return broken
	case len(body) == 0 || bytes.HasSuffix(body, syncMark):
		return whole
	}
	return cut
}
