package xlog

import "fmt"

// Codec is how the text of a block is packed.
type Codec uint8

// The codecs of [Block].
const (
	Stored  Codec = iota // not packed
	Deflate              // one raw deflate stream, usually without a final block
	Zstd                 // zstd frames, usually never ended
)

// String gives "stored", "deflate" or "zstd".
func (c Codec) String() string {
	switch c {
	case Stored:
		return "stored"
	case Deflate:
		return "deflate"
	case Zstd:
		return "zstd"
	}
	return fmt.Sprintf("codec(%d)", uint8(c))
}

// A layout is one meaning of a magic byte (docs/format.md, Magic bytes).
type layout struct {
	header int // bytes before the body
	codec  Codec
	sync   bool // written line by line
	crypt  bool // body is encrypted with TEA
	xor    bool // body is masked with one byte
	chunks bool // body is cut in pieces with a 16-bit length before each
}

const (
	fullHeader = 73 // magic 0x06 and later
	openHeader = 13 // 0x03 to 0x05 as the open-source appender wrote them
	maskHeader = 9  // 0x03 to 0x05 in Tencent's internal dialect
	tinyHeader = 5  // 0x01 and 0x02
)

// layouts maps a magic byte to what it can mean, the likelier first.
var layouts = [256][]layout{
	0x01: {{header: tinyHeader, xor: true}},
	0x02: {{header: tinyHeader, codec: Deflate, xor: true}},
	0x03: {{header: openHeader, sync: true}, {header: maskHeader, sync: true, xor: true}},
	0x04: {{header: openHeader, codec: Deflate}, {header: maskHeader, codec: Deflate, xor: true}},
	0x05: {
		{header: openHeader, codec: Deflate, chunks: true},
		{header: maskHeader, codec: Deflate, chunks: true, xor: true},
	},
	0x06: {{header: fullHeader, sync: true}},
	0x07: {{header: fullHeader, codec: Deflate, crypt: true}},
	0x08: {{header: fullHeader, sync: true}},
	0x09: {{header: fullHeader, codec: Deflate}},
	0x0A: {{header: fullHeader, sync: true}},
	0x0B: {{header: fullHeader, sync: true}},
	0x0C: {{header: fullHeader, codec: Zstd, crypt: true}},
	0x0D: {{header: fullHeader, codec: Zstd}},
	0x0E: {{header: fullHeader, sync: true}},
	0x0F: {{header: fullHeader, sync: true}},
	0x10: {{header: fullHeader, crypt: true}},
	0x11: {{header: fullHeader}},
}

// weak reports whether the header says so little that only the body can prove it.
func (l *layout) weak() bool { return l.header < fullHeader }
