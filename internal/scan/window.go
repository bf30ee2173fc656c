package scan

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
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

// chosen leaves the calls that meet the window, and what was found on them. Of what was found on two devices it leaves out what
// none of these calls shows, and the order is that of the first that does.
func (w *Window) chosen(calls []*correlate.Call, v signature.Verdicts) ([]*correlate.Call, signature.Verdicts) {
	if w.all() {
		return calls, v
	}
	var list []*correlate.Call
	var out signature.Verdicts
	place := map[*correlate.Call]int{}
	for i, c := range calls {
		if w.meets(c) {
			place[c] = len(list)
			list, out.Calls = append(list, c), append(out.Calls, v.Calls[i])
		}
	}
	for _, f := range v.Devices {
		all := len(f.Calls)
		f.Calls = slices.DeleteFunc(slices.Clone(f.Calls), func(c *correlate.Call) bool {
			_, met := place[c]
			return !met
		})
		if all == 0 || len(f.Calls) > 0 {
			out.Devices = append(out.Devices, f)
		}
	}
	slices.SortStableFunc(out.Devices, func(a, b signature.Finding) int {
		if len(a.Calls) == 0 || len(b.Calls) == 0 { // of one device, which come first
			return len(a.Calls) - len(b.Calls)
		}
		return place[a.Calls[0]] - place[b.Calls[0]]
	})
	return list, out
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
