package report

import (
	"encoding/json"
	"io"
)

// CallLines writes calls as NDJSON: one call a line, each as it stands in the document. If that is stamped, so is each
// line, in a key of its own, for lines are taken apart.
func CallLines(w io.Writer, r *Report) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for c := range r.EachCall() {
		line := struct {
			Call
			Stamp *string `json:"stamp,omitempty"`
		}{normal(*c), r.Redaction.Stamp}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return r.broken()
}
