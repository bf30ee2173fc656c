package scan

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/report"
)

// Window is the time that a scan is asked for: from Since to before Until. The zero value is all time.
type Window struct{ Since, Until Bound }

// Bound is an end of a Window; the zero value leaves it open.
type Bound struct {
	Time time.Time
	// Local says that Time is what the clock of each log shows: its zone does not count.
	Local bool
}

func (w *Window) all() bool { return w.Since.open() && w.Until.open() }

func (b *Bound) open() bool { return b.Time.IsZero() }

// wall is what a clock shows at the bound: that of each log or, for an instant, that of UTC.
func (b *Bound) wall() time.Time {
	if b.Local || b.open() {
		return wall(b.Time)
	}
	return b.Time.UTC()
}

// in is the instant of the bound for logs of a zone.
func (b *Bound) in(zone *time.Location) time.Time {
	if !b.Local {
		return b.Time
	}
	y, m, d := b.Time.Date()
	return time.Date(y, m, d, b.Time.Hour(), b.Time.Minute(), b.Time.Second(), b.Time.Nanosecond(), zone)
}

// wall is what a clock shows at t, as a time of UTC.
func wall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// before reports whether t is before the bound by the clock that shows t.
func (b *Bound) before(t time.Time) bool { return t.Before(b.in(t.Location())) }

// meets reports whether a call was going on in the window, by the clock of one of its logs. So does one without any time.
func (w *Window) meets(c *correlate.Call) bool {
	timed := false
	for _, p := range c.Parties() {
		var first, last time.Time
		for i := range p.Events {
			t := p.Events[i].Time
			if t.IsZero() {
				continue
			}
			if first.IsZero() || t.Before(first) {
				first = t
			}
			if t.After(last) {
				last = t
			}
		}
		if first.IsZero() {
			continue
		}
		if timed = true; (w.Until.open() || w.Until.before(first)) && (w.Since.open() || !w.Since.before(last)) {
			return true
		}
	}
	return !timed
}

// selection says what was left out of the readings for the sake of the window; nil for all time.
func (w *Window) selection(found *found) *report.Selection {
	if w.all() {
		return nil
	}
	s := &report.Selection{
		Since: w.Since.document(), Until: w.Until.document(), MarginSeconds: int(margin / time.Second),
		Inputs: len(found.readings) + len(found.left), SkippedInputs: len(found.left),
	}
	for _, in := range found.left {
		s.SkippedBytes += in.Size
	}
	for _, r := range found.readings {
		s.SkippedBlocks += r.loss.Skipped.Blocks
		s.SkippedBytes += r.loss.Skipped.Bytes
		s.SkippedLines += r.outside
	}
	return s
}

// document gives the bound as the report has it: without a zone where that of each log counts.
func (b *Bound) document() *string {
	switch {
	case b.open():
		return nil
	case b.Local:
		return report.Known(b.Time.Format("2006-01-02T15:04:05.000"))
	}
	return report.Known(b.Time.Format("2006-01-02T15:04:05.000Z07:00"))
}
