package signature

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// Judge evaluates the catalogue on calls, which have to be all calls of the logs in their order, for series look at
// the calls of one device in a row, and those of its signatures that are about devices on these.
func (c *Catalogue) Judge(calls []*correlate.Call, devices []*correlate.Device) Verdicts {
	out := Verdicts{Calls: make([]Judgement, len(calls))}
	for _, d := range devices {
		out.Devices = append(out.Devices, c.onDevice(d)...)
	}
	judges := c.judges(calls)
	var sub subject
	var of Judgement // memory for one judgement after the other
	lists := shared{}
	for i, call := range calls {
		sub.reset(call)
		of.Findings, of.Clear, of.NotEvaluable = of.Findings[:0], of.Clear[:0], of.NotEvaluable[:0]
		for _, j := range judges {
			j.judge(&sub, i, &of)
		}
		out.Calls[i] = lists.of(&of)
	}
	out.Devices = append(out.Devices, pairs(calls, out.Calls)...)
	for i, call := range calls {
		out.Calls[i].settle(call)
	}
	return out
}

// judges are those of the signatures that are judged on calls.
func (c *Catalogue) judges(calls []*correlate.Call) []*judge {
	history := turnsOf(calls)
	var list []*judge
	for _, s := range c.Signatures {
		if s.OfDevice() {
			continue
		}
		j := &judge{Signature: s}
		if s.series() {
			j.series = s.overSeries(history, len(calls))
		}
		list = append(list, j)
	}
	return list
}

// shared holds the lists of clear and of not evaluable signatures that calls have in common, by a hash of them.
type shared map[uint64][]Judgement

// of returns a judgement that keeps its memory. Most calls of one kind come to the same, so the lists are those of an
// earlier call if there is one with equal lists.
func (s shared) of(j *Judgement) Judgement {
	key := uint64(0)
	for _, c := range j.Clear {
		key = key*31 + c.hash
	}
	for _, n := range j.NotEvaluable {
		key = key*37 + n.Signature.hash
	}
	var out Judgement
	for _, old := range s[key] {
		if slices.Equal(old.Clear, j.Clear) && slices.Equal(old.NotEvaluable, j.NotEvaluable) {
			out = old
		}
	}
	if len(out.Clear) != len(j.Clear) || len(out.NotEvaluable) != len(j.NotEvaluable) {
		out = Judgement{Clear: slices.Clone(j.Clear), NotEvaluable: slices.Clone(j.NotEvaluable)}
		s[key] = append(s[key], out)
	}
	out.Findings = slices.Clone(j.Findings)
	return out
}

// onDevice judges the signatures that are about devices. Its findings are about the device as a whole, so none is their cause.
func (c *Catalogue) onDevice(d *correlate.Device) []Finding {
	call := OfDevice(d)
	sub := newSubject(call)
	var j Judgement
	for _, s := range c.Signatures {
		if s.OfDevice() {
			(&judge{Signature: s}).judge(sub, 0, &j)
		}
	}
	j.settle(call)
	for i := range j.Findings {
		f := &j.Findings[i]
		f.Why, f.Role, f.Device = Text{}, extract.UnknownRole, d
		for k := range f.Evidence {
			e := *f.Evidence[k].Event                         // all those of the device need not stay in memory for it
			f.Evidence[k] = Evidence{extract.UnknownRole, &e} // a device has a role on a call only
		}
	}
	return j.Findings
}

// OfDevice returns a device as signatures that are about one look at it: a call of one party whose events are all of its
// logs, and of another that has nothing to add.
func OfDevice(d *correlate.Device) *correlate.Call {
	coverage := correlate.Full
	p := &correlate.Party{Role: extract.Caller, Device: d, Events: d.Events()}
	for _, l := range d.Logs {
		p.Versions.Merge(l.Versions)
		if len(l.Gaps) > 0 {
			coverage = correlate.Partial
		}
	}
	p.Coverage = coverage
	return &correlate.Call{ID: d.Name, Caller: p, Listener: &correlate.Party{Role: extract.Listener, Device: d, Coverage: coverage}}
}

