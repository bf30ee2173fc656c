//go:build !amd64 || purego

package extract

const canSift = false

func siftAVX2(*mesh, *byte, int) (done int, may uint64) { panic("no AVX2") }
