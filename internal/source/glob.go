package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

func hasMeta(path string) bool { return strings.ContainsAny(path, "*?[{") }

// pattern takes all that a glob matches.
func (f *finder) pattern(pattern string) {
	base, rest := doublestar.SplitPattern(filepath.ToSlash(pattern))
	folder := watched{FS: os.DirFS(base), unreadable: func(name string, err error) {
		f.unreadable(filepath.Join(base, filepath.FromSlash(name)), err)
	}}
	matches, err := doublestar.Glob(folder, rest, doublestar.WithNoFollow())
	if err != nil {
		f.problem(pattern, "the pattern is malformed; close its brackets and braces", err)
		return
	}
	if len(matches) == 0 {
		f.problem(pattern, "no file matches this pattern; check the pattern and the folder it starts from", nil)
	}
	for _, m := range matches {
		if f.ctx.Err() != nil {
			return
		}
		if Leftover(m) {
			continue
		}
		match := filepath.FromSlash(path.Join(base, m))
		if info, err := os.Lstat(match); err == nil {
			f.entry(match, info.Mode().Type())
		}
	}
}

// Leftover recognises the path of what is in a folder though nobody put it there, or of what lies in such a folder.
func Leftover(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if isLeftover(part) {
			return true
		}
	}
	return false
}

// watched tells of folders that cannot be read: a glob passes over them in silence.
type watched struct {
	fs.FS

	unreadable func(name string, err error)
}

// ReadDir implements [fs.ReadDirFS].
func (w watched) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.unreadable(name, err)
	}
	return entries, err
}

// Stat implements [fs.StatFS].
func (w watched) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }
