package xlog_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// headersIn gives n overlapping headers, each with a length that leads to a zero far behind.
func headersIn(n int, magic byte, seq uint16, length uint32) []byte {
	var b []byte
	for range n {
		b = append(b, magic)
		b = binary.LittleEndian.AppendUint16(b, seq)
		b = append(b, 8, 9)
		b = binary.LittleEndian.AppendUint32(b, length)
		b = append(b, make([]byte, 64)...)
	}
	return b
}

// Work is linear in the input, whatever it is made of: twice the input is no more than
// twice the work and what is always allowed.
func TestWorkIsLinear(t *testing.T) {
	block := build(t, "block\n\t"+strings.Repeat("one line of text ", 20)+"\n")
	inputs := map[string]func(n int) []byte{
		"magics":           func(n int) []byte { return bytes.Repeat([]byte{0x09}, n) },
		"sync headers":     func(n int) []byte { return headersIn(n/73, 0x08, 0, 900000) },
		"deflate headers":  func(n int) []byte { return headersIn(n/73, 0x09, 1, 900000) },
		"zstd headers":     func(n int) []byte { return headersIn(n/73, 0x0D, 1, 60000) },
		"encrypted":        func(n int) []byte { return headersIn(n/73, 0x07, 1, 60000) },
		"short headers":    func(n int) []byte { return bytes.Repeat([]byte{0x02, 0x01, 0x02, 0, 0}, n/5) },
		"open headers":     func(n int) []byte { return bytes.Repeat([]byte{4, 1, 0, 8, 8, 0, 0, 8, 0, 0, 0, 0, 0}, n/13) },
		"line feeds":       func(n int) []byte { return bytes.Repeat([]byte("\r\n"), n/2) },
		"blocks cut short": func(n int) []byte { return bytes.Repeat(block[:len(block)-9], n/(len(block)-9)) },
		"bad magics":       func(n int) []byte { return bytes.Repeat(append([]byte{0x77}, block[1:]...), n/len(block)) },
	}
	for name, input := range inputs {
		work := func(n int) int64 {
			r := xlog.NewReader(bytes.NewReader(input(n)), xlog.Options{Keys: testKeys})
			for range r.Records() {
			}
			return r.Work()
		}
		const size, free = 1 << 18, 32 << 20
		once, twice := work(size), work(2*size)
		if twice > 2*once+free || once > 600<<20 {
			t.Errorf("%s: %d MiB of work for 1 MiB, %d MiB for 2", name, once>>20, twice>>20)
		}
	}
}
