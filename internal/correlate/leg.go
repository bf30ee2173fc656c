package correlate

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// leg is what one log tells of one call.
type leg struct {
	device *Device
	log    *extract.Log
	room   string
	media  string
	role   extract.Role
	events []extract.Event

	last  time.Time // of the latest event that was added
	ended bool      // endVoip seen, or the initiating call failed
}

const (
	// idle is how long a call may print nothing without a room id: it rings 60 s and waits 20 s.
	idle = 150 * time.Second
	// prelude is how long before a call its authorisation is looked up.
	prelude = 5 * time.Minute
	// shown is how late an app opens the call page for a call that was refused.
	shown = 10 * time.Second
	// again is how late a second listener binding delivers an event that the first already had.
	again = time.Second
)

// assemble sorts the events of one log into calls. Events with a room go to its call. Events without go to the call
// that is under way, in this order of rules:
//
//  1. a request opens a call, its answer belongs to the latest request, a room in the answer becomes the call's;
//  2. a lookup of contacts, and the page's onShow before any request, belong to the request that follows;
//  3. everything else belongs to the call under way, unless that has ended or printed nothing for too long;
//  4. otherwise it opens a call of its own, if it is an event that only a call has.
func assemble(d *Device, log *extract.Log) []*leg {
	a := assembler{device: d, log: log, rooms: map[string]*leg{}}
	for i := range log.Events {
		a.add(&log.Events[i])
	}
	var legs []*leg
	for _, l := range a.legs {
		legs = append(legs, l.split()...)
	}
	for _, l := range legs {
		l.fold()
	}
	return slices.DeleteFunc(legs, func(l *leg) bool { return !l.isCall() })
}

type assembler struct {
	device  *Device
	log     *extract.Log
	legs    []*leg
	rooms   map[string]*leg
	current *leg
	before  []extract.Event // waiting for the request that follows
}

func (a *assembler) add(e *extract.Event) {
	if e.Name.OfDevice() {
		return // party looks them up by time
	}
	switch e.Name {
	case extract.ContactStatus, extract.AuthResult:
		a.before = append(a.before, *e)
		return
	}
	if e.RoomID != "" {
		a.toRoom(e)
		return
	}
	switch e.Name {
	case extract.CallRequest:
		if l := a.current; l != nil && l.waiting() && e.Time.Sub(l.last) <= again && e.Time.Sub(l.last) >= 0 && l.events[0].Text == e.Text {
			l.add(e)
			return
		}
		a.open(e)
	case extract.CallResult:
		if l := a.current; l != nil && (l.waiting() || l.ended && e.Time.Sub(l.last) <= again) && near(l.last, e.Time) {
			l.add(e)
			return
		}
		a.open(e)
	case extract.CallPageOnShow, extract.ShowCustomBox, extract.HideCustomBox, extract.BindContact:
		if l := a.current; l != nil && l.takes(e) {
			l.add(e)
		} else if e.Name == extract.CallPageOnShow {
			a.before = append(a.before, *e)
		}
	default:
		if l := a.current; l != nil && l.takes(e) {
			l.add(e)
			return
		}
		a.open(e)
	}
}

// toRoom adds an event to the call of its room, which may be the one that was opened without.
func (a *assembler) toRoom(e *extract.Event) {
	l := a.rooms[e.RoomID]
	if l == nil {
		if c := a.current; c != nil && c.room == "" && c.takes(e) && (c.waiting() || e.Name != extract.CallResult) {
			l = c
		} else {
			l = a.open(nil)
		}
		l.room = e.RoomID
		a.rooms[e.RoomID] = l
	}
	l.add(e)
	if a.current == nil || !l.ended || a.current.ended {
		a.current = l
	}
}

func (a *assembler) open(e *extract.Event) *leg {
	l := &leg{device: a.device, log: a.log}
	if e != nil {
		for i := range a.before {
			if b := &a.before[i]; (e.Name == extract.CallRequest || e.Name == extract.CallResult) && e.Time.Sub(b.Time) <= prelude {
				l.events = append(l.events, *b)
			}
		}
		a.before = a.before[:0]
		l.add(e)
	}
	a.legs = append(a.legs, l)
	a.current = l
	return l
}

