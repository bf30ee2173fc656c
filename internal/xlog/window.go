package xlog

import (
	"errors"
	"io"
)

// A window holds the part of the input that is being looked at. What it answers
// depends on the bytes asked for alone, never on how much a Read gave.
type window struct {
	src  io.Reader
	buf  []byte
	pos  int   // buf[pos:] is input not yet passed
	off  int64 // offset of buf[pos] in the input
	done bool  // nothing more comes from src
	err  error // why, if not io.EOF

	short bool // an answer had fewer bytes than were asked for, because the input ends
}

const firstWindow = 64 << 10

// maxRead is the most that is asked for at once. A longer read takes so long that Go's scheduler gives the
// processor away meanwhile, and then looks every 20 us for more of the kind, which disturbs all who decode:
// it made two processors a tenth slower.
const maxRead = 64 << 10

// has reports whether n more bytes are there.
func (w *window) has(n int) bool {
	for empty := 0; len(w.buf)-w.pos < n && !w.done; {
		if len(w.buf) == cap(w.buf) {
			w.room()
		}
		k, err := w.src.Read(w.buf[len(w.buf):min(cap(w.buf), len(w.buf)+maxRead)])
		w.buf = w.buf[:len(w.buf)+k]
		empty++
		if k > 0 {
			empty = 0
		}
		if err == nil && empty == 100 {
			err = io.ErrNoProgress
		}
		if err != nil {
			w.done = true
			if !errors.Is(err, io.EOF) {
				w.err = err
			}
		}
	}
	if len(w.buf)-w.pos < n {
		w.short = true
		return false
	}
	return true
}

// room makes space behind the bytes held. The buffer grows only as far as bytes
// really arrive, so a lying length costs nothing.
func (w *window) room() {
	if w.pos > cap(w.buf)/2 {
		n := copy(w.buf, w.buf[w.pos:])
		w.buf, w.pos = w.buf[:n], 0
		return
	}
	grown := make([]byte, len(w.buf)-w.pos, max(firstWindow, 2*cap(w.buf)))
	copy(grown, w.buf[w.pos:])
	w.buf, w.pos = grown, 0
}

// next gives the next n bytes without passing them, fewer at the end of the
// input. They are valid until the next call of a method.
func (w *window) next(n int) []byte {
	w.has(n)
	return w.buf[w.pos:min(w.pos+n, len(w.buf))]
}

// from gives the n bytes behind the next skip bytes, fewer at the end.
func (w *window) from(skip, n int) []byte {
	b := w.next(skip + n)
	return b[min(skip, len(b)):]
}

// pass drops n bytes that the window holds.
func (w *window) pass(n int) {
	w.pos += n
	w.off += int64(n)
}
