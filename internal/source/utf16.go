package source

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// utf8Reader reads UTF-16 text that begins with head as UTF-8. What is no character becomes U+FFFD.
func utf8Reader(r io.Reader, head []byte) *bufio.Reader {
	order := unicode.LittleEndian
	if isBigEndian(head) {
		order = unicode.BigEndian
	}
	return bufio.NewReaderSize(unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(r), bufferSize)
}

// isBigEndian tells the order of UTF-16 text without a byte order mark: the high bytes are mostly zero.
func isBigEndian(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	return zero[0] > zero[1]
}
