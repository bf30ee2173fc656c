package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"
)

// output is where a result goes: a file or a folder, or standard output if path is empty or "-".
type output struct {
	path   string
	force  bool
	folder bool
}

func (o *output) flags(f *pflag.FlagSet) {
	f.StringVarP(&o.path, "output", "o", "", "write the result to `FILE`, which appears when it is complete")
	f.BoolVar(&o.force, "force", false, "overwrite what --output names")
}

// folderFlags are the flags of a command of which some formats are folders.
func (o *output) folderFlags(f *pflag.FlagSet) {
	o.flags(f)
	f.Lookup("output").Usage = "write the result to `FILE`, which appears when it is complete; some formats make it a folder"
	f.Lookup("force").Usage = "overwrite what --output names; of a folder, files of the same names, and pages of an earlier result go"
}

func (o *output) stdout() bool { return o.path == "" || o.path == "-" }

// check finds out before the work what would keep the result from being written after it.
func (o *output) check() error {
	if o.stdout() {
		return nil
	}
	if o.folder {
		return folderWritable(o.path, o.force)
	}
	return writable(o.path, o.force)
}

// write has render write the result to where it goes. A file gets its name when it is complete.
func (o *output) write(stdout io.Writer, render func(io.Writer) error) error {
	if !o.stdout() {
		return writeFile(o.path, o.force, asUmask, render)
	}
	buffered := bufio.NewWriter(stdout)
	if err := render(buffered); err != nil {
		return cannotWrite("standard output", err)
	}
	if err := buffered.Flush(); err != nil {
		return cannotWrite("standard output", err)
	}
	return nil
}

// writable reports what keeps a file from being made at path.
func writable(path string, force bool) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil {
		return usage("", "output %s: %w", path, cause(err))
	} else if !info.IsDir() {
		return usage("", "output %s: %s is no folder", path, filepath.Dir(path))
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return usage("", "output %s: %w", path, cause(err))
	case info.IsDir():
		return usage("", "output %s is a folder", path)
	case !info.Mode().IsRegular():
		return usage("", "output %s is no regular file", path)
	case !force:
		return usage("--force overwrites it", "output %s exists", path)
	}
	return nil
}

// writeFile makes the file under another name in the same folder and renames it at last, so that what has the name is
// always complete.
func writeFile(path string, force bool, mode fs.FileMode, render func(io.Writer) error) (err error) {
	f, err := createBeside(path, mode)
	if err != nil {
		return cannotWrite(path, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	buffered := bufio.NewWriter(f)
	if err := render(buffered); err != nil {
		return cannotWrite(path, err)
	}
	if err := buffered.Flush(); err != nil {
		return cannotWrite(path, err)
	}
	if err := f.Close(); err != nil {
		return cannotWrite(path, err)
	}
	if err := writable(path, force); err != nil { // it may have appeared in the meantime
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}

// Permissions of files that are made, of which the umask takes its part.
const (
	asUmask  fs.FileMode = 0o666
	onlyMine fs.FileMode = 0o600
)

// createBeside makes a temporary file in the folder of path. Unlike that of [os.CreateTemp], its permissions are those
// of a file that stays.
func createBeside(path string, mode fs.FileMode) (*os.File, error) {
	for i := 0; ; i++ {
		f, err := os.OpenFile(temporaryName(path, i), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// cannotWrite keeps errors that are exits or the end of the context as they are.
func cannotWrite(name string, err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return usage("", "write %s: %w", name, cause(err))
	}
	if errors.Is(err, io.ErrShortWrite) {
		return usage("", "write %s: %w", name, err)
	}
	return err
}

// cause takes the operation and the path away that the os package puts before an error.
func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
