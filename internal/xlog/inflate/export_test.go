package inflate

// InGo runs f with the loops in Go alone, whatever the machine can. Tests that use it
// do not run side by side.
func InGo(f func()) {
	defer func(was bool) { fast = was }(fast)
	fast = false
	f()
}
