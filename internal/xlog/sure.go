package xlog

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/zstd"
)

const (
	walkLimit = 8 << 20  // most text that is gone through again
	walkCost  = 16 << 10 // what it costs beside the text
)

// sure gives how many bytes of the text of a body were surely written: those of
// the writes in front of the first that a judge finds false. reached says that there
// is none, so that half a write behind them, which the end of the bytes
// cuts, can be believed as well.
func (r *Reader) sure(l *layout, o *outcome, strict bool) (n int, reached bool) {
	text := o.text
	switch {
	case l.codec == Stored:
		return sureLines(text)
	case len(text) == 0:
		return 0, true
	case len(text) > walkLimit || r.judged > workFree+workPerByte*r.win.off:
		if !strict {
			return len(text), true
		}
		return bytes.LastIndexByte(text, '\n') + 1, true
	}
	r.judged += walkCost + 4*int64(len(text))
	j := judge{strict: strict, standard: r.standard(), zlib: r.zlib}
	j.differs = (o.heads > 0 || j.standard) && (o.heads+o.remarks)*4 < o.writes*3
	if l.codec == Deflate {
		n, reached = r.walkDeflate(&j, o)
	} else {
		n, reached = r.walkZstd(&j, l, o)
	}
	if j.match == nil && j.garbled > 1 {
		return j.doubt, false
	}
	return n, reached
}

// walkDeflate judges the writes of a deflate body.
func (r *Reader) walkDeflate(j *judge, o *outcome) (n int, reached bool) {
	w := &r.walk
	w.Start(w.Text()[:0], o.packed, len(o.text))
	if r.match == nil {
		r.match = new(rematch)
	}
	j.match = r.match.reset()
	for w.Next() {
		if len(w.Text()) > n && !j.good(w.Text(), n, w) {
			return n, false
		}
		n = len(w.Text())
	}
	text := w.Text()
	r.zlib = r.zlib || j.match != nil && j.tokens >= 32*someTokens
	if len(text) < len(o.text) {
		return n, false
	}
	if end := w.FirstEnd; end > n && text[end-1] == '\n' {
		// The write is there, and the damage is in its flush mark.
		w.Blocks, w.Tokens = 1, w.Tokens[:w.FirstTokens]
		if !j.good(text[:end], n, w) {
			return n, false
		}
		return end, len(text) == end
	}
	return n, len(text) == n || j.begun(text, n, w)
}

// walkZstd judges the writes of a zstd body: each is a zstd block.
func (r *Reader) walkZstd(j *judge, l *layout, o *outcome) (n int, reached bool) {
	d, err := zstd.NewReader(bytes.NewReader(o.packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(uint64(max(len(o.text), zstdMinMemory))), zstd.WithDecoderMaxWindow(zstdMaxWindow))
	if err != nil {
		return 0, false
	}
	defer d.Close()
	w := writeJudge{judge: j, text: o.text}
	if l.crypt && (r.wary || j.strict) { // else binary data that was logged, which is likelier than one lone changed byte
		w.packed = o.packed
		j.utf8 = r.wary && !r.seen.invalid
	}
	_, _ = d.WriteTo(&w) // the frame has no end, so there always is an error
	return w.n, !w.stopped && w.n == len(o.text)
}

// A writeJudge judges what is written to it, piece by piece.
type writeJudge struct {
	*judge
	text    []byte
	packed  []byte // the body, if it was encrypted
	n       int
	stopped bool
}

func (w *writeJudge) Write(b []byte) (int, error) {
	end := w.n + len(b)
	if end > len(w.text) || len(b) > 0 && !w.good(w.text[:end], w.n, nil) || scrambled(b, w.packed) {
		w.stopped = true
		return 0, io.ErrShortWrite
	}
	w.n = end
	return len(b), nil
}

// sureLines gives the lines of stored text in front of the first with odd bytes.
func sureLines(text []byte) (n int, reached bool) {
	for n < len(text) {
		line := text[n:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		if odd(line) {
			return n, false
		}
		n += len(line)
	}
	return n, true
}

// standard reports whether the sound blocks so far were in the appender's format.
func (r *Reader) standard() bool { return r.seen.writes >= 8 && r.seen.proper*8 >= r.seen.writes*7 }
