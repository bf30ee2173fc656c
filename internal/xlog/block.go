package xlog

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

// fullBody is a body so long that the appender's buffer of 150 KiB was full and
// cut the last write short. A stream that is cut is whole there.
const fullBody = 150<<10 - 600

// A frame is a header whose block fits into the input and ends on an end byte.
type frame struct {
	layout *layout
	head   Header
	size   int         // bytes on disk
	next   bool        // something that may follow a block does
	known  fingerprint // once print has taken it
}

// take gives the block at the start of the window: a *Block, a *Locked, a *Skipped,
// or a *Damage of exactly its span. It gives nil if there is no block.
func (r *Reader) take() Record {
	var hurt frame
	forms := layouts[r.win.next(1)[0]]
	for i := range forms {
		f, ok := r.frame(&forms[i])
		if !ok || !f.next && r.tired() {
			continue
		}
		if r.unwanted(&f) {
			return r.passed(&f)
		}
		if d := r.repeated(&f); d != nil {
			return d
		}
		if r.full() && f.next {
			r.used = f.size
			return &Damage{Header: f.head, Kind: TooLarge, Cause: OverLimit, Err: errFull}
		}
		o := r.decode(&f)
		if o.reason == BadClientKey {
			o = r.borrow(&f, o)
		}
		switch {
		case o.ending == large:
			r.used = f.size
			return &Damage{Header: f.head, Kind: TooLarge, Cause: OverLimit, Key: o.key, Salvaged: o.text, Err: o.err}
		case o.ending == locked:
			if !f.next {
				if d := r.textMode(); d != nil {
					return d
				}
			}
			if r.sealed(&f) && !r.swallows(&f) {
				r.used = f.size
				return &Locked{Header: f.head, Codec: f.layout.codec, Reason: o.reason}
			}
		case r.sound(&f, &o):
			if r.doubtful(&f, &o) {
				if r.swallows(&f) {
					continue
				}
				o = r.decode(&f) // the search may have moved the window
			}
			if r.flawed(&f, &o) {
				return r.hurt(&f)
			}
			return r.yield(&f, &o)
		case f.next && r.headed(&f):
			hurt = f
		}
		r.spent += int64(f.size + len(o.text))
	}
	if hurt.layout == nil || r.swallows(&hurt) {
		return nil
	}
	return r.hurt(&hurt)
}

// frame reads the header at the start of the window as layout l.
func (r *Reader) frame(l *layout) (f frame, ok bool) {
	b := r.win.next(l.header)
	if len(b) < l.header {
		return f, false
	}
	f = frame{layout: l, head: parseHeader(b, l)}
	if uint64(f.head.BodyLength) > uint64(r.maxBody) {
		return f, false
	}
	f.head.Offset = r.win.off
	f.size = int(f.head.Length)
	if b = r.win.next(f.size); len(b) < f.size || b[f.size-1] != 0 {
		return f, false
	}
	f.next = r.follows(f.size)
	return f, true
}

func (r *Reader) decode(f *frame) outcome {
	if o, ok := r.decoded(f); ok {
		return o
	}
	b := r.win.next(f.size)
	return r.dec.decode(f.layout, b[:f.layout.header], b[f.layout.header:f.size-1])
}

// borrowBlocks is how many blocks ahead a key field is looked for.
const borrowBlocks = 8

// borrow decodes a frame whose key field is no point of the curve with the key
// field of one of the next blocks, which is the same in all of a session. It gives
// the outcome so far if none fits.
func (r *Reader) borrow(f *frame, so outcome) outcome {
	at := f.size
	for range borrowBlocks {
		b := r.win.from(at, fullHeader)
		if len(b) < fullHeader || at > r.maxSpan() || len(layouts[b[0]]) == 0 {
			break
		}
		l := &layouts[b[0]][0]
		if l.weak() || !plausible(b, l, r.maxBody) {
			break
		}
		at += int(parseHeader(b, l).Length)
		if !r.dec.keys.isPoint(b) {
			continue
		}
		var header [fullHeader]byte
		copy(header[:], b)
		body := r.win.next(f.size)
		copy(header[:fullHeader-len(clientKey{})], body)
		if o := r.dec.decode(f.layout, header[:], body[f.layout.header:f.size-1]); o.ending != locked {
			return o
		}
	}
	return so
}

