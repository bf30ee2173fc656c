// Package source finds inputs, tells by their first bytes what they are, and reads what is in them, archives in
// archives included, within limits.
//
// Inputs are files, or objects of a [Store]. UTF-16 text is read as UTF-8. It does not decode containers, split lines, or print, and writes nothing to disk.
package source

import (
	"context"
	"io"
	"path"
	"time"
)

// Input is something to read. Several inputs may be opened at once.
type Input struct {
	// Name is the path as reached from the argument, with slashes on every system; "-" is standard input. Behind a "!"
	// stands the name of a file in an archive.
	Name string
	// Size is in bytes as stored, -1 where it is not known.
	Size int64
	// ModTime is zero where it is not known.
	ModTime time.Time
	// Version tells contents apart without reading them: of two inputs with the same, not empty, one the bytes are the
	// same. It is empty for files.
	Version string
	// Open starts reading at the first byte. Its errors do not name the input. What it returns may be an [io.ReaderAt]
	// too, of Size bytes. It is nil for a file in an archive.
	Open func(context.Context) (io.ReadCloser, error)

	member int // where in Name the name within the innermost archive begins
}

// Base returns the last part of the name.
func (in *Input) Base() string { return path.Base(in.Name[in.member:]) }

// InArchive reports whether the input is a file in an archive.
func (in *Input) InArchive() bool { return in.member > 0 }

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
