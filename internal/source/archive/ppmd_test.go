package archive

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// FuzzPPMd holds that a stream gives at most what its size says and ends, whatever is in it, and gives back its memory.
func FuzzPPMd(f *testing.F) {
	sample, err := os.ReadFile("../testdata/7z/ppmd.7z")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{6, 0, 0, 0, 1}, sample[headSize7z:], uint16(5000))
	f.Add([]byte{2, 0, 8, 0, 0}, bytes.Repeat(sample[headSize7z:], 9), uint16(60000))
	f.Add([]byte{64, 0, 16, 0, 0}, bytes.Repeat([]byte("\x00text"), 99), uint16(60000))
	f.Fuzz(func(t *testing.T, props, packed []byte, size uint16) {
		memory := NewMemory()
		memory.left = 1 << 24
		r, free, err := newPPMd(bufio.NewReader(bytes.NewReader(packed)), props, int64(size), memory)
		if err == nil {
			if n, err := io.Copy(io.Discard, r); n > int64(size) || n < int64(size) && err == nil {
				t.Errorf("got %d bytes of %d, %v", n, size, err)
			}
			free()
		}
		if memory.left != 1<<24 {
			t.Errorf("%d is left", memory.left)
		}
	})
}

// Of a stream that is cut all comes out that its bytes tell, and nothing else.
func TestPPMdCut(t *testing.T) {
	sample, err := os.ReadFile("../testdata/7z/ppmd.7z")
	if err != nil {
		t.Fatal(err)
	}
	unpack := func(packed []byte) (string, error) {
		r, _, err := newPPMd(bufio.NewReader(bytes.NewReader(packed)), []byte{6, 0, 0, 0, 1}, 400, NewMemory())
		if err != nil {
			return "", err
		}
		text, err := io.ReadAll(r)
		return string(text), err
	}
	whole, err := unpack(sample[headSize7z:])
	if err != nil || !strings.HasPrefix(whole, "000\n001\n") {
		t.Fatalf("got %q, %v", whole, err)
	}
	last := 0
	for n := range 60 {
		text, err := unpack(sample[headSize7z:][:n])
		if !strings.HasPrefix(whole, text) || len(text) < last || !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			t.Errorf("%d bytes give %q, %v", n, text, err)
		}
		last = len(text)
	}
	if last == 0 {
		t.Error("nothing came of 59 bytes")
	}
}
