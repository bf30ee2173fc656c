package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// keygen runs the command with random bytes that are known.
func keygen(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err strings.Builder
	a := &app{stdout: &result{w: &out}, stderr: &err, random: rand.NewChaCha8([32]byte{7}), getenv: func(string) string { return "" }, bar: &bar{}}
	root := a.root()
	root.SetArgs(append([]string{"keygen"}, args...))
	root.SetOut(a.stdout)
	root.SetErr(&err)
	status = a.finish(t.Context(), root.ExecuteContext(t.Context()))
	return status, out.String(), err.String()
}

// What an app encrypts with the public key, the private key opens.
func TestKeygen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "my.key")
	status, public, said := keygen(t, "-o", file)
	if status != 0 || len(public) != 129 {
		t.Fatalf("status %d, %q, %s", status, public, said)
	}
	private, err := os.ReadFile(file)
	if err != nil || len(private) != 65 {
		t.Fatal(len(private), err)
	}
	data, err := xlogtest.Build("block codec=zstd crypt=" + public + "\tthe text of the log\n")
	if err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "a.xlog")
	if err := os.WriteFile(log, data, 0o666); err != nil {
		t.Fatal(err)
	}
	if status, text, said := start(t.Context(), nil, "decode", "--key", file, log); status != 0 || text != "the text of the log\n" {
		t.Errorf("status %d, %q, %s", status, text, said)
	}
	if digits := string(private[:64]); strings.Contains(public+said, digits[:8]) {
		t.Errorf("the private key is in the output:\n%s%s", public, said)
	}
}
