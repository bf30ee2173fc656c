//go:build !windows

package main

import (
	"errors"
	"syscall"
)

// ansi reports whether a terminal follows escape sequences.
func ansi(int) bool { return true }

// readerGone reports whether a write failed because nobody reads any more.
func readerGone(err error) bool { return errors.Is(err, syscall.EPIPE) }
