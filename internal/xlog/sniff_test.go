package xlog_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

func TestSniff(t *testing.T) {
	line := "[I][2024-06-01 +8.0 08:00:00.123][1, 1*][tag][file.cc:1, func][text\n"
	sound := build(t, "block\n\t"+line+"block\n\t"+line)
	tests := []struct {
		name string
		head []byte
		want bool
	}{
		{"empty", nil, false},
		{"one magic", []byte{0x09}, false},
		{"two blocks", sound, true},
		{"cut in the first body", sound[:120], true},
		{"header alone", sound[:73], false},
		{"garbage first", append(build(t, "garbage n=500 seed=1"), sound...), true},
		{"text", []byte(strings.Repeat(line, 50)), false},
		{"tabs", bytes.Repeat([]byte("\t"), 4096), false},
		{"line feeds", bytes.Repeat([]byte("\n"), 4096), false},
		{"tab separated", []byte(strings.Repeat("\t\n\r\v\f1\t2\t3\r\n", 300)), false},
		{"UTF-16 text", []byte(strings.Repeat("\t\x00a\x00b\x00\n\x00", 300)), false},
		{"zeros", make([]byte, 4096), false},
		{"garbage", build(t, "garbage n=4096 seed=2"), false},
		{"gzip", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x01\x02\x03"), false},
		{"zip", []byte("PK\x03\x04\x14\x00\x00\x00\x08\x00"), false},
	}
	for _, tt := range tests {
		if got := xlog.Sniff(tt.head); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// The start of every real file shows what it is, encrypted or not.
func TestSniffRealFiles(t *testing.T) {
	for _, name := range realNames(t) {
		b := realFile(t, name+".xlog")
		for _, n := range []int{512, 4096, len(b)} {
			if !xlog.Sniff(b[:min(n, len(b))]) {
				t.Errorf("%s: not seen in the first %d bytes", name, n)
			}
		}
		if text := realFile(t, name+".txt"); xlog.Sniff(text) {
			t.Errorf("%s: its text passes for a container", name)
		}
	}
}
