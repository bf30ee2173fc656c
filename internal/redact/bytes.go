package redact

import "strings"

func isDigit(c byte) bool { return c-'0' <= 9 }

func isAlnum(c byte) bool { return isDigit(c) || lower(c)-'a' < 26 }

func isHex(c byte) bool { return isDigit(c) || lower(c)-'a' < 6 }

func lower(c byte) byte {
	if c-'A' < 26 {
		return c | 0x20
	}
	return c
}

// fold lowers ASCII letters and leaves all other bytes, so that lengths stay.
func fold(s string) string {
	for i := range len(s) {
		if s[i]-'A' < 26 {
			b := []byte(s)
			for j := range b {
				b[j] = lower(b[j])
			}
			return string(b)
		}
	}
	return s
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func allHex(s string) bool {
	for i := range len(s) {
		if !isHex(s[i]) {
			return false
		}
	}
	return s != ""
}

func escapeLetter(c byte) bool { return c == 'n' || c == 't' || c == 'r' }

// count returns how many bytes of s are among those.
func count(s, among string) int {
	n := 0
	for i := range len(s) {
		if strings.IndexByte(among, s[i]) >= 0 {
			n++
		}
	}
	return n
}
