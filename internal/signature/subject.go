package signature

import (
	"slices"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// nameSet is a set of event names by their numbers. Names whose numbers are 64 apart share a bit, so that a name may
// seem to be there that is not, never the other way round.
type nameSet uint64

func setOf(number int) nameSet { return 1 << (number % 64) }

// seat is a place at a call: that of the caller, that of the listener, or any of the two.
type seat int

const (
	callerSeat seat = iota
	listenerSeat
	anySeat
)

// subject is a call made ready for many rules: where the events of each name are, and what it means that a party has
// none. It is reset for the next call, and then the hits of the last are gone.
type subject struct {
	call   *correlate.Call
	sides  [2]side
	names  [3]nameSet // by seat
	none   [3]result  // what it means that nothing is found at a seat
	logs   int        // the states of both parties' logs
	views  [2]view    // the call with the caller as here, and with the listener
	found  []hit      // memory of what selections picked
	places []int      // the same of places in several lists
}

// side is a party, nil without a log, and the places of its events by the number of their name, in its order. Places
// of Facts count up to -1, those of Events from 0.
type side struct {
	*correlate.Party
	places [][]int
}

// newSubject makes a call ready.
func newSubject(call *correlate.Call) *subject {
	s := &subject{}
	s.reset(call)
	return s
}

// reset makes another call ready in the same memory.
func (s *subject) reset(call *correlate.Call) {
	s.call, s.found = call, s.found[:0]
	s.views = [...]view{{s, extract.Caller}, {s, extract.Listener}}
	s.names[callerSeat] = s.sides[callerSeat].index(call.Caller)
	s.names[listenerSeat] = s.sides[listenerSeat].index(call.Listener)
	s.names[anySeat] = s.names[callerSeat] | s.names[listenerSeat]
	s.none[callerSeat], s.none[listenerSeat] = missing(extract.Caller, call.Caller), missing(extract.Listener, call.Listener)
	s.logs = states*state(call.Caller) + state(call.Listener)
	s.none[anySeat] = either(s.none[callerSeat], s.none[listenerSeat])
}

// states is how many states of a party's log there are: what it means that it shows no event depends on nothing else.
const states = 4

func state(p *correlate.Party) int {
	switch {
	case p == nil:
		return 0
	case p.Coverage == correlate.Full:
		return 1
	case len(p.Events) > 0:
		return 2
	}
	return 3
}

// as returns the call as one party takes part in it.
func (s *subject) as(here extract.Role) *view {
	if here == extract.Listener {
		return &s.views[listenerSeat]
	}
	return &s.views[callerSeat]
}

// index notes where the events of a party are, and returns their names.
func (d *side) index(p *correlate.Party) (names nameSet) {
	d.Party = p
	for i := range d.places {
		d.places[i] = d.places[i][:0]
	}
	if p == nil {
		return 0
	}
	var last extract.Name
	number := -1
	for at := -len(p.Facts); at < len(p.Events); at++ {
		if e := d.event(at); e.Name != last { // ticks come in rows
			last, number = e.Name, e.Name.Number()
			if number < 0 {
				continue
			}
			names |= setOf(number)
			for number >= len(d.places) {
				d.places = append(d.places, nil)
			}
		}
		if number >= 0 {
			d.places[number] = append(d.places[number], at)
		}
	}
	return names
}

// shows reports whether some selection picks an event, whichever party is here.
func (s *subject) shows(list []*selection) bool {
	for _, sel := range list {
		if len(sel.events) > 0 && sel.names&s.names[anySeat] == 0 {
			continue
		}
		for i := range s.sides {
			d := &s.sides[i]
			if d.Party == nil || sel.side == string(d.Role.Other()) {
				continue
			}
			for _, at := range s.named(d, sel) {
				if sel.holds(d.event(at)) {
					return true
				}
			}
		}
	}
	return false
}

// event returns the event at a place.
func (d *side) event(at int) *extract.Event {
	if at < 0 {
		return &d.Facts[len(d.Facts)+at]
	}
	return &d.Events[at]
}

// named returns the places of a party's events that a selection names, in the party's order.
func (s *subject) named(d *side, sel *selection) []int {
	if len(sel.numbers) == 1 {
		if n := sel.numbers[0]; n < len(d.places) {
			return d.places[n]
		}
		return nil
	}
	s.places = s.places[:0]
	lists := 0
	for _, n := range sel.numbers {
		if n < len(d.places) && len(d.places[n]) > 0 {
			s.places = append(s.places, d.places[n]...)
			lists++
		}
	}
	if lists > 1 {
		slices.Sort(s.places)
	}
	if len(sel.numbers) == 0 {
		for at := range d.Events {
			s.places = append(s.places, at)
		}
	}
	return s.places
}
