package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/report"
)

// A saved result is written as a scan writes it, in every format, language and manner of drawing.
func TestReportIsTheScan(t *testing.T) {
	logs := filepath.Join("..", "..", "testdata", "logs", "two-parties")
	const room = "wxf830863afde621ebWmpfVoip1441133422395014548"
	for _, lang := range []string{"en", "zh"} {
		saved := filepath.Join(t.TempDir(), "result.json")
		printed(t, "scan", logs, "--lang", lang, "-f", "json", "-o", saved)
		for _, format := range report.Formats {
			for _, flags := range [][]string{
				nil, {"-v"}, {"--ascii"}, {"--color", "always"}, {"--min-severity", "error"}, {"--room", room, "--min-severity", "critical"},
			} {
				flags = append([]string{"-q", "-f", format.Name}, flags...)
				scanned := written(t, format, append([]string{"scan", logs, "--lang", lang}, flags...))
				for name, text := range scanned {
					if len(text) == 0 {
						t.Errorf("%s %q: %s is empty", lang, flags, name)
					}
				}
				if diff := cmp.Diff(scanned, written(t, format, append([]string{"report", saved}, flags...))); diff != "" {
					t.Errorf("%s %q (-scan +report):\n%s", lang, flags, diff)
				}
			}
		}
	}
}

// written gives the files of what a command writes: in a folder, if the format can be one, and on standard output.
func written(t *testing.T, format report.Format, args []string) map[string]string {
	t.Helper()
	files := map[string]string{}
	if format.Render != nil {
		files["-"] = printed(t, args...)
	}
	if format.Files != nil {
		dir := filepath.Join(t.TempDir(), "folder")
		printed(t, append(slices.Clone(args), "-o", dir)...)
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[e.Name()] = string(text)
		}
	}
	return files
}

// printed runs a command that must succeed and gives its standard output.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr, func(string) string { return "" }); status != statusDone {
		t.Fatalf("%q: exit status %d: %s", args, status, &stderr)
	}
	return stdout.String()
}
