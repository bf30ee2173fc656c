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
	stats, err := scan.Decode(t.Context(), inputs[0], nil, 2, w)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}
