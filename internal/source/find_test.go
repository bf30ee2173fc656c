package source

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree makes a folder of files, each with its own path as content, enters it, and adds links, "from -> to".
func tree(t *testing.T, paths ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, p := range paths {
		from, to, link := strings.Cut(p, " -> ")
		if err := os.MkdirAll(filepath.Dir(from), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		switch {
		case link:
			err = os.Symlink(to, from)
		case strings.HasSuffix(p, "/"):
			err = os.MkdirAll(p, 0o755)
		default:
			err = os.WriteFile(p, []byte(p), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// find runs Find and writes names and problems, one a line.
func find(t *testing.T, paths ...string) string {
	t.Helper()
	inputs, problems := Find(t.Context(), paths, Options{Stdin: strings.NewReader("in")})
	var b strings.Builder
	for _, i := range inputs {
		b.WriteString(i.Name + "\n")
	}
	for _, p := range problems {
		b.WriteString("! " + p.Error() + "\n")
	}
	return b.String()
}

func TestFind(t *testing.T) {
	testFind(t, []findTest{
		{"nothing", nil, nil, nil},
		{"files in order, once", []string{"b", "a"}, []string{"b", "a", "./b", "a"}, []string{"a", "b"}},
		{"a folder to its depths", []string{"d/z", "d/e/f/y", "d/.h/x"}, []string{"d"}, []string{"d/.h/x", "d/e/f/y", "d/z"}},
		{"an empty folder", []string{"d/"}, []string{"d"}, nil},
		{"leftovers", []string{"d/.DS_Store", "d/._a", "d/.git/HEAD", "d/Thumbs.db", "d/a"}, []string{"d", "d/*"}, []string{"d/a"}},
		{"a leftover asked for", []string{".DS_Store"}, []string{".DS_Store"}, []string{".DS_Store"}},
		{"folder and file in it", []string{"d/a", "d/b"}, []string{"d", "d/a"}, []string{"d/a", "d/b"}},
		{"glob", []string{"a.xlog", "b.txt", "c.xlog"}, []string{"*.xlog"}, []string{"a.xlog", "c.xlog"}},
		{"glob in depth", []string{"a.xlog", "d/b.xlog", "d/e/c.xlog", "d/e/c.txt"}, []string{"**/*.xlog"}, []string{"a.xlog", "d/b.xlog", "d/e/c.xlog"}},
		{"glob of folders", []string{"d1/a", "d2/e/b"}, []string{"d?", "**"}, []string{"d1/a", "d2/e/b"}},
		{"glob of choices", []string{"a", "b", "c"}, []string{"{a,c}"}, []string{"a", "c"}},
		{"a name before a glob", []string{"a[1]/x", "a1/y"}, []string{"a[1]"}, []string{"a[1]/x"}},
		{"glob of nothing", []string{"a"}, []string{"*.xlog", "a"}, []string{
			"a", "! *.xlog: no file matches this pattern; check the pattern and the folder it starts from",
		}},
		{"bad glob", []string{"a"}, []string{"[a"}, []string{"! [a: the pattern is malformed; close its brackets and braces"}},
		{"missing", []string{"a"}, []string{"x", "a", "x"}, []string{"a", "! x: there is no such file or folder; check the spelling"}},
		{"empty path", []string{"a"}, []string{""}, []string{"! : the path is empty; name a file or folder"}},
		{"standard input, once", []string{"a"}, []string{"-", "a", "-"}, []string{"-", "a"}},
		{"a file named so", []string{"-"}, []string{"./-", "-"}, []string{"-", "./-"}},
	})
}

type findTest struct {
	name  string
	tree  []string
	paths []string
	want  []string
}

func testFind(t *testing.T, tests []findTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree(t, tt.tree...)
			want := ""
			if len(tt.want) > 0 {
				want = strings.Join(tt.want, "\n") + "\n"
			}
			if diff := cmp.Diff(want, find(t, tt.paths...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOneNameOfMany holds that the name of a file reached in two ways does not depend on which came first.
func TestOneNameOfMany(t *testing.T) {
	tree(t, "a")
	abs, err := filepath.Abs("a")
	if err != nil {
		t.Fatal(err)
	}
	want := filepath.ToSlash(abs) + "\n"
	for _, paths := range [][]string{{"a", abs}, {abs, "a"}} {
		if got := find(t, paths...); got != want {
			t.Errorf("%v: got %q", paths, got)
		}
	}
}

func TestProblemUnwraps(t *testing.T) {
	tree(t)
	_, problems := Find(t.Context(), []string{"x", "-"}, Options{})
	if len(problems) != 2 || !errors.Is(problems[1], os.ErrNotExist) || problems[0].Path != "-" {
		t.Errorf("got %v", problems)
	}
}

func TestCancelled(t *testing.T) {
	tree(t, "d/a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if inputs, problems := Find(ctx, []string{"d"}, Options{}); len(inputs)+len(problems) > 0 {
		t.Errorf("found %v, %v after the end", inputs, problems)
	}
}

func TestOpenInputs(t *testing.T) {
	tree(t, "a", "b")
	inputs, _ := Find(t.Context(), []string{"a", "b", "-"}, Options{Stdin: strings.NewReader("in")})
	if len(inputs) != 3 || inputs[0].Size != -1 || inputs[1].Size != 1 || inputs[1].ModTime.IsZero() {
		t.Fatalf("got %+v", inputs)
	}
	for i, want := range []string{"in", "a", "b"} {
		r, err := inputs[i].Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if string(got) != want || err != nil || r.Close() != nil {
			t.Errorf("%s: %q, %v", inputs[i].Name, got, err)
		}
	}
	if _, err := inputs[0].Open(t.Context()); err == nil {
		t.Error("standard input opened twice")
	}
	if err := errors.Join(os.Remove("a"), os.Remove("b"), os.Mkdir("b", 0o755)); err != nil {
		t.Fatal(err)
	}
	if _, err := inputs[1].Open(t.Context()); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), "open ") {
		t.Errorf("a file that has gone: %v", err)
	}
	if _, err := inputs[2].Open(t.Context()); err == nil {
		t.Error("a folder was opened as a file")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, i := range inputs {
		if _, err := i.Open(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", i.Name, err)
		}
	}
}

// A file that is written while it is read ends where it ended when it was opened; so does an archive.
func TestGrowingFile(t *testing.T) {
	tree(t, "a")
	if err := os.WriteFile("z", packZip(t, files{{"a.log", "text"}}), 0o644); err != nil {
		t.Fatal(err)
	}
	inputs, _ := Find(t.Context(), []string{"a", "z"}, Options{})
	for i, want := range []string{"a \"a\" \n", "z!a.log \"text\" \n"} {
		in, open := inputs[i], inputs[i].Open
		in.Open = func(ctx context.Context) (io.ReadCloser, error) {
			r, err := open(ctx)
			f, appendErr := os.OpenFile(in.Name, os.O_APPEND|os.O_WRONLY, 0)
			must(t, errors.Join(err, appendErr))
			_, err = f.WriteString("more")
			must(t, errors.Join(err, f.Close()))
			return r, nil
		}
		if got := told(walk(t, in, Walking{})); got != want {
			t.Errorf("got %s", got)
		}
	}
}
