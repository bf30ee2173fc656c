package xlog_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/klauspost/compress/flate"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// framed puts a body of any size into a block.
func framed(magic byte, body []byte) []byte {
	b := []byte{magic, 1, 0, 8, 9}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	b = append(b, make([]byte, 64)...)
	return append(append(b, body...), 0)
}

// A bomb gives text up to the limit and no more, and the next block is read.
func TestBombs(t *testing.T) {
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, 9)
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if _, err := w.Write(bytes.Repeat([]byte("a"), 64<<10)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	runs := []byte{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38} // a zstd frame with a window of 128 KiB
	for range 30000 {
		runs = append(runs, 0x02, 0x00, 0x10, 'a') // a block of 128 KiB, all the same byte
	}
	const limit = 1 << 20
	for name, b := range map[string][]byte{
		"deflate": framed(0x09, deflated.Bytes()),
		"zstd":    framed(0x0D, runs),
	} {
		b = append(b, build(t, "block\n\tafter the bomb\n")...)
		got := read(t, bytes.NewReader(b), xlog.Options{MaxText: limit})
		if len(got.damage) != 1 || got.damage[0].Kind != xlog.TooLarge || got.blocks != 1 || len(got.text) > limit+100 {
			t.Errorf("%s: %d bytes of text, records %q", name, len(got.text), got.records)
		}
	}
}
