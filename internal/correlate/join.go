package correlate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

const (
	// mediaSpan is how far apart the legs of one media room may be, clock error included: the numbers come again.
	mediaSpan = 30 * time.Minute
	// blind is how far apart legs may start when nothing bounds the clocks: errors of minutes are common.
	blind = 3 * time.Minute
)

// join makes calls of legs:
//
//  1. legs of one room are one call;
//  2. a leg without a room joins the one call of its device that was under way at the time, if it can be of the same
//     party: another process of the device told that part;
//  3. else the one call of its media room that is near in time and lacks its role;
//  4. what is left of one party joins, one to one, the call of the other that was under way at that time by the
//     clocks as other calls bound them, if it is for this party as far as the logs name it; rivals are noted, and
//     Options.IDs leaves this out;
//  5. a party that should have heard of a call, and whose log is there, is added without events.
func join(legs []*leg, devices []*Device, opt Options) []*Call {
	var calls []*building
	rooms := map[string]*building{}
	var loose []*leg
	for _, l := range legs {
		if l.room == "" {
			loose = append(loose, l)
			continue
		}
		b := rooms[l.room]
		if b == nil {
			b = &building{basis: ByRoom}
			rooms[l.room] = b
			calls = append(calls, b)
		}
		b.legs = append(b.legs, l)
	}
	loose = joinDevice(loose, calls)
	loose = joinMedia(loose, calls)
	for _, l := range loose {
		calls = append(calls, &building{legs: []*leg{l}})
	}
	clocks := newClocks()
	for _, b := range calls {
		b.settle()
		clocks.learn(b)
	}
	for before := 0; before != len(calls) && !opt.IDs; {
		before = len(calls)
		calls = joinTime(calls, clocks)
	}
	out := make([]*Call, len(calls))
	for i, b := range calls {
		out[i] = b.call()
		attend(out[i], b, devices)
		if c := out[i]; c.Caller != nil && c.Listener != nil {
			c.Clock = clocks.between(c.Caller, c.Listener)
		}
	}
	return out
}

// building is a call being put together.
type building struct {
	legs      []*leg
	basis     Basis
	ambiguous []string
	parties   map[extract.Role]*Party
	gone      bool // merged into another
}

// settle gives a role to legs whose events do not say, and makes the parties.
func (b *building) settle() {
	for _, l := range b.legs {
		if l.role != extract.UnknownRole {
			continue
		}
		l.role = extract.Caller
		for _, o := range b.legs {
			if o != l && o.role != extract.UnknownRole {
				l.role = o.role
				if o.device != l.device {
					l.role = o.role.Other()
				}
			}
		}
	}
	b.parties = map[extract.Role]*Party{}
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		var own []*leg
		for _, l := range b.legs {
			if l.role == role {
				own = append(own, l)
			}
		}
		if len(own) == 0 {
			continue
		}
		p := &Party{Role: role, Device: own[0].device}
		var told [][]extract.Event
		for _, l := range own {
			for i := range l.events {
				p.Inputs = append(p.Inputs, l.events[i].Input)
			}
			p.logs = append(p.logs, l.log)
			told = append(told, l.events)
		}
		p.Events = folded(inOrder(told), p.oneLog)
		slices.Sort(p.Inputs)
		p.Inputs = slices.Compact(p.Inputs)
		b.parties[role] = p
	}
}

func (b *building) room() string {
	for _, l := range b.legs {
		if l.room != "" {
			return l.room
		}
	}
	return ""
}

// joinDevice adds legs without a room to the call that another log of their device tells of at that time, and returns
// the legs left over.
func joinDevice(loose []*leg, calls []*building) []*leg {
	byDevice := map[*Device][]*building{}
	for _, b := range calls {
		for _, l := range b.legs {
			if list := byDevice[l.device]; len(list) == 0 || list[len(list)-1] != b {
				byDevice[l.device] = append(list, b)
			}
		}
	}
	var left []*leg
	for _, l := range loose {
		var found []*building
		for _, b := range byDevice[l.device] {
			if slices.ContainsFunc(b.legs, func(o *leg) bool {
				return o.device == l.device && (o.role == l.role || l.role == extract.UnknownRole || o.role == extract.UnknownRole) &&
					!l.start().Before(o.start().Add(-around)) && !l.start().After(o.last.Add(around))
			}) {
				found = append(found, b)
			}
		}
		if len(found) == 1 && !l.failed() {
			found[0].legs = append(found[0].legs, l)
		} else {
			left = append(left, l)
		}
	}
	return left
}

// failed reports whether the leg is a call that got no room.
func (l *leg) failed() bool {
	return slices.ContainsFunc(l.events, func(e extract.Event) bool {
		return e.Name == extract.CallResult && e.Success != nil && !*e.Success
	})
}

