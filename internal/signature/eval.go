package signature

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

const (
	// maxHits bounds what a sequence and differ take of one selection in one log, half of it the first events and half
	// the last, for they try combinations; all other parts take time in proportion to the events.
	maxHits  = 256
	maxSteps = 3 // of a sequence
)

// view is a call seen with one binding of here and there to its parties.
type view struct {
	*subject
	here extract.Role
}

// seat returns the place at the call that a side of a rule stands for.
func (v *view) seat(side string) seat {
	role := extract.Role(side)
	switch side {
	case "any":
		return anySeat
	case "here":
		role = v.here
	case "there":
		role = v.here.Other()
	}
	if role == extract.Caller {
		return callerSeat
	}
	return listenerSeat
}

// eval evaluates a tree on the call.
func (v *view) eval(n *node) result { return n.run(v, n) }

// evaluators evaluate the parts of a tree that are judged on one call.
var evaluators = map[string]func(*view, *node) result{
	"select": func(v *view, n *node) result { return v.some(n.of) },
	"all":    (*view).all, "any": (*view).any,
	"sequence": (*view).sequence, "count": (*view).count, "absent": (*view).absent, "gap": (*view).gap,
	"clock": (*view).clock, "differ": (*view).differ,
}

func (v *view) all(n *node) result {
	r := v.eval(n.parts[0])
	for _, p := range n.parts[1:] {
		if r.truth == no {
			break
		}
		r = both(r, v.eval(p))
	}
	return r
}

func (v *view) any(n *node) result {
	r := v.eval(n.parts[0])
	for _, p := range n.parts[1:] {
		r = either(r, v.eval(p))
	}
	return r
}

// find returns the events that a selection picks, by party and in its order, up to so many of them.
func (v *view) find(s *selection, most int) []hit {
	at := v.seat(s.side)
	if len(s.events) > 0 && s.names&v.names[at] == 0 {
		return nil
	}
	from := len(v.found)
	for i := range v.sides {
		d := &v.sides[i]
		if d.Party == nil || at != anySeat && at != seat(i) {
			continue
		}
		for _, place := range v.named(d, s) {
			if len(v.found)-from == most {
				break
			}
			if e := d.event(place); s.holds(e) {
				v.found = append(v.found, hit{Evidence{d.Role, e}, place, s.name})
			}
		}
	}
	return slices.Clip(v.found[from:])
}

// unbounded lets find return every event.
const unbounded = -1

// picks reports whether the selection picks an event.
func (s *selection) picks(e *extract.Event) bool {
	return (len(s.events) == 0 || slices.Contains(s.events, e.Name)) && s.holds(e)
}

// holds reports whether an event of the selection's name satisfies its conditions.
func (s *selection) holds(e *extract.Event) bool {
	for i := range s.where {
		if !s.where[i].holds(e) {
			return false
		}
	}
	return true
}

// some says whether the selection picks an event, and, where it does not, whether the logs could have shown one.
func (v *view) some(s *selection) result {
	if hits := v.find(s, 1); len(hits) > 0 {
		return result{truth: yes, hits: hits}
	}
	return v.none(s)
}

// none says what it means that a selection picks nothing.
func (v *view) none(s *selection) result {
	if len(s.events) == 1 && s.events[0] == extract.VersionSeen && !v.knows(s) {
		return noVersion
	}
	return v.subject.none[v.seat(s.side)]
}

// knows reports whether the logs show the versions that a selection of version facts tests.
func (v *view) knows(s *selection) bool {
	at := v.seat(s.side)
	for i := range v.sides {
		d := &v.sides[i]
		if d.Party == nil || at != anySeat && at != seat(i) {
			continue
		}
		for k := range d.Facts {
			if !slices.ContainsFunc(s.where, func(t test) bool { _, ok := t.get(&d.Facts[k]); return !ok }) {
				return true
			}
		}
	}
	return false
}

// hopeless reports whether a part surely does not hold, for want of an event that the logs would show: a quick look at
// names that spares most evaluations.
func (v *view) hopeless(n *node) bool {
	switch n.kind {
	case "all":
		for _, p := range n.parts {
			if v.hopeless(p) {
				return true
			}
		}
		return false
	case "any":
		for _, p := range n.parts {
			if !v.hopeless(p) {
				return false
			}
		}
		return true
	}
	for _, s := range n.needs {
		if at := v.seat(s.side); s.names&v.names[at] == 0 && v.subject.none[at].truth == no {
			return true
		}
	}
	return false
}

// count asks for a number of events of one selection, within a time if one is given.
func (v *view) count(n *node) result {
	hits := v.find(n.of, unbounded)
	for i := 0; i+n.least <= len(hits); i++ {
		last := hits[i+n.least-1]
		if last.Role == hits[i].Role && (n.within == 0 || last.Event.Time.Sub(hits[i].Event.Time) <= n.within) {
			return result{truth: yes, hits: hits[i : i+n.least]}
		}
	}
	return v.none(n.of)
}

// gap asks for a silence between two events of one selection that follow each other in one log.
func (v *view) gap(n *node) result {
	hits := v.find(n.of, unbounded)
	var lost result // a gap that a hole may have made
	for i := 1; i < len(hits); i++ {
		a, b := &hits[i-1], &hits[i]
		if a.Role != b.Role || b.Event.Time.Sub(a.Event.Time) <= n.longer {
			continue
		}
		if p := v.call.Party(a.Role); p.Device.Covers(a.Event.Time, b.Event.Time) == correlate.Full {
			return result{truth: yes, hits: slices.Clip(hits[i-1 : i+1])}
		}
		lost = either(lost, hole(a.Role))
	}
	return either(lost, v.none(n.of))
}

