package tea

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// decryptNaively decrypts in place, group by group, as the definition says it.
func decryptNaively(k *Key, b []byte) {
	for ; len(b) >= Group; b = b[Group:] {
		y, z := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		sum := uint32(0xE3779B90)
		for range cycles {
			z -= (y<<4 + k[2]) ^ (y + sum) ^ (y>>5 + k[3])
			y -= (z<<4 + k[0]) ^ (z + sum) ^ (z>>5 + k[1])
			sum -= delta
		}
		binary.LittleEndian.PutUint32(b, y)
		binary.LittleEndian.PutUint32(b[4:], z)
	}
}

// bytesOf gives n bytes that look like cipher text.
func bytesOf(n int) []byte {
	b := make([]byte, n)
	x := uint32(n + 1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

// judge decrypts src behind prefix bytes of a buffer, and in place, and holds all
// ways of doing it against the naive one.
func judge(t *testing.T, k Key, src []byte, prefix int) {
	t.Helper()
	want := bytes.Clone(src)
	decryptNaively(&k, want)

	dst := append(make([]byte, 0, prefix+len(src)), bytesOf(prefix)...)
	kept := bytes.Clone(src)
	if got := k.Decrypt(dst, src); !bytes.Equal(got[prefix:], want) || !bytes.Equal(got[:prefix], bytesOf(prefix)) {
		t.Fatalf("%d bytes behind %d: got %x, want %x", len(src), prefix, got[prefix:], want)
	}
	if !bytes.Equal(src, kept) {
		t.Fatalf("%d bytes: the input was changed", len(src))
	}
	room := append(bytesOf(prefix), src...)
	if got := k.Decrypt(room[prefix:prefix], room[prefix:]); !bytes.Equal(got, want) {
		t.Fatalf("%d bytes in place behind %d: got %x, want %x", len(src), prefix, got, want)
	}
	out := make([]byte, len(src))
	if n := decryptPairs(&k, out, src); !bytes.Equal(out[:n], want[:n]) || n < len(src)-2*Group+1 {
		t.Fatalf("by twos, %d of %d bytes: got %x, want %x", n, len(src), out[:n], want[:n])
	}
}

func TestDecrypt(t *testing.T) {
	k := Key{0x01234567, 0x89ABCDEF, 0xFEDCBA98, 0x76543210}
	for n := range 600 {
		for prefix := range 9 {
			judge(t, k, bytesOf(n), prefix)
		}
	}
}

func TestNewKey(t *testing.T) {
	got := NewKey([]byte{1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0x80, 9, 9})
	if want := (Key{1, 2, 3, 0x80000004}); got != want {
		t.Errorf("got %x, want %x", got, want)
	}
}

func FuzzDecrypt(f *testing.F) {
	for _, n := range []int{0, 7, 8, 129, 300} {
		f.Add(bytesOf(16), bytesOf(n), n%32)
	}
	f.Fuzz(func(t *testing.T, secret, src []byte, prefix int) {
		if len(secret) >= 16 {
			judge(t, NewKey(secret), src, prefix&63)
		}
	})
}

func BenchmarkDecrypt(b *testing.B) {
	k := Key{0x01234567, 0x89ABCDEF, 0xFEDCBA98, 0x76543210}
	src := bytesOf(48 << 10)
	dst := make([]byte, len(src))
	for _, way := range []struct {
		name string
		do   func()
	}{
		{"best", func() { k.Decrypt(dst[:0], src) }},
		{"pairs", func() { decryptPairs(&k, dst, src) }},
		{"naive", func() { decryptNaively(&k, dst) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				way.do()
			}
		})
	}
}
