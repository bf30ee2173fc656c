package xlog

import (
	"bytes"
	"errors"
	"fmt"
)

var (
	errNoBlock  = errors.New("no block starts here")
	errEndByte  = errors.New("the byte behind the body is no end byte")
	errNoNext   = errors.New("no block follows the end byte")
	errShort    = errors.New("the input ends inside the header")
	errNoText   = errors.New("what the body decodes to is no text")
	errNoHeader = errors.New("the header is destroyed; what the body holds was guessed")
)

// damage covers what lies between the start of the window and the next block
// that is sound, with the text that the start of it still gives.
func (r *Reader) damage() *Damage {
	n, at := r.search(1, r.maxSpan(), r.headerSize())
	d := &Damage{Header: Header{Offset: r.win.off}, Kind: Garbage, Err: errNoBlock}
	r.explain(d, n, at)

	total := int64(n)
	for at == atLimit {
		r.win.pass(n)
		n, at = r.search(0, r.maxSpan(), 0)
		total += int64(n)
	}
	r.used = n
	d.Length = total
	return d
}

// headerSize gives the size of the header at the start of the window, 1 if there
// is none. Zeros within a header are no run of their own.
func (r *Reader) headerSize() int {
	b := r.win.next(fullHeader)
	forms := layouts[b[0]]
	for i := range forms {
		if plausible(b, &forms[i], r.maxBody) {
			return forms[i].header
		}
	}
	return 1
}

// explain fills in what the first n bytes of the window are, if they are not
// mere garbage.
func (r *Reader) explain(d *Damage, n int, at stop) {
	forms := layouts[r.win.next(1)[0]]
	var best []byte
	named := false
	for i := range forms {
		l := &forms[i]
		b := r.win.next(min(n, l.header))
		if len(b) < l.header {
			if at == atEnd && r.last.known && plausible(b, l, r.maxBody) {
				d.Kind, d.Err, d.torn = Truncated, errShort, true
			}
			continue
		}
		head := parseHeader(b, l)
		fits := plausible(b, l, r.maxBody)
		if !fits && (uint64(head.BodyLength) <= uint64(r.maxBody) || l.weak() || head.BeginHour > 23 || head.EndHour > 23) {
			continue
		}
		o := r.salvage(l, n, at)
		if l.weak() && len(o.text) == 0 || named && len(o.text) <= len(best) {
			continue
		}
		if named = true; len(o.text) > 0 {
			best = bytes.Clone(o.text)
		}
		offset := d.Offset
		d.Header = head
		d.Offset = offset
		d.Salvaged = best
		r.name(d, l, n, at)
		if d.Kind == Garbage {
			d.Header = Header{Offset: offset}
		}
	}
	if d.Kind == Garbage && (at == atBlock || at == atEnd) {
		if text := r.guess(n, at); len(text) > 0 {
			d.Kind, d.Err, d.Salvaged = BadHeader, errNoHeader, text
		}
	}
}

// name tells the kind of a damage of n bytes that starts with a header.
func (r *Reader) name(d *Damage, l *layout, n int, at stop) {
	length := int64(d.BodyLength)
	size := int64(l.header) + length + 1
	switch {
	case length > int64(r.maxBody):
		if len(d.Salvaged) > 0 || l.crypt && r.dec.keys.isPoint(r.win.next(fullHeader)) {
			d.Kind = BadHeader
		}
		d.Err = fmt.Errorf("the header declares a body of %d bytes, past the limit of %d", length, r.maxBody)
	case at == atEnd && size > int64(n):
		d.Kind, d.torn = Truncated, true
		d.Err = fmt.Errorf("the block has %d bytes and the input ends after %d", size, n)
	case size > int64(n):
		d.Kind = BadEnd
		d.Err = fmt.Errorf("the block has %d bytes and what follows starts after %d", size, n)
	default:
		d.Kind, d.Err = BadEnd, errEndByte
		if r.win.from(int(size)-1, 1)[0] == 0 {
			d.Err = errNoNext
		}
		// A cache file whose app died within a write has up to one more line
		// behind the declared length, and zeros from there on.
		d.torn = at == atZeros && int64(n)-size <= maxLine && r.cacheEnds(n)
	}
}

// maxLine is more than one write of the appender adds to a block.
const maxLine = 20 << 10

// salvage decodes the body of a hurt block that starts the window and is n bytes
// long at most. Where the body ends can be known twice: from the block that
// follows and from the header. The one that decodes to its end is right.
func (r *Reader) salvage(l *layout, n int, at stop) outcome {
	b := r.win.next(n)
	header, rest := b[:l.header], b[l.header:]
	first, second := len(rest), int(parseHeader(b, l).BodyLength)
	if at == atBlock && first > 0 && rest[first-1] == 0 {
		first-- // the end byte
	}
	if second > len(rest) || second < 0 {
		second = first
	}
	if at != atBlock || l.codec == Stored {
		first, second = second, first
	}
	o := r.dec.decode(l, header, rest[:first])
	if o.ending != whole && first != second {
		r.dec.keep(&o)
		if p := r.dec.decode(l, header, rest[:second]); p.ending == whole || len(p.text) > len(o.text) {
			o = p
		}
	}
	if l.codec == Stored {
		o.text, _, _ = bytes.Cut(o.text, []byte{0})
	}
	if !printable(o.text) || l.weak() && !textual(o.text) {
		o.text = nil
	}
	return o
}

// guesses are the layouts tried on a body whose header is destroyed.
var guesses = [...]layout{
	{header: fullHeader, codec: Zstd},
	{header: fullHeader, codec: Deflate},
	{header: fullHeader, codec: Deflate, crypt: true},
	{header: fullHeader, codec: Zstd, crypt: true},
	{header: fullHeader},
}

// guess decodes a block of n bytes though its header does not say how, if the
// body proves one way right.
func (r *Reader) guess(n int, at stop) []byte {
	if n <= fullHeader+1 {
		return nil
	}
	b := r.win.next(n)
	header, body := b[:fullHeader], b[fullHeader:n]
	if body[len(body)-1] == 0 {
		body = body[:len(body)-1]
	}
	for i := range guesses {
		l := &guesses[i]
		switch {
		case l.crypt:
			// decode proves the key by the body.
		case l.codec == Stored && (at == atEnd || bytes.IndexByte(header, 0) < 0):
			continue // text from its first byte on, and no header was here
		case r.dec.reads(l.codec, body[:min(len(body), trialBytes)], false) != proven:
			continue
		}
		o := r.dec.decode(l, header, body)
		if l.codec == Stored {
			o.text, _, _ = bytes.Cut(o.text, []byte{0})
		}
		if speaks(o.text, 24, 10) {
			return bytes.Clone(o.text)
		}
	}
	return nil
}
