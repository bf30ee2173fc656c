package xlog

import "unicode/utf8"

// textual reports whether b, judged by its first bytes, is text as logs hold it:
// at most one byte in eight is a control character or no UTF-8. The surrogate
// pairs of Java strings and a character cut in two are common and count little.
func textual(b []byte) bool {
	b = b[:min(len(b), 512)]
	bad := 0
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			i++
			if odds[c] {
				bad++
			}
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			i += n
		case i+2 < len(b) && c == 0xED && b[i+1]&0xC0 == 0x80 && b[i+2]&0xC0 == 0x80:
			i += 3 // half of a surrogate pair
		default:
			bad++
			i++
		}
	}
	return bad*8 <= len(b)
}

// odds are the control characters that text does without.
var odds = func() (set [utf8.RuneSelf]bool) {
	for c := range set {
		set[c] = c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0x1b || c == 0x7f
	}
	return set
}()

// printable reports whether at most one byte in eight of the start of b is a
// control character. Text in whatever encoding passes.
func printable(b []byte) bool {
	b = b[:min(len(b), 512)]
	return controls(b)*8 <= len(b)
}

// encoded reports whether b may be text in an encoding that is not UTF-8: such text has
// hardly any control characters, and as many random bytes have.
func encoded(b []byte) bool {
	b = b[:min(len(b), 512)]
	return controls(b)*64 <= len(b)
}

// controls counts the control characters that text does without.
func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0x1b {
			n++
		}
	}
	return n
}

// speaks reports whether b is text that random input does not make: so many
// bytes, and so many different characters, few of which text does without. A
// random deflate stream easily gives a long repetition.
func speaks(b []byte, length, different int) bool {
	if len(b) < length || !textual(b) {
		return false
	}
	good, bad := variety(b)
	return good >= different && bad*8 <= good
}

// varied reports whether b has as many different bytes as text of its length.
func varied(b []byte) bool {
	good, bad := variety(b)
	return good+bad >= 32
}

// variety counts the different characters at the start of b that text has, and
// the different bytes that it does without.
func variety(b []byte) (good, bad int) {
	b = b[:min(len(b), 512)]
	var seen [3 * 256]bool
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		slot, count := int(r), &good
		switch {
		case r == utf8.RuneError && n == 1:
			slot, count = 512+int(b[i]), &bad
		case r >= utf8.RuneSelf:
			slot = 256 + int(r)%256
		case controls(b[i:i+1]) > 0:
			count = &bad
		}
		if !seen[slot] {
			seen[slot] = true
			*count++
		}
		i += n
	}
	return good, bad
}
