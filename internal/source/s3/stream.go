package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// stream is a part of an object that is read in order, over as many requests as it takes.
type stream struct {
	*object

	pos, end int64
	body     io.ReadCloser // nil while there is no connection
	cancel   context.CancelCauseFunc
	asked    context.Context //nolint:containedctx // of the request, whose cause says why it ended
}

var (
	errChanged  = errors.New("the object was replaced")
	errNoRanges = errors.New("the store does not give parts of objects")
)

// skipped is how many bytes are read and thrown away rather than asked around.
const skipped = 4 * blockSize

// near reports whether a place can be reached by reading on.
func (s *stream) near(off int64) bool { return off >= s.pos && off-s.pos <= skipped }

// skip reads up to a place that is near.
func (s *stream) skip(off int64) error {
	var scratch []byte
	for s.pos < off {
		if scratch == nil {
			scratch = make([]byte, blockSize)
		}
		if err := s.read(scratch[:min(blockSize, off-s.pos)]); err != nil {
			return err
		}
	}
	return nil
}

// read fills p. Where the connection breaks, the next one goes on at the byte behind the last that came.
func (s *stream) read(p []byte) error {
	return s.store.try(s.ctx, func(ctx context.Context, c *minio.Client) error {
		for len(p) > 0 {
			if s.body == nil {
				if err := s.request(ctx, c); err != nil {
					return err
				}
			}
			n, err := s.some(p)
			p = p[n:]
			s.pos += int64(n)
			if err != nil && len(p) > 0 {
				s.close()
				return fmt.Errorf("the connection broke: %w", unexpected(err))
			}
		}
		return nil
	})
}

// unexpected is the error of an answer that ends too soon.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// some reads what comes, and not for ever.
func (s *stream) some(p []byte) (int, error) {
	alarm := time.AfterFunc(s.store.patience, func() { s.cancel(errStalled) })
	n, err := s.body.Read(p)
	alarm.Stop()
	if err != nil && errors.Is(context.Cause(s.asked), errStalled) {
		err = errStalled
	}
	return n, err
}

// request asks for what is left of the part, of the object as it was found.
func (s *stream) request(ctx context.Context, c *minio.Client) error {
	var opt minio.GetObjectOptions
	whole := s.pos == 0 && s.end == s.size
	if !whole {
		if err := opt.SetRange(s.pos, s.end-1); err != nil {
			return err
		}
	}
	if s.etag != "" {
		if err := opt.SetMatchETag(s.etag); err != nil {
			return err
		}
	}
	s.asked, s.cancel = context.WithCancelCause(ctx)
	core := minio.Core{Client: c}
	body, info, header, err := core.GetObject(s.asked, s.at.bucket, s.at.key, opt)
	if err != nil {
		s.cancel(nil)
		return err
	}
	s.body = body
	if err := s.check(&info, header, whole); err != nil {
		s.close()
		return err
	}
	return nil
}

// check looks whether an answer is of the object as it was found, and of the part that was asked for.
func (s *stream) check(info *minio.ObjectInfo, header http.Header, whole bool) error {
	if s.etag != "" && info.ETag != "" && info.ETag != s.etag {
		return errChanged
	}
	if whole {
		if info.Size >= 0 && info.Size != s.size {
			return errChanged
		}
		return nil
	}
	given := header.Get("Content-Range")
	switch {
	case given == fmt.Sprintf("bytes %d-%d/%d", s.pos, s.end-1, s.size):
		return nil
	case strings.HasPrefix(given, "bytes "):
		return errChanged
	}
	return errNoRanges
}

// close gives the connection up. A stream of nil has none.
func (s *stream) close() {
	if s == nil || s.body == nil {
		return
	}
	s.cancel(nil)
	_ = s.body.Close() // nothing was written
	s.body = nil
}
