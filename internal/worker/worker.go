// Package worker maps logs to lines and reduces lines to reports, for engines that sort, carry and repeat them as they like
// (docs/fleet-spark.md). It has no side effects: a task may run twice, at once, or half.
package worker

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/xlogscan/xlogscan/internal/lines"
)

// The keys of lines that are not about a folder.
const (
	Quarantine = "!" // an input, or some of it, could not be read or decoded
	Link       = "~" // what Linking needs of an input
)

// Key is the key of lines about a folder, or a circle: 16 hexadecimal digits.
func Key(folder string) string {
	h := sha256.Sum256([]byte(folder))
	return hex.EncodeToString(h[:8])
}

// Quarantined is the record of a line with key Quarantine.
type Quarantined struct {
	Input   string `json:"input"`
	Problem string `json:"problem"`
}

// maxLine bounds a line, in bytes: what one input told.
const maxLine = 1 << 30

// records reads lines of fields with tabs between, of which the last is JSON and has none. What take is given is only valid
// until it returns.
func records(r io.Reader, fields int, take func(fields [][]byte) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	var line []byte
	for n := 1; ; n++ {
		var err error
		line, err = lines.Read(in, line, maxLine)
		switch {
		case errors.Is(err, lines.ErrLong):
			return fmt.Errorf("line %d is longer than %d bytes", n, maxLine)
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil
		case errors.Is(err, io.EOF):
			return fmt.Errorf("line %d is cut off: it has no end", n)
		case err != nil:
			return err
		}
		parts := bytes.SplitN(bytes.TrimSuffix(line, []byte("\n")), []byte("\t"), fields)
		if len(parts) != fields {
			return fmt.Errorf("line %d has %d fields and not %d, with tabs between: it is no line of this program", n, len(parts), fields)
		}
		if err := take(parts); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
}

// put writes a line. JSON escapes the tabs and line feeds of texts.
func put(w io.Writer, v any, fields ...string) error {
	var b bytes.Buffer
	for _, f := range fields {
		b.WriteString(f + "\t")
	}
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
