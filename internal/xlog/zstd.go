package xlog

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

var (
	zstdMagic = []byte{0x28, 0xB5, 0x2F, 0xFD}
	// zstdLast is an empty raw block with the last-block flag. The appender never
	// ends its frames; this behind the blocks that are there makes one that ends.
	zstdLast = []byte{0x01, 0x00, 0x00}

	errZstdHeader  = errors.New("zstd: no frame header")
	errZstdBlock   = errors.New("zstd: impossible block header")
	errZstdWindow  = errors.New("zstd: the window is larger than the limit")
	errZstdContent = errors.New("zstd: the declared content size does not fit the blocks")
)

const (
	zstdMaxBlock  = 128 << 10
	zstdMaxWindow = 64 << 20 // the appender uses 64 KiB
	zstdMinMemory = 1 << 20  // the decoder wants as much memory as the window
)

func isSkippable(b []byte) bool {
	return len(b) >= 4 && b[0]&0xF0 == 0x50 && b[1] == 0x2A && b[2] == 0x4D && b[3] == 0x18
}

// zstd unpacks all complete blocks of all frames of a body.
func (d *decoder) zstd(body []byte) outcome {
	if d.unzstd == nil {
		// A reader with these options and no stream starts no goroutine.
		dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxMemory(uint64(max(d.maxText, zstdMinMemory))), zstd.WithDecoderMaxWindow(zstdMaxWindow))
		if err != nil {
			panic("xlog: internal error: zstd options: " + err.Error())
		}
		d.unzstd = dec
	}
	c := walkZstd(body)
	d.trial = append(d.trial[:0], body[:c.end]...)
	if c.open {
		d.trial = append(d.trial, zstdLast...)
	}
	var err error
	d.text, err = d.unzstd.DecodeAll(d.trial, d.text[:0])
	o := outcome{text: d.text, writes: c.blocks}
	switch {
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), len(o.text) > d.maxText:
		o.ending, o.err = large, errLarge
		o.text = o.text[:min(len(o.text), d.maxText)]
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		o.ending, o.err = large, errZstdWindow
	case errors.Is(err, zstd.ErrFrameSizeMismatch) && c.open:
		o.ending, o.err = cut, errCut // a frame that declares its size must end
	case err != nil:
		o.ending, o.err = broken, fmt.Errorf("zstd: %w", err)
	case c.err != nil:
		o.ending, o.err = c.ending, c.err
	}
	return o
}

// A zstdChain is what the headers of frames and blocks say about a body.
type zstdChain struct {
	end    int    // bytes of complete frames and blocks
	blocks int    // complete ones
	open   bool   // the last frame goes on there
	ending ending // whole, cut, broken, or large
	err    error
}

// walkZstd follows the frame and block headers of a body without unpacking. The
// three bytes before each block lead from one to the next, so a body that was
// flushed and not cut ends exactly at the end of a block.
func walkZstd(b []byte) (c zstdChain) {
	for c.end < len(b) {
		rest := b[c.end:]
		if isSkippable(rest) && len(rest) >= 8 {
			size := uint64(binary.LittleEndian.Uint32(rest[4:]))
			if size+8 > uint64(len(rest)) {
				return c.stop(cut, errCut)
			}
			c.end += int(size) + 8
			continue
		}
		f, ok := parseZstdFrame(rest)
		switch {
		case !ok:
			return c.stop(broken, errZstdHeader)
		case f.window > zstdMaxWindow:
			return c.stop(large, errZstdWindow)
		}
		start := c.end
		c.end += f.header
		c.open = true
		blocks := uint64(0)
		for c.open {
			n, last, err := zstdBlock(b[c.end:], f.window)
			if n == 0 && c.end == len(b) {
				break
			}
			if err != nil {
				if errors.Is(err, errCut) {
					return c.stop(cut, err)
				}
				return c.stop(broken, err)
			}
			c.end += n
			c.blocks++
			blocks++
			c.open = !last
		}
		if f.content > blocks*zstdMaxBlock {
			// Its memory would be asked for before a block is looked at.
			c.end, c.open = start, false
			return c.stop(large, errZstdContent)
		}
		if !c.open && f.checksum {
			if len(b)-c.end < 4 {
				c.end = len(b)
				return c.stop(cut, errCut)
			}
			c.end += 4
		}
	}
	return c
}

func (c zstdChain) stop(e ending, err error) zstdChain {
	c.ending, c.err = e, err
	return c
}

type zstdFrame struct {
	header   int // bytes
	window   uint64
	content  uint64 // 0 if not declared
	checksum bool
}

// parseZstdFrame reads a frame header (RFC 8878, 3.1.1.1).
func parseZstdFrame(b []byte) (f zstdFrame, ok bool) {
	if len(b) < 6 || [4]byte(b) != [4]byte(zstdMagic) {
		return f, false
	}
	descriptor := b[4]
	single := descriptor&0x20 != 0
	f.checksum = descriptor&0x04 != 0
	f.header = 5
	if !single {
		base := uint64(1) << (10 + b[5]>>3)
		f.window = base + base/8*uint64(b[5]&7)
		f.header++
	}
	f.header += [4]int{0, 1, 2, 4}[descriptor&3]
	size := [4]int{0, 2, 4, 8}[descriptor>>6]
	if size == 0 && single {
		size = 1
	}
	if len(b) < f.header+size {
		return f, false
	}
	var raw [8]byte
	copy(raw[:], b[f.header:f.header+size])
	f.content = binary.LittleEndian.Uint64(raw[:])
	if size == 2 {
		f.content += 256
	}
	f.header += size
	if single {
		f.window = max(f.content, 1<<10)
	}
	return f, true
}

// zstdBlock gives the bytes of the block at the start of b, its header included
// (RFC 8878, 3.1.1.2).
func zstdBlock(b []byte, window uint64) (n int, last bool, err error) {
	if len(b) < 3 {
		return len(b), false, errCut
	}
	head := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
	size := int(head >> 3)
	if uint64(size) > min(window, zstdMaxBlock) {
		return 3, false, errZstdBlock
	}
	n = 3 + size
	switch head >> 1 & 3 {
	case 1:
		n = 4 // one byte, repeated
	case 3:
		return 3, false, errZstdBlock
	}
	if n > len(b) {
		return len(b), false, errCut
	}
	return n, head&1 != 0, nil
}
