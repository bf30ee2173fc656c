package xlog_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var testKeys = []xlog.Key{xlogtest.Key()}

// A reading is everything one container gave.
type reading struct {
	text    []byte // of blocks, and what damage salvaged
	blocks  int
	records []string // one line each
	damage  []*xlog.Damage
	end     int64
}

// read reads a container to its end and checks the laws of spans on the way.
func read(t testing.TB, r io.Reader, opt xlog.Options) reading {
	t.Helper()
	var got reading
	for rec, err := range xlog.NewReader(r, opt).Records() {
		if err != nil {
			t.Fatalf("read error: %v", err)
		}
		offset, length := rec.Span()
		if offset != got.end || length <= 0 {
			t.Fatalf("record of %d bytes at %d, want it at %d", length, offset, got.end)
		}
		got.end += length
		got.records = append(got.records, describe(rec))
		switch rec := rec.(type) {
		case *xlog.Block:
			got.blocks++
			got.text = append(got.text, rec.Text...)
		case *xlog.Damage:
			got.text = append(got.text, rec.Salvaged...)
			got.damage = append(got.damage, rec)
		}
	}
	return got
}

func readAll(t testing.TB, b []byte, keys ...xlog.Key) reading {
	t.Helper()
	got := read(t, bytes.NewReader(b), xlog.Options{Keys: keys})
	if got.end != int64(len(b)) {
		t.Fatalf("records end at %d of %d bytes", got.end, len(b))
	}
	return got
}

// describe prints a record on one line.
func describe(rec xlog.Record) string {
	offset, length := rec.Span()
	span := fmt.Sprintf("%d+%d", offset, length)
	switch rec := rec.(type) {
	case *xlog.Block:
		s := fmt.Sprintf("block %s %s %s", span, head(&rec.Header), rec.Codec)
		if rec.Encrypted {
			s += " key=" + rec.Key
		}
		return s + " " + quote(rec.Text)
	case *xlog.Locked:
		return fmt.Sprintf("locked %s %s %s %s", span, head(&rec.Header), rec.Codec, rec.Reason)
	case *xlog.Skipped:
		return fmt.Sprintf("skipped %s %s", span, head(&rec.Header))
	case *xlog.Damage:
		s := fmt.Sprintf("%s %s", rec.Kind, span)
		if rec.Magic != 0 {
			s += " " + head(&rec.Header)
		}
		if rec.Torn() {
			s += " torn"
		}
		if rec.Padding() {
			s += " padding"
		}
		if rec.Loss() {
			s += " loss"
		}
		if rec.Whole {
			s += " whole"
		}
		if rec.Key != "" {
			s += " key=" + rec.Key
		}
		return fmt.Sprintf("%s %v %s (%v)", s, rec.Cause, quote(rec.Salvaged), rec.Err)
	}
	return fmt.Sprintf("unknown record %T", rec)
}

func head(h *xlog.Header) string {
	return fmt.Sprintf("magic=%02X seq=%d hours=%d-%d", h.Magic, h.Seq, h.BeginHour, h.EndHour)
}

// quote shows short texts whole and of long ones both ends.
func quote(b []byte) string {
	if len(b) <= 80 {
		return fmt.Sprintf("%q", b)
	}
	return fmt.Sprintf("%q...%q %d bytes", b[:24], b[len(b)-24:], len(b))
}

func build(t testing.TB, text string) []byte {
	t.Helper()
	b, err := xlogtest.Build(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// realFiles is where the files of all modes are, beside the samples that people run the command on.
const realFiles = "../../testdata/logs/modes"

// realFile reads one of them, which are compressed.
func realFile(t testing.TB, name string) []byte {
	t.Helper()
	return gunzip(t, filepath.Join(realFiles, name+".gz"))
}

func gunzip(t testing.TB, name string) []byte {
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

func realNames(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(realFiles, "*.xlog.gz"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no real files: %v", err)
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(filepath.Base(n), ".xlog.gz")
	}
	return names
}
