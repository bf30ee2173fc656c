package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/xlogscan/xlogscan/internal/report"
)

// folderWritable reports what keeps files from being put into a folder at path.
func folderWritable(path string, force bool) error {
	path = filepath.Clean(path)
	if info, err := os.Stat(filepath.Dir(path)); err != nil {
		return usage("", "output %s: %w", path, cause(err))
	} else if !info.IsDir() {
		return usage("", "output %s: %s is no folder", path, filepath.Dir(path))
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return usage("", "output %s: %w", path, cause(err))
	case !info.IsDir():
		return usage("", "output %s is no folder, and this format makes several files", path)
	case force:
		return nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return usage("", "output %s: %w", path, cause(err))
	}
	if len(entries) > 0 {
		return usage("--force replaces the files in it that have the same names", "output %s is a folder that is not empty", path)
	}
	return nil
}

// writeFolder writes the files to a temporary folder, which becomes the folder at path when all are complete. In a folder
// that is there already, which may be the root of a file system, they are complete too but appear one after the other;
// what else is in it stays, but for files of an earlier report, which ours recognises by name and head if it is not nil.
func writeFolder(path string, force bool, files []report.File, ours func(string, []byte) bool) (err error) {
	if err := folderWritable(path, force); err != nil {
		return err
	}
	path = filepath.Clean(path)
	_, missing := os.Stat(path)
	for _, f := range files {
		if missing == nil {
			if err := writable(filepath.Join(path, f.Name), force); err != nil {
				return err
			}
		}
	}
	beside := path
	if missing == nil {
		beside = filepath.Join(path, "files")
	}
	temporary, err := makeBeside(beside)
	if err != nil {
		return cannotWrite(path, err)
	}
	defer func() {
		if gone := os.RemoveAll(temporary); err == nil && gone != nil {
			err = cannotWrite(path, gone)
		}
	}()
	for _, f := range files {
		if err := writeFile(filepath.Join(temporary, f.Name), false, asUmask, f.Write); err != nil {
			return err
		}
	}
	if missing != nil {
		return moved(temporary, path)
	}
	for _, f := range files {
		if err := moved(filepath.Join(temporary, f.Name), filepath.Join(path, f.Name)); err != nil {
			return err
		}
	}
	return clean(path, files, ours)
}

// clean removes from a folder what ours recognises and files do not name: a page of an earlier report would be taken for
// one of this.
func clean(path string, files []report.File, ours func(string, []byte) bool) error {
	if ours == nil {
		return nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return usage("", "output %s: %w", path, cause(err))
	}
	named := map[string]bool{}
	for _, f := range files {
		named[f.Name] = true
	}
	for _, e := range entries {
		name := filepath.Join(path, e.Name())
		if named[e.Name()] || !e.Type().IsRegular() || !ours(e.Name(), headOf(name)) {
			continue
		}
		if err := os.Remove(name); err != nil {
			return usage("", "output %s: %w", name, cause(err))
		}
	}
	return nil
}

// headOf reads the beginning of a file, nothing if that fails.
func headOf(name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close() //nolint:errcheck // only read
	head, _ := io.ReadAll(io.LimitReader(f, report.OursHead))
	return head
}

// moved renames.
func moved(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return usage("", "write %s: %w", to, cause(err))
	}
	return nil
}

// makeBeside makes a temporary folder in the folder of path, with the permissions of the umask, for it may stay.
func makeBeside(path string) (string, error) {
	for i := 0; ; i++ {
		name := temporaryName(path, i)
		if err := os.Mkdir(name, 0o777); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
}

// temporaryName is the i-th name to try for what becomes path.
func temporaryName(path string, i int) string {
	dir, base := filepath.Split(path)
	return fmt.Sprintf("%s.%.100s.%d-%d.tmp", dir, base, os.Getpid(), i)
}
