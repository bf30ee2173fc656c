package signature

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// turn is a call as one device took part in it.
type turn struct {
	call  *correlate.Call
	party *correlate.Party
}

// byDevice lists, for each device in the order of its first call, the calls it took part in by its own log.
func byDevice(calls []*correlate.Call) [][]turn {
	index := map[*correlate.Device]int{}
	var out [][]turn
	for _, c := range calls {
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
			out[i] = append(out[i], turn{c, p})
		}
	}
	return out
}

// overSeries evaluates a streak or an age over the calls of every device; a call is yes if it is part of one.
func (s *Signature) overSeries(history [][]turn) map[*correlate.Call]result {
	out := map[*correlate.Call]result{}
	for _, turns := range history {
		if s.match.kind == "streak" {
			s.match.streaks(turns, out)
		} else {
			s.match.ages(turns, out)
		}
	}
	return out
}

// pick returns the first event of a turn that a selection picks, or nil. Sides are roles here: any, caller, listener.
func (s *selection) pick(t turn) *extract.Event {
	if s == nil || s.side != "any" && s.side != string(t.party.Role) {
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
func (n *node) streaks(turns []turn, out map[*correlate.Call]result) {
	var run []turn
	var events []*extract.Event
	seen := n.before == nil
	flush := func() {
		if seen && len(run) >= n.least {
			for _, t := range run {
				out[t.call] = result{truth: yes, hits: seriesHits(run, events, n.of)}
			}
		}
		run, events = nil, nil
	}
	for _, t := range turns {
		e := n.of.pick(t)
		if e == nil || n.until.pick(t) != nil {
			flush()
			seen = seen || n.before.pick(t) != nil
			continue
		}
		if len(events) > 0 && events[0].NativeCode != nil && e.NativeCode != nil && *events[0].NativeCode != *e.NativeCode {
			flush()
		}
		run, events = append(run, t), append(events, e)
	}
	flush()
}

// ages finds events of "of" that come at the same age of an earlier call, counted from its event of "after": a timer
// that was set at the start of one call and fires in a later one. Ages count as the same that differ by no more than
// within. Where the ages of the ended calls themselves are steadier still, it is a limit of each call's own, as an app
// may set on purpose.
func (n *node) ages(turns []turn, out map[*correlate.Call]result) {
	type aged struct {
		turn  turn
		event *extract.Event
		start *extract.Event
		age   time.Duration
		own   time.Duration // age of the call that was ended
	}
	var all []aged
	for i, t := range turns {
		e := n.of.pick(t)
		if e == nil || e.Time.IsZero() {
			continue
		}
		for k := i - 1; k >= 0 && k >= i-reach; k-- {
			start := n.after.pick(turns[k])
			if start == nil || start.Time.IsZero() || n.of.pick(turns[k]) != nil {
				continue
			}
			if age := e.Time.Sub(start.Time); age > 0 && age <= oldest {
				own := time.Duration(-1)
				if began := n.after.pick(t); began != nil {
					own = e.Time.Sub(began.Time)
				}
				all = append(all, aged{t, e, start, age, own})
			}
		}
	}
	for i := range all {
		set := []aged{all[i]}
		for k := range all {
			told := slices.ContainsFunc(set, func(a aged) bool { return a.turn.call == all[k].turn.call })
			if !told && (all[k].age-all[i].age).Abs() <= n.within {
				set = append(set, all[k])
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
		if old, ok := out[all[i].turn.call]; !ok || len(r.hits) > len(old.hits) {
			out[all[i].turn.call] = r
		}
	}
}

const (
	reach  = 8                // earlier calls whose timer may have been left
	oldest = 15 * time.Minute // longest time limit that is believed
)

// spread is how far the values of a list lie apart.
func spread[T any](list []T, value func(T) time.Duration) time.Duration {
	low, high := value(list[0]), value(list[0])
	for _, e := range list {
		low, high = min(low, value(e)), max(high, value(e))
	}
	return high - low
}

func seriesHits(run []turn, events []*extract.Event, s *selection) []hit {
	hits := make([]hit, len(run))
	for i := range run {
		hits[i] = hit{Evidence{run[i].party.Role, events[i]}, i, s.name}
	}
	return hits
}
