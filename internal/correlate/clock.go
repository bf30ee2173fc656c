package correlate

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Clock bounds the offset between two clocks: the second's time minus the first's, for a call the listener's minus
// the caller's. The zero value knows nothing.
type Clock struct {
	Low, High       time.Duration
	HasLow, HasHigh bool
	Pairs           int  // cause and effect pairs that were used
	Conflict        bool // the pairs contradict each other: a clock jumped, or these are not one call
}

// after notes that the second party's event at t2 was caused by the first party's at t1.
func (c *Clock) after(t1, t2 time.Time) {
	d := t2.Sub(t1)
	if !c.HasHigh || d < c.High {
		c.High, c.HasHigh = d, true
	}
	c.Pairs++
}

// before notes that the second party's event at t2 caused the first party's at t1.
func (c *Clock) before(t1, t2 time.Time) {
	d := t2.Sub(t1)
	if !c.HasLow || d > c.Low {
		c.Low, c.HasLow = d, true
	}
	c.Pairs++
}

// Known reports whether the offset is bounded from both sides.
func (c Clock) Known() bool { return c.HasLow && c.HasHigh && !c.Conflict }

// Offset returns the middle of the bounds, or the one bound there is.
func (c Clock) Offset() time.Duration {
	switch {
	case c.HasLow && c.HasHigh:
		return c.Low + (c.High-c.Low)/2
	case c.HasLow:
		return c.Low
	}
	return c.High
}

// reversed returns the bounds of the first's time minus the second's.
func (c Clock) reversed() Clock {
	return Clock{Low: -c.High, High: -c.Low, HasLow: c.HasHigh, HasHigh: c.HasLow, Pairs: c.Pairs, Conflict: c.Conflict}
}

// and returns the bounds that hold under both.
func (c Clock) and(d Clock) Clock {
	if d.HasLow && (!c.HasLow || d.Low > c.Low) {
		c.Low, c.HasLow = d.Low, true
	}
	if d.HasHigh && (!c.HasHigh || d.High < c.High) {
		c.High, c.HasHigh = d.High, true
	}
	c.Pairs += d.Pairs
	c.Conflict = c.Conflict || d.Conflict || c.HasLow && c.HasHigh && c.Low > c.High
	return c
}

// within returns the bounds d, or, where they leave a side open, those that agree with c, which is known from elsewhere.
func (c Clock) within(d Clock) Clock {
	if d.Known() || d.Conflict || c.Pairs == 0 {
		return d
	}
	if all := d.and(c); !all.Conflict {
		return all
	}
	return d
}

// plus returns the bounds of a third clock to the first, d being those of the third to the second.
func (c Clock) plus(d Clock) Clock {
	return Clock{
		Low: c.Low + d.Low, HasLow: c.HasLow && d.HasLow,
		High: c.High + d.High, HasHigh: c.HasHigh && d.HasHigh,
		Pairs: min(c.Pairs, d.Pairs), Conflict: c.Conflict || d.Conflict,
	}
}

// clockOf bounds the offset between the parties of a call by what must have caused what (docs/design.md,
// "Clock bounds"). An effect never comes before its cause, so each pair bounds the offset from one side.
func clockOf(caller, listener *Party) Clock {
	var c Clock
	for _, p := range pairsOf(caller, listener) {
		if p.ByCaller {
			c.after(p.Cause.Time, p.Effect.Time)
		} else {
			c.before(p.Effect.Time, p.Cause.Time)
		}
	}
	c.Conflict = c.HasLow && c.HasHigh && c.Low > c.High
	return c
}

// Pair is an event of one party and what it must have caused at the other. The events are those of the parties.
type Pair struct {
	Cause, Effect *extract.Event
	ByCaller      bool // the cause is the caller's
}

// Pairs returns the pairs by which the call bounds its clocks.
func (c *Call) Pairs() []Pair {
	if c.Caller == nil || c.Listener == nil {
		return nil
	}
	return pairsOf(c.Caller, c.Listener)
}

func pairsOf(caller, listener *Party) []Pair {
	var pairs []Pair
	told := func(e *extract.Event) bool { return !own(e) }
	cause := func(from, to *extract.Event) {
		if from == nil || to == nil || from.Time.IsZero() || to.Time.IsZero() {
			return
		}
		if caller.oneLog(from, to) || !caller.timely(from) || !caller.timely(to) || !listener.timely(from) || !listener.timely(to) {
			return
		}
		pairs = append(pairs, Pair{from, to, caller.owns(from)})
	}
	created := caller.First(extract.CallResult)
	if created == nil {
		created = caller.First(extract.StartVoip)
	}
	for _, n := range []extract.Name{extract.AlertShown, extract.HangOnVoip} {
		cause(created, listener.First(n))
	}
	cause(listener.First(extract.HangOnVoip), caller.First(extract.Calling))
	for _, n := range []extract.Name{extract.CancelVoip, extract.RejectVoip, extract.HangUpVoip, extract.AbortVoip} {
		cause(caller.First(n, own), listener.First(n, told))
		cause(listener.First(n, own), caller.First(n, told))
	}
	lost := listener.First(extract.JoinFailListener)
	if lost != nil && RoomEnded(lost) {
		for _, n := range []extract.Name{extract.Timeout, extract.CancelVoip, extract.AbortVoip, extract.JoinFailCaller} {
			cause(caller.First(n), lost)
		}
	} else {
		cause(lost, caller.First(extract.AbortVoip, told))
	}
	cause(caller.First(extract.JoinFailCaller), listener.First(extract.AbortVoip, told))
	return pairs
}

// oneLog reports whether two events stand in one log, of which one at least is of the party.
func (p *Party) oneLog(a, b *extract.Event) bool {
	return a.Input == b.Input || slices.ContainsFunc(p.logs, func(l *extract.Log) bool { return l.Holds(a.Input) && l.Holds(b.Input) })
}

// timely reports whether an event is of the clock that its log showed when the party's part of the call began. What comes
// after the clock was set tells nothing about times. An event of another log always is.
func (p *Party) timely(e *extract.Event) bool {
	if !p.Device.set {
		return true
	}
	for i := range p.Events {
		if p.oneLog(&p.Events[i], e) {
			return p.Events[i].Clock == e.Clock
		}
	}
	return true
}

// owns reports whether e is one of the party's events.
func (p *Party) owns(e *extract.Event) bool {
	for i := range p.Events {
		if &p.Events[i] == e {
			return true
		}
	}
	return false
}

// RoomEnded reports whether a join failed because the call was over already.
func RoomEnded(e *extract.Event) bool {
	return e.ErrMsg == "join success but room is end" || e.ErrMsg == "retry join but voip is end"
}
