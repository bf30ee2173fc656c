// Package correlate joins the events of both parties' logs into calls, bounds the offset between their clocks, and
// says in which stage and how each call ended.
//
// It judges no cause: that is what signatures do. Rooms are joined first and exactly, then media rooms, then time
// (docs/design.md, "Correlation"); printed times stay those of the log they come from.
package correlate

import (
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Basis says what joined the parties of a call.
type Basis string

// OneSided calls have one party's log only.
const (
	ByRoom      Basis = "room-id"
	ByMediaRoom Basis = "media-room-id"
	ByTime      Basis = "time"
	OneSided    Basis = "one-sided"
)

// Call is one call as the logs of one or both parties tell it.
type Call struct {
	ID          string // the room id; without one, the place of the first event
	RoomID      string
	MediaRoomID string
	RoomType    string // voice, video
	Direction   string // device-to-wechat, wechat-to-wmpf, wechat-to-linux; "" unknown

	Start, Answered, End time.Time // in the clock of the party that shows them, the caller's where both do
	Talk                 time.Duration

	Stage   Stage
	Outcome Outcome
	EndedBy extract.Role
	Cause   Cause
	Stages  []StageSpan

	Basis     Basis
	Ambiguous []string // rivals of a join by time: places of their first events
	Clock     Clock    // listener minus caller

	Caller, Listener *Party // nil: no log
}

// Party is one side of a call.
type Party struct {
	Role     extract.Role
	Device   *Device
	Inputs   []string // that hold events of the call; of a party without any, those that could have
	logs     []*extract.Log
	Events   []extract.Event
	Coverage Coverage
	Holes    []Hole           // of its inputs during the call; none where a log covers it in full
	Versions extract.Versions // as last seen before the end of the call, or first seen after it
	Facts    []extract.Event  // the lines that show them; no part of the call, and shared
}

// Party returns the party of that role, or nil.
func (c *Call) Party(r extract.Role) *Party {
	switch r {
	case extract.Caller:
		return c.Caller
	case extract.Listener:
		return c.Listener
	}
	return nil
}

// Parties returns the parties that have a log, the caller first.
func (c *Call) Parties() []*Party {
	var ps []*Party
	for _, p := range []*Party{c.Caller, c.Listener} {
		if p != nil {
			ps = append(ps, p)
		}
	}
	return ps
}

// First returns the party's first event of that name that satisfies every test, or nil.
func (p *Party) First(name extract.Name, tests ...func(*extract.Event) bool) *extract.Event {
	if p == nil {
		return nil
	}
next:
	for i := range p.Events {
		e := &p.Events[i]
		if e.Name != name {
			continue
		}
		for _, ok := range tests {
			if !ok(e) {
				continue next
			}
		}
		return e
	}
	return nil
}

// Last returns the party's last event of that name, or nil.
func (p *Party) Last(name extract.Name) *extract.Event {
	if p == nil {
		return nil
	}
	for i := len(p.Events) - 1; i >= 0; i-- {
		if p.Events[i].Name == name {
			return &p.Events[i]
		}
	}
	return nil
}

// Options steer the join. The zero value lets the events decide.
type Options struct {
	// Role says which role an input has, whatever its events say; nil or UnknownRole leaves it open.
	Role func(input string) extract.Role
	// IDs joins parties by ids only, never by time alone, which among the logs of many devices is a guess.
	IDs bool
}

// Calls joins the logs into calls, ordered by start, and returns the devices the logs are of, by their names. The logs
// may come in any order.
func Calls(logs []*extract.Log, opt Options) ([]*Call, []*Device) {
	logs = withoutCopies(joined(logs))
	devices := group(logs)
	var legs []*leg
	for _, d := range devices {
		for _, l := range d.Logs {
			legs = append(legs, assemble(d, l)...)
		}
	}
	for _, l := range legs {
		l.role = roleOf(l, opt)
	}
	calls := join(legs, devices, opt)
	for _, c := range calls {
		c.finish()
	}
	slices.SortStableFunc(calls, func(a, b *Call) int {
		if n := a.Start.Compare(b.Start); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	return calls, devices
}