// near reports whether an event at t can belong to what was last heard of at last.
func near(last, t time.Time) bool {
	gap := t.Sub(last)
	return last.IsZero() || t.IsZero() || gap <= idle && gap >= -idle
}

// waiting reports whether the call was requested and not answered yet.
func (l *leg) waiting() bool {
	return !l.ended && len(l.events) > 0 && l.events[len(l.events)-1].Name == extract.CallRequest
}

// takes reports whether an event without a room can belong to the call.
func (l *leg) takes(e *extract.Event) bool {
	if !near(l.last, e.Time) {
		return false
	}
	if !l.ended {
		had := l.has(e.Name)
		switch e.Name {
		case extract.StartVoip: // a call has one
		case extract.AlertShown, extract.AlertSwitchedOff: // a call has one or the other
			had = l.has(extract.AlertShown) || l.has(extract.AlertSwitchedOff)
		default:
			return true
		}
		return !had || e.Time.Sub(l.last) <= again
	}
	if e.Name == extract.CallPageOnShow && l.failed() && e.Time.Sub(l.last) <= shown {
		return true
	}
	return e.Name == extract.FinishVoip || e.Time.Sub(l.last) <= again && l.has(e.Name)
}

func (l *leg) has(n extract.Name) bool {
	return slices.ContainsFunc(l.events, func(e extract.Event) bool { return e.Name == n })
}

func (l *leg) add(e *extract.Event) {
	l.events = append(l.events, *e)
	if !e.Time.IsZero() {
		l.last = e.Time
	}
	if l.media == "" {
		l.media = e.MediaRoomID
	}
	switch {
	case e.Name == extract.EndVoip, e.Name == extract.CallResult && e.Success != nil && !*e.Success:
		l.ended = true
	}
}

// split takes a leg apart by process where one log holds both parties of a call, as a file that was put together from
// two does: some processes can only be the caller's and others only the listener's.
func (l *leg) split() []*leg {
	votes := map[int64]int{}
	both := map[extract.Role]bool{}
	var order []int64
	for i := range l.events {
		role, weight := voice(&l.events[i])
		if _, ok := votes[l.events[i].PID]; !ok {
			order = append(order, l.events[i].PID)
		}
		if role == extract.Listener {
			weight = -weight
		}
		votes[l.events[i].PID] += weight
	}
	for _, v := range votes {
		if v > 0 {
			both[extract.Caller] = true
		} else if v < 0 {
			both[extract.Listener] = true
		}
	}
	if len(both) < 2 {
		return []*leg{l}
	}
	var parts []*leg
	for _, pid := range order {
		part := &leg{device: l.device, log: l.log, room: l.room}
		for i := range l.events {
			if l.events[i].PID == pid {
				part.add(&l.events[i])
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// isCall reports whether the leg tells of a call at all, or only of what surrounds one.
func (l *leg) isCall() bool {
	if l.room != "" {
		return true
	}
	for i := range l.events {
		switch l.events[i].Name {
		case extract.FinishVoip, extract.EndVoip, extract.CallPageOnShow, extract.ContactStatus, extract.AuthResult, extract.AppDestroyed:
		default:
			return true
		}
	}
	return false
}

// start returns the time of the first event that is the call's own.
func (l *leg) start() time.Time {
	for i := range l.events {
		if n := l.events[i].Name; n != extract.ContactStatus && n != extract.AuthResult && n != extract.CallPageOnShow && !l.events[i].Time.IsZero() {
			return l.events[i].Time
		}
	}
	return time.Time{}
}

// listenerID returns whom the call is for, as far as this side knows.
func (l *leg) listenerID() string {
	for i := range l.events {
		if id := l.events[i].ListenerID; id != "" {
			return id
		}
	}
	return ""
}
