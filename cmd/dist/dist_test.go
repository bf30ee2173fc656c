package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestVersionOf(t *testing.T) {
	for described, want := range map[string]string{
		"v1.2.0":                 "1.2.0",
		"v1.2.0-3-g0123456789ab": "1.2.0-3-g0123456789ab",
		"0123456789ab":           "devel-0123456789ab",
		"0123456789ab+dirty":     "devel-0123456789ab+dirty",
	} {
		if got := versionOf(described); got != want {
			t.Errorf("%s is %s, want %s", described, got, want)
		}
	}
}

func TestEpoch(t *testing.T) {
	for text, want := range map[string]string{"": "1980-01-01", "0": "1980-01-01", "1800000000": "2027-01-15"} {
		if got, err := epoch(text); err != nil || got.Format(time.DateOnly) != want {
			t.Errorf("%q is %v, %v, want %s", text, got, err, want)
		}
	}
	if _, err := epoch("today"); err == nil {
		t.Error("a word is taken for a time")
	}
}

// TestArchives makes sure that archives depend on names and data alone, and say what is executable.
func TestArchives(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	files := []file{{"xlogscan", []byte("program"), true}, {"README.md", []byte("read me"), false}, {"docs/a.md", nil, false}}
	turned := slices.Clone(files)
	slices.Reverse(turned)
	const want = "x_1/README.md 0644 2026-11-20 read me\nx_1/docs/a.md 0644 2026-11-20 \nx_1/xlogscan 0755 2026-11-20 program\n"
	for name, tt := range map[string]struct {
		pack func(string, []file, time.Time) ([]byte, error)
		list func(*testing.T, []byte) string
	}{"tar": {tarball, untar}, "zip": {zipped, unzip}} {
		first, err := tt.pack("x_1", files, at)
		if err != nil {
			t.Fatal(err)
		}
		second, err := tt.pack("x_1", turned, at.In(time.FixedZone("", 3600)))
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: the order of files or the zone changes the bytes, %v", name, err)
		}
		if got := tt.list(t, first); got != want {
			t.Errorf("%s holds\n%swant\n%s", name, got, want)
		}
	}
}

func entry(name string, mode int64, at time.Time, r io.Reader) string {
	data, _ := io.ReadAll(r)
	return strings.Join([]string{name, "0" + strings.TrimLeft(octal(mode), "0"), at.UTC().Format(time.DateOnly), string(data)}, " ") + "\n"
}

func octal(mode int64) string {
	return string([]byte{'0' + byte(mode>>6&7), '0' + byte(mode>>3&7), '0' + byte(mode&7)})
}

func untar(t *testing.T, data []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var list string
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		list += entry(h.Name, h.Mode, h.ModTime, r)
	}
}

func unzip(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var list string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		list += entry(f.Name, int64(f.Mode().Perm()), f.Modified, r)
	}
	return list
}

// TestDocuments makes sure that what is shipped is there, and nothing that is not meant to be.
func TestDocuments(t *testing.T) {
	files, err := documents("../..")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.name)
	}
	for _, want := range []string{"LICENSE", "README.md", "docs/cli/xlogscan_scan.md", "docs/cli/man/xlogscan-scan.1", "docs/report.schema.json", "deploy/systemd/xlogscan.service"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not shipped", want)
		}
	}
	if _, err := documents(t.TempDir()); err == nil {
		t.Error("a release without its documents is no error")
	}
}

func TestRunRefuses(t *testing.T) {
	if err := run(t.Context(), []string{"-o", t.TempDir(), "-version", "1.2.3", "-platforms", "linux"}); err == nil || !strings.Contains(err.Error(), "no platform") {
		t.Errorf("got %v", err)
	}
}
