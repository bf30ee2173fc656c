package main

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
)

// TestParquetSeeded holds that no identifier leaves in the tables, which are compressed, while all rooms do.
func TestParquetSeeded(t *testing.T) {
	dir, seeds := seeded(t)
	for _, mode := range []string{"share", "none"} {
		out := filepath.Join(t.TempDir(), "out")
		if status, _, stderr := start(t.Context(), nil, "scan", "-f", "parquet", "-o", out, "--redact", mode, dir); status != 0 {
			t.Fatalf("status %d: %s", status, stderr)
		}
		text := parquetTexts(t, out)
		if mode == "share" {
			survivors(t, text, seeds, true)
			continue
		}
		for _, s := range seeds {
			if !strings.Contains(text, s.value) {
				t.Errorf("%s is not even there without redaction", s.value)
			}
		}
	}
}

// parquetTexts reads all texts of the files in a folder.
func parquetTexts(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.parquet"))
	if err != nil || len(names) != len(report.LakeTables) {
		t.Fatalf("%v, %v", names, err)
	}
	var all strings.Builder
	for _, name := range names {
		rows, err := parquet.ReadFile[any](name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, v := range row.(map[string]any) {
				if s, ok := v.(string); ok {
					all.WriteString(s + "\n")
				}
				if b, ok := v.([]byte); ok {
					all.WriteString(string(b) + "\n")
				}
			}
		}
	}
	return all.String()
}

// A file that compresses its texts is searched before it is written.
func TestTestedFile(t *testing.T) {
	red := redaction{redactor: redact.New(nil)}
	if err := red.redactor.Learn(`{"sn":"SN000001234"}`); err != nil {
		t.Fatal(err)
	}
	written := false
	file := func(text string) report.File {
		return report.File{
			Write: func(io.Writer) error { written = true; return nil },
			Text:  func(w io.Writer) error { _, err := io.WriteString(w, text); return err },
		}
	}
	if err := red.testedFile(file("sn#1"))(io.Discard); err != nil || !written {
		t.Errorf("clean: %v, written %v", err, written)
	}
	written = false
	if e, ok := errors.AsType[*exit](red.testedFile(file("of SN000001234\n"))(io.Discard)); !ok || e.status != statusInternal || written {
		t.Errorf("%v, written %v", e, written)
	}
}

// A name that means something in a path of Hive is escaped, as readers undo it.
func TestPartitionName(t *testing.T) {
	for name, want := range map[string]string{
		"nights/2026-11-20.json": "2026-11-20",
		"2026-11-20":             "2026-11-20",
		"a=b%.json.json":         "a%3Db%25.json",
		"夜 1.json":               "夜 1",
		".json":                  ".json",
		"x\x01?.json":            "x%01%3F",
	} {
		if got := partitionName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
