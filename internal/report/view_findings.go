package report

import (
	"cmp"
	"slices"
	"strings"
)

// splitFindings decides where each finding is told: once for several calls when it is the same on all of them, under
// its call when that did not complete, else by signature and remedy over the completed calls. all as in newView.
func (v *view) splitFindings(all bool) {
	on := map[string]int{} // calls by content of the finding
	for i := range v.r.Calls {
		for _, f := range v.r.Calls[i].Findings {
			on[content(&f)]++
		}
	}
	byID := map[string]row{}
	for _, rw := range v.rows {
		byID[rw.call.ID] = rw
	}
	for i := range v.r.Findings {
		s := sharedFinding{Finding: &v.r.Findings[i]}
		for _, id := range s.Calls {
			if rw, ok := byID[id]; ok {
				s.calls = append(s.calls, rw)
			}
		}
		v.shared = append(v.shared, s)
	}
	sharedAt, completedAt := map[string]int{}, map[string]int{}
	for _, rw := range v.rows {
		s := section{row: rw}
		for i := range rw.call.Findings {
			f := &rw.call.Findings[i]
			switch key := content(f); {
			case on[key] > 1:
				v.shared = tell(v.shared, sharedAt, key, f, rw)
			case rw.call.Outcome == "completed":
				v.completed = tell(v.completed, completedAt, f.Signature+"\x00"+f.Remedy, f, rw)
			default:
				s.findings = append(s.findings, f)
			}
		}
		if rw.call.Outcome != "completed" {
			v.sections = append(v.sections, s)
		}
	}
	for _, list := range [][]sharedFinding{v.shared, v.completed} {
		slices.SortStableFunc(list, func(a, b sharedFinding) int {
			return severityRank(a.Severity) - severityRank(b.Severity)
		})
	}
	if !all && len(v.sections) > maxSections {
		v.sections = foldAlike(v.sections)
		for _, s := range v.sections[min(maxSections, len(v.sections)):] {
			v.unshown += 1 + len(s.alike)
		}
		v.sections = v.sections[:min(maxSections, len(v.sections))]
	}
}

// tell adds a call to the finding told under key.
func tell(list []sharedFinding, at map[string]int, key string, f *Finding, rw row) []sharedFinding {
	n, ok := at[key]
	if !ok {
		n = len(list)
		at[key] = n
		list = append(list, sharedFinding{Finding: f})
	}
	list[n].calls = append(list[n].calls, rw)
	return list
}

// content is equal for findings that say the same of different calls.
func content(f *Finding) string {
	var b strings.Builder
	role := ""
	if f.Role != nil {
		role = *f.Role
	}
	for _, s := range []string{f.Signature, f.Severity, f.Certainty, role, f.Summary, f.Cause, f.Remedy} {
		b.WriteString(s)
		b.WriteByte(0)
	}
	for _, e := range f.Evidence {
		b.WriteString(position(&e))
		b.WriteByte(0)
	}
	return b.String()
}

// foldAlike keeps the first section of each kind of failure and names the others under it. The worst come first, of
// those the most frequent.
func foldAlike(sections []section) []section {
	var kept []section
	at := map[string]int{}
	for _, s := range sections {
		kind := s.call.Stage + "/" + s.call.Outcome
		if s.main != nil {
			kind = s.main.Signature
		}
		if n, ok := at[kind]; ok {
			kept[n].alike = append(kept[n].alike, s.row)
			continue
		}
		at[kind] = len(kept)
		kept = append(kept, s)
	}
	rank := func(s section) int {
		if s.main == nil {
			return severityRank("error")
		}
		return severityRank(s.main.Severity)
	}
	slices.SortStableFunc(kept, func(a, b section) int {
		return cmp.Or(rank(a)-rank(b), len(b.alike)-len(a.alike))
	})
	return kept
}
