package signature

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// maxHits bounds what a selection may match on one call and so the work of a sequence; ticks beyond it are not asked.
const maxHits = 256

// view is a call seen with one binding of here and there to its parties.
type view struct {
	call *correlate.Call
	here extract.Role
}

// role returns the role that a side of a rule stands for; "" for any.
func (v *view) role(side string) extract.Role {
	switch side {
	case "caller":
		return extract.Caller
	case "listener":
		return extract.Listener
	case "here":
		return v.here
	case "there":
		return v.here.Other()
	}
	return extract.UnknownRole
}

// eval evaluates a tree on the call.
func (v *view) eval(n *node) result {
	switch n.kind {
	case "select":
		return v.some(n.of)
	case "all":
		r := v.eval(n.parts[0])
		for _, p := range n.parts[1:] {
			r = both(r, v.eval(p))
		}
		return r
	case "any":
		r := v.eval(n.parts[0])
		for _, p := range n.parts[1:] {
			r = either(r, v.eval(p))
		}
		return r
	case "sequence":
		return v.sequence(n)
	case "count":
		return v.count(n)
	case "absent":
		return v.absent(n)
	case "gap":
		return v.gap(n)
	case "clock":
		return v.clock(n)
	case "differ":
		return v.differ(n)
	}
	return result{} // a series, which is not judged on one call
}

// find returns the events that a selection picks, by party and in its order.
func (v *view) find(s *selection) []hit {
	var hits []hit
	for _, p := range v.call.Parties() {
		if role := v.role(s.side); role != extract.UnknownRole && role != p.Role {
			continue
		}
		n := 0
		for i := range p.Facts {
			if e := &p.Facts[i]; s.picks(e) && len(s.events) > 0 {
				hits = append(hits, hit{Evidence{p.Role, e}, i - len(p.Facts), s.name})
			}
		}
		for i := range p.Events {
			if n == maxHits {
				break
			}
			if e := &p.Events[i]; s.picks(e) {
				hits = append(hits, hit{Evidence{p.Role, e}, i, s.name})
				n++
			}
		}
	}
	return hits
}

func (s *selection) picks(e *extract.Event) bool {
	if len(s.events) > 0 && !slices.Contains(s.events, e.Name) {
		return false
	}
	for i := range s.where {
		if !s.where[i].holds(e) {
			return false
		}
	}
	return true
}

// some says whether the selection picks an event, and, where it does not, whether the logs could have shown one.
func (v *view) some(s *selection) result {
	if hits := v.find(s); len(hits) > 0 {
		return result{truth: yes, hits: hits[:1]}
	}
	return v.none(s)
}

// none says what it means that a selection picks nothing.
func (v *view) none(s *selection) result {
	if slices.Equal(s.events, []extract.Name{extract.VersionSeen}) && !v.knows(s) {
		return because(Text{"no line names the version", "日志中没有该版本信息"}, Text{"a log that names it", "包含该版本信息的日志"})
	}
	if role := v.role(s.side); role != extract.UnknownRole {
		return missing(role, v.call.Party(role))
	}
	return either(missing(extract.Caller, v.call.Caller), missing(extract.Listener, v.call.Listener))
}

// knows reports whether the logs show the versions that a selection of version facts tests.
func (v *view) knows(s *selection) bool {
	for _, p := range v.call.Parties() {
		if role := v.role(s.side); role != extract.UnknownRole && role != p.Role {
			continue
		}
		for i := range p.Facts {
			if !slices.ContainsFunc(s.where, func(t test) bool { _, ok := p.Facts[i].Field(t.path); return !ok }) {
				return true
			}
		}
	}
	return false
}

