package s3

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/minio/minio-go/v7"
)

// A store that does not answer is asked tries times, with pauses that double from firstPause on: 15 seconds in all.
const (
	tries      = 6
	firstPause = 500 * time.Millisecond
)

const stalled = time.Minute

// errStalled ends a request whose answer does not go on.
var errStalled = errors.New("it sent nothing for a minute")

// try does something until it succeeds, fails for good, or has failed tries times. When a store has been given up, what comes
// after that is tried once, so that thousands of objects do not wait for it one after the other.
func (s *Store) try(ctx context.Context, do func(context.Context, *minio.Client) error) error {
	for n := 1; ; n++ {
		err := s.once(ctx, do)
		switch {
		case ctx.Err() != nil: // a listing ends there without an error
			return ctx.Err()
		case err == nil:
			s.down.Store(false)
			return nil
		case !temporary(err):
			return err
		case n >= tries || s.down.Load():
			s.down.Store(true)
			return err
		}
		if err := s.conf.Wait(ctx, firstPause<<(n-1)); err != nil {
			return err
		}
	}
}

// within does something that may take d.
func within(ctx context.Context, d time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	alarm := time.AfterFunc(d, func() { cancel(errStalled) })
	defer alarm.Stop()
	err := do(ctx)
	if errors.Is(context.Cause(ctx), errStalled) { // also where do took its end for that of what it read
		return errStalled
	}
	return err
}

func (s *Store) once(ctx context.Context, do func(context.Context, *minio.Client) error) error {
	c, err := s.client()
	if err != nil {
		return err
	}
	return do(ctx, c)
}

// wait waits for half of d at least and for d at most, so that many machines do not come back at once.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d/2 + rand.N(d/2))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// temporary reports whether what failed may succeed a moment later.
func temporary(err error) bool {
	if e, ok := errors.AsType[minio.ErrorResponse](err); ok {
		switch e.StatusCode {
		case http.StatusRequestTimeout, http.StatusTooManyRequests:
			return true
		case http.StatusNotImplemented:
			return false
		}
		return e.StatusCode >= 500 || slices.Contains(busy, e.Code)
	}
	if errors.Is(err, errChanged) || errors.Is(err, errNoRanges) || errors.Is(err, errDisorder) || errors.Is(err, http.ErrSchemeMismatch) {
		return false
	}
	if e, ok := errors.AsType[*net.DNSError](err); ok && e.IsNotFound {
		return false
	}
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	return !untrusted
}

// busy are the codes of errors by which a store asks for patience.
var busy = []string{"SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests"}
