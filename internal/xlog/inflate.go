package xlog

import (
	"fmt"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
)

// inflated unpacks a deflate body. The appender never writes a final block: a body
// that ends behind the mark of its last write is whole. Bytes behind a final block
// do no harm.
func (d *decoder) inflated(body []byte) outcome {
	text, r := d.inflate.Decode(d.text[:0], body, d.maxText)
	d.text = text
	o := outcome{text: text, ending: inflateEnding(r), ends: d.inflate.Marks()}
	switch o.ending {
	case cut:
		o.err = errCut
	case broken:
		o.err = fmt.Errorf("inflate: impossible data at offset %d", r.Bits/8)
	case large:
		o.err = errLarge
	}
	return o
}

func inflateEnding(r inflate.Result) ending {
	switch r.Status {
	case inflate.Whole:
		return whole
	case inflate.Cut:
		return cut
	case inflate.Large:
		return large
	}
	return broken
}
