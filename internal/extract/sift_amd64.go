//go:build !purego

package extract

import "golang.org/x/sys/cpu"

var canSift = cpu.X86.HasAVX2

// siftAVX2 looks at n places of text, n being a multiple of width and not zero, and at window-1 bytes more. It stops at
// the first width places at one of which four bytes are in a bucket, as nibbles says: done is where they begin, and may
// has a bit for each such place. If there are none, done is n-width and may 0.
//
//go:noescape
func siftAVX2(t *nibbles, text *byte, n int) (done int, may uint32)
