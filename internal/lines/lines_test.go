package lines

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
)

// Lines longer than the buffer are read whole, those longer than allowed are not.
func TestRead(t *testing.T) {
	long := strings.Repeat("x", 50)
	in := bufio.NewReaderSize(strings.NewReader("a\n\n"+long+"\nrest"), 16)
	var line []byte
	for _, want := range []string{"a\n", "\n", long + "\n", "rest"} {
		var err error
		line, err = Read(in, line, len(long)+1)
		if string(line) != want || (err != nil) != (want == "rest") || err != nil && !errors.Is(err, io.EOF) {
			t.Errorf("got %q, %v; want %q", line, err, want)
		}
	}
	if _, err := Read(bufio.NewReaderSize(strings.NewReader(long+"\n"), 16), line, len(long)); !errors.Is(err, ErrLong) {
		t.Errorf("got %v", err)
	}
}
