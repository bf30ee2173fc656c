// Package adb runs Android's adb program and tells in sentences what it answers.
//
// Folders are copied by "adb pull" and not as a tar stream: devices before Android 6 have no tar, those before Android 5
// no exec-out, and through exec-out the messages of a failing tar would be in the middle of its output, which has no exit
// status. Pull keeps what it copied, and takes a file away that it could not copy to its end.
//
// What adb prints, and where, is from AOSP's sources and from adb 29: "pull" tells its errors on standard output, all
// others on standard error. Shells of devices before Android 7 mix both, end lines with CR LF, and their status is
// always 0.
package adb

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"strings"
	"time"
)

// Runner runs adb with arguments to its end and gives its exit status. Its error is that of starting adb or of writing
// what it printed, or that of ctx, whose end ends adb too. The two writers may be one.
type Runner func(ctx context.Context, stdout, stderr io.Writer, args ...string) (status int, err error)

// Program gives the Runner of the adb at path.
func Program(path string) Runner {
	return func(ctx context.Context, stdout, stderr io.Writer, args ...string) (int, error) {
		cmd := exec.CommandContext(ctx, path, args...)
		cmd.Stdout, cmd.Stderr = stdout, stderr
		cmd.WaitDelay = patience
		err := cmd.Run()
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if errors.Is(err, exec.ErrWaitDelay) {
			err = nil
		}
		if failed, ok := errors.AsType[*exec.ExitError](err); ok {
			if failed.ExitCode() < 0 {
				return 0, &Error{"adb was killed", "try again"}
			}
			return failed.ExitCode(), nil
		}
		return 0, err
	}
}

// patience is how long the streams of an adb that has ended may stay open. The server that it starts may hold them.
const patience = 2 * time.Second

// maxAnswer bounds what is kept of an answer. The longest that is of use, that about a package, has some 100 KB.
const maxAnswer = 4 << 20

// answer keeps the first bytes written to it.
type answer struct{ bytes.Buffer }

func (a *answer) Write(p []byte) (int, error) {
	a.Buffer.Write(p[:min(len(p), maxAnswer-a.Len())])
	return len(p), nil
}

// ask runs adb and gives what it printed on its two streams, with LF at the end of lines.
func (run Runner) ask(ctx context.Context, args ...string) (out, complaint string, status int, err error) {
	var stdout, stderr answer
	status, err = run(ctx, &stdout, &stderr, args...)
	if _, told := errors.AsType[*Error](err); err != nil && !told && ctx.Err() == nil {
		err = &Error{"adb cannot be run: " + err.Error(), "name another with --adb"}
	}
	return strings.ReplaceAll(stdout.String(), "\r", ""), strings.ReplaceAll(stderr.String(), "\r", ""), status, err
}
