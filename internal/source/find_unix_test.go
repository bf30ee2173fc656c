//go:build unix

package source

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestFindUnix holds what needs links or depends on the words of the system.
func TestFindUnix(t *testing.T) {
	long := strings.Repeat("x", 300)
	testFind(t, []findTest{
		{"below a file", []string{"a"}, []string{"a/b"}, []string{"! a/b: this cannot be read (not a directory); allow reading it, or copy it elsewhere"}},
		{"too long", nil, []string{long}, []string{"! " + long + ": this cannot be read (file name too long); allow reading it, or copy it elsewhere"}},
		{"link to a file", []string{"d/a -> ../b", "b"}, []string{"d"}, []string{"d/a"}},
		{"dangling link", []string{"d/a -> gone", "d/b"}, []string{"d", "d/*"}, []string{
			"d/b", "! d/a: the link leads nowhere; put the file it stands for in its place",
		}},
		{"link to itself", []string{"d/a -> a", "d/b", "d/x -> y", "d/y -> x"}, []string{"d", "d/a"}, []string{
			"d/b", "! d/a: the link leads nowhere; put the file it stands for in its place",
			"! d/x: the link leads nowhere; put the file it stands for in its place",
			"! d/y: the link leads nowhere; put the file it stands for in its place",
		}},
		{"loop of links", []string{"d/a", "d/up -> ..", "d/self -> ."}, []string{"d", "d/**", "**/a"}, []string{"d/a"}},
		{"a link to a folder as argument", []string{"d/a", "l -> d"}, []string{"l"}, []string{"l/a"}},
	})
}

func TestSpecialFile(t *testing.T) {
	tree(t, "a")
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", "s")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	want := "a\n! s: this is a socket, not a file; name a file or use - for standard input\n"
	if got := find(t, "."); got != want {
		t.Errorf("got %q", got)
	}
}

// A pipe in a folder would keep a scan waiting for ever, a device need not end.
func TestPipeAndDevice(t *testing.T) {
	tree(t, "a")
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	want := "a\n! /dev/null: this is a device, not a file; name a file or use - for standard input\n" +
		"! pipe: this is a pipe, not a file; name a file or use - for standard input\n"
	if got := find(t, ".", "/dev/null"); got != want {
		t.Errorf("got %q", got)
	}
}

func TestUnreadableFolder(t *testing.T) {
	tree(t, "a")
	f := finder{ctx: t.Context(), problems: map[string]*Problem{}, seen: map[string]bool{}}
	f.folder("a") // a folder when it was listed
	if p := f.problems["a"]; p == nil || !strings.HasPrefix(p.Reason, "the folder cannot be read (not a directory)") {
		t.Errorf("got %v", p)
	}
	var told []string
	w := watched{FS: os.DirFS("."), unreadable: func(name string, _ error) { told = append(told, name) }}
	if _, err := w.ReadDir("a"); err == nil || len(told) != 1 {
		t.Errorf("got %v, told %v", err, told)
	}
}
