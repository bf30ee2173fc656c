package report

import "slices"

// checkedFacts is what the signatures that did not fire are worth.
type checkedFacts struct {
	judged   int // signatures that were clear on some call, or fired
	clear    int // of those, the ones that did not fire anywhere
	fired    int // signatures
	unjudged []unjudged
	open     int // signatures that could not be judged on some call
}

// unjudged is a reason why signatures could not be judged, with those it held for.
type unjudged struct {
	reason, needs string
	signatures    []string
	calls         int
}

func newChecked(r *Report) checkedFacts {
	var c checkedFacts
	fired, clean, open := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range r.Findings {
		fired[r.Findings[i].Signature] = true
	}
	type key struct{ reason, needs string }
	at := map[key]int{}
	for i := range r.Calls {
		call := &r.Calls[i]
		for j := range call.Findings {
			fired[call.Findings[j].Signature] = true
		}
		for _, id := range call.Checked.Clear {
			clean[id] = true
		}
		counted := map[key]bool{}
		for _, u := range call.Checked.NotEvaluable {
			open[u.Signature] = true
			k := key{u.Reason, u.Needs}
			n, ok := at[k]
			if !ok {
				n = len(c.unjudged)
				at[k] = n
				c.unjudged = append(c.unjudged, unjudged{reason: u.Reason, needs: u.Needs})
			}
			if !slices.Contains(c.unjudged[n].signatures, u.Signature) {
				c.unjudged[n].signatures = append(c.unjudged[n].signatures, u.Signature)
			}
			if !counted[k] {
				counted[k] = true
				c.unjudged[n].calls++
			}
		}
	}
	for id := range clean {
		if !fired[id] {
			c.clear++
		}
	}
	c.fired, c.open = len(fired), len(open)
	c.judged = c.clear + c.fired
	slices.SortStableFunc(c.unjudged, func(a, b unjudged) int { return b.calls - a.calls })
	return c
}
