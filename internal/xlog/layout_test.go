package xlog_test

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// What xlogtest builds has the layout of what the Mars appender wrote.
func TestBuiltLikeReal(t *testing.T) {
	const lines = "\tone line of text\n\tanother line of text\n\ta third line\n"
	flush := []byte{0, 0, 0xFF, 0xFF}
	tests := []struct {
		file, attributes string
		header           int
		start, end       []byte // of the body
		flushes          int    // at least, in the body
	}{
		{"small-async-zlib-plain", "magic=09 hours=7-9", 73, nil, flush, 3},
		{"small-async-zstd-plain", "magic=0D hours=7-10", 73, []byte{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x30}, nil, 0},
		{"old-g31-async-plain", "magic=04", 13, nil, flush, 3},
		{"old-v117-async-plain", "magic=05", 13, nil, flush, 3},
		{"small-sync-zlib-plain", "magic=08 hours=7-7", 73, nil, []byte("\n"), 0},
		{"small-sync-zstd-crypt", "magic=0A hours=7-7", 73, nil, []byte("\n"), 0},
	}
	for _, tt := range tests {
		original := realFile(t, tt.file+".xlog")
		built := build(t, "block "+tt.attributes+"\n"+lines)
		if tt.header == 73 && !bytes.Equal(original[:5], built[:5]) {
			t.Errorf("%s: the header starts %x, built %x", tt.file, original[:5], built[:5])
		}
		for who, b := range map[string][]byte{"real": original, "built": built} {
			length := int(binary.LittleEndian.Uint32(b[5:]))
			body := b[tt.header : tt.header+length]
			if b[tt.header+length] != 0 || !bytes.HasPrefix(body, tt.start) || !bytes.HasSuffix(body, tt.end) {
				t.Errorf("%s, %s: the body starts %x and ends %x, the end byte is %#x", tt.file, who, body[:6], body[length-6:], b[tt.header+length])
			}
			if n := bytes.Count(body, flush); n < tt.flushes {
				t.Errorf("%s, %s: %d flush marks, want %d", tt.file, who, n, tt.flushes)
			}
		}
	}
}
