//go:build !amd64 || purego

package extract

const canSift = false

func siftAVX2(*nibbles, *byte, int) (done int, may uint32) { panic("no AVX2") }
