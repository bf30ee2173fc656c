package main

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// TestReleaseTests has a rendering that leaks a value which was replaced, and asks that nothing of it is written, nor
// the value told.
func TestReleaseTests(t *testing.T) {
	var stdout bytes.Buffer
	a := &app{stdout: &result{w: &stdout}, bar: &bar{}}
	redactor := newRedactor(nil)
	if err := redactor.Learn("sn=A77Z1234"); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"all is well\nsn#1\n": statusDone, "all is well\nand A77Z1234\n": statusInternal} {
		stdout.Reset()
		err := a.release(&output{}, &redaction{redactor: redactor}, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
		status := statusDone
		if e, ok := errors.AsType[*exit](err); ok {
			status = e.status
		}
		if status != want {
			t.Errorf("%q: status %d, want %d: %v", text, status, want, err)
		}
		if err != nil && (stdout.Len() > 0 || strings.Contains(err.Error(), "A77Z1234") || !strings.Contains(err.Error(), "kind sn")) {
			t.Errorf("wrote %q, error %q", &stdout, err)
		}
	}
}
