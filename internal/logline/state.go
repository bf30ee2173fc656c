package logline

import "time"

// State is what a Parser keeps between calls, as plain data for the same version of this package.
type State struct {
	Last  time.Time
	Stamp Stamp

	Year, Month int
	Day         int64
	Rolled      bool
	OfDay       time.Duration

	Known Stamp
	Whole time.Duration
	Fresh bool

	Date  [3]int
	Since int64
	Facts Facts
}

// State returns what the parser keeps between two calls. ok is false within a bug report, of which it keeps more.
func (p *Parser) State() (s State, ok bool) {
	c := &p.clock
	return State{
		c.last, c.stamp, c.year, c.month, c.day, c.rolled, c.ofDay, c.known, c.whole, c.fresh, c.date, c.since, p.facts,
	}, !p.report.on
}

// Resume returns a Parser that goes on where another one with the same options had that state.
func Resume(opt Options, s State) *Parser {
	p := NewParser(opt)
	c := &p.clock
	c.last, c.stamp, c.year, c.month, c.day, c.rolled, c.ofDay = s.Last, s.Stamp, s.Year, s.Month, s.Day, s.Rolled, s.OfDay
	c.known, c.whole, c.fresh, c.date, c.since, p.facts = s.Known, s.Whole, s.Fresh, s.Date, s.Since, s.Facts
	return p
}
