package xlog

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

// An ending says how far a body decoded.
type ending uint8

const (
	whole  ending = iota // to its end
	cut                  // to its end, which is in the middle of something
	broken               // up to something that cannot be
	large                // up to the limit
	locked               // not at all
)

// An outcome is what became of one body.
type outcome struct {
	text   []byte // what decoded, exactly; valid until the next decode
	ending ending
	err    error  // why the ending is not whole
	key    string // name of the key that opened it
	reason Reason // of the ending locked
	packed []byte // the body in front of the codec; valid until the next decode
	ends   []int  // of a deflate body: where in text its writes end; valid until the next decode

	// What whole text shows of its writes: how many the packed stream has, and
	// how many lines are proper beginnings of one: those alone that begin a write
	// if they are enough.
	writes, heads, remarks int
	invalid                bool // what an encrypted zstd body held is no UTF-8
}

// A decoder turns bodies into text. It owns the buffers and uses them again.
type decoder struct {
	maxText int
	keys    keyring
	text    []byte // the last outcome
	body    []byte // the body after decryption and the like
	trial   []byte // the start of a body, while keys are tried
	inflate inflate.Decoder
	room    [512]byte // the text of the start of a body
	unzstd  *zstd.Decoder
}

// keepText is how much a buffer may keep from block to block.
const keepText = 8 << 20

// decode turns a body into text. header is the header in front of it.
func (d *decoder) decode(l *layout, header, body []byte) outcome {
	return d.decodePart(l, header, body, len(body))
}

// decodePart is decode for a body of which only the first bytes are encrypted.
func (d *decoder) decodePart(l *layout, header, body []byte, encrypted int) outcome {
	if !l.crypt {
		return d.decodeWith(nil, "", l, header, body, 0)
	}
	key, name, why := d.keys.open(header, func(k *tea.Key) proof { return d.fits(k, l, body[:encrypted]) })
	if why != 0 {
		return outcome{ending: locked, reason: why, err: errLocked}
	}
	return d.decodeWith(key, name, l, header, body, encrypted)
}

// decodeWith decodes a body of which the first bytes are encrypted for the key of
// that name; nil is for one that is not encrypted. What it gives depends on its
// arguments alone.
func (d *decoder) decodeWith(key *tea.Key, name string, l *layout, header, body []byte, encrypted int) outcome {
	if cap(d.text) > keepText {
		d.text = nil
	}
	if key != nil {
		d.body = append(key.Decrypt(d.body[:0], body[:encrypted]), body[encrypted:]...)
		body = d.body
	}
	body, inner := unwrap(d.body, l, header, body)
	if l.chunks || l.xor {
		d.body = body
	}
	o := d.unpack(l.codec, body)
	o.key, o.packed = name, body
	if inner != nil && o.ending == whole {
		o.ending, o.err = broken, inner
	}
	if o.ending == whole {
		o.census(l.codec)
		o.invalid = l.crypt && l.codec == Zstd && !utf8.Valid(o.text)
	}
	return o
}

// census counts the writes of a whole body in its packed and in its plain form. A
// changed byte often still inflates, to text in which the two differ.
func (o *outcome) census(c Codec) {
	switch c {
	case Stored:
		o.writes = 1
		if headed(o.text) {
			o.heads = 1
		} else if remark(o.text) {
			o.remarks = 1
		}
		return
	case Deflate:
		o.writes = syncMarks(o.packed)
		if o.heads, o.remarks = headsOfWrites(o.text, o.ends); o.heads+o.remarks >= o.writes {
			return
		}
	}
	o.heads, o.remarks = heads(o.text)
}

var (
	errLocked = errors.New("the body is encrypted and no key opens it")
	errChunks = errors.New("an inner length runs past the body")
	errCut    = errors.New("the packed stream is cut")
	errLarge  = errors.New("the text is larger than the limit")
)

// unwrap joins the chunks of magic 0x05 and takes the mask of old layouts off. It
// gives body itself if there is nothing to do, else a body built in dst.
func unwrap(dst []byte, l *layout, header, body []byte) ([]byte, error) {
	if !l.chunks && !l.xor {
		return body, nil
	}
	dst = dst[:0]
	var err error
	if !l.chunks {
		dst = append(dst, body...)
		body = nil
	}
	for len(body) > 0 {
		if len(body) < 2 {
			err = errChunks
			break
		}
		n := int(binary.LittleEndian.Uint16(body))
		body = body[2:]
		if n > len(body) {
			n, err = len(body), errChunks
		}
		dst = append(dst, body[:n]...)
		body = body[n:]
	}
	if l.xor {
		h := parseHeader(header, l)
		m := l.mask(&h)
		for i := range dst {
			dst[i] ^= m
		}
	}
	return dst, err
}

func (d *decoder) unpack(c Codec, body []byte) outcome {
	switch c {
	case Deflate:
		return d.inflated(body)
	case Zstd:
		return d.zstd(body)
	}
	if len(body) > d.maxText {
		return outcome{text: body[:d.maxText], ending: large, err: errLarge}
	}
	return outcome{text: body}
}
