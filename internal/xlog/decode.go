package xlog

import (
	"encoding/binary"
	"errors"

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
}

// A decoder turns bodies into text. It owns the buffers and uses them again.
type decoder struct {
	maxText int
	keys    keyring
	text    []byte // the last outcome
	spare   []byte // the outcome before, while two are compared
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
	if !l.crypt {
		return d.decodeWith(nil, "", l, header, body)
	}
	key, name, why := d.keys.open(header, func(k *tea.Key) proof { return d.fits(k, l, body) })
	if why != 0 {
		return outcome{ending: locked, reason: why, err: errLocked}
	}
	return d.decodeWith(key, name, l, header, body)
}

// decodeWith decodes a body with the key of that name, nil for one that is not
// encrypted. What it gives depends on its arguments alone.
func (d *decoder) decodeWith(key *tea.Key, name string, l *layout, header, body []byte) outcome {
	if cap(d.text) > keepText {
		d.text = nil
	}
	if key != nil {
		d.body = key.Decrypt(d.body[:0], body)
		body = d.body
	}
	body, inner := unwrap(d.body, l, header, body)
	if l.chunks || l.xor {
		d.body = body
	}
	o := d.unpack(l.codec, body)
	o.key = name
	if inner != nil && o.ending == whole {
		o.ending, o.err = broken, inner
	}
	return o
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

// keep sets the last outcome aside, so that the next decode leaves its text alone.
func (d *decoder) keep(o *outcome) {
	if cap(d.spare) > keepText {
		d.spare = nil
	}
	d.spare = append(d.spare[:0], o.text...)
	o.text = d.spare
}
