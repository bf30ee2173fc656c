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

var update = flag.Bool("update", false, "rewrite the generated parts of docs")

// TestDocs compares the generated parts of docs with the commands and the rules. It is the generator too, which keeps
// the man page library out of the program.
func TestDocs(t *testing.T) {
	dir := filepath.Join("..", "..", "docs")
	if *update {
		for _, generated := range []string{"cli", "signatures"} {
			if err := os.RemoveAll(filepath.Join(dir, generated)); err != nil {
				t.Fatal(err)
			}
		}
		writeDocs(t, dir)
	}
	fresh := t.TempDir()
	writeDocs(t, fresh)
	if diff := cmp.Diff(readDocs(t, dir), readDocs(t, fresh)); diff != "" {
		t.Errorf("make docs would change docs (-old +new):\n%s", diff)
	}
}

func writeDocs(t *testing.T, dir string) {
	t.Helper()
	root := (&app{}).root()
	man := &doc.GenManHeader{Source: "xlogscan", Manual: "xlogscan", Date: &pagesDate}
	for into, generate := range map[string]func(string) error{
		filepath.Join(dir, "cli"):        func(into string) error { return doc.GenMarkdownTree(root, into) },
		filepath.Join(dir, "cli", "man"): func(into string) error { return doc.GenManTree(root, man, into) },
	} {
		if err := os.MkdirAll(into, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := generate(into); err != nil {
			t.Fatal(err)
		}
	}
	writeSignatures(t, filepath.Join(dir, "signatures"))
	writeDoc(t, filepath.Join(dir, "rule.schema.json"), ruleSchemaText(t))
	writeTables(t, dir)
	writePart(t, dir, "inputs.md", forms())
}

func writeDoc(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o666); err != nil {
		t.Fatal(err)
	}
}

// pagesDate stands on the man pages, which need one: a constant, so that they are the same whenever they are made.
var pagesDate = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

// readDocs gives the text of the generated files in dir by name.
func readDocs(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"cli/*.md", "cli/man/*.1", "signatures/*.md", "signatures/*/*.md", "rule.schema.json", "tables.*", "lake.sql", "inputs.md"} {
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
