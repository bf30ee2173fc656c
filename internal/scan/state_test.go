package scan_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// copied returns a folder with the sample in it, and the files in it.
func copied(t *testing.T) (dir string, files []string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(samples+"/two-parties")); err != nil {
		t.Fatal(err)
	}
	return dir, filesIn(t, dir)
}

func filesIn(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// scanWith scans dir twice, with the folder state and without, and returns the first result after comparing the two.
func scanWith(t *testing.T, state, dir string) *scan.Result {
	t.Helper()
	got := run(t, scan.Options{Paths: []string{dir}, State: state})
	if want := run(t, scan.Options{Paths: []string{dir}}); bytesOf(t, got) != bytesOf(t, want) {
		t.Error("the report is not that of a scan without --state")
	}
	return got
}

func TestState(t *testing.T) {
	dir, files := copied(t)
	state := filepath.Join(t.TempDir(), "made", "on the way")
	if r := scanWith(t, state, dir); r.Known != 0 {
		t.Errorf("of a new folder %d inputs are known", r.Known)
	}
	if r := scanWith(t, state, dir); r.Known != len(files) {
		t.Errorf("%d of %d inputs are known the second time", r.Known, len(files))
	}

	t.Run("elsewhere", func(t *testing.T) {
		other := filepath.Join(t.TempDir(), "other")
		if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		if r := scanWith(t, state, other); r.Known != len(files) {
			t.Errorf("%d of %d inputs are known under other names", r.Known, len(files))
		}
	})
	t.Run("grown", func(t *testing.T) {
		whole, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{len(whole) / 2, len(whole) - 1, len(whole)} {
			if err := os.WriteFile(files[0], whole[:n], 0o644); err != nil {
				t.Fatal(err)
			}
			if r := scanWith(t, state, dir); r.Known < len(files)-1 {
				t.Errorf("with %d of %d bytes of one file %d of %d inputs are known", n, len(whole), r.Known, len(files))
			}
		}
	})
	t.Run("bytes that are no UTF-8, lines without a zone", func(t *testing.T) {
		text := "2026-11-20 09:00:00.000 I/App(1): onVoipEvent {\"eventName\":\"startVoip\",\"roomId\":\"wx1\",\"data\":{\"errMsg\":\"\xff\xfe\"}}\n"
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "phone.log"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		scanWith(t, state, dir)
		if r := scanWith(t, state, dir); r.Known != 1 || len(r.Report.Calls) != 1 {
			t.Errorf("%d known, %d calls", r.Known, len(r.Report.Calls))
		}
	})
	t.Run("real files", func(t *testing.T) {
		scanWith(t, state, samples+"/modes")
		scanWith(t, state, samples+"/modes")
	})
	t.Run("damaged entries", func(t *testing.T) {
		for i, entry := range filesIn(t, state) {
			data, err := os.ReadFile(entry)
			if err != nil {
				t.Fatal(err)
			}
			if i%2 == 0 {
				data = data[:len(data)/2]
			} else {
				data = bytes.Repeat([]byte{'x'}, len(data))
			}
			if err := os.WriteFile(entry, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if r := scanWith(t, state, dir); r.Known != 0 {
			t.Errorf("%d inputs are known by damaged entries", r.Known)
		}
		if r := scanWith(t, state, dir); r.Known != len(files) {
			t.Errorf("%d of %d inputs are known again", r.Known, len(files))
		}
	})
	t.Run("other options", func(t *testing.T) {
		key, err := xlog.ParseKey("k", []byte(strings.Repeat("12", 32)))
		if err != nil {
			t.Fatal(err)
		}
		if r := run(t, scan.Options{Paths: []string{dir}, State: state, Keys: []xlog.Key{key}}); r.Known != 0 {
			t.Errorf("with a key %d inputs are known", r.Known)
		}
	})
}

// A scan that is ended in the middle keeps what it finished, and the next one goes on from there.
func TestStateAfterAnInterrupt(t *testing.T) {
	dir, files := copied(t)
	state := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	opened := map[string]bool{}
	_, err := scan.Run(ctx, scan.Options{Paths: []string{dir}, State: state, Jobs: 1, Progress: func(_, _ int64, name string) {
		if opened[name] = true; len(opened) == len(files) {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("ended with %v", err)
	}
	if r := scanWith(t, state, dir); r.Known != len(files)-1 {
		t.Errorf("%d of %d inputs are known", r.Known, len(files))
	}
}

func TestStateThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := scan.Run(t.Context(), scan.Options{Paths: []string{samples}, State: file}); err == nil {
		t.Error("a file is taken for a folder")
	}
}
