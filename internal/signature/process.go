package signature

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// process is a process of a device: its id, and how often one with that id had been started by then. Where a log has no
// ids, every start is that of the process.
type process struct {
	id     int64
	starts int
}

// processes sorts the calls of a device by the process that they ran in, each list in the order of the calls, the lists
// in that of their first calls.
func (s *Signature) processes(turns []turn) [][]turn {
	index := map[process]int{}
	var out [][]turn
	at := 0 // a call without an event of the rule is where the one before it was
	starts := startsOf(turns[0].party.Device)
	for _, t := range turns {
		if e := s.ofProcess(t); e != nil {
			p := process{id: e.PID}
			p.starts, _ = slices.BinarySearchFunc(starts[e.PID], e.Time, func(start, t time.Time) int {
				if start.After(t) {
					return 1
				}
				return -1
			})
			i, known := index[p]
			if !known {
				i = len(out)
				index[p] = i
				out = append(out, nil)
			}
			at = i
		} else if len(out) == 0 {
			out = append(out, nil)
		}
		out[at] = append(out[at], t)
	}
	return out
}

// startsOf gives the times, in their order, at which processes of a device started, by their ids; those of all for 0.
func startsOf(d *correlate.Device) map[int64][]time.Time {
	starts := map[int64][]time.Time{}
	for _, l := range d.Logs {
		for i := range l.Events {
			e := &l.Events[i]
			if e.Name != extract.ProcessStarted || e.Time.IsZero() {
				continue
			}
			starts[0] = append(starts[0], e.Time)
			if e.PID != 0 {
				starts[e.PID] = append(starts[e.PID], e.Time)
			}
		}
	}
	for _, times := range starts {
		slices.SortFunc(times, time.Time.Compare)
	}
	return starts
}

// ofProcess returns the first event of a call that a selection of the rule picks: the process that printed it is the
// one that the rule is about.
func (s *Signature) ofProcess(t turn) *extract.Event {
	for i := range t.party.Events {
		e := &t.party.Events[i]
		if slices.ContainsFunc(s.selections, func(sel *selection) bool {
			return (sel.sees(t) || sel.side == "here") && sel.picks(e)
		}) {
			return e
		}
	}
	return nil
}
