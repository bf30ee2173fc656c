package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/xlogscan/xlogscan/internal/source/archive"
)

// HeadSize is how many first bytes, where an input has as many, Sniff needs to be sure.
const HeadSize = 4096

// Kind is what an input is, from its first bytes.
type Kind uint8

// The kinds. Xlog containers are not among them: whoever reads those asks for one first, for their first
// byte can be a tab or a line feed, and takes what is left as Binary.
const (
	// Empty has no bytes.
	Empty Kind = iota
	// Zeros has only zero bytes in its head: most likely a cache file that was never used.
	Zeros
	// Text may be in UTF-8, in the modified UTF-8 of Java, or in GBK, and hold some control bytes.
	Text
	// UTF16 is text in UTF-16, with or without a byte order mark.
	UTF16
	// Packed is an archive or a compressed file.
	Packed
	// Binary is of no known kind.
	Binary
	// Unsupported is known and no log.
	Unsupported
)

// Sniff tells what an input is by its first bytes, of which more than HeadSize are not looked at. The name
// completes "this is ..." and, for Unsupported, says what to do where something can be done.
func Sniff(head []byte) (kind Kind, name string) {
	head = head[:min(len(head), HeadSize)]
	switch {
	case len(head) == 0:
		return Empty, "an empty file"
	case isZero(head):
		return Zeros, "an unused cache file, all zero"
	}
	if f := archive.Sniff(head); f != archive.None {
		return Packed, article(f.String())
	}
	if name := signature(head); name != "" {
		return Unsupported, name
	}
	switch {
	case isUTF16(head):
		return UTF16, "UTF-16 text"
	case isText(head):
		return Text, "text"
	default:
		return Binary, "binary data"
	}
}

func article(name string) string {
	if strings.ContainsRune("x", rune(name[0])) { // spelt out
		return "an " + name
	}
	return "a " + name
}

func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// isUTF16 looks for a byte order mark, or for text of which nearly every other byte is zero.
func isUTF16(b []byte) bool {
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return true
	}
	if len(b) < 16 {
		return false
	}
	var zero, ascii [2]int
	for i, c := range b {
		switch {
		case c == 0:
			zero[i&1]++
		case isASCII(c):
			ascii[i&1]++
		}
	}
	most := len(b) / 2 * 3 / 4
	return zero[0] == 0 && ascii[0] >= most && zero[1] >= most ||
		zero[1] == 0 && ascii[1] >= most && zero[0] >= most
}

// isText holds if at most one byte in ten is neither ASCII nor part of a character in
// UTF-8 or GB 2312. Of compressed or encrypted data it is nearly every second one.
func isText(b []byte) bool {
	bad := 0
	for i := 0; i < len(b); {
		if isASCII(b[i]) {
			i++
			continue
		}
		n := characterLen(b[i:])
		if n == 0 {
			bad++
			n = 1
		}
		i += n
	}
	return bad*10 <= len(b)
}

// characterLen is the length of the character b begins with, in UTF-8, as half of a surrogate pair in
// UTF-8, or in the common part of GBK, and 0 if it is none. One that the end of b cuts off counts.
func characterLen(b []byte) int {
	if r, n := utf8.DecodeRune(b); r != utf8.RuneError {
		if n == 1 {
			return 0 // a control byte
		}
		return n
	}
	if len(b) < 4 && b[0] >= 0xC2 && !utf8.FullRune(b) {
		return len(b)
	}
	if len(b) >= 3 && b[0] == 0xED && b[1] >= 0xA0 && b[2]&0xC0 == 0x80 {
		return 3
	}
	if b[0] >= 0xA1 && b[0] <= 0xF7 && (len(b) == 1 || b[1] >= 0xA1 && b[1] <= 0xFE) {
		return min(2, len(b))
	}
	return 0
}

// isASCII accepts what text is made of, with the control bytes of terminals.
func isASCII(c byte) bool {
	return c >= ' ' && c < 0x7f || c >= '\a' && c <= '\r' || c == 0x1b
}
