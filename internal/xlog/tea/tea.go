// Package tea undoes the encryption of Mars: TEA with 16 cycles, which is half of
// what TEA asks for, over words in little-endian order. Each group of eight bytes
// stands alone, and the bytes behind the last whole group were never encrypted
// (mars/xlog/crypt/log_crypt.cc).
//
// The 32 half cycles of a group wait for each other, so the only way to be fast is
// to have several groups under way: 32 with AVX2 on amd64, two in Go, which is for
// what is left over, for other machines and for the build tag purego. Nothing is
// allocated but the output.
package tea

import (
	"encoding/binary"
	"slices"
)

// Group is how many bytes are encrypted as one.
const Group = 8

const (
	cycles = 16
	delta  = 0x9E3779B9
)

// A Key is four words.
type Key [4]uint32

// NewKey gives the key that two parties get from their shared secret: the first
// 16 of its bytes, of which there must be so many.
func NewKey(secret []byte) Key {
	var k Key
	for i := range k {
		k[i] = binary.LittleEndian.Uint32(secret[4*i:])
	}
	return k
}

// Decrypt appends the plain form of src to dst and gives dst back. The two must
// not overlap, unless src begins where dst ends.
func (k *Key) Decrypt(dst, src []byte) []byte {
	start := len(dst)
	dst = slices.Grow(dst, len(src))[:start+len(src)]
	out := dst[start:]
	n := decryptMany(k, out, src)
	n += decryptPairs(k, out[n:], src[n:])
	if len(src)-n >= Group {
		var last [2 * Group]byte
		copy(last[:], src[n:n+Group])
		decryptPairs(k, last[:], last[:])
		n += copy(out[n:], last[:Group])
	}
	copy(out[n:], src[n:])
	return dst
}

// decryptPairs decrypts groups by twos and gives the number of bytes done. dst is
// as long as src.
func decryptPairs(k *Key, dst, src []byte) int {
	k0, k1, k2, k3 := k[0], k[1], k[2], k[3]
	const pair = 2 * Group
	done := len(src) / pair * pair
	for i := 0; i < done; i += pair {
		from, to := (*[pair]byte)(src[i:]), (*[pair]byte)(dst[i:])
		y, z := binary.LittleEndian.Uint32(from[0:]), binary.LittleEndian.Uint32(from[4:])
		v, w := binary.LittleEndian.Uint32(from[8:]), binary.LittleEndian.Uint32(from[12:])
		sum := uint32(delta * cycles & 0xFFFFFFFF)
		for range cycles {
			z -= (y<<4 + k2) ^ (y + sum) ^ (y>>5 + k3)
			w -= (v<<4 + k2) ^ (v + sum) ^ (v>>5 + k3)
			y -= (z<<4 + k0) ^ (z + sum) ^ (z>>5 + k1)
			v -= (w<<4 + k0) ^ (w + sum) ^ (w>>5 + k1)
			sum -= delta
		}
		binary.LittleEndian.PutUint32(to[0:], y)
		binary.LittleEndian.PutUint32(to[4:], z)
		binary.LittleEndian.PutUint32(to[8:], v)
		binary.LittleEndian.PutUint32(to[12:], w)
	}
	return done
}
