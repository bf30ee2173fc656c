package signature

import (
	"slices"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// processes sorts the calls of a device by the process that they ran in, each list in the order of the calls, the lists
// in that of their first calls.
func (s *Signature) processes(turns []turn) [][]turn {
	index := map[correlate.Process]int{}
	var out [][]turn
	at := 0 // a call without an event of the rule is where the one before it was
	for _, t := range turns {
		if e := s.ofProcess(t); e != nil {
			p := t.party.Device.ProcessOf(e)
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

// lived reports whether the process of a became what a sequence asks for by the time of b. Parties have none in common.
func (v *view) lived(lives string, a, b *hit) bool {
	if lives == "" {
		return true
	}
	if a.Role != b.Role {
		return false
	}
	d := v.call.Party(a.Role).Device
	if lives == "same" {
		return d.ProcessOf(a.Event) == d.ProcessOf(b.Event)
	}
	return d.Outlived(a.Event, b.Event)
}
