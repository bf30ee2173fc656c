package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
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

// fail keeps err, if it is the first error.
func (o *output) fail(err error) {
	if o.err == nil {
		o.err = err
	}
}

// Write implements [io.Writer].
func (o *output) Write(b []byte) (int, error) {
	o.put(string(b))
	return len(b), o.err
}

// json gives v as JSON on one line, with an error as one of the output.
func (o *output) json(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil && o.err == nil {
		o.err = err
	}
	return strings.TrimSuffix(b.String(), "\n")
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
