package xlog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// logText is a container of some blocks of 200 KB of log lines that differ.
func logText(attributes string, blocks, lines int) string {
	var s strings.Builder
	n := uint32(1)
	for range blocks {
		fmt.Fprintf(&s, "block %s\n", attributes)
		for range lines {
			n = n*1664525 + 1013904223
			fmt.Fprintf(&s, "\t[I][2024-06-01 +8.0 08:%02d:%02d.%03d][%d, %d*][voip-%d][session.cc:%d, OnEvent][room %08x state %d, sent %d, lost %d\n",
				n>>8%60, n>>14%60, n>>4%1000, 4711, 4711+n>>20%7, n>>9%13, n>>11%900, n, n>>3%9, n>>5%100000, n>>17%50)
		}
	}
	return s.String()
}

func BenchmarkRecords(b *testing.B) {
	for _, tt := range []struct {
		name, attributes string
		blocks, lines    int
	}{
		{"deflate", "", 8, 1500},
		{"deflate-crypt", "crypt=yes", 8, 1500},
		{"zstd", "codec=zstd", 8, 1500},
		{"zstd-crypt", "codec=zstd crypt=yes", 8, 1500},
		{"sync", "mode=sync", 6000, 1},
	} {
		b.Run(tt.name, func(b *testing.B) {
			file := build(b, logText(tt.attributes, tt.blocks, tt.lines))
			b.SetBytes(int64(len(readAll(b, file, testKeys...).text)))
			b.ReportAllocs()
			for b.Loop() {
				for rec := range xlog.NewReader(bytes.NewReader(file), xlog.Options{Keys: testKeys}).Records() {
					if _, ok := rec.(*xlog.Block); !ok {
						b.Fatal(describe(rec))
					}
				}
			}
		})
	}
}

// Looking for a block where there is none.
func BenchmarkResync(b *testing.B) {
	file := build(b, "garbage n=1000000 seed=1\nblock\n\tfound\n")
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		for range xlog.NewReader(bytes.NewReader(file), xlog.Options{}).Records() {
		}
	}
}
