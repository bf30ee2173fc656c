//go:build !purego

package tea

import "golang.org/x/sys/cpu"

// block is how many bytes decryptAVX2 has under way: 32 groups.
const block = 32 * Group

// decryptMany decrypts as many whole blocks as there are, if the machine can, and
// gives the number of bytes done. dst is as long as src.
func decryptMany(k *Key, dst, src []byte) int {
	done := len(src) / block * block
	if !cpu.X86.HasAVX2 || done == 0 {
		return 0
	}
	decryptAVX2(k, &dst[0], &src[0], done)
	return done
}

// decryptAVX2 decrypts n bytes of src into dst, n being a multiple of block and not
// zero. The two may be the same.
//
//go:noescape
func decryptAVX2(k *Key, dst, src *byte, n int)
