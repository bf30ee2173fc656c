package xlog

import "bytes"

// How the reader finds the next block behind damage:
//
//  1. Each position is judged alone, in constant time, so that the search costs
//     no more than the bytes it passes.
//  2. A block starts where a known magic has a plausible header, the length leads
//     to an end byte, and behind it comes another plausible header, zeros, or the
//     end of the input. Decoded text is full of magic bytes (TAB, LF, CR are
//     three of them), but it has no length that leads to such a place.
//  3. Headers that are short on proof (before magic 0x06), and zstd, must have a
//     body that begins as theirs do.
//  4. A full header is also believed without an end byte or a next block if its
//     body proves it: it unpacks to text, or the key in the header is a point of
//     the curve. Else a sound block between two hurt ones would be lost.
//  5. A long run of zeros ends a search too: it is a record of its own.

// longRun zeros in a row are a lost page or padding; no block has so many.
const longRun = 512

// shortRun zeros end a search if nothing comes behind them.
const shortRun = 16

// followRun zeros may follow a block. The key field of a header can be 64 zeros.
const followRun = 128

type stop uint8

const (
	atLimit stop = iota
	atBlock
	atZeros
	atEnd // of the input
)

// search looks for a block that starts in window[from:limit), or a long run of
// zeros that starts in window[zeros:limit), and gives the place.
func (r *Reader) search(from, limit, zeros int) (int, stop) {
	b := r.win.next(limit)
	for p := from; p < len(b); p++ {
		switch {
		case b[p] == 0 && p >= zeros:
			run := r.win.from(p, longRun)
			n := leadingZeros(run)
			if n == longRun || n == len(run) && n >= shortRun {
				return p, atZeros
			}
			p += n - 1
		case layouts[b[p]] == nil:
			continue
		case r.startsAt(p):
			return p, atBlock
		}
		b = r.win.next(limit) // looking ahead may have moved the window
	}
	if len(b) < limit {
		return len(b), atEnd
	}
	return limit, atLimit
}

// startsAt reports whether a block starts at window[p:].
func (r *Reader) startsAt(p int) bool {
	forms := layouts[r.win.from(p, 1)[0]]
	for i := range forms {
		l := &forms[i]
		b := r.win.from(p, l.header)
		if len(b) < l.header || !plausible(b, l, r.maxBody) {
			continue
		}
		length := int(parseHeader(b, l).BodyLength)
		size := l.header + length + 1
		b = r.win.from(p, size)
		ends := len(b) == size && b[size-1] == 0
		follows := ends && r.follows(p+size)
		if follows && length == 0 && !r.headerAt(p+size) {
			follows = false // a lone magic byte among zeros looks like an empty block
		}
		b = r.win.from(p, size)
		if len(b) == size {
			b = b[:size-1]
		}
		header, body := b[:l.header], b[l.header:]
		if follows {
			if r.starts(l, header, body) {
				return true
			}
			continue
		}
		if !l.weak() && (ends || l.codec != Stored || l.crypt) && r.proves(l, header, body) {
			return true
		}
	}
	return false
}

// starts reports whether a body may belong to a block of layout l. A short one
// behind a short header needs a file that has such blocks.
func (r *Reader) starts(l *layout, header, body []byte) bool {
	p := r.dec.starts(l, header, body)
	return p == proven || p == likely && (!l.weak() || r.seen.header == l.header || r.seen.header == 0)
}

// proves reports whether a body, or the point in a header, shows that both are
// those of a block.
func (r *Reader) proves(l *layout, header, body []byte) bool {
	if len(body) == 0 || r.tired() {
		return false
	}
	r.spent += trialBytes
	if l.crypt {
		return r.dec.keys.isPoint(header)
	}
	return r.dec.reads(l.codec, body[:min(len(body), trialBytes)], false) == proven
}

// follows reports whether window[p:] is what may follow a block.
func (r *Reader) follows(p int) bool {
	b := r.win.from(p, followRun)
	return leadingZeros(b) == len(b) || r.headerAt(p)
}

func (r *Reader) headerAt(p int) bool {
	return anyPlausible(r.win.from(p, fullHeader), r.maxBody)
}

func leadingZeros(b []byte) int {
	return len(b) - len(bytes.TrimLeft(b, "\x00"))
}
