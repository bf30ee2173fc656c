package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The sessions in both READMEs are what the commands in them print. With -update, the files are rewritten.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	shown := map[string]string{}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		t.Run(name, func(t *testing.T) { shown[name] = readme(t, name) })
	}
	if english, chinese := shown["README.md"], strings.ReplaceAll(shown["README.zh-CN.md"], " --lang zh", ""); english != chinese {
		t.Error("the two READMEs run other commands: " + cmp.Diff(english, chinese))
	}
}

// readme replays the sessions of a file and gives their commands.
func readme(t *testing.T, name string) (commands string) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(text), "```")
	for i, p := range parts {
		if session, ok := strings.CutPrefix(p, "console\n"); ok {
			parts[i] = "console\n" + replay(t, session)
			for line := range strings.Lines(session) {
				if strings.HasPrefix(line, "$ ") {
					commands += line
				}
			}
		}
	}
	if commands == "" {
		t.Fatal(name + " shows no session")
	}
	now := strings.Join(parts, "```")
	if *update {
		if err := os.WriteFile(name, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(string(text), now); diff != "" {
		t.Error(diff)
	}
	return commands
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
