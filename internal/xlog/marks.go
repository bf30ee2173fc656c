package xlog

import (
	"encoding/binary"
	"math/bits"
)

// syncMark ends every write in a deflate body, as four bytes in little-endian
// order: 00 00 FF FF, the empty stored block of Z_SYNC_FLUSH.
const syncMark = 0xFFFF_0000

// syncMarks counts the sync marks in b. They are so many and so near to each other
// that it is faster to look at eight places at once, with no branch, than to search
// from mark to mark.
func syncMarks(b []byte) int {
	const (
		ones = 0x0101010101010101
		low  = 0x7F * ones
	)
	n := 0
	for ; len(b) >= 8+3; b = b[8:] {
		// A byte is zero where a mark starts.
		x := binary.LittleEndian.Uint64(b) | binary.LittleEndian.Uint64(b[1:]) |
			^(binary.LittleEndian.Uint64(b[2:]) & binary.LittleEndian.Uint64(b[3:]))
		n += bits.OnesCount64(^((x&low + low) | x | low))
	}
	for ; len(b) >= 4; b = b[1:] {
		if binary.LittleEndian.Uint32(b) == syncMark {
			n++
		}
	}
	return n
}
