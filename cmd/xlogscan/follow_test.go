package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// following runs scan --follow in the background.
type following struct {
	lines  chan string
	stop   context.CancelCauseFunc
	status chan int
	stderr bytes.Buffer
}

func follow(t *testing.T, stdin io.Reader, args ...string) *following {
	t.Helper()
	ctx, stop := context.WithCancelCause(t.Context())
	f := &following{lines: make(chan string, 1000), stop: stop, status: make(chan int, 1)}
	out, in := io.Pipe()
	go func() {
		defer in.Close()
		f.status <- run(ctx, append([]string{"scan", "--follow", "--lang", "en"}, args...), stdin, in, &f.stderr, func(string) string { return "" })
	}()
	go func() {
		defer close(f.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			f.lines <- s.Text()
		}
	}()
	return f
}

// until waits for a line with text in it. It gives up after a time that no machine needs.
func (f *following) until(t *testing.T, text string) {
	t.Helper()
	began := time.Now()
	for {
		select {
		case l, open := <-f.lines:
			if !open {
				t.Fatalf("ended before %q; standard error: %s", text, f.stderr.String())
			}
			if strings.Contains(l, text) {
				t.Logf("%v until %q", time.Since(began).Round(time.Millisecond), text)
				return
			}
		case <-time.After(time.Minute):
			t.Fatalf("no line with %q", text)
		}
	}
}

// grow appends to a file as the app does.
func grow(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func sampleFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../testdata/logs/two-parties/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A call is told when its block is appended, and corrected when the log of the other party comes.
func TestFollow(t *testing.T) {
	dir := t.TempDir()
	f := follow(t, strings.NewReader(""), dir)
	device, phone := sampleFile(t, "device/xlog/wmpf_20261120.xlog"), sampleFile(t, "phone/xlog/MM_20261120.xlog")
	name := filepath.Join(dir, "device", "xlog", "wmpf_20261120.xlog")
	grow(t, name, device[:len(device)/2])
	grow(t, name, device[len(device)/2:])
	f.until(t, "join-already-in-room")
	f.until(t, "lead, not proven · listener's side · call-peer-aborted")
	grow(t, filepath.Join(dir, "device", "xlog", "wmpf.mmap3"), sampleFile(t, "device/xlog/wmpf.mmap3"))
	f.until(t, "initiate-sn-mismatch")
	grow(t, filepath.Join(dir, "phone", "xlog", "MM_20261120.xlog"), phone)
	f.until(t, "corrected:")
	f.until(t, "confirmed · listener's side · call-incoming-call")
	f.stop(interrupted{os.Interrupt})
	if status := <-f.status; status != 130 {
		t.Errorf("status %d, standard error %s", status, f.stderr.String())
	}
}

// What a cache file tells shows though neither its size nor its date changes.
func TestFollowCache(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "wmpf.mmap3")
	cache := sampleFile(t, "device/xlog/wmpf.mmap3")
	grow(t, name, make([]byte, len(cache)))
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(name, day, day); err != nil {
		t.Fatal(err)
	}
	f := follow(t, strings.NewReader(""), dir, "-f", "ndjson")
	if err := os.WriteFile(name, cache, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, day, day); err != nil {
		t.Fatal(err)
	}
	f.until(t, `"outcome":"initiate-failed"`)
	f.stop(interrupted{os.Interrupt})
	<-f.status
}

// What a log told when it was met is kept for other scans, and taken from them.
func TestFollowState(t *testing.T) {
	logs, kept := t.TempDir(), t.TempDir()
	grow(t, filepath.Join(logs, "phone", "xlog", "MM_20261120.xlog"), sampleFile(t, "phone/xlog/MM_20261120.xlog"))
	for _, known := range []string{"0 of 1 input known", "1 of 1 input known"} {
		f := follow(t, strings.NewReader(""), logs, "--state", kept)
		f.until(t, "call-incoming-call")
		f.stop(interrupted{os.Interrupt})
		if status := <-f.status; status != 130 || !strings.Contains(f.stderr.String(), known) {
			t.Errorf("status %d, standard error %s, want %q", status, f.stderr.String(), known)
		}
	}
	var out, errs bytes.Buffer
	run(t.Context(), []string{"calls", logs, "--state", kept}, strings.NewReader(""), &out, &errs, func(string) string { return "" })
	if !strings.Contains(errs.String(), "1 of 1 input known") {
		t.Errorf("standard error %s", errs.String())
	}
}

// Standard input is told line by line, and its end is the end.
func TestFollowStdin(t *testing.T) {
	logcat, in := io.Pipe()
	f := follow(t, logcat, "-")
	write := func(text string) {
		t.Helper()
		if _, err := io.WriteString(in, text); err != nil {
			t.Error(err)
		}
	}
	const room = `"roomId":"wxf830863afde621ebWmpfVoip1441133422395014532"`
	write("--------- beginning of main\n11-20 09:00:00.000  4001  4001 I AppBrandLog: onVoipEvent {\"eventName\":\"startVoip\"," + room + "}\n")
	write("11-20 09:00:01.000  4001  4001 I AppBrandLog: onVoipEvent {\"eventName\":\"joinFailCaller\"," + room + ",\"data\":{\"errCode\":-1,")
	write("\"errMsg\":\"joinVoIPChat:fail: -10086, -1, Already in room or joining, 2081972561\"}}\n")
	f.until(t, "join-failed")
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if status := <-f.status; status != statusDone {
		t.Errorf("status %d, standard error %s", status, f.stderr.String())
	}
}

func TestFollowUsage(t *testing.T) {
	for _, tt := range []struct {
		name, stdin, want string
		status            int
		args              []string
	}{
		{"a format for later", "", "--follow writes text", statusUsage, []string{"-f", "html"}},
		{"a file as output", "", "--follow writes text", statusUsage, []string{"-o", "x"}},
		{"no lines", "\x1f\x8b\x08 gzip", "save it to a file first", statusPartial, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := follow(t, strings.NewReader(tt.stdin), append([]string{"-"}, tt.args...)...)
			if status := <-f.status; status != tt.status || !strings.Contains(f.stderr.String(), tt.want) {
				t.Errorf("status %d, standard error %q", status, f.stderr.String())
			}
		})
	}
}