// judge judges calls by one signature.
type judge struct {
	*Signature
	series []*result // by call, nil where it is no part of a series; nil for a signature that is judged on each call alone
	// bare are its verdicts on calls on which its selections pick nothing, by what logs there are: all such calls come to
	// the same, and most calls are such for most signatures.
	bare [states * states]struct {
		known bool
		truth truth
		lack  *Lack
	}
}

// judge adds the verdict on a call, the n-th of all.
func (s *judge) judge(sub *subject, n int, j *Judgement) {
	best, v := s.result(sub, n)
	applies, unseen := no, []Text(nil)
	if best.truth != no {
		applies, unseen = s.applies(sub.call)
	}
	if applies == no {
		j.Clear = append(j.Clear, s.Signature)
		return
	}
	if best.truth == yes {
		j.Findings = append(j.Findings, s.finding(v, best, append(unseen, s.lacks(sub.call)...)))
		return
	}
	if s.lead.node != nil {
		if l, lv := sub.verdict(&s.lead); l.truth == yes {
			f := s.finding(lv, l, append(unseen, best.lack.Needs))
			if s.LeadTitle.En != "" {
				f.Title, f.Summary, f.Severity = s.LeadTitle, s.LeadTitle, Info
			}
			j.Findings = append(j.Findings, f)
			return
		}
	}
	j.NotEvaluable = append(j.NotEvaluable, NotEvaluable{s.Signature, best.lack})
}

// result evaluates the signature's match on a call, the n-th of all, or knows what it comes to.
func (s *judge) result(sub *subject, n int) (result, *view) {
	switch {
	case s.series != nil:
		if r := s.series[n]; r != nil {
			return *r, sub.as(r.hits[0].Role) // the device's part in this call
		}
		return result{}, nil
	case sub.hopeless(&s.match):
		return result{}, nil
	case s.anyway || sub.shows(s.selections):
		return sub.verdict(&s.match)
	}
	told := &s.bare[sub.logs]
	if told.known {
		return result{truth: told.truth, lack: told.lack}, nil
	}
	r, v := sub.verdict(&s.match)
	if r.truth != yes {
		told.known, told.truth, told.lack = true, r.truth, r.lack
	}
	return r, v
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
			logs = append(logs, noLog(role).lack.Needs)
		}
	}
	return logs
}

// verdict evaluates a tree under both bindings of here and there, and returns the better one.
func (s *subject) verdict(t *tree) (result, *view) {
	v := s.as(extract.Caller)
	r := v.eval(t.node)
	if t.sided && r.truth != yes {
		w := s.as(extract.Listener)
		if q := w.eval(t.node); q.truth > r.truth {
			return q, w
		}
	}
	return r, v
}

// hopeless reports whether a tree surely does not hold under either binding.
func (s *subject) hopeless(t *tree) bool {
	return s.as(extract.Caller).hopeless(t.node) && (!t.sided || s.as(extract.Listener).hopeless(t.node))
}

// blamed returns the role that a rule's blame stands for.
func (v *view) blamed(blame string) extract.Role {
	switch blame {
	case "caller", "listener":
		return extract.Role(blame)
	case "here":
		return v.here
	case "there":
		return v.here.Other()
	}
	return extract.UnknownRole
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
	f := Finding{Signature: s, Severity: s.Severity, Lead: len(missing) > 0, Role: v.blamed(s.Blame), Title: s.Title, Missing: missing}
	slices.SortStableFunc(r.hits, func(a, b hit) int {
		return cmp.Or(a.Event.Time.Compare(b.Event.Time), strings.Compare(a.Event.Input, b.Event.Input), cmp.Compare(a.index, b.index))
	})
	switch {
	case s.Blame == "shown" && len(r.hits) > 0:
		f.Role = r.hits[len(r.hits)-1].Role
	case s.Blame == "ender":
		f.Role = v.call.EndedBy
	}
	f.Evidence = make([]Evidence, 0, len(r.hits))
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
