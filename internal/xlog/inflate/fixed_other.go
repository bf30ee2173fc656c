//go:build !amd64 || purego

package inflate

var fast = false

func fixedFast(*lane) { panic("not on this machine") }
