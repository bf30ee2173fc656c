package signature

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// Judge evaluates the catalogue on calls, which have to be all calls of the logs in their order, for series look at
// the calls of one device in a row, and the signatures of stage setup on devices.
func (c *Catalogue) Judge(calls []*correlate.Call, devices []*correlate.Device) Verdicts {
	out := Verdicts{Calls: make([]Judgement, len(calls))}
	history := byDevice(calls)
	for _, s := range c.Signatures {
		if s.setup() {
			out.Setup = append(out.Setup, s.onDevices(devices)...)
			continue
		}
		var series map[*correlate.Call]result
		if s.series() {
			series = s.overSeries(history)
		}
		for i, call := range calls {
			s.judge(call, series, &out.Calls[i])
		}
	}
	for i := range out.Calls {
		out.Calls[i].settle()
	}
	return out
}

// onDevices judges a signature of stage setup: a device counts as a party of its own whose events are all of its logs.
func (s *Signature) onDevices(devices []*correlate.Device) []Finding {
	var found []Finding
	for _, d := range devices {
		p := &correlate.Party{Device: d, Coverage: correlate.Full}
		for _, l := range d.Logs {
			p.Events = append(p.Events, l.Events...)
			p.Versions.Merge(l.Versions)
		}
		var j Judgement
		s.judge(&correlate.Call{Caller: p}, nil, &j)
		found = append(found, j.Findings...)
	}
	return found
}

// judge adds the signature's verdict on one call.
func (s *Signature) judge(call *correlate.Call, series map[*correlate.Call]result, j *Judgement) {
	var versions []extract.Versions
	for _, p := range call.Parties() {
		versions = append(versions, p.Versions)
	}
	applies, unseen := s.applies(versions)
	if applies == no {
		j.Clear = append(j.Clear, s)
		return
	}
	best, v := s.verdict(call, series, s.match)
	switch best.truth {
	case yes:
		j.Findings = append(j.Findings, s.finding(v, best, unseen))
	case no:
		j.Clear = append(j.Clear, s)
	case unknown:
		if s.lead != nil {
			if l, lv := s.verdict(call, nil, s.lead); l.truth == yes {
				f := s.finding(lv, l, append(unseen, best.needs))
				f.Lead = true
				j.Findings = append(j.Findings, f)
				return
			}
		}
		j.NotEvaluable = append(j.NotEvaluable, NotEvaluable{s, best.reason, best.needs})
	}
}

// verdict evaluates a tree under both bindings of here and there, and returns the better one.
func (s *Signature) verdict(call *correlate.Call, series map[*correlate.Call]result, tree *node) (result, *view) {
	if s.series() && series != nil {
		r, v := series[call], &view{call: call}
		if r.truth == yes {
			v.here = r.hits[0].Role // the device's part in this call
		}
		return r, v
	}
	v := &view{call: call, here: extract.Caller}
	r := v.eval(tree)
	if tree.uses("here") || tree.uses("there") {
		w := &view{call: call, here: extract.Listener}
		if q := w.eval(tree); q.truth > r.truth {
			return q, w
		}
	}
	return r, v
}

func (s *Signature) finding(v *view, r result, unseen []Text) Finding {
	f := Finding{Signature: s, Lead: len(unseen) > 0, Role: v.role(s.Blame), Missing: unseen}
	slices.SortStableFunc(r.hits, func(a, b hit) int {
		return cmp.Or(a.Event.Time.Compare(b.Event.Time), strings.Compare(a.Event.Input, b.Event.Input), cmp.Compare(a.index, b.index))
	})
	if s.Blame == "shown" && len(r.hits) > 0 {
		f.Role = r.hits[len(r.hits)-1].Role
	}
	for _, h := range r.hits {
		if !slices.ContainsFunc(f.Evidence, func(e Evidence) bool { return e.Event == h.Event }) {
			f.Evidence = append(f.Evidence, h.Evidence)
		}
	}
	f.Summary = Text{En: say(cmp.Or(s.Say.En, s.Title.En), r.hits), Zh: say(cmp.Or(s.Say.Zh, s.Title.Zh), r.hits)}
	return f
}

// say fills {{selection.field}} in from the first event that the selection picked.
func say(text string, hits []hit) string {
	for {
		head, rest, ok := strings.Cut(text, "{{")
		if !ok {
			return text
		}
		ref, tail, _ := strings.Cut(rest, "}}")
		name, field, _ := strings.Cut(ref, ".")
		value := "?"
		for _, h := range hits {
			if h.selection == name {
				if v, ok := h.Event.Field(field); ok {
					value = v
				}
				break
			}
		}
		text = head + value + tail
	}
}

// settle puts the findings of a call in order, drops those that another one explains, and sorts the lists.
func (j *Judgement) settle() {
	gone := map[string]bool{}
	for _, f := range j.Findings {
		if !f.Lead {
			for _, id := range f.Signature.supersedes {
				gone[id] = true
			}
		}
	}
	j.Findings = slices.DeleteFunc(j.Findings, func(f Finding) bool { return gone[f.Signature.ID] })
	slices.SortStableFunc(j.Findings, func(a, b Finding) int {
		if a.Lead != b.Lead {
			if b.Lead {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Signature.Severity.Rank(), b.Signature.Severity.Rank()),
			a.Evidence[0].Event.Time.Compare(b.Evidence[0].Event.Time), strings.Compare(a.Signature.ID, b.Signature.ID))
	})
}
