//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"os/exec"
	"syscall"
	"testing"
)

// TestSignal sends signals to a real process that is reading.
func TestSignal(t *testing.T) {
	for _, tt := range []struct {
		signal syscall.Signal
		want   int
	}{{syscall.SIGINT, 130}, {syscall.SIGTERM, 143}} {
		t.Run(tt.signal.String(), func(t *testing.T) {
			cmd := exec.Command("xlogscan", "scan", "-", "-v")
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stderr, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			fed := make(chan struct{})
			go func() { // until nobody reads
				defer close(fed)
				for err := error(nil); err == nil; {
					_, err = io.WriteString(stdin, "2026-11-20 09:00:00.000 I/AppBrandLog(4001): heartbeat\n")
				}
			}()
			said := bufio.NewScanner(stderr)
			if !said.Scan() || said.Text() != "xlogscan: reading -" {
				t.Errorf("first line %q", said.Text())
			}
			if err := cmd.Process.Signal(tt.signal); err != nil {
				t.Fatal(err)
			}
			if !said.Scan() || said.Text() != "xlogscan: interrupted: 0 of 1 file read, no result written" {
				t.Errorf("second line %q", said.Text())
			}
			failed, ok := errors.AsType[*exec.ExitError](cmd.Wait())
			if !ok || failed.ExitCode() != tt.want {
				t.Errorf("ended with %v, want status %d", failed, tt.want)
			}
			<-fed
		})
	}
}
