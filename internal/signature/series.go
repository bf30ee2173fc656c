package signature

import (
	"cmp"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// turn is a call as one device took part in it.
type turn struct {
	n     int // of the call among all
	call  *correlate.Call
	party *correlate.Party
}

// turnsOf lists, for each device in the order of its first call, the calls it took part in by its own log.
func turnsOf(calls []*correlate.Call) [][]turn {
	index := map[*correlate.Device]int{}
	var out [][]turn
	for n, c := range calls {
		for _, p := range c.Parties() {
			if len(p.Events) == 0 {
				continue
			}
			i, ok := index[p.Device]
			if !ok {
				i = len(out)
				index[p.Device] = i
				out = append(out, nil)
			}
			out[i] = append(out[i], turn{n, c, p})
		}
	}
	return out
}

// overSeries evaluates a part that spans calls over those of every device, and returns it for the calls, by their
// numbers, that are part of one.
func (s *Signature) overSeries(history [][]turn, calls int) []*result {
	out := make([]*result, calls)
	evaluate := map[string]func([]turn, []*result){
		"streak": s.match.streaks, "age": s.match.ages, "repeat": s.match.repeats, "next": s.match.nexts,
	}[s.match.kind]
	for _, turns := range history {
		if s.GroupBy == byDevice {
			evaluate(turns, out)
			continue
		}
		for _, part := range s.processes(turns) {
			evaluate(part, out)
		}
	}
	return out
}

// sees reports whether a selection looks at the device's part in a call.
func (s *selection) sees(t turn) bool { return s.side == "any" || s.side == string(t.party.Role) }

// pick returns the first event of a turn that a selection picks, or nil. Sides are roles here: any, caller, listener.
func (s *selection) pick(t turn) *extract.Event {
	if s == nil || !s.sees(t) {
		return nil
	}
	for i := range t.party.Events {
		if e := &t.party.Events[i]; s.picks(e) {
			return e
		}
	}
	return nil
}

// streaks finds runs of calls in a row that each have an event of "of" with the same message, after at least one call
// with an event of "before"; an event of "until" ends a run.
func (n *node) streaks(turns []turn, out []*result) {
	var run []turn
	var events []*extract.Event
	seen := n.before == nil
	flush := func(next *turn) {
		if seen && len(run) >= n.least {
			end := n.between(run[len(run)-1], next)
			for i, t := range run {
				hits := around(run, events, n.of, i)
				if end != nil {
					hits = append(hits, hit{Evidence{t.party.Role, end}, len(run), n.ended.name})
				}
				out[t.n] = &result{truth: yes, hits: hits}
			}
		}
		run, events = nil, nil
	}
	for _, t := range turns {
		e := n.of.pick(t)
		if e == nil || n.until.pick(t) != nil || n.until != nil && t.party.Coverage != correlate.Full {
			flush(&t)
			seen = seen || n.before.pick(t) != nil
			continue
		}
		if len(events) > 0 && events[0].NativeCode != nil && e.NativeCode != nil && *events[0].NativeCode != *e.NativeCode {
			flush(&t)
		}
		run, events = append(run, t), append(events, e)
	}
	flush(nil)
}

// between returns the first device event of "ended_by" behind a streak and before the next call, if that is asked for.
func (n *node) between(last turn, next *turn) *extract.Event {
	if n.ended == nil {
		return nil
	}
	for _, l := range last.party.Device.Logs {
		for i := range l.Events {
			e := &l.Events[i]
			if n.ended.picks(e) && e.Time.After(last.call.End) && (next == nil || !e.Time.After(next.call.Start)) {
				return e
			}
		}
	}
	return nil
}

// repeats finds an event of "of" that comes again within a time, with equal fields, in the next call of the device or
// in the same: requests that follow each other closely become one call.
func (n *node) repeats(turns []turn, out []*result) {
	var last *hit // of the turn before, and of those before it in this turn
	for _, t := range turns {
		before := last
		last = nil
		for i := range t.party.Events {
			e := &t.party.Events[i]
			if !n.of.sees(t) || !n.of.picks(e) {
				continue
			}
			now := &hit{Evidence{t.party.Role, e}, 1, n.of.name}
			if before != nil && n.again(before.Event, e) && out[t.n] == nil {
				out[t.n] = &result{truth: yes, hits: []hit{*now, {before.Evidence, 0, n.of.name}}}
			}
			before, last = now, now
		}
	}
}

// again reports whether b is a within the time and with equal fields.
func (n *node) again(a, b *extract.Event) bool {
	if n.process && a.PID != b.PID { // a call may go on in another process
		return false
	}
	return !a.Time.IsZero() && b.Time.Sub(a.Time) <= n.within && !slices.ContainsFunc(n.same, func(path string) bool {
		x, _ := a.Field(path)
		y, _ := b.Field(path)
		return x != y
	})
}

// nexts finds calls of the device on which "then" holds right after one on which "first" does.
func (n *node) nexts(turns []turn, out []*result) {
	last, this := &subject{}, &subject{}
	for i, t := range turns {
		last, this = this, last
		this.reset(t.call)
		if i == 0 {
			continue
		}
		a := last.as(turns[i-1].party.Role).eval(n.first)
		if a.truth != yes {
			continue
		}
		if b := this.as(t.party.Role).eval(n.then); b.truth == yes {
			out[t.n] = &result{truth: yes, hits: slices.Concat(b.hits, a.hits)}
		}
	}
}

// ages finds events of "of" that come at the same age of an earlier call, counted from its event of "after": a timer
// that was set at the start of one call and fires in a later one. Ages count as the same that differ by no more than
// within. Where the ages of the ended calls themselves are steadier still, it is a limit of each call's own, as an app
// may set on purpose.
func (n *node) ages(turns []turn, out []*result) {
	type aged struct {
		turn  turn
		event *extract.Event
		start *extract.Event
		age   time.Duration
		own   time.Duration // age of the call that was ended
	}
	var all []aged
	for i, t := range turns {
		e, began := n.of.pick(t), n.after.pick(t)
		if e == nil || e.Time.IsZero() || began == nil || began.Time.IsZero() {
			continue // without its own start, a limit of each call's own cannot be told from a timer
		}
		for k := i - 1; k >= 0 && k >= i-reach; k-- {
			start := n.after.pick(turns[k])
			if start == nil || start.Time.IsZero() || n.of.pick(turns[k]) != nil {
				continue
			}
			if age := e.Time.Sub(start.Time); age > 0 && age <= oldest {
				all = append(all, aged{t, e, start, age, e.Time.Sub(began.Time)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b aged) int { return cmp.Compare(a.age, b.age) })
	for i := range all {
		low := i
		for low > 0 && i-low < maxSeries/2 && all[i].age-all[low-1].age <= n.within {
			low--
		}
		set := []aged{all[i]}
		for _, a := range all[low:min(low+maxSeries, len(all))] {
			told := slices.ContainsFunc(set, func(b aged) bool { return a.turn.call == b.turn.call })
			if !told && a.age-all[i].age <= n.within {
				set = append(set, a)
			}
		}
		if len(set) < n.least || spread(set, func(a aged) time.Duration { return a.own }) <= spread(set, func(a aged) time.Duration { return a.age }) {
			continue
		}
		r := result{truth: yes}
		for k, a := range set {
			r.hits = append(r.hits,
				hit{Evidence{a.turn.party.Role, a.start}, 2 * k, n.after.name},
				hit{Evidence{a.turn.party.Role, a.event}, 2*k + 1, n.of.name})
		}
		if old := out[all[i].turn.n]; old == nil || len(r.hits) > len(old.hits) {
			out[all[i].turn.n] = &r
		}
	}
}

const (
	reach = 8 // earlier calls whose timer may have been left
	// maxSeries bounds the calls of a series that a finding cites: every call of it has one.
	maxSeries = 16
	oldest    = 15 * time.Minute // longest time limit that is believed
)

// spread is how far the values of a list lie apart.
func spread[T any](list []T, value func(T) time.Duration) time.Duration {
	low, high := value(list[0]), value(list[0])
	for _, e := range list {
		low, high = min(low, value(e)), max(high, value(e))
	}
	return high - low
}

// around returns the events of a run about the i-th.
func around(run []turn, events []*extract.Event, s *selection, i int) []hit {
	var hits []hit
	low := max(0, min(i-maxSeries/2, len(run)-maxSeries))
	for k := low; k < min(low+maxSeries, len(run)); k++ {
		hits = append(hits, hit{Evidence{run[k].party.Role, events[k]}, k, s.name})
	}
	return hits
}
