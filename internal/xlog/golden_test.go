package xlog_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// The goldens hold pairs: NAME.build is a container in the text form of
// xlogtest, NAME.records what it reads as. A first line "# keys: none" or
// "# keys: other, test" says which keys are at hand; else it is test.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out []txtar.File
			wants := map[string]string{}
			for _, f := range a.Files {
				wants[f.Name] = string(f.Data)
			}
			for _, f := range a.Files {
				name, ok := strings.CutSuffix(f.Name, ".build")
				if !ok {
					continue
				}
				text := string(f.Data)
				got := readAll(t, build(t, text), keysOf(t, text)...)
				records := strings.Join(got.records, "\n") + "\n"
				out = append(out, f, txtar.File{Name: name + ".records", Data: []byte(records)})
				if diff := cmp.Diff(wants[name+".records"], records); diff != "" && !*update {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(&txtar.Archive{Comment: a.Comment, Files: out}), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func keysOf(t testing.TB, text string) []xlog.Key {
	names := "test"
	if first, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(first, "# keys: ") {
		names = strings.TrimPrefix(first, "# keys: ")
	}
	var keys []xlog.Key
	for name := range strings.SplitSeq(names, ", ") {
		switch name {
		case "test":
			keys = append(keys, xlogtest.Key())
		case "other":
			keys = append(keys, xlogtest.OtherKey())
		case "none":
		default:
			t.Fatalf("no key is named %q", name)
		}
	}
	return keys
}

// The files in testdata/hostile are small containers that are odd or lie. Each
// has its records in testdata/hostile/records.txtar.
func TestHostileFiles(t *testing.T) {
	const golden = "testdata/hostile/records.txtar"
	files, err := filepath.Glob("testdata/hostile/*.xlog")
	if err != nil || len(files) == 0 {
		t.Fatalf("no hostile files: %v", err)
	}
	var a txtar.Archive
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := readAll(t, b, testKeys...)
		a.Files = append(a.Files, txtar.File{
			Name: filepath.Base(file),
			Data: []byte(strings.Join(append(got.records, ""), "\n")),
		})
	}
	got := txtar.Format(&a)
	if *update {
		if err := os.WriteFile(golden, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(string(want), string(got)))
	}
}