// sound reports whether a decoded frame is a block. One that is followed by a
// block only has to decode; else its text must speak for it.
func (r *Reader) sound(f *frame, o *outcome) bool {
	if o.ending != whole && (o.ending != cut || f.head.BodyLength < fullBody) {
		return false
	}
	if len(o.text) == 0 {
		return f.next
	}
	if f.layout.weak() && r.seen.header > openHeader && !speaks(o.text, 24, 10) {
		return false
	}
	if f.next && !f.layout.weak() {
		if f.layout.codec != Stored {
			return true
		}
		if misread(f, o.text) {
			return false
		}
		return textual(o.text) || f.head.Seq == 0 && encoded(o.text)
	}
	if !f.next && f.layout.codec == Stored && bytes.IndexByte(o.text, 0) >= 0 {
		return false
	}
	return textual(o.text)
}

// misread reports whether the magic of stored text may be another one, changed: a sync
// block that counts, or text that begins as zstd does.
func misread(f *frame, text []byte) bool {
	return f.layout.codec == Stored &&
		(f.layout.sync && f.head.Seq != 0 && !headed(text) && !remark(text) || bytes.HasPrefix(text, zstdMagic))
}

// doubtful reports whether a frame that decodes may still have a wrong length:
// stored text decodes whatever the length is.
func (r *Reader) doubtful(f *frame, o *outcome) bool {
	return !f.next || f.layout.codec == Stored && (f.layout.crypt || bytes.IndexByte(o.text, 0) >= 0)
}

// headed reports whether the header of a frame speaks for itself.
func (r *Reader) headed(f *frame) bool {
	return f.layout.header >= openHeader && plausible(r.win.next(f.layout.header), f.layout, r.maxBody) ||
		!f.layout.weak()
}

// sealed reports whether a frame that cannot be opened is a block. The key field
// of an encrypted block is a curve point, which no other 64 bytes are.
func (r *Reader) sealed(f *frame) bool {
	header := r.win.next(fullHeader)
	return f.next || plausible(header, f.layout, r.maxBody) && r.dec.keys.isPoint(header)
}

// swallows reports whether the span of a frame holds another block: then its
// length is wrong.
func (r *Reader) swallows(f *frame) bool {
	if r.tired() {
		return false
	}
	r.spent += int64(f.size)
	_, at := r.search(1, f.size, f.size)
	return at == atBlock
}

func (r *Reader) yield(f *frame, o *outcome) Record {
	r.used = f.size
	r.enter(r.win.next(fullHeader), &f.head)
	if (f.head.Seq != 0 || f.layout.sync) && f.head.BodyLength > 0 {
		r.fresh, r.freshAt = f.print(r.win.next(f.size)), f.head.Offset
	}
	r.seen.header = f.layout.header
	r.seen.writes += int64(o.writes - o.remarks)
	r.seen.proper += int64(o.heads)
	r.seen.invalid = r.seen.invalid || o.invalid
	r.block = Block{Header: f.head, Codec: f.layout.codec, Encrypted: f.layout.crypt, Key: o.key, Text: o.text, Ends: o.ends}
	return &r.block
}

// flawed reports whether text that decoded whole is not what was written. It is
// looked at closely only where it differs from its packed form in what a write is,
// or where the file has shown changed bytes before.
func (r *Reader) flawed(f *frame, o *outcome) bool {
	c := f.layout.codec
	if o.ending != whole {
		return false
	}
	if body := r.win.next(f.size)[f.layout.header : f.size-1]; r.paged(f, body, o.text) {
		return true
	}
	if c == Stored {
		return false
	}
	differs := o.writes > o.heads+o.remarks && (o.heads+o.remarks > 0 || r.standard())
	if !differs && !o.invalid && !(r.wary && c == Deflate && r.judged < wariness(r.win.off)) {
		return false
	}
	n, _ := r.sure(f.layout, o, false)
	return n < len(o.text)
}

