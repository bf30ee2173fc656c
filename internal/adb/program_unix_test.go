//go:build unix

package adb

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestProgram runs shell scripts in place of adb.
func TestProgram(t *testing.T) {
	ask := func(ctx context.Context, script string) (out, complaint string, status int, err error) {
		t.Helper()
		name := filepath.Join(t.TempDir(), "adb")
		if err := os.WriteFile(name, []byte(script), 0o777); err != nil {
			t.Fatal(err)
		}
		return Program(name).ask(ctx, "devices", "-l")
	}
	out, complaint, status, err := ask(t.Context(), "#!/bin/sh\necho \"$*\"; echo no >&2; exit 3\n")
	if out != "devices -l\n" || complaint != "no\n" || status != 3 || err != nil {
		t.Errorf("got %q, %q, %d, %v", out, complaint, status, err)
	}
	for script, want := range map[string]string{
		"#!/bin/sh\nkill -9 $$\n": "adb was killed",
		"#!/nowhere\n":            "adb cannot be run: ",
	} {
		_, _, _, err := ask(t.Context(), script)
		if e, ok := errors.AsType[*Error](err); !ok || e.Text[:min(len(e.Text), len(want))] != want {
			t.Errorf("%q: got %v, want %q", script, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, _, err := ask(ctx, "#!/bin/sh\nsleep 60\n"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v where the context had ended", err)
	}
}

// TestServerHoldsStreams makes sure that a server that adb left behind is not waited for.
func TestServerHoldsStreams(t *testing.T) {
	name := filepath.Join(t.TempDir(), "adb")
	if err := os.WriteFile(name, []byte("#!/bin/sh\nsleep 600 & echo $!\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	out, _, status, err := Program(name).ask(t.Context(), "devices")
	if out == "" || status != 0 || err != nil {
		t.Errorf("got %q, %d, %v", out, status, err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
}
