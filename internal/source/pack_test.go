package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// file is one in an archive that a test packs.
type file struct{ name, text string }

type files []file

// packer makes archives of one kind.
type packer struct {
	name string
	pack func(testing.TB, files) []byte
}

// archives are the kinds that Go can write.
var archives = []packer{
	{"zip", packZip},
	{"stored.zip", func(t testing.TB, fs files) []byte { return zipOf(t, zip.Store, false, fs) }},
	{"stream.zip", func(t testing.TB, fs files) []byte { return zipOf(t, zip.Deflate, true, fs) }},
	{"tar", packTar},
	{"tar.gz", func(t testing.TB, fs files) []byte { return pack(t, string(packTar(t, fs))) }},
	{"tar.xz", func(t testing.TB, fs files) []byte {
		return compressed(t, packTar(t, fs), func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) })
	}},
	{"tar.zst", func(t testing.TB, fs files) []byte {
		return compressed(t, packTar(t, fs), func(w io.Writer) (io.WriteCloser, error) {
			return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
		})
	}},
}

func compressed(t testing.TB, b []byte, by func(io.Writer) (io.WriteCloser, error)) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := by(&out)
	must(t, err)
	_, err = w.Write(b)
	must(t, err)
	must(t, w.Close())
	return out.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func packZip(t testing.TB, fs files) []byte { return zipOf(t, zip.Deflate, false, fs) }

// zipOf makes a zip archive; of one that is a stream, the lengths stand behind the files.
func zipOf(t testing.TB, method uint16, stream bool, fs files) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range fs {
		h := &zip.FileHeader{Name: f.name, Method: method}
		if stream {
			fw, err := w.CreateHeader(h)
			must(t, err)
			_, err = io.WriteString(fw, f.text)
			must(t, err)
			continue
		}
		raw := rawZip(t, h, f.text)
		fw, err := w.CreateRaw(h)
		must(t, err)
		_, err = fw.Write(raw)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

// rawZip packs a text and fills in its header.
func rawZip(t testing.TB, h *zip.FileHeader, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	fw, err := w.Create("x")
	must(t, err)
	_, err = io.WriteString(fw, text)
	must(t, err)
	must(t, w.Close())
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	must(t, err)
	made := r.File[0]
	h.CRC32, h.UncompressedSize64 = made.CRC32, made.UncompressedSize64
	if h.Method == zip.Store {
		h.CompressedSize64 = h.UncompressedSize64
		return []byte(text)
	}
	raw, err := made.OpenRaw()
	must(t, err)
	packed, err := io.ReadAll(raw)
	must(t, err)
	h.CompressedSize64 = made.CompressedSize64
	return packed
}

func packTar(t testing.TB, fs files) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, f := range fs {
		must(t, w.WriteHeader(&tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.text)), Typeflag: tar.TypeReg}))
		_, err := io.WriteString(w, f.text)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

// zeros is a gzip file of n zeros.
func zeros(t testing.TB, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	must(t, err)
	_, err = io.CopyN(w, zeroReader{}, n)
	must(t, err)
	must(t, w.Close())
	return b.Bytes()
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// withSum appends the CRC-32 of b.
func withSum(b []byte) []byte { return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)) }
