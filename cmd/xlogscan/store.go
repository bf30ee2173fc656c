package main

import (
	"cmp"
	"context"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/source/s3"
)

// storeFlags say where paths such as s3://bucket/prefix lead. Keys are no flags: others see the arguments of a command.
type storeFlags struct{ endpoint, region, style string }

func (s *storeFlags) flags(f *pflag.FlagSet) {
	f.StringVar(&s.endpoint, "s3-endpoint", "", "`URL` of the object store of s3:// paths; without it AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or Amazon's")
	f.StringVar(&s.region, "s3-region", "", "`REGION` of its buckets; without it AWS_REGION, AWS_DEFAULT_REGION or what the store says")
	choiceVar(f, &s.style, "s3-style", s3.Auto, []string{s3.Auto, s3.Path, s3.Virtual}, "`WHERE` a request names the bucket: auto, path or virtual (in front of the host)")
}

// store returns the store that the flags and the environment of the AWS tools name. It is asked nothing before it is
// needed.
func (a *app) store(s *storeFlags) (source.Store, error) {
	conf := s3.Config{
		Endpoint: cmp.Or(s.endpoint, a.getenv("AWS_ENDPOINT_URL_S3"), a.getenv("AWS_ENDPOINT_URL")),
		Region:   cmp.Or(s.region, a.getenv("AWS_REGION"), a.getenv("AWS_DEFAULT_REGION")),
		Style:    s.style,
		Keys: s3.Keys{
			Access: a.getenv("AWS_ACCESS_KEY_ID"), Secret: a.getenv("AWS_SECRET_ACCESS_KEY"), Session: a.getenv("AWS_SESSION_TOKEN"),
		},
		NoMetadata: a.getenv("AWS_EC2_METADATA_DISABLED") == "true",
	}
	store, err := s3.New(conf)
	switch {
	case err == nil:
		return store, nil
	case s.endpoint != "":
		return nil, usage("", "--s3-endpoint: %w", err)
	}
	return noStore{err}, nil // the environment is of no concern to who reads files
}

// noStore is a store that cannot be asked.
type noStore struct{ err error }

func (n noStore) Find(context.Context, string, func(source.Input)) error { return n.err }
