package archive

import (
	"bufio"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"

	"github.com/xlogscan/xlogscan/internal/source/archive/deflate64"
)

// The first bytes of the parts of a zip archive.
const (
	zipLocal     = "PK\x03\x04"
	zipDirectory = "PK\x01\x02"
	zipEnd       = "PK\x05\x06"
	zipEnd64     = "PK\x06\x06"
	zipLocator64 = "PK\x06\x07"
	zipSplit     = "PK\x07\x08" // in front of the first part of a split archive, and of a data descriptor
)

// walkZip goes by the list at the end where there is one to be had, for only that is sure to hold what is not deleted,
// and else from file to file.
func walkZip(src *Source, visit func(*Entry) error) error {
	if src.At == nil {
		return streamZip(src, visit)
	}
	list, err := readZipDirectory(src)
	if err != nil {
		return err
	}
	if list != nil {
		return list.walk(src, visit)
	}
	if err := streamZip(src, visit); err != nil {
		return err
	}
	return &Failure{Text: "the list at the end of the zip archive is missing or damaged, so that files may be missing too; copy it again, or go on with what it still holds"}
}

// streamZip reads a zip archive from file to file, by what stands in front of each.
func streamZip(src *Source, visit func(*Entry) error) error {
	r := src.Seq
	if head, _ := r.Peek(8); string(head) == zipSplit+zipLocal {
		_, _ = r.Discard(4) // it was peeked
	}
	for {
		sig, err := r.Peek(4)
		if err != nil {
			return cut(Zip, err)
		}
		switch string(sig) {
		case zipLocal:
		case zipDirectory, zipEnd, zipEnd64:
			return nil
		default:
			return damaged(Zip, errors.New("there is no file where one should be"))
		}
		h, err := readLocal(r)
		if err != nil {
			return cut(Zip, err)
		}
		if err := streamFile(src, h, visit); err != nil {
			return err
		}
	}
}

// streamFile visits a file and comes to its end.
func streamFile(src *Source, h *zipFile, visit func(*Entry) error) error {
	if h.sized() {
		body := io.LimitReader(src.Seq, h.packed)
		if h.regular() {
			if err := visitZip(src, h, body, visit); err != nil {
				return err
			}
		}
		if _, err := io.Copy(io.Discard, body); err != nil {
			return damaged(Zip, err)
		}
		if left := body.(*io.LimitedReader).N; left > 0 {
			return damaged(Zip, io.ErrUnexpectedEOF)
		}
		if !h.behind() {
			return nil
		}
		_, err := readDescriptor(src.Seq)
		return err
	}
	var body io.Reader
	switch {
	case h.encrypted():
	case h.method == deflated:
		body = flate.NewReader(src.Seq)
	case h.method == deflated64:
		body = deflate64.NewReader(src.Seq)
	}
	if body == nil {
		e := h.entry()
		e.Refused = ErrUnsized
		if err := visit(e); err != nil {
			return err
		}
		return &Failure{Text: "the zip archive cannot be read further as a stream, because a file is stored without its length; save it to a file of its own and name that"}
	}
	c := &checked{r: body, sum: crc32.NewIEEE(), size: -1, later: true}
	e := h.entry()
	e.Reader, e.Drain = c, true
	if err := visit(e); err != nil {
		return err
	}
	if c.err != nil && !errors.Is(c.err, io.EOF) {
		return c.err
	}
	sum, err := readDescriptor(src.Seq)
	if err == nil && sum != c.sum.Sum32() {
		err = damaged(Zip, errChecksum)
	}
	return err
}

// readDescriptor reads what stands behind a file whose lengths were not known in front of it: perhaps a signature, the
// checksum, and the lengths in four or eight bytes each. Which of these it is, what follows tells.
func readDescriptor(r *bufio.Reader) (sum uint32, err error) {
	for _, form := range []struct{ sum, size int }{{4, 16}, {4, 24}, {0, 12}, {0, 20}} {
		b, err := r.Peek(form.size + 2)
		if len(b) < form.size || form.sum == 4 && string(b[:4]) != zipSplit {
			continue
		}
		if end := errors.Is(err, io.EOF) && len(b) == form.size; !end && string(b[form.size:]) != "PK" {
			continue
		}
		sum = binary.LittleEndian.Uint32(b[form.sum:])
		_, _ = r.Discard(form.size) // it was peeked
		return sum, nil
	}
	if _, err = r.Peek(12); err == nil {
		err = errors.New("what stands behind a file is no part of an archive")
	}
	return 0, cut(Zip, err)
}

// visitZip visits a file whose packed bytes are body.
func visitZip(src *Source, h *zipFile, body io.Reader, visit func(*Entry) error) error {
	e := h.entry()
	if e.Refused == nil {
		r, free, err := h.unpack(body, src.Memory)
		if errors.Is(err, ErrMethod) {
			e.Refused = err
		} else if err != nil {
			e.Refused = cut(Zip, err)
		} else {
			defer free()
			e.Reader = &checked{r: r, sum: crc32.NewIEEE(), size: h.size, want: h.crc, later: h.behind()}
		}
	}
	return visit(e)
}

// The methods by which files are packed, by their numbers.
const (
	stored     = 0
	deflated   = 8
	deflated64 = 9
	bzipped    = 12
	lzmaed     = 14
	zstandard  = 93
	xzipped    = 95
)

func (h *zipFile) unpack(body io.Reader, memory *Memory) (io.Reader, func(), error) {
	switch h.method {
	case stored:
		return body, func() {}, nil
	case deflated:
		return flate.NewReader(bufio.NewReader(body)), func() {}, nil
	case deflated64:
		return deflate64.NewReader(bufio.NewReader(body)), func() {}, nil
	case bzipped:
		free, err := memory.take(Zip, bzip2Memory)
		return bzip2.NewReader(bufio.NewReader(body)), free, err
	case lzmaed:
		var head [4 + lzmaProperties]byte // version and size of the properties
		if _, err := io.ReadFull(body, head[:]); err != nil {
			return nil, nil, err
		}
		return newLZMA(Zip, body, head[4:], h.size, memory)
	case zstandard:
		return newZstd(body, memory)
	case xzipped:
		x := &xzReader{r: bufio.NewReader(body), memory: memory}
		return x, x.release, x.stream()
	}
	return nil, nil, ErrMethod
}

// checked compares a file with its checksum and length, which damage in what is packed shows in.
type checked struct {
	r     io.Reader
	sum   hash.Hash32
	n     int64
	size  int64 // to compare with
	want  uint32
	later bool // neither is known yet
	err   error
}

func (c *checked) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	_, _ = c.sum.Write(p[:n]) // a hash takes all
	c.n += int64(n)
	if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && !c.later {
		switch {
		case c.n < c.size:
			err = io.ErrUnexpectedEOF
		case c.n > c.size:
			err = errWrongLength
		case c.sum.Sum32() != c.want:
			err = errChecksum
		}
	}
	c.err = damaged(Zip, err)
	return n, c.err
}
