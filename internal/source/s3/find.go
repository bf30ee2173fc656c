package s3

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/s3utils"

	"github.com/xlogscan/xlogscan/internal/source"
)

// place is where an object is, or, with a key of "", a bucket.
type place struct{ bucket, key string }

const scheme = "s3://"

func (p place) String() string {
	if p.key == "" {
		return scheme + p.bucket
	}
	return scheme + p.bucket + "/" + p.key
}

// Find implements [source.Store]. A path is "s3://bucket", "s3://bucket/key" or "s3://bucket/prefix"; what is no object
// by its name is a folder, whose objects have the prefix and a slash, or a pattern.
func (s *Store) Find(ctx context.Context, path string, take func(source.Input)) error {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(path, scheme), "/")
	switch {
	case bucket == "":
		return errors.New("the path names no bucket; write s3://bucket/prefix")
	case s3utils.CheckValidBucketName(bucket) != nil:
		return errors.New("no bucket can have such a name; write s3://bucket/prefix")
	case s3utils.CheckValidObjectNamePrefix(key) != nil:
		return errors.New("no object can have such a name; it has more than 1024 bytes or is not UTF-8")
	}
	at := place{bucket, key}
	var denied error
	if key != "" && !strings.HasSuffix(key, "/") {
		info, err := s.stat(ctx, at)
		if err == nil {
			take(s.input(at, info))
			return nil
		}
		switch e, ok := errors.AsType[minio.ErrorResponse](err); {
		case !ok || temporary(err):
			return s.failed(at, err)
		case e.StatusCode == http.StatusForbidden: // it may be a folder all the same
			denied = s.failed(at, err)
		} // of all else a listing says better what is wrong
	}
	found := 0
	add := func(info *minio.ObjectInfo) {
		found++
		take(s.input(place{bucket, info.Key}, info))
	}
	var err error
	pattern := strings.ContainsAny(key, "*?[{")
	if pattern {
		err = s.matching(ctx, at, add)
	} else {
		err = s.below(ctx, at, add)
	}
	switch {
	case err != nil || found > 0:
		return err
	case denied != nil:
		return denied
	case pattern:
		return errors.New("no object matches this pattern; check the pattern and the prefix it starts from")
	case key == "":
		return errors.New("there is no object in this bucket; check its name")
	}
	return errors.New("there is no object of this name and none below it; check the spelling")
}

// below visits the objects of a folder and those in it.
func (s *Store) below(ctx context.Context, at place, visit func(*minio.ObjectInfo)) error {
	if at.key != "" && !strings.HasSuffix(at.key, "/") {
		at.key += "/"
	}
	return s.list(ctx, at, func(info *minio.ObjectInfo) {
		if !source.Leftover(info.Key[len(at.key):]) {
			visit(info)
		}
	})
}

// matching visits the objects whose keys match a pattern.
func (s *Store) matching(ctx context.Context, at place, visit func(*minio.ObjectInfo)) error {
	pattern := at.key
	if !doublestar.ValidatePattern(pattern) {
		return errors.New("the pattern is malformed; close its brackets and braces")
	}
	at.key = pattern[:strings.IndexAny(pattern, `*?[{\`)]
	return s.list(ctx, at, func(info *minio.ObjectInfo) {
		if ok, _ := doublestar.Match(pattern, info.Key); ok && !source.Leftover(info.Key) {
			visit(info)
		}
	})
}

// stat asks for one object.
func (s *Store) stat(ctx context.Context, at place) (*minio.ObjectInfo, error) {
	var info minio.ObjectInfo
	err := s.try(ctx, func(ctx context.Context, c *minio.Client) error {
		return within(ctx, s.patience, func(ctx context.Context) (err error) {
			info, err = c.StatObject(ctx, at.bucket, at.key, minio.StatObjectOptions{})
			return err
		})
	})
	return &info, err
}

// pageSize is how many objects one answer of a store may name.
const pageSize = 1000

// list visits the objects whose keys begin with that of a place, in their order. A page is asked for again where it fails.
func (s *Store) list(ctx context.Context, at place, visit func(*minio.ObjectInfo)) error {
	for last := ""; ; {
		var n int
		err := s.try(ctx, func(ctx context.Context, c *minio.Client) error {
			return within(ctx, s.patience, func(ctx context.Context) (err error) {
				n, last, err = page(ctx, c, at, last, s.cos(), visit)
				return err
			})
		})
		switch {
		case err != nil:
			return s.failed(at, err)
		case n < pageSize:
			return nil
		}
	}
}

// page visits the objects of one page, behind that named after, by the first or second form of listings. It returns how
// many these were and the name of the last, with an error too.
func page(ctx context.Context, c *minio.Client, at place, after string, first bool, visit func(*minio.ObjectInfo)) (n int, last string, err error) {
	opt := minio.ListObjectsOptions{Prefix: at.key, Recursive: true, MaxKeys: pageSize, StartAfter: after, UseV1: first}
	for info := range c.ListObjectsIter(ctx, at.bucket, opt) {
		if info.Err != nil {
			return n, after, info.Err
		}
		if info.Key <= after || !strings.HasPrefix(info.Key, at.key) {
			return n, after, errDisorder
		}
		after = info.Key
		if !strings.HasSuffix(info.Key, "/") { // else it stands for a folder
			visit(&info)
		}
		if n++; n == pageSize {
			break
		}
	}
	return n, after, nil
}

// errDisorder is of a store whose listing may never end.
var errDisorder = errors.New("it lists objects twice, or such as were not asked for")
