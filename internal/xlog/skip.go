package xlog

import "github.com/xlogscan/xlogscan/internal/xlog/tea"

// unwanted reports whether Options.Skip leaves the block of a frame out. A block is
// believed without a look at its body only where its header speaks for itself and
// something that may follow a block does; all else is decoded and judged.
func (r *Reader) unwanted(f *frame) bool {
	l := f.layout
	if r.skip == nil || !f.next || l.weak() || !plausible(r.win.next(l.header), l, r.maxBody) {
		return false
	}
	return r.ask(*f)
}

// ask takes a copy of the frame, because what Skip is given does not stay on the stack.
func (r *Reader) ask(f frame) bool {
	l := f.layout
	return r.skip(&f.head, func() []byte {
		b := r.win.next(f.size)
		body := b[l.header : f.size-1]
		var key *tea.Key
		if l.crypt {
			var why Reason
			if key, _, why = r.dec.keys.open(b[:l.header], func(k *tea.Key) proof { return r.dec.fits(k, l, body) }); why != 0 {
				return nil
			}
		}
		return r.dec.begin(key, l, body)
	})
}

// passed gives the record of a block that is not wanted.
func (r *Reader) passed(f *frame) *Skipped {
	r.used = f.size
	r.enter(r.win.next(fullHeader), &f.head)
	r.seen.header = f.layout.header
	return &Skipped{Header: f.head}
}

// begin gives the first bytes of the text of a body, as much as unpacks from a small
// part of it. They are valid until the next decode.
func (d *decoder) begin(key *tea.Key, l *layout, body []byte) []byte {
	start := body[:min(len(body), trialBytes)]
	if key != nil {
		d.body = key.Decrypt(d.body[:0], start)
		start = d.body
	}
	switch l.codec {
	case Deflate:
		text, _ := d.inflate.Decode(d.room[:0], start, len(d.room))
		return text
	case Zstd:
		return d.zstd(start).text
	}
	return start
}
