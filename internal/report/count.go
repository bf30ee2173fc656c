package report

import (
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

// keep leaves only the calls that wanted names by their indices, and what was found on them.
func (r *Report) keep(wanted func(i int) bool) {
	var calls []Call
	i := 0
	for c := range r.EachCall() {
		if wanted(i) {
			calls = append(calls, *c)
		}
		i++
	}
	if texts := r.wordings(); r.broken() == nil {
		r.Calls, r.Texts, r.stream = calls, texts, nil // few enough for memory, even of a streamed document
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
	n := newCounting()
	for c := range r.EachCall() {
		n.add(c)
	}
	r.Summary, r.Fleet = n.of(r.Findings)
}

// counting counts calls by what they have in common.
type counting struct {
	summary          Summary
	outcomes, stages map[string]int
	versions, models shares
	fired, unknown   map[string]int
}

func newCounting() *counting {
	return &counting{
		outcomes: map[string]int{}, stages: map[string]int{}, versions: shares{}, models: shares{}, fired: map[string]int{}, unknown: map[string]int{},
	}
}

func (n *counting) add(c *Call) {
	n.summary.Calls++
	bad := false
	switch correlate.Outcome(c.Outcome) {
	case correlate.Completed:
		n.summary.OK++
	case correlate.UnknownOutcome:
		n.summary.NotEvaluable++
	default:
		n.summary.Failed++
		bad = true
		n.stages[c.Stage]++
	}
	n.outcomes[c.Outcome]++
	n.versions.add(versionsOfCall(c), bad)
	n.models.add(modelsOfCall(c), bad)
	seen := map[string]bool{}
	for _, x := range c.Checked.NotEvaluable {
		if !seen[x.Signature] {
			seen[x.Signature] = true
			n.unknown[x.Signature]++
		}
	}
	for _, x := range c.Findings {
		if x.Certainty == "confirmed" {
			n.fired[x.Signature]++
		}
	}
}

// of returns the counts, with those of findings about the clocks of two devices.
func (n *counting) of(ofDevices []Finding) (Summary, Fleet) {
	fired := maps.Clone(n.fired)
	for _, x := range ofDevices {
		if x.Certainty == "confirmed" && len(x.Calls) > 0 {
			fired[x.Signature] += len(x.Calls)
		}
	}
	all := n.summary.Calls
	return n.summary, Fleet{
		Calls:       all,
		ByOutcome:   counts(n.outcomes, func(string) int { return all }),
		ByStage:     counts(n.stages, func(string) int { return n.summary.Failed }),
		BySignature: counts(fired, func(id string) int { return all - n.unknown[id] }),
		ByVersion:   n.versions.counts(),
		ByModel:     n.models.counts(),
	}
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
