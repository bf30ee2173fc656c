package xlog

import (
	"bytes"
	"fmt"
)

// A transfer in text mode puts a CR in front of each LF, wherever a block has that
// byte. As no LF is left without one, it can be undone exactly.

// surePairs show the transfer where no key opens the block to prove it: of the line feeds in
// a body of random bytes one in 256 is behind a carriage return, all of four in one of 4e9 bodies,
// and only those are asked whose length leads nowhere until the pairs are undone. A block that has
// fewer is believed in an input of which the transfer is known.
const surePairs = 4

// textMode gives the block at the start of the window if it is one as soon as a
// text-mode transfer is undone, else nil.
func (r *Reader) textMode() *Damage {
	head, _, pairs := unpair(nil, r.win.next(2*fullHeader), fullHeader)
	if len(head) == 0 || pairs < 0 {
		return nil
	}
	forms := layouts[head[0]]
	for i := range forms {
		l := &forms[i]
		if len(head) < l.header || !plausible(head, l, r.maxBody) {
			continue
		}
		h := parseHeader(head, l)
		size := int(h.Length)
		if r.tired() {
			return nil
		}
		r.spent += int64(size)
		b, used, pairs := unpair(r.plain[:0], r.win.next(2*size), size)
		r.plain = b
		if pairs <= 0 || len(b) < size || b[size-1] != 0 || !r.followsPaired(used) {
			continue
		}
		o := r.dec.decode(l, b[:l.header], b[l.header:size-1])
		if o.ending == locked && (r.paired || pairs >= surePairs) {
			return r.unpaired(h, used, &Damage{Err: fmt.Errorf("a transfer in text mode put %d carriage returns into the block, which no key opens", pairs)})
		}
		if o.ending != whole || len(o.text) == 0 || !printable(o.text) || l.weak() && !textual(o.text) {
			continue
		}
		return r.unpaired(h, used, &Damage{
			Key: o.key, Salvaged: bytes.Clone(o.text), Whole: true,
			Err: fmt.Errorf("a transfer in text mode put %d carriage returns into the block", pairs),
		})
	}
	return nil
}

// unpaired completes the damage of a block that takes so many bytes of the window.
func (r *Reader) unpaired(h Header, used int, d *Damage) *Damage {
	h.Offset, h.Length = r.win.off, int64(used)
	d.Header, d.Kind, d.Cause = h, BadBody, TextModeTransfer
	r.used, r.paired = used, true
	return d
}

// followsPaired reports whether window[p:] is the end of the input, zeros, or a
// header once pairs are undone.
func (r *Reader) followsPaired(p int) bool {
	b := r.win.from(p, 2*fullHeader)
	if leadingZeros(b) == len(b) {
		return true
	}
	head, _, _ := unpair(nil, b, fullHeader)
	return anyPlausible(head, r.maxBody)
}

// unpair appends b without the CR of each CR LF to dst until that has size bytes.
// It gives how many bytes of b it used, and how many pairs there were, or -1
// if there is a LF without a CR.
func unpair(dst, b []byte, size int) (out []byte, used, pairs int) {
	for used < len(b) && len(dst) < size {
		c := b[used]
		used++
		switch {
		case c == '\n':
			return dst, used, -1
		case c == '\r' && used < len(b) && b[used] == '\n':
			c = '\n'
			used++
			pairs++
		}
		dst = append(dst, c)
	}
	return dst, used, pairs
}
