package signature

import (
	"fmt"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// Explanation says term by term what a signature comes to on a call.
type Explanation struct {
	Verdict string // fired, lead, clear, not evaluable
	Missing []Text // what would turn a lead into a verdict
	Applies string // what the version bounds come to; "" without bounds
	Match   TermVerdict
	Lead    *TermVerdict // where it decides: the match is not evaluable
}

// TermVerdict is a term of a match tree with what it comes to.
type TermVerdict struct {
	Text     Text
	Verdict  string // fired, clear, not evaluable
	Why      Text   // the nearest miss, or what is missing; empty for fired
	Evidence []Evidence
	Parts    []TermVerdict
}

// Explain judges one of the calls, all of which it needs for signatures that span several.
func (s *Signature) Explain(calls []*correlate.Call, call *correlate.Call) Explanation {
	sub := newSubject(call)
	applies, _ := s.applies(call)
	out := Explanation{}
	if len(s.AppliesTo) > 0 {
		out.Applies = verdictWord(applies)
	}
	j, n := judge{Signature: s}, slices.Index(calls, call)
	var best result
	var v *view
	if s.series() {
		j.series = s.overSeries(turnsOf(calls), len(calls))
		if r := j.series[n]; r != nil {
			best = *r
		}
	} else {
		best, v = sub.verdict(&s.match)
	}
	if s.series() {
		out.Match = TermVerdict{Text: s.match.node.text(), Verdict: verdictWord(best.truth), Evidence: evidenceOf(best.hits)}
		if best.truth == no {
			out.Match.Why = Text{"no series of calls that this one is part of", "本通通话不属于任何此类连续通话"}
		}
	} else {
		out.Match = v.explain(s.match.node)
	}
	if applies != no && best.truth == unknown && s.lead.node != nil {
		_, lv := sub.verdict(&s.lead)
		t := lv.explain(s.lead.node)
		out.Lead = &t
	}
	var of Judgement
	j.judge(sub, n, &of)
	switch {
	case len(of.Clear) > 0:
		out.Verdict = verdictWord(no)
	case len(of.NotEvaluable) > 0:
		out.Verdict = verdictWord(unknown)
	case of.Findings[0].Lead:
		out.Verdict, out.Missing = "lead", of.Findings[0].Missing
	default:
		out.Verdict = verdictWord(yes)
	}
	return out
}

func verdictWord(t truth) string {
	switch t {
	case yes:
		return "fired"
	case no:
		return "clear"
	}
	return "not evaluable"
}

// explain evaluates a tree term by term.
func (v *view) explain(n *node) TermVerdict {
	r := v.eval(n)
	t := TermVerdict{Text: n.text(), Verdict: verdictWord(r.truth), Evidence: evidenceOf(r.hits)}
	switch r.truth {
	case unknown:
		t.Why = r.lack.Reason
	case no:
		t.Why = v.nearest(n)
	}
	for _, p := range n.parts {
		t.Parts = append(t.Parts, v.explain(p))
	}
	return t
}

func evidenceOf(hits []hit) []Evidence {
	var list []Evidence
	for _, h := range hits {
		list = append(list, h.Evidence)
	}
	return list
}

// nearest says what a term that does not hold comes closest to.
func (v *view) nearest(n *node) Text {
	switch n.kind {
	case "select":
		return v.nearestEvent(n.of)
	case "sequence":
		return v.nearestSequence(n)
	case "count":
		found := len(v.find(n.of, unbounded))
		return Text{fmt.Sprintf("%d of %d", found, n.least), fmt.Sprintf("%d 个，需要 %d 个", found, n.least)}
	case "absent":
		if hits := v.find(n.of, unbounded); len(hits) > 0 {
			e := hits[0].Event
			return Text{fmt.Sprintf("%s is there, at %s", e.Name, clockTime(e.Time)), fmt.Sprintf("存在 %s，时间 %s", e.Name, clockTime(e.Time))}
		}
	case "gap":
		longest := time.Duration(0)
		hits := v.find(n.of, unbounded)
		for i := 1; i < len(hits); i++ {
			if hits[i].Role == hits[i-1].Role {
				longest = max(longest, hits[i].Event.Time.Sub(hits[i-1].Event.Time))
			}
		}
		return Text{fmt.Sprintf("the longest gap is %s, limit %s", inSeconds(longest), inSeconds(n.longer)),
			fmt.Sprintf("最长间隔 %s，阈值 %s", inSeconds(longest), inSeconds(n.longer))}
	}
	return Text{}
}

// nearestEvent names an event of the right name and the condition that it fails.
func (v *view) nearestEvent(s *selection) Text {
	for _, p := range v.call.Parties() {
		for i := range p.Events {
			e := &p.Events[i]
			named := selection{events: s.events}
			if len(s.events) == 0 || !named.picks(e) {
				continue
			}
			if at := v.seat(s.side); at != anySeat && v.sides[at].Party != p {
				return Text{fmt.Sprintf("%s at %s is the %s's", e.Name, clockTime(e.Time), p.Role),
					fmt.Sprintf("%s（%s）属于%s", e.Name, clockTime(e.Time), p.Role.In("zh"))}
			}
			for k := range s.where {
				if t := &s.where[k]; !t.holds(e) {
					got, ok := e.Field(t.path)
					if !ok {
						got = "-"
					}
					want := t.text()
					return Text{fmt.Sprintf("%s at %s has %s %s, want %s", e.Name, clockTime(e.Time), t.path, got, want.En),
						fmt.Sprintf("%s（%s）的 %s 为 %s，要求%s", e.Name, clockTime(e.Time), t.path, got, want.Zh)}
				}
			}
		}
	}
	return Text{"no such event", "没有该事件"}
}

// nearestSequence names the first step that is missing, or by how much the last one misses the limit.
func (v *view) nearestSequence(n *node) Text {
	for i, s := range n.steps {
		if len(v.find(s, 1)) == 0 {
			why := v.nearestEvent(s)
			return Text{fmt.Sprintf("step %d, %s: %s", i+1, s.name, why.En), fmt.Sprintf("第 %d 步 %s：%s", i+1, s.name, why.Zh)}
		}
	}
	first, last := outermost(v.find(n.steps[0], unbounded)), outermost(v.find(n.steps[len(n.steps)-1], unbounded))
	low, _ := v.between(&first[0], &last[0])
	for a := range first {
		for b := range last {
			if l, _ := v.between(&first[a], &last[b]); l >= 0 && (low < 0 || l < low) {
				low = l
			}
		}
	}
	name, k := n.steps[len(n.steps)-1].name, len(n.steps)
	switch {
	case low < 0 && low > -forever:
		return Text{fmt.Sprintf("step %d, %s, comes %s before the first", k, name, inSeconds(-low)), fmt.Sprintf("第 %d 步 %s 比第一步早 %s", k, name, inSeconds(-low))}
	case n.within > 0 && low > n.within:
		return Text{fmt.Sprintf("step %d, %s, came %s later, limit %s", k, name, inSeconds(low), inSeconds(n.within)),
			fmt.Sprintf("第 %d 步 %s 在 %s 之后，上限 %s", k, name, inSeconds(low), inSeconds(n.within))}
	case n.longer > 0:
		return Text{fmt.Sprintf("step %d, %s, came %s later, it takes more than %s", k, name, inSeconds(low), inSeconds(n.longer)),
			fmt.Sprintf("第 %d 步 %s 在 %s 之后，需超过 %s", k, name, inSeconds(low), inSeconds(n.longer))}
	}
	if n.lives != "" && low >= 0 {
		return Text{"the processes of the steps are not so", "各步的进程不符"}
	}
	return Text{"the steps come in another order", "各步的先后次序不符"}
}

func clockTime(t time.Time) string { return t.Format("15:04:05.000") }

func inSeconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// Term is a term of a match tree in words.
type Term struct {
	Text  Text
	Parts []Term
}

// Match returns the signature's match tree, Lead the one of its leads, nil without.
func (s *Signature) Match() Term { return s.match.term() }

// Lead returns the tree that makes a call a lead, or nil.
func (s *Signature) Lead() *Term {
	if s.lead.node == nil {
		return nil
	}
	t := s.lead.term()
	return &t
}

// Supersedes lists the ids of signatures that this one explains on the same call.
func (s *Signature) Supersedes() []string { return s.supersedes }

func (n *node) term() Term {
	t := Term{Text: n.text()}
	for _, p := range n.parts {
		t.Parts = append(t.Parts, p.term())
	}
	return t
}

// Selection is a selection of a rule in words.
type Selection struct {
	Name   string
	Events []string // empty: every event
	Side   string
	Where  []Text // the conditions
}

// Selections lists those of the rule, in its order.
func (s *Signature) Selections() []Selection {
	var list []Selection
	for _, sel := range s.selections {
		out := Selection{Name: sel.name, Side: sel.side}
		for _, e := range sel.events {
			out.Events = append(out.Events, string(e))
		}
		for i := range sel.where {
			path, cond := sel.where[i].path, sel.where[i].text()
			out.Where = append(out.Where, Text{path + " " + cond.En, path + " " + cond.Zh})
		}
		list = append(list, out)
	}
	return list
}
