package signature_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// BenchmarkJudge reads the logs of 100,000 calls from containers and judges the calls: a share of every kind of call
// that the samples of join, wait and call show, all between the same two devices. rules-us/call stands beside
// read-us/call, which is decoding the containers and recognising the events, in one run. A log has the lines of the
// sample alone, or other lines besides: a device writes 200 in a minute or two, 1,000 in some minutes.
func BenchmarkJudge(b *testing.B) {
	for _, others := range []int{0, 200, 1000} {
		b.Run(fmt.Sprintf("others=%d", others), func(b *testing.B) { benchmarkJudge(b, 100_000, others) })
	}
}

func benchmarkJudge(b *testing.B, n, others int) {
	kinds, container, size := benchCalls(b, others)
	calls := make([]*correlate.Call, n)
	for i := range calls {
		copied := *kinds[i%len(kinds)]
		calls[i] = &copied
	}
	rounds := n / len(kinds)
	b.SetBytes(int64(size * rounds))
	b.ReportAllocs()
	var reading, judging time.Duration
	for b.Loop() {
		start := time.Now()
		for range rounds {
			if log := readContainer(b, container); len(log.Events) == 0 {
				b.Fatal("no events")
			}
		}
		reading += time.Since(start)
		start = time.Now()
		signature.Default().Judge(calls, nil)
		judging += time.Since(start)
	}
	perCall := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(n*b.N) }
	b.ReportMetric(perCall(reading), "read-us/call")
	b.ReportMetric(perCall(judging), "rules-us/call")
	b.ReportMetric(100*judging.Seconds()/reading.Seconds(), "rules-%-of-read")
}

// benchCalls gives one call of each kind, a container with the logs of all of them, and how much text is in it.
func benchCalls(b *testing.B, others int) (calls []*correlate.Call, container []byte, size int) {
	b.Helper()
	var form strings.Builder
	devices := map[extract.Role]*correlate.Device{}
	for _, s := range signature.BuiltinSamples() {
		if s.Stage != "join" && s.Stage != "wait" && s.Stage != "call" {
			continue
		}
		form.WriteString("block\n")
		for _, c := range s.Cases {
			found, _, err := c.Read()
			if err != nil {
				b.Fatal(err)
			}
			for _, call := range found {
				for _, p := range call.Parties() {
					if devices[p.Role] == nil {
						devices[p.Role] = p.Device
					}
					p.Device = devices[p.Role]
				}
			}
			calls = append(calls, found...)
			for _, l := range c.Logs {
				pieces, err := l.Expand()
				if err != nil {
					b.Fatal(err)
				}
				text := strings.Join(pieces, "") + otherLines(others)
				size += len(text)
				for line := range strings.Lines(text) {
					form.WriteString("\t" + line)
				}
			}
		}
	}
	container, err := xlogtest.Build(form.String())
	if err != nil {
		b.Fatal(err)
	}
	return calls, container, size
}

// otherLines are lines of a device that tell of no call.
func otherLines(n int) string {
	var s strings.Builder
	for i := range n {
		x := uint32(i) * 2654435761
		fmt.Fprintf(&s, "[D][2026-11-20 +8.0 14:04:%02d.%03d][100, %d*][AppBrand.Page][:%d, ][setData page=pages/index/index bytes=%d id=%08x\n",
			i%60, x%1000, 100+x%7, x%900, x%9000, x)
	}
	return s.String()
}

// readContainer decodes a container and recognises its events.
func readContainer(b *testing.B, container []byte) *extract.Log {
	b.Helper()
	x := extract.New("bench.xlog")
	parser := logline.NewParser(logline.Options{Blocks: true})
	for rec, err := range xlog.NewReader(bytes.NewReader(container), xlog.Options{}).Records() {
		block, ok := rec.(*xlog.Block)
		if err != nil || !ok {
			b.Fatal(rec, err)
		}
		for line := range parser.Skim(block.Text, logline.Pos{Input: "bench.xlog", Line: 1}, block.Ends, x.FirstWord) {
			x.Add(&line)
		}
	}
	return x.Log()
}
