package source

import (
	"context"
	"errors"
	"strings"
)

// A Store holds objects, which paths with a scheme name, as in "s3://bucket/prefix".
type Store interface {
	// Find calls take with each object that a path names, as [Find] describes it for files: the object itself, all below it,
	// or all that a pattern matches. The error is one sentence for a user, a [StoreError] if the store is behind it.
	Find(ctx context.Context, path string, take func(Input)) error
}

// StoreError says that a store did not give what it was asked for, and may another time: it did not answer, or refused,
// or has changed. What is wrong with the content of an object is none.
type StoreError struct {
	// Text is one sentence: what, where, and what to do. It holds no key and no token.
	Text string
	// Err is the error behind it.
	Err error
}

func (e *StoreError) Error() string { return e.Text }

// Unwrap returns the error behind it.
func (e *StoreError) Unwrap() error { return e.Err }

// FromStore reports whether a store is behind an error.
func FromStore(err error) bool {
	_, ok := errors.AsType[*StoreError](err)
	return ok
}

// InStore reports whether a path is of a store and not of the file system.
func InStore(path string) bool { return strings.HasPrefix(path, storeScheme) }

const storeScheme = "s3://"

// objects takes what a path of a store names.
func (f *finder) objects(path string) {
	if f.opt.Store == nil {
		f.problem(path, "objects are not read here; name a file or folder", nil)
		return
	}
	err := f.opt.Store.Find(f.ctx, path, func(in Input) { f.inputs[in.Name] = in })
	if err != nil && f.ctx.Err() == nil {
		f.problem(path, err.Error(), err)
	}
}
