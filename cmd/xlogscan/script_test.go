package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"xlogscan": main, "adb": fakeADB})
}

// TestScript runs the scripts of testdata/script, one per behaviour, each named for the command it is about. Besides
// the commands of testscript they have:
//
//	mkxlog SPEC FILE...   build the containers FILE from the text form SPEC of package xlogtest
//	mkarchive OUT FILE... pack files into OUT, a .zip, .tar or .tar.gz, under the names they are given by
//	lszip FILE            list the files of a zip archive with their text
//	mkkey FILE [other]    write the private key that opens blocks with crypt=yes, or crypt=other
//	exits N CMD ARG...    exec CMD and check its exit status
//	pipeclosed N ARG...   run xlogscan ARG... with a standard output that nobody reads, and check the exit status
//
// The adb in their PATH is fakeADB, whose world is the folder adb.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("XLOGSCAN_KEY_FILE", "")
			e.Setenv("NO_COLOR", "")
			e.Setenv("FAKE_ADB", filepath.Join(e.WorkDir, "adb"))
			e.Setenv("ANDROID_SERIAL", "")
			e.Setenv("TERM", "xterm")
			e.Setenv("GORACE", "atexit_sleep_ms=10") // its second for each process adds up
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"mkxlog":     mkxlog,
			"mkarchive":  mkarchive,
			"lszip":      lsZip,
			"mkkey":      mkkey,
			"exits":      exits,
			"pipeclosed": pipeClosed,
		},
	})
}

func mkxlog(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: mkxlog SPEC FILE...")
	}
	data, err := xlogtest.Build(ts.ReadFile(args[0]))
	ts.Check(err)
	for _, name := range args[1:] {
		ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o666))
	}
}

func mkkey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: mkkey FILE [other]")
	}
	key := xlogtest.KeyHex
	if len(args) == 2 {
		key = xlogtest.OtherKeyHex
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(key+"\n"), 0o600))
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N CMD ARG...")
	}
	checkStatus(ts, args[0], ts.Exec(args[1], args[2:]...))
}

func pipeClosed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pipeclosed N ARG...")
	}
	r, w, err := os.Pipe()
	ts.Check(err)
	ts.Check(r.Close())
	cmd := exec.Command("xlogscan", args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Stdout, cmd.Stderr = w, ts.Stderr()
	err = cmd.Run()
	ts.Check(w.Close())
	checkStatus(ts, args[0], err)
}

func checkStatus(ts *testscript.TestScript, want string, err error) {
	got := 0
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != want {
		ts.Fatalf("exit status %d, want %s", got, want)
	}
}
