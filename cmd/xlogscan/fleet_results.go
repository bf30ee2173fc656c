package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

// results asks for at least one result, and for standard input once.
func results(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage(c.CommandPath()+" --help shows examples", "%s needs saved results, or folders of them", c.Name())
	}
	if i := slices.Index(args, "-"); i >= 0 && slices.Contains(args[i+1:], "-") {
		return usage("", "standard input can be one result only")
	}
	return nil
}

// fleetOf reads the results that paths name into one set.
func (a *app) fleetOf(ctx context.Context, paths []string) (*fleet.Set, error) {
	set := fleet.NewSet()
	for _, path := range paths {
		names, err := resultFiles(path)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := a.addResult(ctx, set, name); err != nil {
				return nil, err
			}
		}
	}
	return set, nil
}

// resultFiles lists what a path stands for: itself, or the results in a folder by their names.
func resultFiles(path string) ([]string, error) {
	if path == "-" {
		return []string{path}, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, usage("", "%s: %w", path, cause(err))
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var names []string
	err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return usage("", "%s: %w", name, cause(err))
		}
		if d.Type()&fs.ModeSymlink != 0 { // a link to a file counts, one to a folder could lead anywhere
			if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
				return nil //nolint:nilerr // a link to nothing is no result
			}
		} else if !d.Type().IsRegular() {
			return nil
		}
		is, err := isResult(name)
		if is {
			names = append(names, name)
		}
		return err
	})
	if err == nil && len(names) == 0 {
		err = usage("xlogscan scan PATH... -f json -o RESULT.json saves a result", "there is no saved result in %s", path)
	}
	return names, err
}

// isResult reports whether a file begins as a result does.
func isResult(name string) (bool, error) {
	f, err := open(name, name)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }() // it was only read
	head := make([]byte, 256)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, usage("", "%s: %w", name, cause(err))
	}
	return report.IsResult(head[:n]), nil
}

// addResult adds the calls of a file; "-" is standard input.
func (a *app) addResult(ctx context.Context, set *fleet.Set, name string) error {
	from := a.stdin
	if name != "-" {
		f, err := open(name, name)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // it was only read
		from = &interruptible{ctx: ctx, r: f}
	}
	if err := set.Read(from); err != nil {
		if errors.Is(err, context.Canceled) {
			return err
		}
		return usage("xlogscan scan PATH... -f json -o RESULT.json saves a result", "%s: %w", name, cause(err))
	}
	return nil
}
