package inflate_test

import (
	"bytes"
	stdflate "compress/flate"
	"errors"
	"io"
	"testing"

	"github.com/klauspost/compress/flate"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
)

// How fast streams of log lines unpack, beside the two public decoders.
func BenchmarkInflate(b *testing.B) {
	for _, corpus := range []struct {
		name    string
		streams [][]byte
	}{
		{"varied", bodies(b, lines(8000, true))},
		{"templated", bodies(b, lines(8000, false))},
		{"real", realStreams(b, "small-async-zlib-plain")},
	} {
		for _, engine := range []struct {
			name string
			make func() func(dst, src []byte) []byte
		}{
			{"ours", ours},
			{"klauspost", func() func(dst, src []byte) []byte { return public(flate.NewReader) }},
			{"std", func() func(dst, src []byte) []byte { return public(stdflate.NewReader) }},
		} {
			b.Run(corpus.name+"/"+engine.name, func(b *testing.B) {
				unpack := engine.make()
				var dst []byte
				size := 0
				for _, src := range corpus.streams {
					dst = unpack(dst[:0], src)
					size += len(dst)
				}
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					for _, src := range corpus.streams {
						dst = unpack(dst[:0], src)
					}
				}
			})
		}
	}
}

func ours() func(dst, src []byte) []byte {
	d := new(inflate.Decoder)
	return func(dst, src []byte) []byte {
		dst, _ = d.Decode(dst, src, 1<<30)
		return dst
	}
}

// public reads a stream by one of the public decoders into a buffer that is used
// again.
func public(newReader func(io.Reader) io.ReadCloser) func(dst, src []byte) []byte {
	var in bytes.Reader
	z := newReader(&in)
	return func(dst, src []byte) []byte {
		in.Reset(src)
		if err := z.(stdflate.Resetter).Reset(&in, nil); err != nil {
			panic(err)
		}
		for {
			if len(dst) == cap(dst) {
				dst = append(dst, make([]byte, max(4*len(src), len(dst)))...)[:len(dst)]
			}
			n, err := z.Read(dst[len(dst):cap(dst)])
			dst = dst[:len(dst)+n]
			if err != nil {
				if !errors.Is(err, io.ErrUnexpectedEOF) {
					panic(err)
				}
				return dst
			}
		}
	}
}
