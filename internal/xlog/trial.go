package xlog

import (
	"bytes"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

// A proof is how surely the start of a body shows that a key, a layout or a
// guess is right.
type proof uint8

const (
	unproven proof = iota
	likely         // a short text and nothing else
	proven
)

// trialBytes of a body are enough for a trial.
const trialBytes = 2 << 10

// fits tries a key on the start of an encrypted body. A wrong key gives random
// bytes, which rarely inflate to more than a few bytes and almost never to text.
func (d *decoder) fits(k *tea.Key, l *layout, body []byte) proof {
	start := body[:min(len(body), trialBytes)]
	d.trial = k.Decrypt(d.trial[:0], start)
	return d.reads(l.codec, d.trial, len(start) == len(body))
}

// starts tells how surely a body belongs to a block of layout l, as far as a look
// at its start can tell.
func (d *decoder) starts(l *layout, header, body []byte) proof {
	if len(body) == 0 {
		if l.weak() {
			return unproven
		}
		return proven
	}
	if !l.weak() && (l.crypt || l.codec == Deflate) {
		return proven
	}
	start := body[:min(len(body), trialBytes)]
	plain, _ := unwrap(d.trial, l, header, start)
	if l.chunks || l.xor {
		d.trial = plain
	}
	return d.reads(l.codec, plain, len(start) == len(body))
}

// resembles reports whether the start of a body looks like one of layout l. What
// is encrypted looks like anything.
func (d *decoder) resembles(l *layout, header, start []byte) bool {
	if l.crypt {
		return len(start) > 0
	}
	plain, _ := unwrap(nil, l, header, start)
	return d.reads(l.codec, plain, false) == proven
}

// reads tells how surely the start of a body, or all of it, is text once it is
// unpacked. Random input passes for text in about one of a million cases, since
// a stream that breaks within the trial has to show more of it. Text that is
// no UTF-8 proves itself by its length: of as many random bytes one in ten would
// be a control character.
func (d *decoder) reads(c Codec, start []byte, all bool) proof {
	text, end, used := start, whole, len(start)
	switch c {
	case Deflate:
		var r inflate.Result
		text, r = d.inflate.Decode(d.room[:0], start, len(d.room))
		end, used = inflateEnding(r), r.Consumed()
	case Zstd:
		if bytes.HasPrefix(start, zstdMagic) || all && isSkippable(start) {
			return proven
		}
		return unproven
	}
	switch {
	case end != broken && speaks(text, 64, 16), speaks(text, 100, 20):
		return proven
	case (end == whole || end == cut && !all && len(text) < 64) && speaks(text, 24, 10):
		return proven
	case c == Deflate && end != broken && len(text) >= 256 && controls(text)*64 <= len(text) && varied(text):
		return proven
	case !all || len(text) == 0 || !textual(text):
		return unproven
	case c == Deflate && (end != whole || used < len(start)):
		return unproven // cut, or bytes are left behind a final block
	}
	return likely
}
