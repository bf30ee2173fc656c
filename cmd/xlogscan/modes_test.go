package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// decode writes exactly what the app had logged, in every mode and generation of the container.
func TestDecodeModes(t *testing.T) {
	const folder = "../../testdata/logs/modes"
	names, err := filepath.Glob(filepath.Join(folder, "*.xlog.gz"))
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".xlog.gz")
		t.Run(base, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), []string{"decode", "--key", filepath.Join(folder, "test.key"), name}, nil, &stdout, &stderr, func(string) string { return "" })
			want := unpack(t, filepath.Join(folder, base+".txt.gz"))
			// Behind the finished lines of a cache file may stand the start of the one that was being written.
			if got := stdout.Bytes(); !bytes.HasPrefix(got, want) || len(got) > len(want) && !strings.Contains(base, "killlen") && !strings.Contains(base, "killmid") && base != "xlog-plus-mmap3" {
				t.Errorf("%d bytes of text, want %d", len(got), len(want))
			}
			wantStatus := statusDone
			if base == "synckill-torn-middle" {
				wantStatus = statusPartial
			}
			if status != wantStatus {
				t.Errorf("exit status %d, want %d: %s", status, wantStatus, stderr.String())
			}
		})
	}
}

func unpack(t *testing.T, name string) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
