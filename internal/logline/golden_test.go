package logline

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// describe writes all of a line but its Raw on one line of text.
func describe(l *Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v", l.Pos, l.Format)
	if l.Level != 0 {
		fmt.Fprintf(&b, " %c", l.Level)
	}
	if l.Stamp != 0 {
		fmt.Fprintf(&b, " %s %s", l.Time.Format(time.RFC3339Nano), l.Stamp.letters())
	}
	if l.PID != 0 || l.TID != 0 {
		fmt.Fprintf(&b, " %d/%d", l.PID, l.TID)
	}
	if len(l.Tag) > 0 {
		fmt.Fprintf(&b, " tag=%q", l.Tag)
	}
	if len(l.Source) > 0 {
		fmt.Fprintf(&b, " source=%q", l.Source)
	}
	fmt.Fprintf(&b, " %q\n", l.Text)
	return b.String()
}

func (s Stamp) letters() string {
	var b strings.Builder
	for i, c := range "tdyzi" {
		if s.Has(1 << i) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func describeAll(opt Options, text string) string {
	var b strings.Builder
	for l := range NewParser(opt).Lines([]byte(text), Pos{Input: "in", Line: 1}) {
		b.WriteString(describe(&l))
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Files) != 2 || a.Files[0].Name != "in" || a.Files[1].Name != "want" {
				t.Fatalf("%s: want the files in and want", name)
			}
			got := describeAll(Options{}, string(a.Files[0].Data))
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[1].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
