package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// fileList is a file that names inputs, for more of them than a command line holds.
type fileList struct {
	from string
	null bool
}

func (l *fileList) flags(f *pflag.FlagSet) {
	f.StringVar(&l.from, "files-from", "", "read also the paths that `FILE` names, one a line, or the objects of an inventory in CSV; - is standard input")
	f.BoolVarP(&l.null, "null", "0", false, "in the file of --files-from, paths end in a NUL byte, as find -print0 writes them")
}

// maxList bounds what is read of a list, in bytes.
const maxList = 256 << 20

// paths adds the paths of the list to those of the command line.
func (l *fileList) paths(a *app, args []string) ([]string, error) {
	switch {
	case l.from == "" && l.null:
		return nil, usage("", "--null is about the file of --files-from, which is not given")
	case l.from == "":
		return args, nil
	case l.from == "-" && slices.Contains(args, "-"):
		return nil, usage("save one of them to a file first", "standard input cannot be both a log and the list of --files-from")
	}
	in := a.stdin
	if l.from != "-" {
		f, err := os.Open(l.from)
		if err != nil {
			return nil, usage("", "--files-from %s: %w", l.from, cause(err))
		}
		defer func() { _ = f.Close() }() // it was only read
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, maxList+1))
	switch {
	case err != nil:
		return nil, usage("", "--files-from %s: %w", l.from, cause(err))
	case len(b) > maxList:
		return nil, usage("name folders in it instead of files", "--files-from %s is longer than a list may be, %d bytes", l.from, maxList)
	}
	var list []string
	if b, err = unpackedList(b); err == nil {
		list, err = inventoryPaths(b)
	}
	switch {
	case err != nil:
		return nil, usage("", "--files-from %s: %w", l.from, err)
	case list == nil:
		list = l.split(string(b))
	}
	args = slices.Clone(args)
	for _, path := range list {
		if path == "-" {
			path = "./-" // in a list it is a file
		}
		if path != "" {
			args = append(args, path)
		}
	}
	return args, nil
}

func (l *fileList) split(s string) []string {
	if l.null {
		return strings.Split(s, "\x00")
	}
	list := strings.Split(s, "\n")
	for i := range list {
		list[i] = strings.TrimSuffix(list[i], "\r")
	}
	return list
}

// said is what a message calls the inputs.
func (l *fileList) said(args []string) []string {
	if l.from == "" {
		return args
	}
	return []string{"--files-from " + l.from}
}

// orList is paths for a command to which a list may give them.
func orList(l *fileList) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if l.from != "" {
			return nil
		}
		return paths(c, args)
	}
}
