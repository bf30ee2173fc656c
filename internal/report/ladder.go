package report

import (
	"slices"
	"strings"
	"time"
)

// ladder is one call from top to bottom: a lane for the caller, one for the listener, the server between them. It is made
// of the call alone, so that a saved report gives the same, and every rendering draws the same rungs.
type ladder struct {
	lanes   [2]lane // caller, listener
	axis    string  // role by whose clock since and step are
	aligned bool    // the listener's times can be put on the caller's clock
	rungs   []rung
}

// lane is one party's side of the ladder.
type lane struct {
	role   string
	side   string // device, phone, cloud; empty when not known
	first  *Time  // of its events
	silent bool   // no log of the call at all
}

// rung is a row of the ladder: an event, the begin of a stage, or a gap in a log.
type rung struct {
	lane  int
	time  *Time          // when it was logged, by the party's own clock
	since *time.Duration // after the start of the call by the clock of the axis; nil where clocks cannot be compared
	step  *time.Duration // after the rung before that has since
	dark  [2]bool        // where a lane has no log

	entry  *TimelineEntry // of an event
	count  int            // how often it came in a row
	flow   flow
	across bool // it tells that something must have passed from the other party
	unsure bool // its place among the other party's events is not sure
	failed bool // it is where the call failed

	stage *Stage
	gap   *Gap
}

// flow is which way an event passes between its party and the server.
type flow int

const (
	local flow = iota
	sent
	received
)

// laneOf is the lane of a role.
func laneOf(role string) int {
	if role == "listener" {
		return 1
	}
	return 0
}

// newLadder lays out c.
func newLadder(c *Call) *ladder {
	l := newLanes(c)
	l.arrange(c, l.steps(c))
	l.measure()
	return l
}

// newLanes returns a ladder without rungs.
func newLanes(c *Call) *ladder {
	l := &ladder{lanes: [2]lane{{role: "caller", silent: true}, {role: "listener", silent: true}}}
	for _, p := range c.Parties {
		n := &l.lanes[laneOf(p.Role)]
		n.silent = p.Coverage == "none"
		if p.Side != nil {
			n.side = *p.Side
		}
	}
	for i := range c.Timeline {
		n := &l.lanes[laneOf(c.Timeline[i].Role)]
		n.silent = false
		if n.first == nil {
			n.first = c.Timeline[i].Time
		}
	}
	l.axis = "caller"
	if l.lanes[0].first == nil && l.lanes[1].first != nil {
		l.axis = "listener"
	}
	k := c.Clock
	l.aligned = k != nil && k.OffsetMs != nil && k.LowMs != nil && k.HighMs != nil && k.Note == nil
	return l
}

// answerSeconds is how long after its start a call was answered, as the ladder has it. The listener tells of the answer.
func answerSeconds(c *Call) *float64 {
	since := newLanes(c).sinceStart(c)
	for i := range c.Timeline {
		switch e := &c.Timeline[i]; {
		case c.Answered == nil || e.Role != "listener":
		case e.Event == "clockSet":
			return nil
		case e.Time != nil && e.Time.Equal(c.Answered.Time):
			d := since(laneOf(e.Role), e.Time)
			if d == nil {
				return nil
			}
			seconds := d.Seconds()
			return &seconds
		}
	}
	return nil
}

// steps returns a rung for each event; what a party says several times in a row is one.
func (l *ladder) steps(c *Call) []rung {
	since := l.sinceStart(c)
	var steps []rung
	seen := map[string]bool{}
	var set [2]bool // times of this lane cannot be compared any more with those before
	for i := range c.Timeline {
		e := &c.Timeline[i]
		set[laneOf(e.Role)] = set[laneOf(e.Role)] || e.Event == "clockSet"
		if n := len(steps); n > 0 {
			if last := &steps[n-1]; last.entry.Role == e.Role && last.entry.Event == e.Event && last.entry.Detail == e.Detail {
				last.count += e.Count
				last.unsure = last.unsure || e.Order == "within-offset"
				continue
			}
		}
		r := rung{
			lane: laneOf(e.Role), time: e.Time, entry: e, count: e.Count,
			unsure: e.Order == "within-offset" || !l.aligned && laneOf(e.Role) != laneOf(l.axis),
		}
		if !set[r.lane] {
			r.since = since(r.lane, e.Time)
		}
		r.flow, r.across = flowOf(e)
		if first := e.Role + " " + e.Event; r.across && !toldBy(e) {
			r.across = !seen[first] // what follows the first needs no cause of its own
			seen[first] = true
		}
		steps = append(steps, r)
	}
	if i := failedStep(c, steps); i >= 0 {
		steps[i].failed = true
	}
	return steps
}

// sinceStart returns a function that puts a lane's time on the axis.
func (l *ladder) sinceStart(c *Call) func(lane int, t *Time) *time.Duration {
	axis := laneOf(l.axis)
	zero := l.lanes[axis].first
	if c.Start != nil && slices.ContainsFunc(c.Timeline, func(e TimelineEntry) bool {
		return laneOf(e.Role) == axis && e.Time != nil && e.Time.Equal(c.Start.Time)
	}) {
		zero = c.Start
	}
	return func(lane int, t *Time) *time.Duration {
		if t == nil || zero == nil || lane != axis && !l.aligned {
			return nil
		}
		d := t.Sub(zero.Time)
		if lane != axis { // the listener's time on the caller's clock
			d -= time.Duration(*c.Clock.OffsetMs) * time.Millisecond
		}
		return &d
	}
}

