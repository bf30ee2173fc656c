package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// collectLate puts the first garbage collection off until the heap has 32 MiB. What a run makes as it starts, such as the
// rules, stays to its end, and to look through it for garbage at every 4 MiB, as the runtime does by itself, is a third
// of what a scan of a small log costs. From the first collection on the runtime does as always; a bound of memory holds
// from the start.
func collectLate() {
	const (
		smallest = 4  // MiB, at which the runtime collects first at 100 percent
		first    = 32 // MiB
	)
	if os.Getenv("GOGC") != "" {
		return
	}
	usual := debug.SetGCPercent(100 * first / smallest)
	runtime.AddCleanup(new(*int), func(usual int) { debug.SetGCPercent(usual) }, usual)
}
