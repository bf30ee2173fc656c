package worker_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/worker"
)

// No line that comes in makes a step panic, and what reduce writes can be merged.
func FuzzSteps(f *testing.F) {
	dir := f.TempDir()
	log := `[I][2026-11-20 +8.0 10:00:00.000][4711, 4715*][AppBrand][:1, ][[voip-call] onVoipEvent {"eventName":"startVoip","roomId":"wx1111111111111111WmpfVoip100000001","data":{}}
11-20 10:00:01.000  815  816 I AppBrand: [voip-call] onVoipEvent {"eventName":"hangOnVoip","roomId":"wx1111111111111111WmpfVoip100000001","data":{}}
`
	if err := os.WriteFile(filepath.Join(dir, "wmpf_20261120.xlog"), []byte(log), 0o600); err != nil {
		f.Fatal(err)
	}
	var lines bytes.Buffer
	if err := worker.Map(f.Context(), scan.Options{Paths: []string{dir}}, "g1", &lines); err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(lines.String()) {
		f.Add(line)
		f.Add("c1\t" + line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_ = worker.Linking(strings.NewReader(text), "", io.Discard)
		_, _ = worker.ReadCalendar(strings.NewReader(text))
		how, err := scan.NewReducer(scan.Calendar{}, scan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var part bytes.Buffer
		if worker.Reduce(strings.NewReader(text), how, "g1", &part) != nil {
			return
		}
		res, err := scan.Merge([]report.PartFile{{Name: "a", ReaderAt: strings.NewReader(part.String()), Size: int64(part.Len())}}, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer res.Close()
		if err := report.NDJSON(io.Discard, res.Report); err != nil {
			t.Fatal(err)
		}
	})
}
