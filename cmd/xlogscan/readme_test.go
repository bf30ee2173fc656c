package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The sessions in README.md are what the commands in them print. With -update, README.md is rewritten.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, "README.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	parts := strings.Split(string(text), "```")
	sessions := 0
	for i, p := range parts {
		if session, ok := strings.CutPrefix(p, "console\n"); ok {
			parts[i] = "console\n" + replay(t, session)
			sessions++
		}
	}
	if sessions == 0 {
		t.Fatal("README.md shows no session")
	}
	now := strings.Join(parts, "```")
	if *update {
		if err := os.WriteFile(name, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(text), now); diff != "" {
		t.Error(diff)
	}
}

// replay runs the commands of a session and gives it with what they print now.
func replay(t *testing.T, session string) string {
	var out strings.Builder
	for line := range strings.Lines(session) {
		command, ok := strings.CutPrefix(line, "$ ./xlogscan ")
		if !ok {
			continue
		}
		out.WriteString(line)
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), strings.Fields(command), strings.NewReader(""), &stdout, &stderr, func(string) string { return "" })
		if status != statusDone || stderr.Len() > 0 {
			t.Errorf("%s ends with %d: %s", strings.TrimSpace(line), status, stderr.String())
		}
		out.Write(stdout.Bytes())
	}
	return out.String()
}
