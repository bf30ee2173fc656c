package xlog

import "encoding/binary"

const (
	teaCycles = 16 // half of what TEA asks for
	teaDelta  = 0x9E3779B9
	teaGroup  = 8
)

// A teaKey is the first half of a shared secret as four little-endian words.
type teaKey [4]uint32

func newTEAKey(secret []byte) teaKey {
	var k teaKey
	for i := range k {
		k[i] = binary.LittleEndian.Uint32(secret[4*i:])
	}
	return k
}

// decrypt appends the plain form of src to dst. Each group of eight bytes stands
// alone, and the bytes behind the last whole group were never encrypted
// (mars/xlog/crypt/log_crypt.cc).
func (k *teaKey) decrypt(dst, src []byte) []byte {
	k0, k1, k2, k3 := k[0], k[1], k[2], k[3]
	start := len(dst)
	dst = append(dst, src...)
	for b := dst[start:]; len(b) >= teaGroup; b = b[teaGroup:] {
		y, z := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		sum := uint32(teaDelta * teaCycles & 0xFFFFFFFF)
		for range teaCycles {
			z -= (y<<4 + k2) ^ (y + sum) ^ (y>>5 + k3)
			y -= (z<<4 + k0) ^ (z + sum) ^ (z>>5 + k1)
			sum -= teaDelta
		}
		binary.LittleEndian.PutUint32(b, y)
		binary.LittleEndian.PutUint32(b[4:], z)
	}
	return dst
}
