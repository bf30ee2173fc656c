package extract_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

// dayOfLog is text as WMPF writes it, with an event in every thousandth line.
func dayOfLog(lines int) []byte {
	var b strings.Builder
	n := uint32(1)
	for i := range lines {
		n = n*1664525 + 1013904223
		fmt.Fprintf(&b, "[I][2026-11-20 +8.0 08:%02d:%02d.%03d][4711, %d*][WMPF.Runtime][AppBrandRuntime.java:%d, onState][",
			i/6000%60, i/100%60, i%100*10, 4711+n>>20%7, n>>9%900)
		if i%1000 == 0 {
			fmt.Fprintf(&b, "onVoipEvent {\"eventName\":\"calling\",\"roomId\":%q,\"data\":{\"keepTime\":%d}}\n", room, i/1000)
			continue
		}
		fmt.Fprintf(&b, "page %d of the runtime starting, state %d, audio loss %d, jitter %d, id=%08x\n", n>>3%9, n>>5%7, n>>7%100, n>>11%50, n)
	}
	return []byte(b.String())
}

// What it costs to find the lines of interest, against reading all.
func BenchmarkLines(b *testing.B) {
	text := dayOfLog(100_000)
	at := logline.Pos{Input: "in.xlog", Line: 1}
	b.Run("skim", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			x := extract.New("in.xlog")
			for l := range logline.NewParser(logline.Options{Blocks: true}).Skim(text, at, nil, x.FirstWord) {
				x.Add(&l)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			x := extract.New("in.xlog")
			for l := range logline.NewParser(logline.Options{Blocks: true}).Lines(text, at) {
				x.Add(&l)
			}
		}
	})
}

// What it costs to find out that a text holds nothing of interest.
func BenchmarkFirstWord(b *testing.B) {
	_, text, _ := bytes.Cut(dayOfLog(1000), []byte("\n")) // the first line has an event
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	x := extract.New("in.xlog")
	for b.Loop() {
		if i := x.FirstWord(text); i >= 0 {
			b.Fatalf("found %.30q", text[i:])
		}
	}
}
