package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// say writes a line to standard error. File names and log text may be in it, so control characters are made visible.
func (a *app) say(text string) {
	a.bar.clear()
	_, _ = io.WriteString(a.stderr, "xlogscan: "+cells.Visible(strings.TrimSpace(text))+"\n")
}

// errorf is for what --quiet does not silence.
func (a *app) errorf(format string, args ...any) { a.say(fmt.Sprintf(format, args...)) }

// warnf is for what --quiet silences.
func (a *app) warnf(format string, args ...any) {
	if !a.quiet {
		a.errorf(format, args...)
	}
}

// problems names what was wrong with inputs, in the order given.
func (a *app) problems(list []scan.Problem) {
	for _, p := range list {
		if p.Fatal {
			a.errorf("%s: %s", p.Input, p.Text)
		} else {
			a.warnf("%s: %s", p.Input, p.Text)
		}
	}
}
