// Package source finds inputs, tells by their first bytes what they are, and opens them.
//
// It does not decode containers, split lines, unpack archives of several files, or print; a gzip
// file counts as the one file in it, and UTF-16 text is read as UTF-8.
package source

import (
	"context"
	"io"
	"time"
)

// Input is something to read. Several inputs may be opened at once.
type Input struct {
	// Name is the path as reached from the argument, with slashes on every system; "-" is standard input.
	Name string
	// Size is in bytes as stored, -1 where it is not known.
	Size int64
	// ModTime is zero where it is not known.
	ModTime time.Time
	// Open starts reading at the first byte. Its errors do not name the input.
	Open func(context.Context) (io.ReadCloser, error)
}

// Problem tells why a path gives no input, or not all of them.
type Problem struct {
	// Path is as given or as reached from the argument.
	Path string
	// Reason is what is wrong and what to do about it.
	Reason string
	// Err is the error behind it, if there is one.
	Err error
}

func (p *Problem) Error() string { return p.Path + ": " + p.Reason }

// Unwrap returns the error behind the problem, or nil.
func (p *Problem) Unwrap() error { return p.Err }
