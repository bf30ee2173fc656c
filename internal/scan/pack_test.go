package scan_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// packed is a file that a test packs.
type packed struct {
	name string
	data []byte
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func packZip(t testing.TB, fs []packed) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range fs {
		w, err := z.Create(f.name)
		must(t, err)
		_, err = w.Write(f.data)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

func packTar(t testing.TB, fs []packed) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range fs {
		must(t, w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.data)), Typeflag: tar.TypeReg}))
		_, err := w.Write(f.data)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

func packGzip(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(data)
	must(t, err)
	must(t, w.Close())
	return b.Bytes()
}

func packTarGz(t testing.TB, fs []packed) []byte { return packGzip(t, packTar(t, fs)) }

// packRar makes a RAR 5 archive of files as they stand.
func packRar(_ testing.TB, fs []packed) []byte {
	number := func(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }
	block := func(fields []byte) []byte {
		b := append(number(nil, len(fields)), fields...)
		return append(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(b)), b...)
	}
	out := append([]byte("Rar!\x1a\x07\x01\x00"), block([]byte{1, 0, 0})...)
	for _, f := range fs {
		h := number([]byte{2, 2}, len(f.data))
		h = number(append(h, 4), len(f.data))
		h = binary.LittleEndian.AppendUint32(number(h, 0o100644), crc32.ChecksumIEEE(f.data))
		h = number(append(h, 0, 1), len(f.name))
		out = append(append(out, block(append(h, f.name...))...), f.data...)
	}
	return append(out, block([]byte{5, 0, 0})...)
}

// asStream hides that bytes can be read in any order.
func asStream(b []byte) io.Reader { return io.MultiReader(bytes.NewReader(b)) }
