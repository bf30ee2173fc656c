package logline

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// recode returns a record that is in GBK or GB 18030 in UTF-8, and any other as it is. It is asked line by line: a file
// that an app writes in UTF-8 and a shell in GBK reads right, and one whose first thousand lines are ASCII too.
func recode(raw []byte) (utf []byte, ok bool) {
	if utf8.Valid(raw) || !isGBK(raw) {
		return raw, false
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return raw, false
	}
	return out, true
}

// isGBK tells text that is not UTF-8 from UTF-8 that was cut or damaged, or is that of Java, whose characters beyond the
// first plane are two halves and whose NUL is C0 80: in GBK hardly anything reads as UTF-8.
func isGBK(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case len(b)-i >= 3 && b[i] == 0xED && b[i+1] >= 0xA0 && b[i+1] < 0xC0 && b[i+2]&0xC0 == 0x80:
			good++
			n = 3
		case len(b)-i >= 2 && b[i] == 0xC0 && b[i+1] == 0x80:
			good++
			n = 2
		default:
			bad++
		}
		i += n
	}
	return bad > good
}

// clean returns a line without NULs and the escape sequences of terminals, both of which may stand inside a header. It is
// the line itself where there are none.
func (p *Parser) clean(line []byte) []byte {
	if bytes.IndexByte(line, 0x1b) < 0 && bytes.IndexByte(line, 0) < 0 {
		return line
	}
	p.room(len(line))
	from := len(p.scratch)
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == 0:
		case c == 0x1b:
			i += escapeLen(line[i:]) - 1
		default:
			p.scratch = append(p.scratch, c)
		}
	}
	return p.scratch[from:]
}

// escapeLen is the length of the escape sequence b begins with: ESC [ parameters letter, or ESC and a byte.
func escapeLen(b []byte) int {
	if len(b) < 2 || b[1] != '[' {
		return 1
	}
	for n := 2; n < len(b); n++ {
		if b[n] >= 0x40 && b[n] <= 0x7e {
			return n + 1
		}
		if b[n] < 0x20 || b[n] > 0x3f {
			return n
		}
	}
	return len(b)
}

// room makes sure that n bytes can be added to scratch at little cost.
func (p *Parser) room(n int) {
	const piece = 64 << 10
	if cap(p.scratch)-len(p.scratch) < n {
		p.scratch = make([]byte, 0, max(n, piece))
	}
}
