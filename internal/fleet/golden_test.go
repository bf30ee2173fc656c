package fleet_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const week = "../../testdata/fleet/"

// weeks reads made-up results: of last week a document and a part, with a call that is in both, of this week a document
// with a call of last week.
func weeks(t testing.TB, folders ...string) *fleet.Set {
	t.Helper()
	set := fleet.NewSet()
	for _, folder := range folders {
		names, err := filepath.Glob(week + folder + "/*")
		if err != nil || len(names) == 0 {
			t.Fatalf("no results in %s: %v", folder, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := set.Read(bytes.NewReader(text)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	return set
}

func compared(t testing.TB) *fleet.Diff {
	return fleet.Compare(weeks(t, "last-week"), weeks(t, "this-week"))
}

// renderings are the files of the golden archive.
var renderings = map[string]struct {
	format string
	diff   bool
	opt    report.TextOptions
}{
	"fleet.json":         {"json", false, report.TextOptions{}},
	"fleet.txt":          {"text", false, report.TextOptions{}},
	"fleet.zh.txt":       {"text", false, report.TextOptions{Lang: "zh"}},
	"fleet.verbose.txt":  {"text", false, report.TextOptions{Verbose: true}},
	"fleet.ascii.txt":    {"text", false, report.TextOptions{ASCII: true, Color: true}},
	"fleet.narrow.txt":   {"text", false, report.TextOptions{Width: 50}},
	"diff.json":          {"json", true, report.TextOptions{}},
	"diff.txt":           {"text", true, report.TextOptions{}},
	"diff.zh.txt":        {"text", true, report.TextOptions{Lang: "zh"}},
	"diff.verbose.txt":   {"text", true, report.TextOptions{Verbose: true}},
	"diff.ascii.txt":     {"text", true, report.TextOptions{ASCII: true, Color: true}},
	"diff.narrow.zh.txt": {"text", true, report.TextOptions{Width: 50, Lang: "zh"}},
}

func render(t testing.TB, format string, of any, opt report.TextOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, f := range fleet.Formats {
		if f.Name != format {
			continue
		}
		var err error
		switch of := of.(type) {
		case *fleet.Fleet:
			err = f.Fleet(&b, of, opt)
		case *fleet.Diff:
			err = f.Diff(&b, of, opt)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	const name = "testdata/weeks.txtar"
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, d := weeks(t, "last-week", "this-week").Fleet(fleet.TopRooms), compared(t)
	if len(a.Files) != len(renderings) {
		t.Errorf("%d files for %d renderings", len(a.Files), len(renderings))
	}
	for i, file := range a.Files {
		how, ok := renderings[file.Name]
		if !ok {
			t.Fatalf("%s is no rendering", file.Name)
		}
		var of any = f
		if how.diff {
			of = d
		}
		got := render(t, how.format, of, how.opt)
		if *update {
			a.Files[i].Data = got
		} else if diff := cmp.Diff(string(file.Data), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWidth measures every line by grapheme clusters, which is not how the code under test measures.
func TestWidth(t *testing.T) {
	f, d := weeks(t, "last-week", "this-week").Fleet(fleet.TopRooms), compared(t)
	for _, of := range []any{f, d} {
		for _, lang := range []string{"en", "zh"} {
			for _, width := range []int{40, 60, 69, 70, 80, 120, 160} {
				opt := report.TextOptions{Width: width, Lang: lang, Verbose: width > 80}
				for line := range strings.Lines(string(render(t, "text", of, opt))) {
					line = strings.TrimSuffix(line, "\n")
					if n := displaywidth.String(line); n > width || strings.TrimRight(line, " ") != line {
						t.Errorf("%+v: %d cells: %q", opt, n, line)
					}
				}
			}
		}
	}
}

// Results in another order of their calls and names give the same bytes, but for calls that differ between them.
func TestOrder(t *testing.T) {
	f, back := weeks(t, "last-week", "this-week").Fleet(fleet.TopRooms), weeks(t, "this-week", "last-week").Fleet(fleet.TopRooms)
	for _, format := range fleet.Formats {
		if !bytes.Equal(render(t, format.Name, f, report.TextOptions{}), render(t, format.Name, back, report.TextOptions{})) {
			t.Errorf("%s depends on the order", format.Name)
		}
	}
}

// A fleet without calls is written too.
func TestNothing(t *testing.T) {
	none := fleet.NewSet()
	for _, format := range fleet.Formats {
		for _, of := range []any{none.Fleet(fleet.TopRooms), fleet.Compare(none, none)} {
			if len(render(t, format.Name, of, report.TextOptions{})) == 0 {
				t.Errorf("%s wrote nothing", format.Name)
			}
		}
	}
}

// Whatever a result holds, it is refused or counted.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema": "xlogscan.report/v1", "calls": [{"id": "a", "outcome": "aborted", "start": "2026-11-20T09:00:00Z"}]}`))
	f.Add([]byte(`{"schema": "xlogscan.part/v1"}` + "\n" + `{"call": {"id": "a", "parties": [{"versions": {"wmpf": "2.0.0"}}]}}` + "\n" + `{"finding": {"calls": ["a"]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		set := fleet.NewSet()
		if set.Read(bytes.NewReader(text)) != nil {
			return
		}
		for _, format := range fleet.Formats {
			render(t, format.Name, set.Fleet(fleet.TopRooms), report.TextOptions{})
			render(t, format.Name, fleet.Compare(set, set), report.TextOptions{})
		}
	})
}
