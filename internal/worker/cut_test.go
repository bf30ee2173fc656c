package worker_test

import (
	"io"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/worker"
)

// A stream that was cut off, as by an engine that died, is never taken for a whole one.
func TestCut(t *testing.T) {
	whole := "~\tg1\t{}\n"
	for n := 1; n < len(whole); n++ {
		if err := worker.Linking(strings.NewReader(whole+whole[:n]), "", io.Discard); err == nil || !strings.Contains(err.Error(), "line 2 is cut off") {
			t.Errorf("%d bytes of the second line: %v", n, err)
		}
	}
	how, err := scan.NewReducer(scan.Calendar{}, scan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var part strings.Builder
	if err := worker.Reduce(strings.NewReader(""), how, "g1", &part); err != nil {
		t.Fatal(err)
	}
	for n := range part.Len() {
		text := part.String()[:n]
		_, err := scan.Merge([]report.PartFile{{Name: "a", ReaderAt: strings.NewReader(text), Size: int64(n)}}, t.TempDir())
		if err == nil || !strings.HasPrefix(err.Error(), "a: ") {
			t.Errorf("%d bytes of a part: %v", n, err)
		}
	}
}
