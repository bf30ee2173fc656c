package xlog

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

var (
	errNoBlock  = errors.New("no block starts here")
	errEndByte  = errors.New("the byte behind the body is no end byte")
	errNoNext   = errors.New("no block follows the end byte")
	errShort    = errors.New("the input ends inside the header")
	errNoText   = errors.New("what the body decodes to is no text")
	errNoHeader = errors.New("the header is destroyed; what the body holds was guessed")
	errMagic    = errors.New("the magic byte is destroyed; what the body holds was guessed")
)

// damage covers what lies between the start of the window and the next block
// that is sound, with the text that the start of it still gives.
func (r *Reader) damage() *Damage {
	if d := r.unnamed(); d != nil {
		return d
	}
	n, at := r.search(1, r.maxSpan(), r.headerSize())
	d := &Damage{Header: Header{Offset: r.win.off}, Kind: Garbage, Err: errNoBlock}
	used := n
	if !r.full() {
		used = r.explain(d, n, at)
	}
	if used < n && !r.tired() {
		// Another hurt block lies behind the first. The search has to be done again.
		r.spent += int64(n)
		r.used = used
		d.Length = int64(used)
		return d
	}

	total := int64(n)
	mangled := len(d.Salvaged) == 0 && converted(r.win.next(n))
	for at == atLimit {
		r.win.pass(n)
		n, at = r.search(0, r.maxSpan(), 0)
		total += int64(n)
	}
	r.used = n
	d.Length = total
	switch {
	case mangled: // the bytes of a header may have come through
		d.Cause = TextConversion
	case d.Kind == Garbage:
		d.Cause = r.causeOfGarbage(d, at)
	}
	return d
}

