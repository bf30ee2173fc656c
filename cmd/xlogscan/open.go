package main

import (
	"io"
	"os"
)

// open opens a file that a command is to read, and that messages call said.
func open(said, name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usage("", "%s: %w", said, cause(err))
	}
	return f, nil
}

// openInput is open for a name that may be "-", which is standard input. That stays open.
func (a *app) openInput(said, name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(a.stdin), nil
	}
	return open(said, name)
}
