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
	series := map[*Signature]map[*correlate.Call]result{}
	for _, s := range c.Signatures {
		if s.series() {
			series[s] = s.overSeries(history)
		}
	}
	for _, d := range devices {
		out.Setup = append(out.Setup, c.onDevice(d)...)
	}
	for i, call := range calls {
		j := &out.Calls[i]
		j.Clear = make([]*Signature, 0, len(c.Signatures))
		versions := versionsOf(call)
		for _, s := range c.Signatures {
			if !s.setup() {
				s.judge(call, versions, series[s], j)
			}
		}
	}
	out.Setup = append(out.Setup, pairs(calls, out.Calls)...)
	for i, call := range calls {
		out.Calls[i].settle(call)
	}
	return out
}

func versionsOf(call *correlate.Call) []extract.Versions {
	var all []extract.Versions
	for _, p := range call.Parties() {
		all = append(all, p.Versions)
	}
	return all
}

// onDevice judges the signatures of stage setup. Its findings are about the device as a whole, so none is their cause.
func (c *Catalogue) onDevice(d *correlate.Device) []Finding {
	call := OfDevice(d)
	versions := versionsOf(call)
	var j Judgement
	for _, s := range c.Signatures {
		if s.setup() {
			s.judge(call, versions, nil, &j)
		}
	}
	j.settle(call)
	for i := range j.Findings {
		f := &j.Findings[i]
		f.Why = Text{}
		for k := range f.Evidence {
			f.Evidence[k].Role = extract.UnknownRole // a device has one on a call only
		}
	}
	return j.Findings
}

// OfDevice returns a device as signatures of stage setup look at it: a call of one party whose events are all of its
// logs, and of another that has nothing to add.
func OfDevice(d *correlate.Device) *correlate.Call {
	p := &correlate.Party{Role: extract.Caller, Device: d, Coverage: correlate.Full}
	for _, l := range d.Logs {
		p.Events = append(p.Events, l.Events...)
		p.Versions.Merge(l.Versions)
	}
	return &correlate.Call{ID: d.Name, Caller: p, Listener: &correlate.Party{Role: extract.Listener, Device: d, Coverage: correlate.Full}}
}

// judge adds the signature's verdict on one call.
func (s *Signature) judge(call *correlate.Call, versions []extract.Versions, series map[*correlate.Call]result, j *Judgement) {
	applies, unseen := s.AppliesTo.hold(versions)
	if applies == no {
		j.Clear = append(j.Clear, s)
		return
	}
	best, v := s.verdict(call, series, s.match)
	switch best.truth {
	case yes:
		j.Findings = append(j.Findings, s.finding(v, best, append(unseen, s.lacks(call)...)))
	case no:
		j.Clear = append(j.Clear, s)
	case unknown:
		if s.lead != nil {
			if l, lv := s.verdict(call, nil, s.lead); l.truth == yes {
				f := s.finding(lv, l, append(unseen, best.needs))
				if s.LeadTitle.En != "" {
					f.Title, f.Summary, f.Severity = s.LeadTitle, s.LeadTitle, Info
				}
				j.Findings = append(j.Findings, f)
				return
			}
		}
		j.NotEvaluable = append(j.NotEvaluable, NotEvaluable{s, best.reason, best.needs})
	}
}

// lacks names the log without which a signature that needs both is no more than a lead, though one log shows all that
// the match asks for: that no other reading fits, only the other log tells.
func (s *Signature) lacks(call *correlate.Call) []Text {
	if !s.NeedsBoth {
		return nil
	}
	var logs []Text
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		if p := call.Party(role); p == nil || len(p.Events) == 0 && p.Coverage == correlate.None {
			logs = append(logs, noLog(role).needs)
		}
	}
	return logs
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

// finding cites the evidence of a result; what is missing makes it a lead.
func (s *Signature) finding(v *view, r result, missing []Text) Finding {
	if len(r.hits) == 0 { // what rests on absence alone cites where it was looked for
		for _, p := range v.call.Parties() {
			if len(p.Events) > 0 {
				r.hits = append(r.hits, hit{Evidence: Evidence{p.Role, &p.Events[0]}})
			}
		}
	}
	f := Finding{Signature: s, Severity: s.Severity, Lead: len(missing) > 0, Role: v.role(s.Blame), Title: s.Title, Missing: missing}
	slices.SortStableFunc(r.hits, func(a, b hit) int {
		return cmp.Or(a.Event.Time.Compare(b.Event.Time), strings.Compare(a.Event.Input, b.Event.Input), cmp.Compare(a.index, b.index))
	})
	switch {
	case s.Blame == "shown" && len(r.hits) > 0:
		f.Role = r.hits[len(r.hits)-1].Role
	case s.Blame == "ender":
		f.Role = v.call.EndedBy
	}
	for _, h := range r.hits {
		if !slices.ContainsFunc(f.Evidence, func(e Evidence) bool { return e.Event == h.Event }) {
			f.Evidence = append(f.Evidence, h.Evidence)
		}
	}
	seen := versionsOf(v.call)
	if p := v.call.Party(f.Role); f.Role != extract.UnknownRole {
		seen = nil
		if p != nil {
			seen = []extract.Versions{p.Versions}
		}
	}
	f.Remedy = s.Remedy.fitting(seen)
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
