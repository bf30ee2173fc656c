package xlogtest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

type flushWriter interface {
	io.WriteCloser
	Flush() error
}

// pack gives the body of a block, and the length of the packed stream after each
// write.
func pack(codec string, writes []string, final bool) (body []byte, ends []int, err error) {
	var out bytes.Buffer
	var w flushWriter
	switch codec {
	case "stored":
		for _, s := range writes {
			out.WriteString(s)
			ends = append(ends, out.Len())
		}
		return out.Bytes(), ends, nil
	case "deflate":
		w, err = flate.NewWriter(&out, flate.BestCompression)
	case "zstd":
		w, err = zstd.NewWriter(&out, zstd.WithWindowSize(64<<10), zstd.WithEncoderConcurrency(1),
			zstd.WithEncoderCRC(false), zstd.WithSingleSegment(false))
	default:
		return nil, nil, errors.New("codec is stored, deflate or zstd")
	}
	if err != nil {
		return nil, nil, err
	}
	for _, s := range writes {
		if _, err := io.WriteString(w, s); err != nil {
			return nil, nil, err
		}
		if err := w.Flush(); err != nil {
			return nil, nil, err
		}
		ends = append(ends, out.Len())
	}
	body = bytes.Clone(out.Bytes())
	if err := w.Close(); err != nil { // also frees what the writer holds
		return nil, nil, err
	}
	if final {
		body = out.Bytes()
		if len(ends) > 0 {
			ends[len(ends)-1] = len(body)
		}
	}
	return body, ends, nil
}

// chunk cuts a body after each write and puts the lengths in front.
func chunk(body []byte, ends []int) ([]byte, error) {
	var out []byte
	from := 0
	for _, end := range ends {
		if end-from > 0xFFFF {
			return nil, errors.New("a write is too long for a chunk")
		}
		out = binary.LittleEndian.AppendUint16(out, uint16(end-from))
		out = append(out, body[from:end]...)
		from = end
	}
	return out, nil
}