// arrange puts the stages and gaps among the steps, and says where lanes have no log.
func (l *ladder) arrange(c *Call, steps []rung) {
	since := l.sinceStart(c)
	bands := bandsOf(c)
	gaps := gapsOf(c, since)
	dark := [2]bool{l.lanes[0].silent, l.lanes[1].silent}
	var until [2]*time.Duration
	put := func(r rung) {
		r.dark = dark
		l.rungs = append(l.rungs, r)
	}
	open := func(g rung) {
		dark[g.lane], until[g.lane] = true, since(g.lane, g.gap.To)
		put(g)
	}
	for _, s := range steps {
		gaps = slices.DeleteFunc(gaps, func(g rung) bool {
			if !before(&g, &s) {
				return false
			}
			open(g)
			return true
		})
		if !l.lanes[s.lane].silent {
			dark[s.lane] = false
		}
		if other := 1 - s.lane; until[other] != nil && s.since != nil && *s.since >= *until[other] {
			dark[other], until[other] = false, nil
		}
		bands = slices.DeleteFunc(bands, func(b rung) bool {
			if b.lane != s.lane || s.time == nil || s.time.Before(b.time.Time) {
				return false
			}
			put(b)
			return true
		})
		put(s)
	}
	for _, g := range gaps {
		open(g)
	}
}

// bandsOf returns a rung for each stage whose begin is known.
func bandsOf(c *Call) []rung {
	var bands []rung
	for i := range c.Stages {
		if s := &c.Stages[i]; s.Role != "" && s.From != nil {
			bands = append(bands, rung{lane: laneOf(s.Role), time: s.From, stage: s})
		}
	}
	return bands
}

// gapsOf returns a rung for each gap in a log.
func gapsOf(c *Call, since func(int, *Time) *time.Duration) []rung {
	var gaps []rung
	for i := range c.Parties {
		p := &c.Parties[i]
		for n := range p.Gaps {
			g := &p.Gaps[n]
			gaps = append(gaps, rung{lane: laneOf(p.Role), time: g.From, since: since(laneOf(p.Role), g.From), gap: g})
		}
	}
	return gaps
}

// before reports whether a gap begins before a step. One without a begin does.
func before(g, s *rung) bool {
	switch {
	case g.time == nil:
		return true
	case g.lane == s.lane && s.time != nil:
		return g.time.Before(s.time.Time)
	}
	return g.since != nil && s.since != nil && *g.since <= *s.since
}

// measure fills in the steps from rung to rung.
func (l *ladder) measure() {
	var last *time.Duration
	for i := range l.rungs {
		r := &l.rungs[i]
		if r.entry == nil || r.since == nil {
			continue
		}
		if last != nil {
			d := *r.since - *last
			r.step = &d
		}
		last = r.since
	}
}

// flowOf says which way an event passes, and whether it tells of something that came from the other party.
func flowOf(e *TimelineEntry) (f flow, across bool) {
	switch e.Event {
	case "callRequest", "hangOnVoip":
		return sent, false
	case "callResult", "joinedRoomByCaller", "busy", "finishVoip":
		return received, false
	case "alertShown", "alertSwitchedOff":
		return received, true
	case "calling":
		if e.Role == "caller" {
			return received, true // the listener has answered
		}
	case "cancelVoip", "rejectVoip", "hangUpVoip", "abortVoip":
		if toldBy(e) {
			return received, true
		}
		return sent, false
	}
	return local, false
}

// toldBy reports whether e is the notice of what the other party did.
func toldBy(e *TimelineEntry) bool {
	for _, word := range strings.Fields(e.Detail) {
		if strings.HasPrefix(word, "errMsg=") {
			break // what follows is the log's own text
		}
		if word == "status=other" || word == "status=unknown" || word == "origin=other" {
			return true
		}
	}
	return false
}

// endings are the events that end a call, by its outcome, the most telling first.
var endings = map[string][]string{
	"initiate-failed": {"callResult"},
	"join-failed":     {"joinFailCaller", "joinFailListener"},
	"busy":            {"busy"},
	"no-answer":       {"timeout", "alertExpired", "alertSwitchedOff"},
	"cancelled":       {"cancelVoip"},
	"rejected":        {"rejectVoip"},
	"aborted":         {"abortVoip"},
}

// failedStep returns the index of the step in which c failed, -1 if no step shows that. Of several, the one of who ended
// the call is it, else the first that is no mere notice.
func failedStep(c *Call, steps []rung) int {
	best, rank := -1, 0
	for _, name := range endings[c.Outcome] {
		for i := range steps {
			e := steps[i].entry
			if e.Event != name || name == "callResult" && !strings.Contains(e.Detail, "isSuccess=false") {
				continue
			}
			n := 1
			if !toldBy(e) {
				n = 2
			}
			if c.EndedBy != nil && e.Role == *c.EndedBy {
				n += 2
			}
			if n > rank {
				best, rank = i, n
			}
		}
		if best >= 0 {
			break
		}
	}
	return best
}
