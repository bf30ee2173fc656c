package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"
)

// A file goes into an archive.
type file struct {
	name       string // with slashes
	data       []byte
	executable bool
}

// shipped is what goes into an archive beside the program.
var shipped = []string{"CHANGELOG.md", "LICENSE", "README.md", "README.zh-CN.md", "docs", "deploy"}

// documents reads what is shipped from the sources at root.
func documents(root string) ([]file, error) {
	var files []file
	for _, name := range shipped {
		err := filepath.WalkDir(filepath.Join(root, name), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			data, err := os.ReadFile(p)
			files = append(files, file{filepath.ToSlash(rel), data, false})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// sorted is files under a folder, in the order of their names.
func sorted(folder string, files []file) []file {
	list := slices.Clone(files)
	for i := range list {
		list[i].name = path.Join(folder, list[i].name)
	}
	slices.SortFunc(list, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return list
}

func (f *file) mode() fs.FileMode {
	if f.executable {
		return 0o755
	}
	return 0o644
}

// tarball packs files into a compressed tar archive, in one folder.
func tarball(folder string, files []file, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	t := tar.NewWriter(z)
	for _, f := range sorted(folder, files) {
		h := &tar.Header{Name: f.name, Size: int64(len(f.data)), Mode: int64(f.mode()), ModTime: at, Format: tar.FormatUSTAR}
		if err := t.WriteHeader(h); err != nil {
			return nil, err
		}
		if _, err := t.Write(f.data); err != nil {
			return nil, err
		}
	}
	if err := t.Close(); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// zipped packs files into a zip archive, in one folder. Times are in UTC: the format also notes them as a clock shows them.
func zipped(folder string, files []file, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range sorted(folder, files) {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: at.UTC()}
		h.SetMode(f.mode())
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
