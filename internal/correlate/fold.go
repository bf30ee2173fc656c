package correlate

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// binding is how far apart the deliveries of one event to several listener bindings lie.
const binding = 50 * time.Millisecond

// fold removes deliveries of an event that was already delivered, and counts them.
func (l *leg) fold() {
	l.events = folded(l.events, func(_, _ *extract.Event) bool { return true })
}

// folded counts what one process prints in one log; what another process or log tells too is no further delivery.
func folded(events []extract.Event, oneLog func(a, b *extract.Event) bool) []extract.Event {
	out := make([]extract.Event, 0, len(events))
next:
	for i := range events {
		e := &events[i]
		for n := len(out) - 1; n >= 0 && e.Time.Sub(out[n].Time) <= binding; n-- {
			if same(&out[n], e) {
				if out[n].PID == e.PID && oneLog(&out[n], e) {
					out[n].Repeats++
				}
				continue next
			}
		}
		out = append(out, *e)
	}
	if len(out) < cap(out)*3/4 {
		return slices.Clone(out)
	}
	return out
}

// same reports whether two events say the same, apart from place and time.
func same(a, b *extract.Event) bool {
	return a.Name == b.Name && a.RoomID == b.RoomID && a.Status == b.Status && a.Origin == b.Origin && a.ErrMsg == b.ErrMsg &&
		a.API == b.API && equal(a.KeepTime, b.KeepTime) && equal(a.ErrCode, b.ErrCode) && equal(a.Success, b.Success)
}

func equal[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// inOrder sorts events of several logs by time, those of one time in the order of the logs. Within a log its own order
// stands: an event without a time, or with one that goes back, takes the latest time before it in its log.
func inOrder(logs [][]extract.Event) []extract.Event {
	type placed struct {
		at time.Time
		e  *extract.Event
	}
	var all []placed
	for _, list := range logs {
		var latest time.Time
		for i := range list {
			if t := list[i].Time; t.After(latest) {
				latest = t
			}
			all = append(all, placed{latest, &list[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at.Compare(b.at) })
	events := make([]extract.Event, len(all))
	for i := range all {
		events[i] = *all[i].e
	}
	return events
}
