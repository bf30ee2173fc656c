//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// TestPullInterrupted interrupts a pull in the middle of a file: adb ends, and nothing is left.
func TestPullInterrupted(t *testing.T) {
	dir := t.TempDir()
	log, err := xlogtest.Build("block hours=9-9\n\t[I][2026-11-20 +8.0 09:00:00.000][4001, 4002*][AppBrandLog][:4002, ][heartbeat\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"devices": "SN1 device model:X1\n",
		"clock":   "1795155600 +0800\n",
		"faults":  "hang 0\n",
		"root/storage/emulated/0/Android/data/com.tencent.wmpf/files/xlog/wmpf_20261120.xlog": string(log),
	} {
		writeDoc(t, filepath.Join(dir, "adb", name), []byte(text))
	}
	cmd := exec.Command("xlogscan", "pull")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "FAKE_ADB="+filepath.Join(dir, "adb"))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for pid == 0 {
		time.Sleep(time.Millisecond)
		text, _ := os.ReadFile(filepath.Join(dir, "adb", "hanging"))
		pid, _ = strconv.Atoi(string(text))
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	failed, ok := errors.AsType[*exec.ExitError](cmd.Wait())
	want := "xlogscan: pulling /storage/emulated/0/Android/data/com.tencent.wmpf/files/xlog from the device\nxlogscan: nothing of the pull is kept\nxlogscan: interrupted\n"
	if !ok || failed.ExitCode() != 130 || stderr.String() != want || stdout.Len() > 0 {
		t.Errorf("ended with %v, stdout %q, stderr %q", failed, stdout.String(), stderr.String())
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left beside the fake's folder: %v, %v", left, err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("adb still runs: %v", err)
	}
}
