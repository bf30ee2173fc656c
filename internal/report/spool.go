package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Scratch is a file to write once and to read from then on.
type Scratch interface {
	io.Writer
	io.ReaderAt
}

// spool keeps changed calls of a streamed document in a scratch file, so that they are changed once, and not whenever the
// document is written.
type spool struct {
	file  PartFile
	out   *bufio.Writer
	calls []linePlace
}

func newSpool(to Scratch) *spool {
	return &spool{file: PartFile{Name: "a temporary file", ReaderAt: to}, out: bufio.NewWriterSize(to, 1<<20)}
}

func (s *spool) add(c *Call) error {
	line, err := json.Marshal(PartLine{Call: c})
	if err != nil {
		return err
	}
	s.calls = append(s.calls, linePlace{offset: s.file.Size, size: len(line)})
	s.file.Size += int64(len(line))
	_, err = s.out.Write(line)
	return err
}

// reader ends the writing, and reads the calls.
func (s *spool) reader() (func(func(*Call) bool) error, error) {
	if err := s.out.Flush(); err != nil {
		return nil, fmt.Errorf("write a temporary file: %w", err)
	}
	return readCalls([]PartFile{s.file}, s.calls), nil
}

// readCalls reads calls from where they stand in the files.
func readCalls(files []PartFile, calls []linePlace) func(func(*Call) bool) error {
	return func(yield func(*Call) bool) error {
		var line []byte
		for i := range calls {
			var l PartLine
			if err := calls[i].read(files, &line, &l); err != nil {
				return err
			}
			if !yield(l.Call) {
				return nil
			}
		}
		return nil
	}
}
