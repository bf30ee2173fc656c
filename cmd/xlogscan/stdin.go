package main

import (
	"context"
	"io"
)

// interruptible ends reads when the context ends. Standard input needs it: a read of a terminal or a pipe may wait for
// ever, and a signal does not end it.
type interruptible struct {
	ctx context.Context // a reader has no other way
	r   io.Reader
	buf []byte
}

// Read reads into a buffer of its own, because a read that is left waiting must not write to p later on.
func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	if len(i.buf) < len(p) {
		i.buf = make([]byte, len(p))
	}
	type result struct {
		n   int
		err error
	}
	done, into := make(chan result, 1), i.buf[:len(p)]
	go func() {
		n, err := i.r.Read(into)
		done <- result{n, err}
	}()
	select {
	case r := <-done:
		return copy(p, into[:r.n]), r.err
	case <-i.ctx.Done():
		i.buf = nil // still in use
		return 0, i.ctx.Err()
	}
}
