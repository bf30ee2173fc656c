package main

import (
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
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
	if err := swallowed(runtime.GOOS, args); err != nil {
		return nil, err
	}
	switch {
	case l.from == "" && l.null:
		return nil, usage("", "--null is about the file of --files-from, which is not given")
	case l.from == "":
		return args, nil
	case l.from == "-" && slices.Contains(args, "-"):
		return nil, usage("save one of them to a file first", "standard input cannot be both a log and the list of --files-from")
	}
	in, err := a.openInput("--files-from "+l.from, l.from)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // it was only read
	b, err := io.ReadAll(io.LimitReader(in, maxList+1))
	switch {
	case err != nil:
		return nil, usage("", "--files-from %s: %w", l.from, cause(err))
	case len(b) > maxList:
		return nil, usage("name folders in it instead of files", "--files-from %s is longer than a list may be, %d bytes", l.from, maxList)
	}
	var list []string
	if b, err = unpackedList(b); err == nil {
		if b, _, err = transform.Bytes(unicode.BOMOverride(transform.Nop), b); err == nil { // as PowerShell writes it
			list, err = inventoryPaths(b)
		}
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

// swallowed finds the argument that Windows makes of "C:\my logs\" and what stands behind it: there, a backslash takes the meaning
// away from a quote. PowerShell writes such arguments when it completes the name of a folder. No path of Windows has a quote.
func swallowed(goos string, args []string) error {
	for _, arg := range args {
		if goos == "windows" && strings.Contains(arg, `"`) {
			return usage(`leave out the backslash before the closing quote, as in "C:\my logs"`, "%s is no path: it has a quote in it", arg)
		}
	}
	return nil
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
