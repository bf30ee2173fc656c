package report

import (
	"iter"
	"maps"
	"slices"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// Select leaves in the document only the calls that room names, as [correlate.Named] has it, and only findings of a severity
// or above, and counts anew. Of what was found on no call it leaves out the milder findings, and what is about calls of
// which none is left. An empty room or severity selects nothing. The error is a correlate.NoRoom, and changes nothing.
func (r *Report) Select(room string, least signature.Severity) error {
	if room != "" && r.Status != Empty {
		chosen, err := correlate.Named(room, r.callIDs())
		if err != nil {
			return err
		}
		r.keep(func(i int) bool { return slices.Contains(chosen, i) })
	}
	if least != "" {
		milder := func(f Finding) bool { return signature.Severity(f.Severity).Rank() > least.Rank() }
		severe := func(c *Call) *Call { // another document may share it
			some := *c
			some.Findings = slices.DeleteFunc(slices.Clone(c.Findings), milder)
			return &some
		}
		if r.stream != nil {
			r.changed(severe)
		}
		r.Calls = slices.Clone(r.Calls)
		for i := range r.Calls {
			r.Calls[i] = *severe(&r.Calls[i])
		}
		r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), milder)
	}
	if room != "" || least != "" {
		r.count()
		r.prune()
	}
	return nil
}

// Keep leaves only the calls in the document that wanted names by their indices, and counts anew. Of what was found on no
// call it leaves out what is about calls of which none is left.
func (r *Report) Keep(wanted func(i int) bool) {
	r.keep(wanted)
	r.count()
}

func (r *Report) keep(wanted func(i int) bool) {
	var calls []Call
	i := 0
	for c := range r.EachCall() {
		if wanted(i) {
			calls = append(calls, *c)
		}
		i++
	}
	if r.broken() == nil {
		r.Calls, r.stream = calls, nil // few enough for memory, even of a streamed document
	}
	r.Findings = findingsOn(calls, r.Findings)
}

// callIDs lists the ids of each call, its own first.
func (r *Report) callIDs() [][]string {
	var ids [][]string
	for c := range r.EachCall() {
		own := []string{c.ID}
		for _, id := range []*string{c.RoomID, c.MediaRoomID} {
			if id != nil {
				own = append(own, *id)
			}
		}
		ids = append(ids, own)
	}
	return ids
}

// findingsOn leaves out findings about calls of which none is in calls, and of the others the calls that are not.
func findingsOn(calls []Call, found []Finding) []Finding {
	var kept []Finding
	for _, f := range found {
		all := len(f.Calls)
		f.Calls = slices.DeleteFunc(slices.Clone(f.Calls), func(id string) bool {
			return !slices.ContainsFunc(calls, func(c Call) bool { return c.ID == id })
		})
		if all == 0 || len(f.Calls) > 0 {
			kept = append(kept, f)
		}
	}
	return kept
}

// count fills in the counts over all calls.
func (r *Report) count() {
	r.Summary = Summary{}
	r.Fleet = fleet(func(yield func(*Call) bool) {
		for c := range r.EachCall() {
			r.Summary.add(c)
			yield(c)
		}
	}, r.Findings)
}

func (s *Summary) add(c *Call) {
	s.Calls++
	switch correlate.Outcome(c.Outcome) {
	case correlate.Completed:
		s.OK++
	case correlate.UnknownOutcome:
		s.NotEvaluable++
	default:
		s.Failed++
	}
}

// fleet counts the calls by what they have in common.
func fleet(calls iter.Seq[*Call], ofDevices []Finding) Fleet {
	f := Fleet{}
	outcomes, stages := map[string]int{}, map[string]int{}
	versions, models := shares{}, shares{}
	fired, unknown := map[string]int{}, map[string]int{}
	failed := 0
	for c := range calls {
		f.Calls++
		outcomes[c.Outcome]++
		bad := c.Outcome != string(correlate.Completed) && c.Outcome != string(correlate.UnknownOutcome)
		if bad {
			failed++
			stages[c.Stage]++
		}
		versions.add(versionsOfCall(c), bad)
		models.add(modelsOfCall(c), bad)
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
	for _, x := range ofDevices {
		if x.Certainty == "confirmed" && len(x.Calls) > 0 {
			fired[x.Signature] += len(x.Calls)
		}
	}
	f.ByOutcome = counts(outcomes, func(string) int { return f.Calls })
	f.ByStage = counts(stages, func(string) int { return failed })
	f.BySignature = counts(fired, func(id string) int { return f.Calls - unknown[id] })
	f.ByVersion, f.ByModel = versions.counts(), models.counts()
	return f
}

// shares counts, by what calls have in common, those that failed and all of them.
type shares map[string]struct{ failed, all int }

func (s shares) add(names map[string]bool, failed bool) {
	for name := range names {
		n := s[name]
		n.all++
		if failed {
			n.failed++
		}
		s[name] = n
	}
}

func (s shares) counts() []Count {
	failed := map[string]int{}
	for name, n := range s {
		failed[name] = n.failed
	}
	return counts(failed, func(name string) int { return s[name].all })
}

// modelsOfCall names the models of the machines of either party.
func modelsOfCall(c *Call) map[string]bool {
	names := map[string]bool{}
	for _, p := range c.Parties {
		if p.Versions.Model != nil {
			names[*p.Versions.Model] = true
		}
	}
	return names
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