// unnamed gives the block at the start of the window of which only the magic byte is
// destroyed, or nil: the rest of the header leads to an end byte, and the body decodes whole.
func (r *Reader) unnamed() *Damage {
	b := r.win.next(fullHeader)
	if len(b) < fullHeader || b[0] == 0 || r.full() || r.tired() {
		return nil
	}
	h := parseHeader(b, &guesses[0])
	size := int(h.Length)
	if uint64(h.BodyLength) > uint64(r.maxBody) || h.BodyLength == 0 {
		return nil
	}
	if b = r.win.next(size); len(b) < size || b[size-1] != 0 {
		return nil
	}
	for i := range guesses {
		l := &guesses[i]
		if b = r.win.next(size); !plausible(b, l, r.maxBody) {
			continue
		}
		r.spent += int64(size)
		o := r.dec.decode(l, b[:fullHeader], b[fullHeader:size-1])
		if !r.accept(l, &o) || !textual(o.text) {
			continue
		}
		h.Magic, h.Offset = 0, r.win.off
		r.used = size
		return &Damage{Header: h, Kind: BadHeader, Cause: ChangedBytes, Key: o.key, Salvaged: bytes.Clone(o.text), Whole: true, Err: errMagic}
	}
	return nil
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

// An attempt is one reading of a hurt block at the start of the window.
type attempt struct {
	layout *layout
	head   Header
	text   []byte // sure text, owned by the attempt
	key    string // name of the key that fits
	size   int    // bytes of the window that the block covers
	whole  bool   // the body decoded to its end
	zeroed bool   // a page of zeros cuts the body
	grown  bool   // a cache file whose last write was not counted yet
}

// explain fills in what the first n bytes of the window are, if they are not mere
// garbage, and gives how many of them are.
func (r *Reader) explain(d *Damage, n int, at stop) int {
	forms := layouts[r.win.next(1)[0]]
	var best attempt
	for i := range forms {
		l := &forms[i]
		b := r.win.next(min(n, l.header))
		if len(b) < l.header {
			if at == atEnd && r.last.known && plausible(b, l, r.maxBody) {
				d.Kind, d.Err, d.torn = Truncated, errShort, true
				d.Cause = r.causeOfCut(l, n)
			}
			continue
		}
		head := parseHeader(b, l)
		fits := plausible(b, l, r.maxBody)
		if !fits && (uint64(head.BodyLength) <= uint64(r.maxBody) || l.weak() || head.BeginHour > 23 || head.EndHour > 23) {
			continue
		}
		a := r.attempt(l, n, at)
		if !fits && !(l.codec != Stored && (a.whole || speaks(a.text, 24, 10)) || headed(a.text) || remark(a.text)) {
			a.text, a.whole = nil, false // only the text could speak for this header
		}
		if r.win.off == 0 && (l.codec == Stored || head.BodyLength == 0) && int64(a.size) != head.Length && !headed(a.text) && !remark(a.text) {
			a.text, a.whole = nil, false // the input may begin inside a header
		}
		if l.weak() && len(a.text) == 0 || best.layout != nil && len(a.text) <= len(best.text) {
			continue
		}
		best = a
	}
	if best.layout != nil {
		offset := d.Offset
		d.Header, d.Key, d.Salvaged = best.head, best.key, best.text
		d.Offset = offset
		r.enter(r.win.next(fullHeader), &best.head)
		r.name(d, &best, n, at)
		if d.Kind == Garbage {
			d.Header, d.Key = Header{Offset: offset}, ""
		}
	}
	if len(best.text) == 0 {
		if a := r.guess(n, at); len(a.text) > 0 {
			offset := d.Offset
			d.Header, d.Key, d.Salvaged, d.Whole = a.head, a.key, a.text, a.whole
			d.Offset, d.Magic, d.torn = offset, 0, false
			d.Kind, d.Err, d.Cause = BadHeader, errNoHeader, ChangedBytes
			switch {
			case leadingZeros(r.win.next(fullHeader)) > openHeader:
				d.Cause = ZeroedPage
			case a.size < n || a.whole:
				d.Err = errMagic
			}
			return a.size
		}
	}
	if best.layout == nil || d.Kind == Garbage {
		return n
	}
	return best.size
}

// name tells the kind of a damage of n bytes that starts with a header.
func (r *Reader) name(d *Damage, a *attempt, n int, at stop) {
	l := a.layout
	length := int64(d.BodyLength)
	size := int64(l.header) + length + 1
	d.Whole = a.whole
	d.Cause = ChangedBytes
	switch {
	case length > int64(r.maxBody):
		if len(d.Salvaged) > 0 || l.crypt && r.dec.keys.isPoint(r.win.next(fullHeader)) {
			d.Kind = BadHeader
		}
		d.Err = fmt.Errorf("the header declares a body of %d bytes, past the limit of %d", length, r.maxBody)
	case at == atEnd && size > int64(n) && a.size == n:
		d.Kind, d.torn, d.Whole = Truncated, true, false
		d.Cause = r.causeOfCut(l, n)
		d.Err = fmt.Errorf("the block has %d bytes and the input ends after %d", size, n)
	case size > int64(n):
		d.Kind = BadEnd
		d.Err = fmt.Errorf("the block has %d bytes and what follows starts after %d", size, n)
		d.Cause = r.causeOfOverrun(a, n, at)
	default:
		d.Kind, d.Err = BadEnd, errEndByte
		if r.win.from(int(size)-1, 1)[0] == 0 {
			d.Err = errNoNext
		}
		if a.grown {
			d.torn, d.Whole, d.Cause = true, false, StillWriting
		}
	}
	if a.zeroed && d.Cause == ChangedBytes {
		d.Cause = ZeroedPage
	}
}

// maxLine is more than one write of the appender adds to a block.
const maxLine = 20 << 10

// pageRun zeros in a row within a body are taken for a lost page: nothing packed
// has so many.
const pageRun = 64

// attempt decodes the body of a hurt block that starts the window and is n bytes
// long at most. Where the body ends can be known twice: from the header, and from
// what follows.
func (r *Reader) attempt(l *layout, n int, at stop) attempt {
	a := attempt{layout: l, size: n}
	b := r.win.next(n)
	a.head = parseHeader(b, l)
	declared := int(min(uint64(a.head.BodyLength), uint64(r.maxBody)+1))
	if behind := n - l.header - declared; at == atZeros && behind > 0 && behind <= maxLine && r.cacheFrom(n) {
		b = r.win.next(n + 8)
		return r.grown(a, b[:l.header], b[l.header:], n-l.header)
	}
	b = r.win.next(n)
	header, rest := b[:l.header], b[l.header:]
	if declared < len(rest) && (rest[declared] == 0 || declared == len(rest)-1) || declared == len(rest) {
		o := r.dec.decode(l, header, rest[:declared])
		if r.accept(l, &o) {
			a.whole = true
			a.size = min(l.header+declared+1, n)
			a.text, a.key = bytes.Clone(o.text), o.key
			return a
		}
	}
	m, closed := len(rest), false
	if at == atBlock && m > 0 && rest[m-1] == 0 {
		m-- // the end byte
		closed = true
	}
	o := r.dec.decode(l, header, rest[:m])
	inGroup := l.crypt && at == atEnd && declared > m && m%tea.Group != 0 // the cut is within a group
	if !inGroup && r.accept(l, &o) && (closed || l.codec != Stored) {
		a.whole = true
		a.text, a.key = bytes.Clone(o.text), o.key
		return a
	}
	if z := zeroRun(rest[:m]); z < m && l.codec != Stored {
		m, a.zeroed = z, true
	}
	if l.crypt {
		m -= m % tea.Group // what is left of a group that was cut is no text
	}
	o = r.dec.decode(l, header, rest[:m])
	a.key = o.key
	if l.codec == Stored {
		o.text, _, _ = bytes.Cut(o.text, []byte{0})
	}
	sure, reached := r.sure(l, &o, o.ending == broken)
	if reached && o.ending != broken {
		sure = len(o.text)
	}
	if text := o.text[:sure]; printable(text) && (!l.weak() || textual(text)) {
		a.text = bytes.Clone(text)
	}
	return a
}

// accept reports whether a body decoded whole, to text.
func (r *Reader) accept(l *layout, o *outcome) bool {
	if o.ending != whole || len(o.text) == 0 || !printable(o.text) || l.weak() && !textual(o.text) {
		return false
	}
	if l.codec == Stored {
		return bytes.IndexByte(o.text, 0) < 0
	}
	if r.standard() && l.codec != Stored && o.heads+o.remarks < o.writes/2 {
		return false
	}
	n, _ := r.sure(l, o, false)
	return n == len(o.text)
}

// grown decodes the block of a cache file whose app died within a write: end
// bytes of body are there, more than the header declares. The last write was not
// encrypted yet, or it was, in one run with all before it.
func (r *Reader) grown(a attempt, header, body []byte, end int) attempt {
	l := a.layout
	declared := int(a.head.BodyLength)
	for _, encrypted := range []int{end, declared} {
		for e := end; e <= min(end+tea.Group-1, len(body)); e++ {
			run := encrypted
			if run == end {
				run = e
			}
			o := r.dec.decodePart(l, header, body[:e], run)
			n, reached := r.sure(l, &o, o.ending == broken)
			if reached && o.ending != broken {
				n = len(o.text)
			}
			if text := o.text[:n]; n > len(a.text) && printable(text) && (!l.weak() || textual(text)) {
				a.text, a.key, a.grown = bytes.Clone(text), o.key, true
			}
			if o.ending == whole || l.codec != Zstd {
				break // only zstd may end on zeros of its own
			}
		}
	}
	return a
}

// guesses are the layouts tried on a body whose header does not say.
var guesses = [...]layout{
	{header: fullHeader, codec: Zstd},
	{header: fullHeader, codec: Deflate},
	{header: fullHeader, codec: Deflate, crypt: true},
	{header: fullHeader, codec: Zstd, crypt: true},
	{header: fullHeader, sync: true},
	{header: fullHeader, crypt: true},
}

// guess decodes a block of n bytes though its header does not say how, if the
// body proves one way right.
func (r *Reader) guess(n int, at stop) (found attempt) {
	if n <= fullHeader+1 {
		return found
	}
	for i := range guesses {
		l := &guesses[i]
		b := r.win.next(n)
		header, body := b[:fullHeader], b[fullHeader:]
		named := plausible(b, l, r.maxBody) && header[0] != 0 // all but the magic byte is as it should be
		switch {
		case l.crypt:
			// decode proves the key by the body.
		case l.codec == Stored && !named && (at == atEnd || bytes.IndexByte(header, 0) < 0):
			continue // text from its first byte on, and no header was here
		case l.codec != Stored && r.dec.reads(l.codec, body[:min(len(body), trialBytes)], false) == unproven && !named:
			continue
		}
		a := r.attempt(l, n, at)
		exact := named && a.whole && int64(a.size) == a.head.Length
		if !exact && (r.win.off == 0 || l.codec == Stored && !l.crypt) && !headed(a.text) && !remark(a.text) {
			continue // where the block begins, or its first line, is not known
		}
		if !exact && at == atLimit || !exact && !speaks(a.text, 24, 10) || len(a.text) <= len(found.text) {
			continue
		}
		if !named {
			a.head = Header{}
		}
		found = a
	}
	return found
}

// zeroRun gives where a run of pageRun zeros starts in b, or its length.
func zeroRun(b []byte) int {
	if i := zerosIn(b, pageRun); i >= 0 {
		return i
	}
	return len(b)
}

// zerosIn gives where the first n zeros in a row start in b, -1 if there are none. It
// is run on every body, so it looks at every n-th byte only, where one of them lies.
func zerosIn(b []byte, n int) int {
	for i := n - 1; i < len(b); {
		if b[i] != 0 {
			i += n
			continue
		}
		from := i
		for from > 0 && b[from-1] == 0 {
			from--
		}
		for i < len(b) && i-from < n && b[i] == 0 {
			i++
		}
		if i-from == n {
			return from
		}
		i += n
	}
	return -1
}

var zeroPage [longRun]byte
