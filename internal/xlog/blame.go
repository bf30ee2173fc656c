package xlog

import "bytes"

// Which event most likely made a damage, judged by what it leaves behind.

// ioBuffer divides where a log ends that stdio was writing.
const ioBuffer = 4096

// causeOfCut tells why the input ends inside a block of n bytes.
func (r *Reader) causeOfCut(l *layout, n int) Cause {
	if l.sync || (r.win.off+int64(n))%ioBuffer == 0 {
		return StillWriting
	}
	return CutCopy
}

// causeOfOverrun tells why the span that a header declares does not hold its block
// alone.
func (r *Reader) causeOfOverrun(a *attempt, n int, at stop) Cause {
	legal := a.head.BodyLength <= fullBuffer
	switch {
	case a.layout.sync && at == atBlock:
		return AppKilled
	case a.layout.sync:
		return ZeroedPage
	case legal && r.writers.two:
		return TwoWriters
	case a.whole:
		return ChangedBytes // in the length
	case at == atZeros && (r.win.off+int64(n))%pageAlign == 0:
		return ZeroedPage
	case legal:
		return TwoWriters
	}
	return ChangedBytes
}

const (
	fullBuffer = 150 << 10 // bytes in which the appender builds a block
	pageAlign  = 512       // lost pages begin and end on multiples of it
)

// causeOfGarbage tells why no block is where a damage is.
func (r *Reader) causeOfGarbage(d *Damage, at stop) Cause {
	switch {
	case d.Offset == 0 && at == atEnd:
		return NotXlog
	case d.Offset == 0:
		return CutCopy
	case r.last.cause == ZeroedPage, r.last.cause == TwoWriters:
		return r.last.cause // the rest of a block whose start is lost
	}
	return UnknownCause
}

// replacement is U+FFFD, which text decoders put in the place of what they cannot read.
var replacement = []byte("\uFFFD")

// converted reports whether bytes went through a text decoder: binary data has
// something in every few bytes that is no UTF-8.
func converted(b []byte) bool {
	b = b[:min(len(b), 64<<10)]
	n := bytes.Count(b, replacement)
	return n >= 8 && n*3*8 >= len(b)
}

// A writers tells when a second process writes the same log: a session goes on
// though another one has begun behind it.
type writers struct {
	chains [4]chain // of blocks, the one that went on last first
	two    bool
}

// A chain is the blocks of one session: they share the key field and count on.
type chain struct {
	key  clientKey
	next uint16
}

// note takes the header of an async block, and reports whether it goes on with
// the session of the one before.
func (w *writers) note(header []byte, h *Header) bool {
	if len(header) < fullHeader || h.Seq == 0 {
		return true
	}
	c := chain{key: clientKey(header[fullHeader-len(clientKey{}) : fullHeader]), next: h.Seq + 1}
	if c.next == 0 {
		c.next = 1
	}
	at, known := len(w.chains)-1, false
	for i := range w.chains {
		old := &w.chains[i]
		if old.key == c.key && (old.next == h.Seq || old.next < h.Seq && c.key != clientKey{}) {
			// A block of a cache file goes on behind its session, once.
			w.two = w.two || i > 0 && h.Seq > 1
			at, known = i, true
			break
		}
	}
	copy(w.chains[1:at+1], w.chains[:at])
	w.chains[0] = c
	return known && at == 0
}

// enter notes the header of a block. Another session may be another version of the app,
// which packs with another library.
func (r *Reader) enter(header []byte, h *Header) {
	r.zlib = r.writers.note(header, h) && r.zlib
}
