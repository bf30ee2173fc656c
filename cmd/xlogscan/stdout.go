package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// result is standard output. That its reader went away is no failure, and is remembered here because a renderer may not
// hand on the error of a write as it was.
type result struct {
	w    io.Writer
	gone bool
}

func (r *result) Write(p []byte) (int, error) {
	n, err := r.w.Write(p)
	if readerGone(err) {
		r.gone = true
	}
	return n, err
}

// Reports are at least 80 columns wide whatever the terminal, so that a narrow one wraps lines and loses nothing, and at
// most 160, past which lines are hard to read.
const (
	minWidth = 80
	maxWidth = 160
)

// width is that of reports, in cells.
func (a *app) width(out io.Writer) int {
	fd, ok := terminal(out)
	if !ok {
		return minWidth
	}
	w, _, err := term.GetSize(fd)
	if err != nil {
		return minWidth
	}
	return min(max(w, minWidth), maxWidth)
}

// colored reports whether to write colour to out.
func (a *app) colored(out io.Writer) bool {
	if a.color == "never" {
		return false
	}
	fd, ok := terminal(out)
	follows := ok && ansi(fd)
	return a.color == "always" || follows && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
}

// terminal gives the file descriptor of w if it is a terminal.
func terminal(w io.Writer) (fd int, ok bool) {
	if r, is := w.(*result); is {
		w = r.w
	}
	f, is := w.(*os.File)
	if !is {
		return 0, false
	}
	fd = int(f.Fd())
	return fd, term.IsTerminal(fd)
}
