package logline

import "unicode/utf8"

// ValidUTF8 writes the bytes of s that are no UTF-8 as \xNN, in lower case. What is valid is returned as it is.
func ValidUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	bad := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		i += n
	}
	const digits = "0123456789abcdef"
	b := make([]byte, 0, len(s)+bad*(len(`\x00`)-1))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b = append(b, '\\', 'x', digits[s[i]>>4], digits[s[i]&0xf])
		} else {
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return string(b)
}
