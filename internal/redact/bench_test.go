package redact

import (
	"fmt"
	"strings"
	"testing"
)

// document is what logs are mostly made of: lines without anything personal, and some with.
func document(lines int) string {
	var b strings.Builder
	for i := range lines {
		fmt.Fprintf(&b, "[D][2026-11-18 +8.0 09:01:18.607][2666, 2670*][MicroMsg.AppBrand.Net][:2670, ][{\"scene\":%d,\"ret\":0,\"errMsg\":\"request:ok\",\"statusCode\":200,\"id\":\"8f8477004790e0ee\"}\n", i)
		fmt.Fprintf(&b, "[V][2026-11-18 +8.0 09:01:17.858][2666, 2666*][MicroMsg.LongLink][:2666, ][heartbeat seq=%d rtt=104\n", 836451+i)
		if i%10 == 0 {
			fmt.Fprintf(&b, "[I][2026-11-20 +8.0 14:05:41.700][4711, 4715*][MPConsole][:4715, ][onVoipEvent { eventName: 'endVoip', roomId: '%s', data: { sn: 'SN%08d', callerName: '客厅' } }\n", room, i)
		}
	}
	return b.String()
}

func BenchmarkLearn(b *testing.B) {
	text := document(1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := New(nil).Learn(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReplace(b *testing.B) {
	text := document(1000)
	r := New(nil)
	if err := r.Learn(text); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.Replace(text)
	}
}
