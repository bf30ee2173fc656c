package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// start runs the program without a process, a terminal or an environment.
func start(ctx context.Context, stdin io.Reader, args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run(ctx, args, stdin, &out, &err, func(string) string { return "" })
	return status, out.String(), err.String()
}

// TestInterrupted ends the context while the first input is read, as a signal does.
func TestInterrupted(t *testing.T) {
	for _, tt := range []struct {
		name   string
		signal os.Signal
		args   []string
		want   int
		said   string
	}{
		{"interrupt", os.Interrupt, []string{"scan", "-"}, 130, "0 of 1 file read, no result written"},
		{"terminate", syscall.SIGTERM, []string{"scan", "-", "-f", "json"}, 143, "0 of 1 file read, no result written"},
		{"while listing", os.Interrupt, []string{"info", "-"}, 130, "0 of 1 file read, no result written"},
		{"while decoding", syscall.SIGTERM, []string{"decode", "-"}, 143, "0 of 1 file written whole"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			endless := readerFunc(func(p []byte) (int, error) {
				cancel(interrupted{tt.signal})
				return copy(p, "2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"), nil
			})
			status, _, stderr := start(ctx, endless, tt.args...)
			if want := "xlogscan: interrupted: " + tt.said + "\n"; status != tt.want || stderr != want {
				t.Errorf("status %d, stderr %q, want %d, %q", status, stderr, tt.want, want)
			}
		})
	}
}

// TestInterruptedWaiting ends the context while a read waits that nothing will answer.
func TestInterruptedWaiting(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	silent, keepOpen := io.Pipe()
	defer keepOpen.Close()
	waiting := readerFunc(func(p []byte) (int, error) {
		cancel(interrupted{os.Interrupt})
		return silent.Read(p)
	})
	if status, _, stderr := start(ctx, waiting, "decode", "-"); status != 130 {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestInterruptedOutput makes sure that no half of a file is left.
func TestInterruptedOutput(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancelCause(t.Context())
	n := 0
	endless := readerFunc(func(p []byte) (int, error) {
		if n++; n > 10 {
			cancel(interrupted{os.Interrupt})
		}
		return copy(p, "2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n"), nil
	})
	if status, _, stderr := start(ctx, endless, "decode", "-", "-o", dir); status != 130 {
		t.Errorf("status %d, stderr %q", status, stderr)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

// TestCrash makes sure that a bug is told as one.
func TestCrash(t *testing.T) {
	var stderr bytes.Buffer
	broken := writerFunc(func([]byte) (int, error) { panic("made\x1b up") })
	status := run(t.Context(), []string{"version"}, strings.NewReader(""), broken, &stderr, func(string) string { return "" })
	want := "xlogscan: internal error: made\\x1b up\nxlogscan: hint: " + reportBug + "\n"
	if status != statusInternal || stderr.String() != want {
		t.Errorf("status %d, stderr %q, want %d, %q", status, stderr.String(), statusInternal, want)
	}
}

// TestCrashInJSON makes sure that the stack of a bug does not break the lines of a collector.
func TestCrashInJSON(t *testing.T) {
	var stderr bytes.Buffer
	broken := writerFunc(func([]byte) (int, error) { panic("made\x1b up") })
	args := []string{"version", "-v", "--log-format", "json"}
	if status := run(t.Context(), args, strings.NewReader(""), broken, &stderr, func(string) string { return "" }); status != statusInternal {
		t.Errorf("status %d", status)
	}
	lines := strings.Split(strings.TrimSuffix(stderr.String(), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("said %q", lines)
	}
	var crash, hint struct {
		Level, Msg string
		Stack      []string
		Hint       bool
	}
	if err := errors.Join(json.Unmarshal([]byte(lines[0]), &crash), json.Unmarshal([]byte(lines[1]), &hint)); err != nil {
		t.Fatal(err)
	}
	if crash.Level != "ERROR" || crash.Msg != `internal error: made\x1b up` || len(crash.Stack) < 3 || !hint.Hint || hint.Msg != reportBug {
		t.Errorf("said %q", lines)
	}
}

// TestWriteError makes sure that a full disk is not taken for success.
func TestWriteError(t *testing.T) {
	var stderr bytes.Buffer
	full := writerFunc(func([]byte) (int, error) { return 0, &os.PathError{Op: "write", Path: "stdout", Err: syscall.ENOSPC} })
	status := run(t.Context(), []string{"decode", "-"}, strings.NewReader("some text\n"), full, &stderr, func(string) string { return "" })
	if status != statusUsage || !strings.Contains(stderr.String(), syscall.ENOSPC.Error()) {
		t.Errorf("status %d, stderr %q", status, stderr.String())
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestExitWith(t *testing.T) {
	for _, tt := range []struct {
		statuses []int
		want     int
	}{
		{nil, statusDone},
		{[]int{statusDone}, statusDone},
		{[]int{statusPartial, statusFinding}, statusFinding},
		{[]int{statusFinding, statusPartial, statusEmpty}, statusEmpty},
		{[]int{statusEmpty, statusUsage}, statusUsage},
		{[]int{statusUsage, statusInternal}, statusInternal},
	} {
		got := statusDone
		if e, ok := errors.AsType[*exit](exitWith(tt.statuses...)); ok {
			got = e.status
		}
		if got != tt.want {
			t.Errorf("exitWith(%v) = %d, want %d", tt.statuses, got, tt.want)
		}
	}
}

// TestInterruptedFolder makes sure that what was done before stays, whole, and that it is said how much that is.
func TestInterruptedFolder(t *testing.T) {
	dir := t.TempDir()
	first, out := filepath.Join(dir, "first.log"), filepath.Join(dir, "out")
	if err := os.WriteFile(first, []byte("a line\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	endless := readerFunc(func(p []byte) (int, error) {
		cancel(interrupted{os.Interrupt})
		return copy(p, "a line\n"), nil
	})
	status, _, stderr := start(ctx, endless, "decode", "-o", out, first, "-")
	if want := "xlogscan: interrupted: 1 of 2 files decoded to " + out + "\n"; status != 130 || stderr != want {
		t.Errorf("status %d, stderr %q, want %q", status, stderr, want)
	}
	left, err := os.ReadDir(out)
	if err != nil || len(left) != 1 || left[0].Name() != "first.log.txt" {
		t.Errorf("left %v, %v", left, err)
	}
}
