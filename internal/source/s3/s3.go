// Package s3 finds and reads objects of stores that speak the API of Amazon S3.
//
// An object is read by one request from start to end, which goes on at the byte it reached when a connection breaks, and
// by ranges where an archive is read in another order. Nothing is written to a store.
package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/xlogscan/xlogscan/internal/source"
)

// The ways in which a request names a bucket.
const (
	// Auto is Virtual for stores that are known to ask for it, and Path for all others.
	Auto = "auto"
	// Path puts the bucket into the path: https://endpoint/bucket/key.
	Path = "path"
	// Virtual puts the bucket in front of the host: https://bucket.endpoint/key.
	Virtual = "virtual"
)

// Config says where a store is and who asks. The zero value is Amazon's.
type Config struct {
	// Endpoint is a URL without a path, or a host for https; empty is Amazon's.
	Endpoint string
	// Region is asked for where it is empty.
	Region string
	// Style is Auto, Path or Virtual; empty is Auto.
	Style string
	// Keys are asked first; where they are empty, the files of the AWS tools and the role of the machine.
	Keys Keys
	// NoMetadata says not to ask the machine for its role.
	NoMetadata bool
	// Wait waits in front of another try; nil waits by the clock.
	Wait func(context.Context, time.Duration) error
}

// Store is a [source.Store]. It may be used from several goroutines.
type Store struct {
	conf     Config
	endpoint *url.URL
	patience time.Duration // how long it may send nothing
	down     atomic.Bool   // it did not answer to the last one that asked, however often

	mu        sync.Mutex
	transport *http.Transport
	made      *minio.Client // at the first request, for that may ask for a role
	asking    string        // whose keys sign, as an error names them
}

// New prepares a store and asks it nothing. Its error is about conf, and names no flag.
func New(conf Config) (*Store, error) {
	s := &Store{conf: conf, patience: stalled, endpoint: &url.URL{Scheme: "https", Host: amazon}}
	if conf.Endpoint != "" {
		var err error
		if s.endpoint, err = parseEndpoint(conf.Endpoint); err != nil {
			return nil, err
		}
	}
	if s.conf.Region == "" {
		s.conf.Region = regionOfCOS(s.endpoint.Hostname())
	}
	if s.conf.Wait == nil {
		s.conf.Wait = wait
	}
	return s, nil
}

// connect prepares for connections. It reads the certificates of the system, which takes longer than to scan a small log,
// and most runs have no path of a store.
func (s *Store) connect() error {
	if s.transport != nil {
		return nil
	}
	t, err := minio.DefaultTransport(s.endpoint.Scheme == "https")
	if err != nil {
		return fmt.Errorf("no connection can be prepared: %w", err)
	}
	t.ReadBufferSize = blockSize
	s.transport = t
	return nil
}

const amazon = "s3.amazonaws.com"

// parseEndpoint reads a URL, which may hold nothing but a scheme and a host. The error does not repeat it, for it may hold
// a password.
func parseEndpoint(s string) (*url.URL, error) {
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "":
		return nil, errors.New("the endpoint of the object store is no URL such as https://s3.example.com")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("the endpoint of the object store must begin with https:// or http://")
	case u.User != nil:
		return nil, errors.New("the endpoint of the object store holds a name or password; leave it out and give keys by the environment")
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the endpoint of the object store is more than a host; put bucket and prefix into the path, as in s3://bucket/prefix")
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

// The hosts of Tencent COS are named cos.REGION.myqcloud.com, and ask for the bucket in front of that. Of the two forms of
// listings COS documents the first.
const cosPrefix, cosSuffix = "cos.", ".myqcloud.com"

// regionOfCOS returns the region that a host of COS is of, "" for other hosts.
func regionOfCOS(host string) string {
	region, ok := strings.CutPrefix(host, cosPrefix)
	if !ok {
		return ""
	}
	region, ok = strings.CutSuffix(region, cosSuffix)
	if !ok || strings.Contains(region, ".") {
		return ""
	}
	return region
}

func (s *Store) cos() bool { return strings.HasSuffix(s.endpoint.Hostname(), cosSuffix) }

func (s *Store) lookup() minio.BucketLookupType {
	switch {
	case s.conf.Style == Path:
		return minio.BucketLookupPath
	case s.conf.Style == Virtual, s.cos():
		return minio.BucketLookupDNS
	}
	return minio.BucketLookupAuto
}

// client returns what makes the requests.
func (s *Store) client() (*minio.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made != nil {
		return s.made, nil
	}
	keys, asking, err := s.conf.credentials()
	if err != nil {
		return nil, err
	}
	if err := s.connect(); err != nil {
		return nil, err
	}
	c, err := minio.New(s.endpoint.Host, &minio.Options{
		Creds: keys, Secure: s.endpoint.Scheme == "https", Region: s.conf.Region, BucketLookup: s.lookup(),
		Transport: s.transport, MaxRetries: 1, // tries are counted here
	})
	if err != nil {
		return nil, err
	}
	s.made, s.asking = c, asking
	return c, nil
}

// input makes an input of an object. The size is what the store says.
func (s *Store) input(at place, info *minio.ObjectInfo) source.Input {
	in := source.Input{Name: at.String(), Size: info.Size, ModTime: info.LastModified}
	if info.ETag != "" {
		in.Version = strings.Join([]string{s.endpoint.Host, at.bucket, at.key, info.ETag, fmt.Sprint(info.Size)}, "\x00")
	}
	size, etag := info.Size, info.ETag
	in.Open = s.opener(at, size, etag)
	return in
}
