package scan_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

var update = flag.Bool("update", false, "rewrite the samples and goldens")

const samples = "../../testdata/logs"

// The containers under testdata/logs/NAME are what NAME.txtar says.
func TestSamplesAreWhatTheirSourceSays(t *testing.T) {
	sources, err := filepath.Glob(filepath.Join(samples, "*.txtar"))
	if err != nil || len(sources) == 0 {
		t.Fatal("no samples", err)
	}
	for _, source := range sources {
		archive, err := txtar.ParseFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			want, err := xlogtest.Build(string(f.Data))
			if err != nil {
				t.Fatalf("%s: %s: %v", source, f.Name, err)
			}
			name := filepath.Join(strings.TrimSuffix(source, ".txtar"), filepath.FromSlash(f.Name))
			if *update {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what its source says; run the tests with -update", name)
			}
		}
	}
}
