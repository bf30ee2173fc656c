package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// maxDocument bounds what Read holds in memory, in bytes. How deep values may lie in each other, encoding/json bounds.
const maxDocument = 1 << 30

// Read reads a document that JSON wrote; written again it has the same bytes. It takes no other schema, and refuses what
// is cut off or followed by something else. Keys it does not know are passed over, because a later version may add some.
// An error is one sentence that says what is wrong with the document, without its name.
func Read(r io.Reader) (*Report, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	if len(b) > maxDocument {
		return nil, fmt.Errorf("longer than a report may be, %d bytes", maxDocument)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	var head struct {
		Schema *string `json:"schema"`
	}
	if err := decode(b, &head); err != nil {
		return nil, err
	}
	switch {
	case head.Schema == nil:
		return nil, fmt.Errorf("JSON, but no report: it has no schema %s", Schema)
	case *head.Schema != Schema:
		return nil, fmt.Errorf("its schema is %q, and this version reads %s only", *head.Schema, Schema)
	}
	var rep Report
	if err := decode(b, &rep); err != nil {
		return nil, err
	}
	rep = normal(rep)
	return &rep, nil
}

var (
	errNoReport = errors.New("empty: there is no report in it")
	errUTF16    = errors.New("UTF-16, as some shells redirect: write the report with -o FILE instead")
)

// decode is [json.Unmarshal] with sentences for what goes wrong with files.
func decode(b []byte, v any) error {
	switch err := json.Unmarshal(b, v); {
	case err == nil:
		return nil
	case len(bytes.TrimSpace(b)) == 0:
		return errNoReport
	case bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")):
		return errUTF16
	default:
		return wrong(err, b)
	}
}

// wrong says what err of [json.Unmarshal] means for the document b.
func wrong(err error, b []byte) error {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		// A decoder tells the end of its input from an error in it; Unmarshal does not always.
		var value json.RawMessage
		if errors.Is(json.NewDecoder(bytes.NewReader(b)).Decode(&value), io.ErrUnexpectedEOF) {
			return fmt.Errorf("cut off: the JSON ends too early, at byte %d", len(b))
		}
		return fmt.Errorf("no JSON at byte %d: %w", e.Offset, err)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if e.Field == "" {
			return fmt.Errorf("JSON, but no report: it is one %s and no object", e.Value)
		}
		return fmt.Errorf("no report of %s: %s cannot be one %s", Schema, e.Field, e.Value)
	}
	return fmt.Errorf("no report of %s: %w", Schema, err)
}

// saved is how a document begins that JSON wrote.
var saved = regexp.MustCompile(`^\x{feff}?\s*\{\s*"schema"\s*:\s*"xlogscan\.report/`)

// Saved reports whether a file that begins with head is a saved document.
func Saved(head []byte) bool { return saved.Match(head) }
