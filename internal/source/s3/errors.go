package s3

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"

	"github.com/xlogscan/xlogscan/internal/source"
)

// failed makes the error of a request a sentence. What a store says in its own words is left out: stores repeat in them
// what they were asked, keys included.
func (s *Store) failed(at place, err error) error {
	return &source.StoreError{Text: s.sentence(at, err), Err: err}
}

func (s *Store) sentence(at place, err error) string {
	where := s.endpoint.Scheme + "://" + s.endpoint.Host
	if e, ok := errors.AsType[minio.ErrorResponse](err); ok {
		return s.answered(at, where, &e)
	}
	switch {
	case errors.Is(err, errChanged):
		return changed
	case errors.Is(err, errNoRanges), errors.Is(err, errDisorder):
		return fmt.Sprintf("the store at %s does not work as S3 does: %v; copy the objects to a folder first", where, err)
	case errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Sprintf("the store at %s does not speak https; begin --s3-endpoint with http:// if that is safe there", where)
	}
	return fmt.Sprintf("the store at %s does not answer (%s); check --s3-endpoint and the network, and run it again", where, reason(err))
}

const changed = "the object was replaced after it was found; run it again"

// answered is the sentence for what a store answered.
func (s *Store) answered(at place, where string, e *minio.ErrorResponse) string {
	keys := s.asking
	if keys == "" {
		keys = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
	}
	switch e.Code {
	case minio.NoSuchBucket, minio.InvalidBucketName:
		return fmt.Sprintf("there is no bucket %q at %s; check its name, --s3-endpoint and --s3-region", at.bucket, where)
	case minio.NoSuchKey:
		return "the object has gone since it was found; run it again"
	case minio.PreconditionFailed, "InvalidRange":
		return changed
	case minio.AccessDenied, "AllAccessDisabled", "AccountProblem":
		if s.asking == fromNowhere {
			return fmt.Sprintf("the store at %s denies access without keys, and none were found; set %s, or AWS_PROFILE", where, keys)
		}
		return fmt.Sprintf("the store at %s denies access; let the user of %s have s3:ListBucket for bucket %q and s3:GetObject for what is in it", where, keys, at.bucket)
	case "InvalidAccessKeyId", "XAdminUserNotFound":
		return fmt.Sprintf("the store at %s does not know the access key; check %s", where, keys)
	case "SignatureDoesNotMatch":
		return fmt.Sprintf("the secret key is not that of the access key, says the store at %s; check %s", where, keys)
	case "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "ExpiredTokenException":
		return fmt.Sprintf("the session token is not valid any more, says the store at %s; sign in again, and check AWS_SESSION_TOKEN", where)
	case "RequestTimeTooSkewed":
		return fmt.Sprintf("the clock of this machine and that of the store at %s are too far apart; set the clock", where)
	case minio.AuthorizationHeaderMalformed, minio.InvalidRegion, "PermanentRedirect", "TemporaryRedirect", "IllegalLocationConstraintException":
		return s.elsewhere(at, where, e)
	case "InvalidObjectState":
		return "the object lies in an archive of the store; restore it there first"
	}
	switch {
	case e.StatusCode == http.StatusMovedPermanently || e.StatusCode == http.StatusTemporaryRedirect:
		return s.elsewhere(at, where, e)
	case e.StatusCode == http.StatusForbidden:
		return fmt.Sprintf("the store at %s denies access (%s); check %s", where, code(e), keys)
	case temporary(*e):
		return fmt.Sprintf("the store at %s is busy (%s); run it again later, or with a smaller -j", where, code(e))
	}
	return fmt.Sprintf("the store at %s refuses this (%s); check --s3-endpoint, --s3-region and --s3-style", where, code(e))
}

// elsewhere is the sentence for a bucket of another region.
func (s *Store) elsewhere(at place, where string, e *minio.ErrorResponse) string {
	region := "its region"
	if e.Region != "" {
		region = e.Region
	}
	return fmt.Sprintf("bucket %q is in another region, says the store at %s; set --s3-region to %s", at.bucket, where, region)
}

// code is the name of an error, without what a store may have made of it.
func code(e *minio.ErrorResponse) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == ' ' {
			return r
		}
		return -1
	}, e.Code)
	if name == "" || len(name) > 64 {
		return fmt.Sprintf("HTTP status %d", e.StatusCode)
	}
	return name
}

// reason takes away what a network error repeats of the request: its URL, and addresses.
func reason(err error) string {
	if e, ok := errors.AsType[*url.Error](err); ok {
		if e.Timeout() {
			return "no answer in time"
		}
		err = e.Err
	}
	if e, ok := errors.AsType[*net.DNSError](err); ok && e.IsNotFound {
		return "there is no such host"
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		err = e.Err
	}
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	// The library puts the URL in the place of an EOF.
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.HasPrefix(err.Error(), "Connection closed") {
		return "it ended the connection"
	}
	return err.Error()
}
