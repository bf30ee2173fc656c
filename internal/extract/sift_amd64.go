//go:build !purego

package extract

import "golang.org/x/sys/cpu"

var canSift = cpu.X86.HasAVX2

// siftAVX2 looks at n places of text, n being a multiple of width and not zero, and at window-1 bytes more. It stops at
// the first width places at one of which the mesh seems to have the window: done is where they begin, and may has a bit
// for that place and for each behind it at which the kinds fit. If there are none, done is n-width and may 0.
//
//go:noescape
func siftAVX2(t *mesh, text *byte, n int) (done int, may uint64)
