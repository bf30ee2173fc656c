package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra/doc"
)

var update = flag.Bool("update", false, "rewrite docs/cli")

// TestDocs compares docs/cli with the commands. It is the generator too, which keeps the man page library out of the
// program.
func TestDocs(t *testing.T) {
	dir := filepath.Join("..", "..", "docs", "cli")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		writeDocs(t, dir)
	}
	fresh := t.TempDir()
	writeDocs(t, fresh)
	if diff := cmp.Diff(readFolder(t, dir), readFolder(t, fresh)); diff != "" {
		t.Errorf("make docs would change docs/cli (-old +new):\n%s", diff)
	}
}

func writeDocs(t *testing.T, dir string) {
	t.Helper()
	root := (&app{}).root()
	man := &doc.GenManHeader{Source: "xlogscan", Manual: "xlogscan", Date: &pagesDate}
	for into, generate := range map[string]func(string) error{
		dir:                       func(into string) error { return doc.GenMarkdownTree(root, into) },
		filepath.Join(dir, "man"): func(into string) error { return doc.GenManTree(root, man, into) },
	} {
		if err := os.MkdirAll(into, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := generate(into); err != nil {
			t.Fatal(err)
		}
	}
}

// pagesDate stands on the man pages, which need one: a constant, so that they are the same whenever they are made.
var pagesDate = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

// readFolder gives the text of the files in dir and below by name.
func readFolder(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"*.md", "man/*.1"} {
		names, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			rel, _ := filepath.Rel(dir, name)
			files[filepath.ToSlash(rel)] = string(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
		}
	}
	return files
}
