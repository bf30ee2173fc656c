package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// The forms of standard error, which --log-format names.
const (
	logText = "text"
	logJSON = "json"
)

var logFormats = []string{logText, logJSON}

// Keys of a line in JSON, besides those of package slog.
const (
	aboutInput  = "input"  // the name of the input
	aboutOffset = "offset" // where in it, in bytes
	aboutLength = "length" // of what is there, in bytes
	aboutHint   = "hint"   // true: what the user can do about the line before
	aboutStack  = "stack"  // of a panic, in lines
)

// say writes a line to standard error: text, or in JSON msg with what it is about. File names and log text may be in it, so
// control characters are made visible.
func (a *app) say(level slog.Level, text, msg string, about ...slog.Attr) {
	a.bar.clear()
	if a.logFormat != logJSON {
		_, _ = io.WriteString(a.stderr, "xlogscan: "+cells.Visible(strings.TrimSpace(text))+"\n")
		return
	}
	r := slog.NewRecord(a.now().UTC().Truncate(time.Millisecond), level, cells.Visible(strings.TrimSpace(msg)), 0)
	for _, attr := range about {
		if attr.Value.Kind() == slog.KindString {
			attr.Value = slog.StringValue(cells.Visible(attr.Value.String()))
		}
		r.AddAttrs(attr)
	}
	_ = slog.NewJSONHandler(a.stderr, nil).Handle(context.Background(), r)
}

// errorf is for what --quiet does not silence.
func (a *app) errorf(format string, args ...any) { a.sayf(slog.LevelError, format, args...) }

// warnf is for what --quiet silences.
func (a *app) warnf(format string, args ...any) {
	if !a.quiet {
		a.sayf(slog.LevelWarn, format, args...)
	}
}

// notef is warnf for what is no reason to worry.
func (a *app) notef(format string, args ...any) {
	if !a.quiet {
		a.sayf(slog.LevelInfo, format, args...)
	}
}

func (a *app) sayf(level slog.Level, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	a.say(level, text, text)
}

// errorOf is errorf about an input, which the text begins with.
func (a *app) errorOf(input, msg string) { a.sayOf(slog.LevelError, input, msg, nil) }

// warnOf is warnf about an input, which the text begins with.
func (a *app) warnOf(input, msg string, about ...slog.Attr) {
	if !a.quiet {
		a.sayOf(slog.LevelWarn, input, msg, about)
	}
}

func (a *app) sayOf(level slog.Level, input, msg string, about []slog.Attr) {
	a.say(level, input+": "+msg, msg, slices.Concat([]slog.Attr{slog.String(aboutInput, input)}, about)...)
}

// reading says that an input is being read.
func (a *app) reading(input string) {
	if !a.quiet {
		a.say(slog.LevelInfo, "reading "+input, "reading", slog.String(aboutInput, input))
	}
}

// hint says what the user can do.
func (a *app) hint(text string) {
	a.say(slog.LevelInfo, "hint: "+text, text, slog.Bool(aboutHint, true))
}

// problems names what was wrong with inputs, in the order given.
func (a *app) problems(list []scan.Problem) {
	for _, p := range list {
		if p.Fatal {
			a.errorOf(p.Input, p.Text)
		} else {
			a.warnOf(p.Input, p.Text)
		}
	}
}

// firstLogFormat is the form of what is said before the flags are read, such as that one of them is none.
func firstLogFormat(args []string, getenv func(string) string) string {
	form := getenv(environment("log-format"))
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--log-format="); ok {
			form = value
		} else if arg == "--log-format" && i+1 < len(args) {
			form = args[i+1]
		}
	}
	return form
}
