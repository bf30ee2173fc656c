package main

import (
	"bytes"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/source"
)

func TestTextNames(t *testing.T) {
	long := strings.Repeat("长", 100)
	names := []string{"a/day.xlog", "b/day.xlog", "c/DAY.xlog", "day.xlog-2", "-", "a.zip!../../etc/passwd", `c:\logs\x.xlog`, "..", "a\x1b\n:b", long, "phone/Con.xlog"}
	want := []string{"day.xlog", "day.xlog-2", "DAY.xlog-3", "day.xlog-2-2", "stdin", "passwd", "x.xlog", "input", "a___b", long[:198], "_Con.xlog"}
	var inputs []source.Input
	for i := range names {
		inputs = append(inputs, source.Input{Name: names[i]})
		want[i] = filepath.Join("out", want[i]+".txt")
	}
	if diff := cmp.Diff(want, textNames("out", inputs, &distinct{})); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestVisible(t *testing.T) {
	in := "a\tb\n\x1b[31m\r\x7f\u0085\u00a9 中文\xc2"
	want := "a\tb\n\\x1b[31m\\x0d\\x7f\\x85\u00a9 中文"
	var whole, parts bytes.Buffer
	if _, err := (&visible{w: &whole}).Write([]byte(in)); err != nil {
		t.Fatal(err)
	}
	v := &visible{w: &parts}
	for i := range len(in) {
		if n, err := v.Write([]byte(in[i : i+1])); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if whole.String() != want || parts.String() != want {
		t.Errorf("got %q and %q, want %q", whole.String(), parts.String(), want)
	}
}

func TestVersionOf(t *testing.T) {
	setting := func(kv ...string) *debug.BuildInfo {
		b := &debug.BuildInfo{}
		b.Main.Version = "(devel)"
		for i := 0; i < len(kv); i += 2 {
			b.Settings = append(b.Settings, debug.BuildSetting{Key: kv[i], Value: kv[i+1]})
		}
		return b
	}
	released := setting()
	released.Main.Version = "v1.2.3"
	for want, b := range map[string]*debug.BuildInfo{
		"1.2.3":                    released,
		"devel":                    setting(),
		"devel-0123456789ab":       setting("vcs.revision", "0123456789abcdef", "vcs.modified", "false"),
		"devel-0123456789ab+dirty": setting("vcs.revision", "0123456789abcdef", "vcs.modified", "true"),
	} {
		if got := versionOf(b); got != want {
			t.Errorf("version %q, want %q", got, want)
		}
	}
}
