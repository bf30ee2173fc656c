package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/xlogscan/xlogscan/internal/scan"
)

// The exit statuses, which are part of the interface: doc.go says what they mean to users.
const (
	statusDone     = 0
	statusFinding  = 1 // a finding at or above --fail-on
	statusAgain    = 1 // of worker: a store did not answer
	statusUsage    = 2
	statusPartial  = 3 // some input could not be read or decoded
	statusEmpty    = 4 // nothing to analyse
	statusInternal = 5
)

// precedence says which status is told when several hold.
var precedence = []int{statusInternal, statusUsage, statusEmpty, statusFinding, statusPartial}

// An exit ends a command with a status other than 0. Its error is nil when all has been said already.
type exit struct {
	status int
	err    error
	hint   string // what the user can do about it
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.status)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// usage is what the user has to change in the command; hint may be empty.
func usage(hint, format string, args ...any) error {
	return &exit{statusUsage, fmt.Errorf(format, args...), hint}
}

// exitWith gives the error of the first of the statuses in precedence, nil if none of them is one.
func exitWith(statuses ...int) error {
	for _, p := range precedence {
		for _, s := range statuses {
			if s == p {
				return &exit{status: s}
			}
		}
	}
	return nil
}

// interrupted is why a context ended by a signal.
type interrupted struct{ os.Signal }

func (i interrupted) Error() string { return "interrupted" }

// status is 128 and the number of the signal, as shells count.
func (i interrupted) status() int {
	if n, ok := i.Signal.(syscall.Signal); ok {
		return 128 + int(n)
	}
	return 128 + int(syscall.SIGINT)
}

// An undone is a context's end that says what was done before.
type undone struct {
	error
	said string
}

func (u *undone) Unwrap() error { return u.error }

// unfinished says, if err is the end of the context, what was done before; other errors stay as they are.
func unfinished(err error, format string, args ...any) error {
	if !errors.Is(err, context.Canceled) {
		return err
	}
	return &undone{err, fmt.Sprintf(format, args...)}
}

// stopped is unfinished for a scan.
func stopped(err error) error {
	if s, ok := errors.AsType[*scan.Stopped](err); ok {
		return unfinished(err, "%d of %s read, no result written", s.Read, counted(s.Inputs, "file"))
	}
	return err
}

// finish says what is left to say about the error of a command, and gives the exit status.
func (a *app) finish(ctx context.Context, err error) int {
	if err == nil || a.stdout.gone {
		return statusDone
	}
	if i, ok := errors.AsType[interrupted](context.Cause(ctx)); ok && errors.Is(err, context.Canceled) {
		if u, ok := errors.AsType[*undone](err); ok {
			a.errorf("interrupted: %s", u.said)
		} else {
			a.errorf("interrupted")
		}
		return i.status()
	}
	e, ok := errors.AsType[*exit](err)
	if !ok {
		e = &exit{statusInternal, err, reportBug}
	}
	if e.err != nil {
		a.errorf("%s", e.err)
	}
	if e.hint != "" && !a.quiet {
		a.say("hint: " + e.hint)
	}
	return e.status
}

const reportBug = "please report this at https://github.com/xlogscan/xlogscan/issues with the output of xlogscan version, and without any log"

// crashed tells a user about a panic.
func (a *app) crashed(p any, stack []byte) int {
	a.bar.clear()
	a.errorf("internal error: %v", p)
	if a.verbose {
		_, _ = a.stderr.Write(stack)
	}
	a.say("hint: " + reportBug)
	return statusInternal
}
