// Package lines reads lines of bounded length.
package lines

import (
	"bufio"
	"errors"
)

// ErrLong is the error of a line that is longer than it may be.
var ErrLong = errors.New("a line is longer than it may be")

// Read reads the next line with its end into the memory of line, which may be nil. The line is returned with an error
// too, as far as it was read: with io.EOF, what stands behind the last end of a line.
func Read(in *bufio.Reader, line []byte, most int) ([]byte, error) {
	line = line[:0]
	for {
		piece, err := in.ReadSlice('\n')
		if line = append(line, piece...); len(line) > most {
			return line, ErrLong
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}
