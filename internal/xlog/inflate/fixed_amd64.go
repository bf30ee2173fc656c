//go:build !purego

package inflate

import "golang.org/x/sys/cpu"

// fast says to use fixedFast, as the machine can.
var fast = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// fixedFast is lane.fixed in assembly, which takes fewer instructions: the compiler runs
// out of registers there, and has no vectors to turn the bits of eight bytes around.
//
//go:noescape
func fixedFast(l *lane)
