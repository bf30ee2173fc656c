package source

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Options of Find.
type Options struct {
	// Stdin is what "-" reads; nil where there is no standard input.
	Stdin io.Reader
	// Store is where paths lead that [InStore] knows; nil where there is none.
	Store Store
}

// Find turns arguments into inputs, sorted by name, each file once, and the problems met on the way, sorted by
// path. A problem never keeps the rest from being found; only the end of ctx does, which ctx.Err tells.
//
// An argument is a file, a pipe, a folder, a pattern, a path of a store, or "-". What exists under its name is taken for that,
// so a folder named "a[1]" needs no quoting; anything else with one of "*?[{" in it is a pattern, in which
// "**" stands for any number of folders.
//
// Folders are read to their depths, hidden entries included, save what systems and tools leave behind
// in them (.git, .DS_Store, "._" files, Thumbs.db and their like). A symbolic link to a file is followed,
// one to a folder only where it is an argument itself: a loop of links cannot arise.
func Find(ctx context.Context, paths []string, opt Options) ([]Input, []*Problem) {
	f := finder{ctx: ctx, opt: opt, inputs: map[string]Input{}, problems: map[string]*Problem{}, seen: map[string]bool{}}
	for _, p := range paths {
		if ctx.Err() != nil {
			break
		}
		f.argument(p)
	}
	return sorted(f.inputs, func(i Input) string { return i.Name }),
		sorted(f.problems, func(p *Problem) string { return p.Path })
}

func sorted[T any](m map[string]T, key func(T) string) []T {
	list := make([]T, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return list
}

type finder struct {
	ctx      context.Context //nolint:containedctx // lives as long as one call of Find
	opt      Options
	inputs   map[string]Input    // by absolute path, or the name of an object
	problems map[string]*Problem // by path
	seen     map[string]bool     // folders read, by name: a pattern may match one and what is in it
}

func (f *finder) problem(path, reason string, err error) {
	path = filepath.ToSlash(path)
	if f.problems[path] == nil {
		f.problems[path] = &Problem{Path: path, Reason: reason, Err: err}
	}
}

func (f *finder) argument(path string) {
	switch path {
	case "":
		f.problem(path, "the path is empty; name a file or folder", nil)
		return
	case "-":
		f.stdin()
		return
	}
	if InStore(path) {
		f.objects(path)
		return
	}
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		f.folder(path)
	case err == nil && info.Mode()&fs.ModeNamedPipe != 0:
		f.add(path, info, -1)
	case err == nil:
		f.file(path, info)
	case hasMeta(path) && isAbsent(path):
		f.pattern(path)
	default:
		f.absent(path, err)
	}
}

// file takes a file whose info is that of what a link leads to.
func (f *finder) file(path string, info fs.FileInfo) {
	if !info.Mode().IsRegular() {
		f.problem(path, "this is a "+special(info.Mode())+", not a file; name a file or use - for standard input", nil)
		return
	}
	f.add(path, info, info.Size())
}

func (f *finder) add(path string, info fs.FileInfo, size int64) {
	key, err := filepath.Abs(path)
	if err != nil {
		key = path
	}
	name := filepath.ToSlash(path)
	if name == "-" {
		name = "./-"
	}
	// Of several names for one file the first in order stays, whatever the order of the arguments.
	if old, ok := f.inputs[key]; ok && old.Name <= name {
		return
	}
	f.inputs[key] = Input{Name: name, Size: size, ModTime: info.ModTime(), Open: opener(path)}
}

// folder reads a folder and those in it.
func (f *finder) folder(path string) {
	if f.seen[path] || f.ctx.Err() != nil {
		return
	}
	f.seen[path] = true
	entries, err := os.ReadDir(path)
	if err != nil { // the entries read before the error still count
		f.unreadable(path, err)
	}
	for _, e := range entries {
		if isLeftover(e.Name()) {
			continue
		}
		f.entry(filepath.Join(path, e.Name()), e.Type())
	}
}

// entry takes what a folder or pattern holds.
func (f *finder) entry(path string, mode fs.FileMode) {
	if mode.IsDir() {
		f.folder(path)
		return
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		f.absent(path, err)
	case !info.IsDir():
		f.file(path, info)
	}
}

// absent tells why there is nothing to take under a name.
func (f *finder) absent(path string, err error) {
	reason := "this cannot be read (" + cause(err).Error() + "); allow reading it, or copy it elsewhere"
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ELOOP) {
		reason = "there is no such file or folder; check the spelling"
		if _, err := os.Lstat(path); err == nil {
			reason = "the link leads nowhere; put the file it stands for in its place"
		}
	}
	f.problem(path, reason, err)
}

func (f *finder) unreadable(path string, err error) {
	f.problem(path, "the folder cannot be read ("+cause(err).Error()+"); allow reading it, or copy it elsewhere", err)
}

// cause takes the operation and path away that the os package puts before an error.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

func isAbsent(path string) bool {
	_, err := os.Lstat(path)
	return err != nil
}

func special(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode&fs.ModeDevice != 0:
		return "device"
	default:
		return "special file"
	}
}

// isLeftover recognises what is in a folder though nobody put it there.
func isLeftover(name string) bool {
	switch name {
	case ".git", ".DS_Store", "__MACOSX", "Thumbs.db", "desktop.ini", ".Trashes", ".Spotlight-V100", ".xlogscan.yaml":
		return true
	}
	return strings.HasPrefix(name, "._")
}
