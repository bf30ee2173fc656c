package report

import (
	"encoding/json"
	"io"
)

// CallLines writes calls as NDJSON: one call a line, each as it stands in the document.
func CallLines(w io.Writer, calls []Call) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range calls {
		if err := e.Encode(normal(calls[i])); err != nil {
			return err
		}
	}
	return nil
}