// wariness bounds the judgement of bodies that nothing speaks against, which is
// ten times slower than to inflate them: the first 16 MiB of text, then less.
func wariness(passed int64) int64 { return 64<<20 + 2*passed }

// paged reports whether a lost page has cut into the body of a frame. Nothing packed has
// many zeros in a row; stored text may have some, but no text ends on them.
func (r *Reader) paged(f *frame, body, text []byte) bool {
	if f.layout.codec != Stored || f.layout.crypt {
		return zeroRun(body) < len(body) || bytes.HasSuffix(body, zeroPage[:tea.Group]) ||
			bytes.HasSuffix(text, zeroPage[:1]) && bytes.HasSuffix(body, zeroPage[:1])
	}
	if zerosIn(body, longRun) >= 0 {
		return true
	}
	if len(body) == 0 || body[len(body)-1] != 0 {
		return false
	}
	if bytes.HasSuffix(body, zeroPage[:shortRun]) {
		return true
	}
	behind := r.win.from(f.size, shortRun)
	return leadingZeros(behind) == len(behind)
}

// hurt gives the damage of a block with a sound frame and a bad body.
func (r *Reader) hurt(f *frame) *Damage {
	l := f.layout
	r.used = f.size
	r.enter(r.win.next(f.size), &f.head)
	d := &Damage{Header: f.head, Kind: BadBody, Cause: ChangedBytes}
	o := r.decode(f)
	d.Key = o.key
	why := o.err
	if why == nil {
		why = errFlaw
	}
	body := r.win.next(f.size)[l.header : f.size-1]
	paged := r.paged(f, body, o.text) || o.ending != whole && l.codec != Stored && bytes.HasSuffix(body, zeroPage[:1])
	n, _ := r.sure(l, &o, true)
	if o.ending == whole && !paged {
		m, _ := r.sure(l, &o, false) // why it is here
		n = min(n, m)
	}
	text := bytes.Clone(o.text[:n])
	b := r.win.next(f.size)
	header, body := b[:l.header], b[l.header:f.size-1]
	// What cuts the body in a known place leaves half a write that is good.
	cutAt, cause := len(body), ChangedBytes
	if z := zeroRun(body); paged {
		if z == len(body) || l.codec == Stored && !l.crypt {
			z = len(bytes.TrimRight(body[:z], "\x00"))
		}
		cutAt, cause = z, ZeroedPage
		if r.writers.two {
			cause = TwoWriters
		}
	} else if l.crypt {
		cause = AppKilled // within a write, between encryption and the new length
	}
	if l.crypt {
		cutAt -= cutAt % tea.Group
	}
	if paged {
		d.Cause, n, text = cause, 0, nil // the text may go on through the zeros
	}
	if (paged || o.ending != whole) && cutAt < len(body) {
		if o = r.dec.decode(l, header, body[:cutAt]); o.ending != broken && len(o.text) >= n {
			if m, reached := r.sure(l, &o, true); reached && m >= n {
				text, d.Cause = bytes.Clone(o.text), cause
			} else if paged {
				text = bytes.Clone(o.text[:m])
			}
		}
	}
	wrong := misread(f, o.text)
	if wrong || !printable(text) || l.weak() && !textual(text) {
		text = nil
	}
	if len(text) == 0 {
		unlike := wrong || !speaks(o.text, 24, 10) // of this magic
		if a := r.guess(f.size, atBlock); unlike && len(a.text) > 0 {
			d.Kind, d.Err, d.Key, d.Salvaged, d.Whole = BadHeader, errMagic, a.key, a.text, a.whole
			return d
		}
		d.Err = errNoText
		if o.err != nil && l.codec != Stored {
			d.Err = why
		}
		return d
	}
	d.Salvaged = text
	d.Err = fmt.Errorf("after %d bytes of text: %w", len(text), why)
	d.torn = r.cacheEnds(f.size)
	return d
}

var (
	errFull = errors.New("the container gives more text than a log of its size can")
	errFlaw = errors.New("what follows is not as the appender writes it")
)
