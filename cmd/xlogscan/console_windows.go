package main

import (
	"errors"
	"syscall"

	"golang.org/x/sys/windows"
)

// ansi has a console follow escape sequences, which all but those of old systems can, and reports whether it does. The
// windows of cmd.exe and PowerShell do not unless they are asked.
func ansi(fd int) bool {
	console := windows.Handle(fd)
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	const wanted = windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	return mode&wanted == wanted || windows.SetConsoleMode(console, mode|wanted) == nil
}

// readerGone reports whether a write failed because nobody reads any more: pipes say so in three ways, of which the last is that
// of named ones, such as those of shells of Unix.
func readerGone(err error) bool {
	for _, gone := range []syscall.Errno{windows.ERROR_BROKEN_PIPE, windows.ERROR_NO_DATA, windows.ERROR_PIPE_NOT_CONNECTED} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return false
}
