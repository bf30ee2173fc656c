package main

import "io"

// visible makes control characters that would act on a terminal visible, save tab and newline. Log text may hold
// whatever a caller of the logged program chose to send.
type visible struct {
	w    io.Writer
	held bool // a byte 0xC2 that may begin a C1 control character
	buf  []byte
}

// lead begins the UTF-8 form of U+0080 to U+00BF, of which the first half are control characters.
const lead = 0xc2

func (v *visible) Write(p []byte) (int, error) {
	v.buf = v.buf[:0]
	for _, c := range p {
		if v.held {
			v.held = false
			if c >= 0x80 && c < 0xa0 {
				v.escape(c)
				continue
			}
			v.buf = append(v.buf, lead)
		}
		switch {
		case c == lead:
			v.held = true
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f:
			v.escape(c)
		default:
			v.buf = append(v.buf, c)
		}
	}
	if _, err := v.w.Write(v.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (v *visible) escape(c byte) {
	const hex = "0123456789abcdef"
	v.buf = append(v.buf, '\\', 'x', hex[c>>4], hex[c&15])
}