// count asks for a number of events of one selection, within a time if one is given.
func (v *view) count(n *node) result {
	hits := v.find(n.of)
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
	hits := v.find(n.of)
	for i := 1; i < len(hits); i++ {
		a, b := hits[i-1], hits[i]
		if a.Role != b.Role || b.Event.Time.Sub(a.Event.Time) <= n.longer {
			continue
		}
		if p := v.call.Party(a.Role); p.Device.Covers(a.Event.Time, b.Event.Time) != correlate.Full {
			return hole(a.Role)
		}
		return result{truth: yes, hits: []hit{a, b}}
	}
	return v.none(n.of)
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
		return tooClose()
	case c.HasLow && c.Low > n.apart || c.HasHigh && c.High < -n.apart:
		r := result{truth: yes}
		for _, p := range v.call.Parties() {
			r.hits = append(r.hits, hit{Evidence: Evidence{p.Role, &p.Events[0]}})
		}
		return r
	case c.HasLow && c.HasHigh && c.Low >= -n.apart && c.High <= n.apart:
		return result{}
	}
	return tooClose()
}

// differ asks for two events of one log whose numbers are further apart than they may be.
func (v *view) differ(n *node) result {
	for _, a := range v.find(n.steps[0]) {
		for _, b := range v.find(n.steps[1]) {
			x, known := number(a.Event, n.field)
			y, too := number(b.Event, n.field)
			if known && too && a.Role == b.Role && math.Abs(x-y) > n.by {
				return result{truth: yes, hits: []hit{a, b}}
			}
		}
	}
	for _, s := range n.steps {
		if len(v.find(s)) == 0 {
			return v.none(s)
		}
	}
	return result{}
}

func number(e *extract.Event, path string) (float64, bool) {
	s, ok := e.Field(path)
	f, err := strconv.ParseFloat(s, 64)
	return f, ok && err == nil
}

// absent holds if the selection picks nothing in its window, and the log was recording there. The window is the call,
// or what lies before or after an event of it, or within a time of that event.
func (v *view) absent(n *node) result {
	anchor := result{truth: yes}
	var anchors []hit
	for _, s := range []*selection{n.before, n.after} {
		if s == nil {
			continue
		}
		r := v.some(s)
		if r.truth != yes {
			return r
		}
		anchor.hits = append(anchor.hits, r.hits...)
		anchors = append(anchors, r.hits[0])
	}
	worst := no // whether one is there
	for _, h := range v.find(n.of) {
		inside := yes
		k := 0
		if n.before != nil {
			inside = min(inside, v.ordered(h, anchors[k], n.within, 0))
			k++
		}
		if n.after != nil {
			inside = min(inside, v.ordered(anchors[k], h, n.within, 0))
		}
		worst = max(worst, inside)
	}
	switch {
	case worst == yes:
		return result{truth: no}
	case worst == unknown:
		return tooClose()
	}
	if r := v.none(n.of); r.truth != no && !n.always {
		return r
	}
	return anchor
}

// sequence looks for one event of each selection, each after the one before it.
func (v *view) sequence(n *node) result {
	lists := make([][]hit, len(n.steps))
	empty := result{truth: yes}
	for i, step := range n.steps {
		if lists[i] = v.find(step); len(lists[i]) == 0 {
			empty = both(empty, v.none(step))
		}
	}
	if empty.truth != yes {
		return empty
	}
	best := result{truth: no}
	var walk func(i int, chain []hit, so truth)
	walk = func(i int, chain []hit, so truth) {
		if best.truth == yes || so <= best.truth {
			return
		}
		if i == len(lists) {
			best = result{truth: so, hits: slices.Clone(chain)}
			return
		}
		for _, h := range lists[i] {
			next := so
			for k, before := range chain {
				within, longer := time.Duration(0), time.Duration(0)
				if k == 0 && i == len(lists)-1 {
					within, longer = n.within, n.longer
				}
				next = min(next, v.ordered(before, h, within, longer))
			}
			walk(i+1, append(chain, h), next)
		}
	}
	walk(0, nil, yes)
	switch best.truth {
	case unknown:
		r := tooClose()
		r.hits = best.hits
		return r
	case no: // unless what the logs lost could complete one
		for _, step := range n.steps {
			best = either(best, v.none(step))
		}
	}
	return best
}
