package xlog

import "errors"

// cacheSize is the size of a cache file: one unfinished block and zeros.
const cacheSize = 150 << 10

var errZeros = errors.New("zero bytes where a block is expected")

// zeros gives the run of zeros at the start of the window, or nil if there is
// none or so short a one that it may be part of a hurt header.
func (r *Reader) zeros() *Damage {
	head := r.win.next(longRun)
	n := leadingZeros(head)
	if n == 0 || n < len(head) && !r.startsAt(n) {
		return nil
	}
	d := &Damage{Header: Header{Offset: r.win.off}, Kind: Zeros, Err: errZeros}
	for r.win.has(1) {
		b := r.win.next(firstWindow)
		n = leadingZeros(b)
		d.Length += int64(n)
		r.win.pass(n)
		if n < len(b) {
			break
		}
	}
	end := d.Offset + d.Length
	if d.Offset == 0 {
		d.padding = !r.win.has(1)
	} else if r.last.known && r.last.end == d.Offset {
		d.padding = !r.win.has(1) || end-r.last.offset == cacheSize
	}
	d.Cause = ZeroedPage
	switch {
	case d.padding:
		d.Cause = CachePadding
	case r.last.cause == TwoWriters:
		d.Cause = TwoWriters // which clear the buffer under each other
	}
	r.last.known, r.last.cause = false, d.Cause
	return d
}

// cacheEnds reports whether nothing but the zeros of a cache file follows
// window[p:], at least one of them.
func (r *Reader) cacheEnds(p int) bool {
	b := r.win.from(p, cacheSize)
	return len(b) > 0 && len(b) < cacheSize && leadingZeros(b) == len(b)
}

// cacheFrom reports whether a cache file that starts the window has nothing but
// zeros behind window[:n]: up to its end, which may be that of the input.
func (r *Reader) cacheFrom(n int) bool {
	b := r.win.from(n, max(cacheSize-n, 0))
	return n < cacheSize && len(b) > 0 && leadingZeros(b) == len(b)
}
