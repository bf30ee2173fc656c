package report

import (
	"encoding/json"
	"fmt"
	"time"
)

// layout is RFC 3339 with milliseconds.
const layout = "2006-01-02T15:04:05.000Z07:00"

// Time is a time in the zone of the log it comes from.
type Time struct{ time.Time }

// MarshalJSON writes RFC 3339 with exactly three decimals.
func (t Time) MarshalJSON() ([]byte, error) { return json.Marshal(t.Format(layout)) }

// UnmarshalJSON reads what MarshalJSON wrote, keeping the zone.
func (t *Time) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	parsed, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return fmt.Errorf("time %q is not RFC 3339: %w", s, err)
	}
	t.Time = parsed
	return nil
}

// At returns t, or nil for the zero time.
func At(t time.Time) *Time {
	if t.IsZero() {
		return nil
	}
	return &Time{t}
}
