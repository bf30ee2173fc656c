package xlogtest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Private keys for tests, of no use anywhere else. The real files in testdata of
// package xlog are encrypted for KeyHex.
const (
	KeyHex      = "e1437ae6b29fe7f3d4edbaa2b137fc2d63b84250a1ded34ab70cd72fb172ed0e"
	OtherKeyHex = "e1f03a6e658294408553bba46b1a47b5e485bc2e9ba6a4fb27136fe81f6d97aa"
)

// Key gives the key that opens blocks with crypt=yes, named "test".
func Key() xlog.Key { return parse("test", KeyHex) }

// OtherKey gives the key that opens blocks with crypt=other, named "other".
func OtherKey() xlog.Key { return parse("other", OtherKeyHex) }

func parse(name, digits string) xlog.Key {
	k, err := xlog.ParseKey(name, []byte(digits))
	if err != nil {
		panic("xlogtest: internal error: " + err.Error())
	}
	return k
}

// publicOf gives the public half of one of the keys above.
func publicOf(digits string) *secp256k1.PublicKey {
	private, err := hex.DecodeString(digits)
	if err != nil {
		panic("xlogtest: internal error: " + err.Error())
	}
	return secp256k1.PrivKeyFromBytes(private).PubKey()
}

// parsePublic gives nil if digits are no public key.
func parsePublic(digits string) *secp256k1.PublicKey {
	point, err := hex.DecodeString("04" + digits)
	if err != nil {
		return nil
	}
	public, err := secp256k1.ParsePubKey(point)
	if err != nil {
		return nil
	}
	return public
}

// agree gives the client key of a session and the TEA key it shares with the
// owner of a public key.
func agree(owner *secp256k1.PublicKey, session uint64) (client [64]byte, tea [4]uint32) {
	seed := sha256.Sum256(fmt.Appendf(nil, "xlogtest session %d", session))
	mine := secp256k1.PrivKeyFromBytes(seed[:])
	copy(client[:], mine.PubKey().SerializeUncompressed()[1:])
	shared := secp256k1.GenerateSharedSecret(mine, owner)
	for i := range tea {
		tea[i] = binary.LittleEndian.Uint32(shared[4*i:])
	}
	return client, tea
}

// encrypt encrypts all whole groups of eight bytes in place.
func encrypt(tea [4]uint32, b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		y, z := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		sum := uint32(0)
		for range 16 {
			sum += 0x9E3779B9
			y += (z<<4 + tea[0]) ^ (z + sum) ^ (z>>5 + tea[1])
			z += (y<<4 + tea[2]) ^ (y + sum) ^ (y>>5 + tea[3])
		}
		binary.LittleEndian.PutUint32(b, y)
		binary.LittleEndian.PutUint32(b[4:], z)
	}
}
