package report

import (
	"maps"
	"slices"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// Select leaves in the document only the calls of a room, and only findings of a severity or above, and counts anew.
// Of what was found on no call it leaves out the milder findings alone. An empty room or severity selects nothing.
func (r *Report) Select(room string, least signature.Severity) {
	if room == "" && least == "" {
		return
	}
	if room != "" {
		is := func(id *string) bool { return id != nil && *id == room }
		r.Calls = slices.DeleteFunc(r.Calls, func(c Call) bool { return c.ID != room && !is(c.RoomID) && !is(c.MediaRoomID) })
	}
	if least != "" {
		milder := func(f Finding) bool { return signature.Severity(f.Severity).Rank() > least.Rank() }
		for i := range r.Calls {
			r.Calls[i].Findings = slices.DeleteFunc(r.Calls[i].Findings, milder)
		}
		r.Findings = slices.DeleteFunc(r.Findings, milder)
	}
	r.count()
}

// count fills in the counts over all calls.
func (r *Report) count() {
	r.Fleet = fleet(r.Calls)
	r.Summary = Summary{Calls: len(r.Calls)}
	for i := range r.Calls {
		switch correlate.Outcome(r.Calls[i].Outcome) {
		case correlate.Completed:
			r.Summary.OK++
		case correlate.UnknownOutcome:
			r.Summary.NotEvaluable++
		default:
			r.Summary.Failed++
		}
	}
}

// fleet counts the calls by what they have in common.
func fleet(calls []Call) Fleet {
	f := Fleet{Calls: len(calls)}
	outcomes, stages, versions, withVersion := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	fired, unknown := map[string]int{}, map[string]int{}
	failed := 0
	for i := range calls {
		c := &calls[i]
		outcomes[c.Outcome]++
		bad := c.Outcome != string(correlate.Completed) && c.Outcome != string(correlate.UnknownOutcome)
		if bad {
			failed++
			stages[c.Stage]++
		}
		for name := range versionsOfCall(c) {
			withVersion[name]++
			if bad {
				versions[name]++
			}
		}
		seen := map[string]bool{}
		for _, n := range c.Checked.NotEvaluable {
			if !seen[n.Signature] {
				seen[n.Signature] = true
				unknown[n.Signature]++
			}
		}
		for _, x := range c.Findings {
			if x.Certainty == "confirmed" {
				fired[x.Signature]++
			}
		}
	}
	f.ByOutcome = counts(outcomes, func(string) int { return len(calls) })
	f.ByStage = counts(stages, func(string) int { return failed })
	f.BySignature = counts(fired, func(id string) int { return len(calls) - unknown[id] })
	for name := range withVersion {
		versions[name] += 0
	}
	f.ByVersion = counts(versions, func(name string) int { return withVersion[name] })
	return f
}

// versionsOfCall names the versions either party of a call showed.
func versionsOfCall(c *Call) map[string]bool {
	names := map[string]bool{}
	for _, p := range c.Parties {
		for _, v := range []struct {
			name string
			text *string
		}{{"wmpf", p.Versions.WMPF}, {"plugin", p.Versions.Plugin}, {"linux", p.Versions.LinuxSDK}, {"wechat", p.Versions.WeChat}} {
			if v.text != nil {
				names[v.name+" "+*v.text] = true
			}
		}
	}
	return names
}

// counts lists counts by name, the largest first.
func counts(n map[string]int, of func(string) int) []Count {
	var list []Count
	for _, name := range slices.Sorted(maps.Keys(n)) {
		c := Count{Name: name, N: n[name], Of: of(name)}
		if c.Of > 0 {
			c.Rate = float64(c.N*10000/c.Of) / 10000
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b Count) int { return b.N - a.N })
	return list
}
