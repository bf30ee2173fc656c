package correlate

import (
	"cmp"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// around is how far from a call's own events a fact about the device still belongs to it.
const around = 5 * time.Second

// aftermath is how long after a party's last event, if that ends nothing, its program or its system may begin again and
// still tell what became of the call.
const aftermath = 150 * time.Second

// quiet is how far a log has to go on behind a party's last event, unless that ends its part of the call: what came next
// may be what a hole took.
const quiet = time.Second

// finish derives everything that follows from a call's events.
func (c *Call) finish() {
	for _, p := range c.Parties() {
		p.context()
		p.clocksSet()
	}
	if c.Caller != nil && c.Listener != nil && len(c.Listener.Events) > 0 {
		c.Clock = c.Clock.within(clockOf(c.Caller, c.Listener))
	}
	f := c.facts()
	c.Stage, c.Outcome = f.stage(c), f.outcome()
	c.EndedBy = f.endedBy(c.Outcome)
	c.times(&f)
	c.Cause = c.cause(&f)
	c.Stages = c.spans(&f)
	c.RoomType, c.Direction = c.kind()
	for _, p := range c.Parties() {
		from, to := c.window(p)
		if len(p.Events) == 0 {
			p.Coverage = p.Device.Listens(from, to)
		} else {
			p.Coverage = p.Device.Covers(from, to)
		}
		if p.Coverage != Full {
			p.Holes = holes(p.logs, from, to)
		} else if !p.begins() {
			p.Coverage = Partial
		}
		k := p.Device.versionsAt(to)
		p.Versions, p.Facts = k.versions, k.facts
	}
}

// begins reports whether the party's events show where its part of the call begins. A caller's that do not may lack what
// came before.
func (p *Party) begins() bool {
	return p.Role != extract.Caller || slices.ContainsFunc(p.Events, func(e extract.Event) bool {
		return e.Name == extract.CallRequest || e.Name == extract.CallResult || e.Name == extract.StartVoip
	})
}

// context adds to the party's events what its device's logs tell of the device around the call.
func (p *Party) context() {
	from, to := span(p)
	if from.IsZero() {
		return
	}
	var more []extract.Event
	broken := !slices.ContainsFunc(p.Events, func(e extract.Event) bool { return e.Name.Ends() })
	for _, e := range p.Device.around {
		before, after := around, around
		switch {
		case e.Name == extract.ClockSet:
			continue
		case e.Name == extract.NetworkChange:
			before = prelude
		case broken && (e.Name == extract.DeviceBooted || e.Name == extract.ProcessStarted && p.oneLog(&p.Events[0], e)):
			after = aftermath
		}
		if !e.Time.Before(from.Add(-before)) && !e.Time.After(to.Add(after)) && p.lived(e) {
			more = append(more, *e)
		}
	}
	if len(more) == 0 {
		return
	}
	slices.SortStableFunc(more, func(a, b extract.Event) int { return a.Time.Compare(b.Time) })
	p.Events = inOrder([][]extract.Event{p.Events, more})
}

// clocksSet adds where the clock was set within the party's part of the call. Its place is that in the log.
func (p *Party) clocksSet() {
	if !p.Device.set || len(p.Events) == 0 {
		return
	}
	low, high := p.Events[0].Clock, p.Events[0].Clock
	for i := range p.Events {
		low, high = min(low, p.Events[i].Clock), max(high, p.Events[i].Clock)
	}
	for _, e := range p.Device.around {
		if e.Name != extract.ClockSet || e.Clock <= low || e.Clock > high || p.timely(e) || !p.lived(e) {
			continue
		}
		if i := slices.IndexFunc(p.Events, func(o extract.Event) bool { return p.oneLog(&o, e) && o.Clock == e.Clock }); i >= 0 {
			p.Events = slices.Insert(p.Events, i, *e)
		}
	}
}

// lived reports whether an event is of a time at which the party's log, if it stands in that, tells of the call.
func (p *Party) lived(e *extract.Event) bool {
	if !p.Device.set {
		return true
	}
	apart := false
	for i := range p.Events {
		if p.oneLog(&p.Events[i], e) {
			if p.Events[i].Clock == e.Clock {
				return true
			}
			apart = true
		}
	}
	return !apart
}

// times sets start, answered, end and talk.
func (c *Call) times(f *facts) {
	for _, p := range c.Parties() {
		from, to := span(p)
		if c.Start.IsZero() {
			c.Start = from
		}
		if c.End.IsZero() {
			c.End = to
		}
	}
	if f.answered != nil {
		c.Answered = f.answered.Time
	}
	for _, p := range c.Parties() {
		for _, n := range []extract.Name{extract.FinishVoip, extract.EndVoip, extract.HangUpVoip, extract.AbortVoip, extract.Calling} {
			if e := p.Last(n); e != nil && e.KeepTime != nil {
				c.Talk = max(c.Talk, time.Duration(*e.KeepTime)*time.Second)
			}
		}
	}
}

// kind returns the room type and the direction of the call.
func (c *Call) kind() (roomType, direction string) {
	for _, p := range c.Parties() {
		for i := range p.Events {
			roomType = cmp.Or(roomType, p.Events[i].RoomType)
		}
	}
	if r := c.Caller.First(extract.CallRequest); r != nil {
		switch {
		case r.API == "callWMPF", r.BusinessType != nil && *r.BusinessType == 2:
			return roomType, "wechat-to-wmpf"
		case r.API == "callDevice":
			return roomType, "wechat-to-linux"
		}
	}
	switch {
	case c.Caller != nil && c.Caller.Device.Side == extract.Device, c.Listener != nil && c.Listener.Device.Side == extract.Phone:
		return roomType, "device-to-wechat"
	case c.Caller != nil && c.Caller.Device.Side == extract.Phone, c.Listener != nil && c.Listener.Device.Side == extract.Device:
		return roomType, "wechat-to-wmpf"
	}
	return roomType, ""
}

// window returns the time in which the party's log could have told of the call, in its own clock: from its creation,
// which a listener hears of late, to the party's own end. What the party's events do not bound, the other's do, as
// wide as the clock bounds leave it.
func (c *Call) window(p *Party) (from, to time.Time) {
	from, to = span(p)
	open := p.Last(extract.EndVoip) == nil && c.Outcome != InitiateFailed
	if open && !to.IsZero() {
		to = to.Add(quiet)
	}
	other := c.Party(p.Role.Other())
	if other == nil || len(other.Events) == 0 {
		return from, to
	}
	k := c.Clock
	if p.Role == extract.Caller {
		k = k.reversed()
	}
	a, b := span(other)
	if !k.HasLow || !k.HasHigh {
		if least := from.Add(b.Sub(a)); open && p.Role == extract.Caller && p.begins() && least.After(to) {
			to = least // the caller's part is at least as long as the listener's
		}
		return orElse(from, c.Start), orElse(to, c.End)
	}
	a, b = a.Add(k.Low), b.Add(k.High)
	if from.IsZero() || a.Before(from) && p.Role == extract.Listener {
		from = a
	}
	if b.After(to) && open {
		to = b
	}
	return from, to
}

func orElse(t, other time.Time) time.Time {
	if t.IsZero() {
		return other
	}
	return t
}

// spans lists the stages the call went through, as far as the logs show where they begin.
func (c *Call) spans(f *facts) []StageSpan {
	type mark struct {
		stage Stage
		role  extract.Role
		e     *extract.Event
	}
	requested := c.Caller.First(extract.CallRequest)
	created := c.Caller.First(extract.CallResult)
	if created == nil {
		created = c.Caller.First(extract.StartVoip)
	}
	var spans []StageSpan
	for _, line := range [][]mark{
		{{Initiate, extract.Caller, requested}, {Join, extract.Caller, created}, {Wait, extract.Caller, f.joined}, {InCall, extract.Caller, c.Caller.First(extract.Calling)}},
		{{Alert, extract.Listener, c.Listener.First(extract.AlertShown)}, {ListenerWait, extract.Listener, f.answered}, {InCall, extract.Listener, c.Listener.First(extract.Calling)}},
	} {
		for i, m := range line {
			if m.e == nil {
				continue
			}
			s := StageSpan{Stage: m.stage, Role: m.role, From: m.e.Time, Seen: true}
			for _, next := range line[i+1:] {
				if next.e != nil && s.To.IsZero() {
					s.To = next.e.Time
				}
			}
			if s.To.IsZero() {
				_, s.To = span(c.Party(m.role))
				s.Seen = c.Party(m.role).Last(extract.EndVoip) != nil
			}
			if created != nil && m.stage == Initiate && f.failed != nil {
				s.To = f.failed.Time
			}
			if m.stage == Join && f.failed != nil {
				continue
			}
			spans = append(spans, s)
		}
	}
	return spans
}
