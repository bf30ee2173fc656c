//go:build linux && !race

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// manyCalls writes the logs of so many devices, with so many calls each, and returns their folder.
func manyCalls(t *testing.T, devices, calls int) string {
	t.Helper()
	dir := t.TempDir()
	for d := range devices {
		var b strings.Builder
		for n := range calls {
			at := func(second int) string { return fmt.Sprintf("%02d:%02d:%02d.000", n/60%24, n%60, second) }
			line := func(second int, text string) {
				fmt.Fprintf(&b, "[I][2026-11-20 +8.0 %s][4711, 4715*][AppBrand][:1, ][%s\n", at(second), text)
			}
			room := fmt.Sprintf("wx%016xWmpfVoip%09d", d, n)
			event := func(second int, name, data string) {
				line(second, fmt.Sprintf(`[voip-call] onVoipEvent {"eventName":"%s","roomId":"%s","data":{%s}}`, name, room, data))
			}
			line(0, fmt.Sprintf(`initByCaller request {"roomType":"video","caller":{"id":"SN%08d"},"listener":{"id":"o%027d"},"businessType":1}`, d, n))
			event(1, "startVoip", "")
			for s := 2; s < 50; s += 2 {
				event(s, "joinedRoomByCaller", fmt.Sprintf(`"n":%d`, s))
			}
			event(50, "hangUpVoip", `"keepTime":20,"status":"endByListener"`)
		}
		folder := filepath.Join(dir, fmt.Sprintf("device-%04d", d))
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "wmpf_20261120.xlog.log"), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// peak runs the program and returns how much memory it took at most, in bytes. What the system tells of a process that has
// ended is no good for that: it counts what the test itself had when it started it.
func peak(t *testing.T, out, limit string, args ...string) int64 {
	t.Helper()
	exe, err := exec.LookPath("xlogscan") // TestMain puts it there
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // the program has written it
	cmd := exec.Command(exe, args...)
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Env = f, &stderr, append(os.Environ(), "GOMEMLIMIT="+limit)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	most := int64(0)
	for {
		select {
		case err := <-ended:
			if err != nil || most == 0 {
				t.Fatalf("%s: %v: %s", args, err, stderr.String())
			}
			return most
		case <-time.After(5 * time.Millisecond):
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid)) // gone when it has ended
			if _, rest, ok := strings.Cut(string(status), "\nVmHWM:"); ok {
				var kilobytes int64
				if _, err := fmt.Sscan(rest, &kilobytes); err == nil {
					most = max(most, kilobytes<<10)
				}
			}
		}
	}
}

// With a limit the memory of a scan does not grow with the number of its calls, and its result is the same.
func TestBoundedMemory(t *testing.T) {
	dir := manyCalls(t, 100, 40)
	out := t.TempDir()
	free, bounded := filepath.Join(out, "free"), filepath.Join(out, "bounded")
	without := peak(t, free, "off", "scan", "-q", "--join", "ids", "--redact", "none", "-f", "ndjson", dir)
	with := peak(t, bounded, "60MiB", "scan", "-q", "--redact", "none", "-f", "ndjson", dir)
	t.Logf("%d MiB without a limit, %d MiB with one of 60", without>>20, with>>20)
	if !same(t, free, bounded) {
		t.Error("the results differ")
	}
	if with > 120<<20 || with > without*2/3 {
		t.Errorf("%d MiB with a limit of 60 MiB, %d MiB without", with>>20, without>>20)
	}
}

// same reports whether two files are alike, a piece at a time.
func same(t *testing.T, names ...string) bool {
	t.Helper()
	var sums [2][]byte
	for i, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		if n, err := io.Copy(h, f); err != nil || n == 0 {
			t.Fatalf("%s: %d bytes: %v", name, n, err)
		}
		_ = f.Close() // it was only read
		sums[i] = h.Sum(nil)
	}
	return bytes.Equal(sums[0], sums[1])
}
