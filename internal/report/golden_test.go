package report_test

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

	"github.com/xlogscan/xlogscan/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// renderings are the files a golden archive may hold beside report.json.
var renderings = map[string]struct {
	format string
	opt    report.TextOptions
}{
	"report.json":   {"json", report.TextOptions{}},
	"tables.ndjson": {"ndjson", report.TextOptions{}},
	"trace.json":    {"perfetto", report.TextOptions{}},
	"en.txt":        {"text", report.TextOptions{}},
	"zh.txt":        {"text", report.TextOptions{Lang: "zh"}},
	"ascii.txt":     {"text", report.TextOptions{ASCII: true}},
	"color.txt":     {"text", report.TextOptions{Color: true}},
	"wide.txt":      {"text", report.TextOptions{Width: 120}},
	"narrow.txt":    {"text", report.TextOptions{Width: 40}},

	"verbose.txt":        {"text", report.TextOptions{Verbose: true}},
	"verbose.zh.txt":     {"text", report.TextOptions{Verbose: true, Lang: "zh"}},
	"verbose.ascii.txt":  {"text", report.TextOptions{Verbose: true, ASCII: true}},
	"verbose.wide.txt":   {"text", report.TextOptions{Verbose: true, Width: 120}},
	"verbose.narrow.txt": {"text", report.TextOptions{Verbose: true, Width: 40}},

	"en.md":      {"md", report.TextOptions{}},
	"zh.md":      {"md", report.TextOptions{Lang: "zh"}},
	"verbose.md": {"md", report.TextOptions{Verbose: true}},
}

// archives returns the golden archives by case.
func archives(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no golden archives: %v", err)
	}
	all := map[string]*txtar.Archive{}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Files) == 0 || a.Files[0].Name != "report.json" {
			t.Fatalf("%s: report.json is not the first file", name)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".txtar")] = a
	}
	return all
}

func read(t testing.TB, a *txtar.Archive) *report.Report {
	t.Helper()
	r, err := report.Read(bytes.NewReader(a.Files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func render(t fataler, r *report.Report, format string, opt report.TextOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, f := range report.Formats {
		if f.Name == format {
			if err := f.Render(&b, r, opt); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatalf("no format %q", format)
	return nil
}

// TestGolden renders report.json of each archive to the other files of it; report.json to itself is the round trip.
func TestGolden(t *testing.T) {
	for name, a := range archives(t) {
		t.Run(name, func(t *testing.T) {
			r := read(t, a)
			for i, f := range a.Files {
				how, ok := renderings[f.Name]
				if !ok {
					t.Fatalf("%s is no rendering", f.Name)
				}
				got := render(t, r, how.format, how.opt)
				if *update {
					a.Files[i].Data = got
				} else if diff := cmp.Diff(string(f.Data), string(got)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", f.Name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(filepath.Join("testdata", name+".txtar"), txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestWidth measures every line of every text rendering by grapheme clusters, which is not how the code under test
// measures. A URL or a command may be longer.
func TestWidth(t *testing.T) {
	for name, a := range archives(t) {
		r := read(t, a)
		for _, lang := range []string{"en", "zh"} {
			for _, width := range []int{40, 60, 80, 120, 200} {
				for _, ascii := range []bool{false, true} {
					opt := report.TextOptions{Width: width, Lang: lang, ASCII: ascii, Verbose: width == 200}
					for line := range strings.Lines(string(render(t, r, "text", opt))) {
						line = strings.TrimSuffix(line, "\n")
						if n := displaywidth.String(line); n > width && !unbroken(line) {
							t.Errorf("%s, %+v: %d cells: %q", name, opt, n, line)
						}
						if strings.TrimRight(line, " ") != line {
							t.Errorf("%s, %+v: space at the end of %q", name, opt, line)
						}
					}
				}
			}
		}
	}
}

// fataler is what tests, benchmarks and laws have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}
