package logline

import (
	"bytes"
	"errors"
	"io"
	"iter"
)

// maxChunk bounds the memory for a text file, and with it the longest line and record that stay whole.
const maxChunk = 1 << 20

// firstChunk is the memory a file is given at first: most are smaller than a piece, and memory has to be cleared.
const firstChunk = 128 << 10

// maxIdle is how many reads in a row may give nothing before a reader counts as broken.
const maxIdle = 100

var byteOrderMark = []byte("\xEF\xBB\xBF")

// Chunk is a piece of a text file.
type Chunk struct {
	// Pos is the place of the first byte. The caller fills in Input.
	Pos
	// Text is borrowed and valid until the next iteration.
	Text []byte
	// Open says that the text ends with this piece, not at the start of the file, and that the piece would be another one if
	// the file were longer: [ChunksFrom] gives that.
	Open bool
}

// Chunks reads a text file in pieces of up to 1 MiB, for Parser.Lines. Each begins at the start of a
// record where records are that small, else at the start of a line, else (a line longer than a piece)
// in the line, whose number it then has. All bytes are in one piece each, as they were read, except a UTF-8
// byte order mark at the start of the file. Where the first piece has CR and no LF, as an old Mac or a console writes,
// each CR is given as LF; each record of a JSON document is given as one line. A read error comes last, after all that was
// read.
func Chunks(r io.Reader) iter.Seq2[Chunk, error] { return chunks(r, Pos{Line: 1}, maxChunk) }

// ChunksFrom gives the pieces of a file from one on that was Open before the file grew. r begins where that piece did.
func ChunksFrom(r io.Reader, at Pos) iter.Seq2[Chunk, error] { return chunks(r, at, maxChunk) }

func chunks(r io.Reader, pos Pos, size int) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		buf := make([]byte, 0, min(size, firstChunk))
		returns, looked := false, pos.Offset > 0 // CR ends lines, and whether that is known
		first := pos.Offset == 0
		var doc *document
		for {
			old := len(buf)
			err := fill(r, &buf, size)
			if !looked {
				looked = true
				old = len(buf) - len(bytes.TrimPrefix(buf, byteOrderMark))
				returns = bytes.IndexByte(buf, '\n') < 0 && bytes.IndexByte(buf, '\r') >= 0
				doc = documentOf(buf[old:])
			}
			switch {
			case doc != nil:
				doc.lines(buf[old:])
			case returns:
				endLines(buf[old:])
			}
			if pos.Offset == 0 && bytes.HasPrefix(buf, byteOrderMark) {
				pos.Offset = int64(len(byteOrderMark))
				buf = append(buf[:0], buf[len(byteOrderMark):]...)
				if err == nil {
					continue // there is room again
				}
			}
			n := len(buf)
			if err == nil {
				n = cut(buf)
			}
			if n > 0 && !yield(Chunk{Pos: pos, Text: buf[:n:n], Open: err != nil && !first && !returns && doc == nil}, nil) {
				return
			}
			if err != nil {
				if !errors.Is(err, io.EOF) {
					yield(Chunk{Pos: pos}, err)
				}
				return
			}
			first = false
			pos.Offset += int64(n)
			pos.Line += bytes.Count(buf[:n], []byte{'\n'})
			buf = append(buf[:0], buf[n:]...)
		}
	}
}

// endLines makes each CR an LF.
func endLines(b []byte) {
	for i, c := range b {
		if c == '\r' {
			b[i] = '\n'
		}
	}
}

// fill reads until buf has size bytes, or returns why it cannot.
func fill(r io.Reader, buf *[]byte, size int) error {
	b := *buf
	var err error
	for idle := 0; err == nil && len(b) < size; {
		if len(b) == cap(b) {
			b = append(make([]byte, 0, min(2*cap(b), size)), b...)
		}
		var n int
		n, err = r.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if n > 0 {
			idle = 0
		} else if idle++; idle == maxIdle && err == nil {
			err = io.ErrNoProgress
		}
	}
	*buf = b
	return err
}

// cut returns where to end a piece that more text follows: before the last record whose lines may go
// on behind buf, else behind the last whole line, else at the end.
func cut(buf []byte) int {
	last := bytes.LastIndexByte(buf, '\n') + 1
	if last == 0 {
		return len(buf)
	}
	for end := last; end > 0; {
		start := bytes.LastIndexByte(buf[:end-1], '\n') + 1
		if continues(buf[start:end]) {
			if start == 0 {
				break
			}
			return start
		}
		if isStart(buf[start:end]) {
			break
		}
		end = start
	}
	return last
}
