package signature_test

import (
	"slices"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// BenchmarkJudge judges 100,000 calls of two devices, whose logs have a share of every kind of call that the samples of
// join and wait show. SetBytes is the text of their logs, to compare with the speed of decoding.
func BenchmarkJudge(b *testing.B) {
	const n = 100_000
	var calls []*correlate.Call
	var size int64
	devices := map[string]*correlate.Device{}
	for _, s := range signature.BuiltinSamples() {
		if s.Stage != "join" && s.Stage != "wait" && s.Stage != "call" {
			continue
		}
		for _, c := range s.Cases {
			found, _, err := c.Read()
			if err != nil {
				b.Fatal(err)
			}
			for _, call := range found {
				for _, p := range call.Parties() {
					for _, e := range p.Events {
						size += int64(len(e.Text))
					}
					if devices[string(p.Role)] == nil {
						devices[string(p.Role)] = p.Device
					}
					p.Device = devices[string(p.Role)]
				}
			}
			calls = append(calls, found...)
		}
	}
	kinds := len(calls)
	all := make([]*correlate.Call, n)
	for i := range all {
		copied := *calls[i%kinds]
		all[i] = &copied
	}
	b.SetBytes(size * n / int64(kinds))
	b.ReportAllocs()
	for b.Loop() {
		signature.Default().Judge(slices.Clone(all), nil)
	}
}