// joinMedia adds legs without a room to the call of their media room, and returns the legs left over.
func joinMedia(loose []*leg, calls []*building) []*leg {
	var left []*leg
	for _, l := range loose {
		var found []*building
		if l.media != "" {
			for _, b := range calls {
				if slices.ContainsFunc(b.legs, func(o *leg) bool {
					gap := o.start().Sub(l.start())
					return o.media == l.media && o.role != l.role && gap <= mediaSpan && gap >= -mediaSpan
				}) && !slices.ContainsFunc(b.legs, func(o *leg) bool { return o.role == l.role }) {
					found = append(found, b)
				}
			}
		}
		if len(found) == 1 {
			found[0].legs = append(found[0].legs, l)
			found[0].basis = ByMediaRoom
		} else {
			left = append(left, l)
		}
	}
	return left
}

// joinTime joins one-sided calls of which at least one has no room with their one match in time. What it joins tells
// more of the clocks, so that another round may find more.
func joinTime(calls []*building, clocks *clocks) []*building {
	type pair struct{ caller, listener *building }
	var pairs []pair
	matches := map[*building]int{}
	callers, listeners := oneSided(calls, extract.Caller), oneSided(calls, extract.Listener)
	try := func(callers, listeners []*building) {
		for _, c := range callers {
			for _, l := range listeners {
				if reached(c) && clocks.match(c, l) {
					pairs = append(pairs, pair{c, l})
					matches[c]++
					matches[l]++
				}
			}
		}
	}
	try(callers.nameless, listeners.nameless)
	try(callers.nameless, listeners.roomed)
	try(callers.roomed, listeners.nameless)
	for _, b := range calls {
		b.ambiguous = nil
	}
	for _, p := range pairs {
		if matches[p.caller] == 1 && matches[p.listener] == 1 {
			p.caller.legs = append(p.caller.legs, p.listener.legs...)
			p.caller.basis = ByTime
			p.listener.gone = true
			p.caller.settle()
			clocks.learn(p.caller) // what the next round goes by
			continue
		}
		p.caller.ambiguous = append(p.caller.ambiguous, p.listener.legs[0].events[0].Pos.String())
		p.listener.ambiguous = append(p.listener.ambiguous, p.caller.legs[0].events[0].Pos.String())
	}
	return slices.DeleteFunc(calls, func(b *building) bool { return b.gone })
}

// side is the calls of which only one party is known, with a room id and without.
type side struct{ roomed, nameless []*building }

func oneSided(calls []*building, role extract.Role) (s side) {
	for _, b := range calls {
		switch {
		case b.parties[role] == nil || b.parties[role.Other()] != nil:
		case b.room() == "":
			s.nameless = append(s.nameless, b)
		default:
			s.roomed = append(s.roomed, b)
		}
	}
	return s
}

// reached reports whether a call got far enough that a listener can have heard of it.
func reached(b *building) bool {
	r := b.parties[extract.Caller].First(extract.CallResult)
	return r == nil || r.Success == nil || *r.Success
}

// call makes the Call of what was put together.
func (b *building) call() *Call {
	c := &Call{
		RoomID: b.room(), Basis: b.basis, Ambiguous: b.ambiguous,
		Caller: b.parties[extract.Caller], Listener: b.parties[extract.Listener],
	}
	slices.Sort(c.Ambiguous)
	if c.Caller == nil || c.Listener == nil {
		c.Basis = OneSided
	}
	first := slices.MinFunc(b.legs, func(x, y *leg) int {
		return cmp.Or(x.start().Compare(y.start()), strings.Compare(x.log.Input, y.log.Input), cmp.Compare(x.events[0].Line, y.events[0].Line))
	})
	if c.ID = c.RoomID; c.ID == "" {
		c.ID = first.events[0].Pos.String()
	}
	for _, l := range b.legs {
		if c.MediaRoomID == "" {
			c.MediaRoomID = l.media
		}
	}
	return c
}

// attend adds the party that the caller's request was for, if one device with logs of about that day answers to that name,
// and they tell nothing of the call: whether it was recording decides what its silence means.
func attend(c *Call, b *building, devices []*Device) {
	if c.Caller == nil || c.Listener != nil || !reached(b) {
		return
	}
	from, _ := span(c.Caller)
	var target *Device
	for _, l := range b.legs {
		id := l.listenerID()
		for _, d := range devices {
			if id != "" && d.ids[id] && d != c.Caller.Device && d.near(from) {
				if target != nil && target != d {
					return
				}
				target = d
			}
		}
	}
	if target == nil {
		return
	}
	c.Listener = &Party{Role: extract.Listener, Device: target}
	for _, l := range target.Logs {
		c.Listener.Inputs = append(c.Listener.Inputs, l.Inputs()...)
		c.Listener.logs = append(c.Listener.logs, l)
	}
}
