package xlog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// The files in realFiles were written by the Mars appender, in all its modes
// and at several of its versions, and some were left behind by a killed app. The
// text beside each is what the app had written.
func TestRealFiles(t *testing.T) {
	// What is not simply blocks from end to end.
	type want struct {
		records string // damage, in order, as "kind torn|padding|loss"
		more    int    // bytes that are salvaged beyond the finished writes
	}
	wants := map[string]want{
		"mmap-zlib-crypt-killlen": {"bad-end torn, zeros padding", 158},
		"mmap-zstd-crypt-killlen": {"bad-end torn, zeros padding", 153},
		"mmap-zlib-plain-killmid": {"bad-end torn, zeros padding", 191},
		"mmap-zlib-crypt-killmid": {"bad-end torn, zeros padding", 263},
		"mmap-zlib-plain-killlen": {"bad-end torn, zeros padding", 145},
		"mmap-zstd-crypt-killmid": {"bad-end torn, zeros padding", 186},
		"mmap-zstd-plain-killlen": {"bad-end torn, zeros padding", 140},
		"mmap-zstd-plain-killmid": {"bad-end torn, zeros padding", 200},
		"mmap-zstd-plain-kill":    {"zeros padding", 0},
		"old-g31-mmap":            {"zeros padding", 0},
		"xlog-plus-mmap3":         {"bad-end torn, zeros padding", 263},
		"synckill-torn-middle":    {"bad-end loss", 0},
		"cut-zlib-plain":          {"truncated torn", 0},
		"cut-zstd-crypt":          {"truncated torn", 0},
	}
	for _, name := range realNames(t) {
		t.Run(name, func(t *testing.T) {
			got := readAll(t, realFile(t, name+".xlog"), testKeys...)
			var damage []string
			for _, d := range got.damage {
				state := map[bool]string{true: " torn"}[d.Torn()] +
					map[bool]string{true: " padding"}[d.Padding()] + map[bool]string{true: " loss"}[d.Loss()]
				damage = append(damage, d.Kind.String()+state)
			}
			w := wants[name]
			if s := strings.Join(damage, ", "); s != w.records {
				t.Errorf("damage is %q, want %q", s, w.records)
			}
			text := realFile(t, name+".txt")
			if !bytes.HasPrefix(got.text, text) || len(got.text) != len(text)+w.more {
				t.Errorf("%d bytes of text, want the %d written and %d more", len(got.text), len(text), w.more)
			}
		})
	}
}

// Without the key every encrypted block is locked and all others are read.
func TestRealFilesLocked(t *testing.T) {
	for _, name := range []string{"small-async-zlib-crypt", "small-async-zstd-crypt", "small-sync-zlib-crypt", "sessions-mixed"} {
		b := realFile(t, name+".xlog")
		open, shut := readAll(t, b, testKeys...), readAll(t, b)
		if len(open.records) != len(shut.records) || len(shut.damage) > 0 {
			t.Errorf("%s: %d records with the key, %d and %d damages without", name, len(open.records), len(shut.records), len(shut.damage))
			continue
		}
		for i, rec := range open.records {
			encrypted := strings.Contains(rec, " key=")
			if got := strings.HasPrefix(shut.records[i], "locked "); got != encrypted {
				t.Errorf("%s: with the key %s\nwithout %s", name, rec, shut.records[i])
			}
		}
	}
}

// A header must decode to what the appender put there.
func TestRealHeaders(t *testing.T) {
	tests := []struct {
		name  string
		magic byte
		codec xlog.Codec
		sync  bool
	}{
		{"small-async-zlib-crypt", 0x07, xlog.Deflate, false},
		{"small-async-zlib-plain", 0x09, xlog.Deflate, false},
		{"small-async-zstd-crypt", 0x0C, xlog.Zstd, false},
		{"small-async-zstd-plain", 0x0D, xlog.Zstd, false},
		{"small-sync-zlib-crypt", 0x06, xlog.Stored, true},
		{"small-sync-zlib-plain", 0x08, xlog.Stored, true},
		{"small-sync-zstd-crypt", 0x0A, xlog.Stored, true},
		{"small-sync-zstd-plain", 0x0B, xlog.Stored, true},
		{"old-g31-async-plain", 0x04, xlog.Deflate, false},
		{"old-v117-async-plain", 0x05, xlog.Deflate, false},
	}
	for _, tt := range tests {
		r := xlog.NewReader(bytes.NewReader(realFile(t, tt.name+".xlog")), xlog.Options{Keys: testKeys})
		seq := uint16(0)
		for rec := range r.Records() {
			b, ok := rec.(*xlog.Block)
			if !ok {
				t.Fatalf("%s: %s", tt.name, describe(rec))
			}
			if !tt.sync {
				seq++
			}
			if b.Magic != tt.magic || b.Codec != tt.codec || b.Seq != seq || b.BeginHour > b.EndHour || b.EndHour > 23 {
				t.Errorf("%s: got %s, want magic %02X, %v, seq %d", tt.name, describe(b), tt.magic, tt.codec, seq)
			}
			if want := b.Magic == 0x07 || b.Magic == 0x0C; b.Encrypted != want || (b.Key == "test") != want {
				t.Errorf("%s: encrypted %v with key %q", tt.name, b.Encrypted, b.Key)
			}
		}
	}
}

// Two processes wrote over each other in one cache file. No exact text exists; what
// is given must be from one of the two, and whole lines of it.
func TestTwoWriters(t *testing.T) {
	got := readAll(t, gunzip(t, "testdata/two-writers.xlog.gz"), testKeys...)
	var causes []string
	for _, d := range got.damage {
		causes = append(causes, fmt.Sprintf("%v %v %d", d.Kind, d.Cause, len(d.Salvaged)))
	}
	want := "bad-end two-writers 4492, bad-body two-writers 7271, zeros two-writers 0, garbage two-writers 0, bad-end two-writers 67426"
	if s := strings.Join(causes, ", "); s != want {
		t.Errorf("damage is %s, want %s", s, want)
	}
	if got.blocks != 11 {
		t.Errorf("%d blocks, want 11", got.blocks)
	}
	for line := range strings.Lines(string(got.text)) {
		if strings.HasPrefix(line, "[") && !strings.Contains(line, "][21205, ") && !strings.Contains(line, "][19032, ") {
			t.Errorf("a line of neither: %q", line)
		}
	}
}
