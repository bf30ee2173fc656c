package scan_test

import (
	"io"
	"testing"

	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/source"
)

func decode(t *testing.T, path string, w io.Writer) scan.DecodeStats {
	t.Helper()
	inputs, problems := source.Find(t.Context(), []string{path}, source.Options{})
	if len(inputs) != 1 || len(problems) > 0 {
		t.Fatal(inputs, problems)
	}
	var stats scan.DecodeStats
	beside, err := scan.Logs(t.Context(), inputs[0], scan.Decoding{Jobs: 2}, func(l *scan.Log) (err error) {
		stats, err = l.Decode(t.Context(), w)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	stats.Problems = append(stats.Problems, beside...)
	return stats
}
