package redact

import (
	"encoding/json"
	"maps"
	"slices"
)

// savedCollector is a Collector as JSON, for it to be kept and gone on with later, by the same version of this package.
type savedCollector struct {
	Values []Value
	Full   bool
	Recent [][]byte
}

// MarshalJSON writes all of a Collector.
func (c *Collector) MarshalJSON() ([]byte, error) {
	s := savedCollector{Values: c.values, Full: c.full}
	for _, pair := range slices.Sorted(maps.Keys(c.recent)) {
		s.Recent = append(s.Recent, []byte(pair))
	}
	return json.Marshal(s)
}

// UnmarshalJSON implements [json.Unmarshaler].
func (c *Collector) UnmarshalJSON(text []byte) error {
	var s savedCollector
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	*c = Collector{}
	c.Merge(s.Values)
	c.full = c.full || s.Full
	for _, pair := range s.Recent {
		c.remember(pair)
	}
	return nil
}
