package report

import (
	"bufio"
	"fmt"
	"io"
)

// output buffers what a rendering writes and keeps the first error for its end, so that no step in between has to look.
type output struct {
	w   *bufio.Writer
	err error
}

func newOutput(w io.Writer) *output { return &output{w: bufio.NewWriter(w)} }

func (o *output) put(text ...string) {
	for _, s := range text {
		if o.err == nil {
			_, o.err = o.w.WriteString(s)
		}
	}
}

// close writes what is buffered and returns the first error.
func (o *output) close() error {
	if o.err == nil {
		o.err = o.w.Flush()
	}
	if o.err != nil {
		return fmt.Errorf("write report: %w", o.err)
	}
	return nil
}
