package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/source"
)

// limits are those on archives.
type limits struct{ source.Limits }

func (l *limits) flags(f *pflag.FlagSet) {
	l.Limits = source.DefaultLimits()
	f.Var(l, "limit", "allow archives another limit, `NAME=N`: entries=100000, expanded=64GiB, ratio=500, depth=8 (repeatable)")
}

func (l *limits) String() string { return "" }

func (l *limits) Type() string { return "NAME=N" }

func (l *limits) Set(s string) error {
	name, value, _ := strings.Cut(s, "=")
	var n int64
	var err error
	if name == "expanded" {
		err = (*byteSize)(&n).Set(value)
	} else {
		n, err = strconv.ParseInt(value, 10, 32)
	}
	if err != nil || n < 1 {
		return fmt.Errorf("must be NAME=N with a number above 0, as in expanded=100GiB")
	}
	switch name {
	case "entries":
		l.Entries = int(n)
	case "expanded":
		l.Expanded = n
	case "ratio":
		l.Ratio = n
	case "depth":
		l.Depth = int(n)
	default:
		return fmt.Errorf("must name one of entries, expanded, ratio and depth")
	}
	return nil
}