// clock asks for clocks that are surely further apart than a time, whatever the truth within their bounds.
func (v *view) clock(n *node) result {
	c := v.call.Clock
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		switch p := v.call.Party(role); {
		case p == nil:
			return noLog(role)
		case len(p.Events) == 0:
			return silent(role)
		}
	}
	switch {
	case c.Conflict || c.Pairs == 0:
		return tooClose
	case c.HasLow && c.Low > n.apart || c.HasHigh && c.High < -n.apart:
		r := result{truth: yes}
		for _, p := range v.call.Parties() {
			r.hits = append(r.hits, hit{Evidence: Evidence{p.Role, &p.Events[0]}})
		}
		return r
	case c.HasLow && c.HasHigh && c.Low >= -n.apart && c.High <= n.apart:
		return result{}
	}
	return tooClose
}

// differ asks for two events of one log whose numbers are further apart than they may be.
func (v *view) differ(n *node) result {
	firsts, seconds := outermost(v.find(n.steps[0], unbounded)), outermost(v.find(n.steps[1], unbounded))
	for _, a := range firsts {
		for _, b := range seconds {
			x, known := number(a.Event, n.field)
			y, too := number(b.Event, n.field)
			if known && too && a.Role == b.Role && math.Abs(x-y) > n.by {
				return result{truth: yes, hits: []hit{a, b}}
			}
		}
	}
	out := result{truth: yes}
	if len(firsts) == 0 {
		out = both(out, v.none(n.steps[0]))
	}
	if len(seconds) == 0 {
		out = both(out, v.none(n.steps[1]))
	}
	if out.truth == yes { // there are both, and none is out of bounds
		return result{}
	}
	return out
}

func number(e *extract.Event, path string) (float64, bool) {
	s, ok := e.Field(path)
	f, err := strconv.ParseFloat(s, 64)
	return f, ok && err == nil
}

// absent holds if the selection picks nothing in its window, and the log was recording there. The window is the call,
// or what lies before or after an event of it, or within a time of that event.
func (v *view) absent(n *node) result {
	window := result{truth: yes}
	for _, s := range [...]*selection{n.before, n.after} {
		if s != nil {
			window = both(window, v.some(s))
		}
	}
	if window.truth != yes {
		window.hits = nil
		return window
	}
	anchors := window.hits
	worst := no // whether one is there
	for _, h := range v.find(n.of, unbounded) {
		inside := yes
		k := 0
		if n.before != nil {
			inside = min(inside, v.ordered(&h, &anchors[k], n.within, 0))
			k++
		}
		if n.after != nil {
			inside = min(inside, v.ordered(&anchors[k], &h, n.within, 0))
		}
		if worst = max(worst, inside); worst == yes {
			return result{truth: no}
		}
	}
	if worst == unknown {
		return tooClose
	}
	if r := v.none(n.of); r.truth != no && !n.always {
		return r
	}
	return result{truth: yes, hits: anchors}
}

// sequence looks for one event of each selection, each after the one before it.
func (v *view) sequence(n *node) result {
	empty := result{truth: yes}
	for _, step := range n.steps {
		if len(v.find(step, 1)) == 0 {
			empty = both(empty, v.none(step))
		}
	}
	if empty.truth != yes {
		return empty
	}
	lists := make([][]hit, len(n.steps))
	for i, step := range n.steps {
		lists[i] = outermost(v.find(step, unbounded))
	}
	best := result{truth: no}
	chain := make([]hit, 0, len(lists))
	var walk func(so truth)
	walk = func(so truth) {
		if best.truth == yes || so <= best.truth {
			return
		}
		i := len(chain)
		if i == len(lists) {
			best = result{truth: so, hits: slices.Clone(chain)}
			return
		}
		for k := range lists[i] {
			next := so
			for b := range chain {
				within, longer := time.Duration(0), time.Duration(0)
				if b == 0 && i == len(lists)-1 {
					within, longer = n.within, n.longer
				}
				next = min(next, v.ordered(&chain[b], &lists[i][k], within, longer))
			}
			if i == len(lists)-1 && !v.lived(n.lives, &chain[0], &lists[i][k]) {
				next = no
			}
			chain = append(chain, lists[i][k])
			walk(next)
			chain = chain[:i]
		}
	}
	walk(yes)
	switch best.truth {
	case unknown:
		best.lack = tooClose.lack
	case no: // unless what the logs lost could complete one
		for _, step := range n.steps {
			best = either(best, v.none(step))
		}
	}
	return best
}

// outermost returns the hits without those of a party that has more than maxHits in its middle: a call begins and ends
// with what sequences are about.
func outermost(hits []hit) []hit {
	if len(hits) <= maxHits {
		return hits
	}
	var kept []hit
	for len(hits) > 0 {
		n := 1
		for n < len(hits) && hits[n].Role == hits[0].Role {
			n++
		}
		if n > maxHits {
			kept = append(kept, hits[:maxHits/2]...)
			kept = append(kept, hits[n-maxHits/2:n]...)
		} else {
			kept = append(kept, hits[:n]...)
		}
		hits = hits[n:]
	}
	return kept
}
