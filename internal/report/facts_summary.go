package report

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// verdictOnCalls says how the calls ended and what most of them failed of, or why there are none, with a mark.
func (p phrases) verdictOnCalls(v *view, list []matter) (text, mark string) {
	s := v.r.Summary
	if s.Calls == 0 {
		mark = markUnknown
		if v.coverage.complete && len(v.logs) > 0 {
			mark = "info"
		}
		return p.verdict(v), mark
	}
	total := p.count(s.Calls, p.nCalls)
	switch {
	case s.Failed > 0:
		mark = "error"
		text = fmt.Sprintf(p.someFailed, thousands(s.Failed), thousands(s.Calls))
		if s.Calls == 1 {
			text = p.oneFailed
		}
		text += p.mostly(list, s.Failed)
	case s.NotEvaluable > 0:
		mark, text = markUnknown, fmt.Sprintf(p.noneFailed, total)
	case len(list) > 0:
		mark, text = list[0].standing(), fmt.Sprintf(p.allCompleted, total)+p.count(len(list), p.nMatters)
	default:
		mark, text = markOK, fmt.Sprintf(p.allCompleted, total)
	}
	if s.NotEvaluable > 0 {
		text += fmt.Sprintf(p.unknownEnd, p.count(s.NotEvaluable, p.nCalls))
	}
	if !v.coverage.complete {
		text += p.alsoUnread
	}
	return text + p.stop, mark
}

// standing is the mark of a matter.
func (m matter) standing() string {
	switch {
	case m.finding == nil:
		return m.mark
	case m.finding.Certainty == "lead":
		return markUnknown
	}
	return m.finding.Severity
}

// mostly names what most of the failed calls failed of.
func (p phrases) mostly(list []matter, failed int) string {
	m, ok := most(list)
	if !ok {
		return p.noneSays
	}
	by := p.by
	if m.finding.Certainty == "lead" {
		by = p.perhapsBy
	}
	text := fmt.Sprintf(by, cells.Clip(m.finding.Signature, 40, p.ellipsis))
	if m.finding.Role != nil {
		text = fmt.Sprintf(p.atSide, text, p.say(*m.finding.Role))
	}
	switch m.failed {
	case failed:
		return p.comma + text
	case 1:
		return fmt.Sprintf(p.gravest, text)
	}
	return fmt.Sprintf(p.ofThem, thousands(m.failed), text)
}

// wayOf says how the calls of a matter ended that no signature explains, and which log is missing.
func (p phrases) wayOf(m matter) string {
	rw := m.calls[0]
	text := fmt.Sprintf(p.ended, p.say(rw.call.Outcome), p.say(rw.call.Stage)) + p.colon
	switch {
	case len(rw.missing) > 0:
		return text + fmt.Sprintf(p.needsLog, p.say(rw.missing[0]))
	case len(m.calls) == 1:
		return text + p.because(rw.call)
	}
	return text + p.unnamed
}

// facts are the name of a matter, its stage where that is asked for, and the side it lies on.
func (p phrases) facts(m matter, stage bool) string {
	f := m.finding
	if f == nil {
		return p.unnamed
	}
	facts := []string{cells.Visible(f.Signature)}
	if f.Certainty == "lead" {
		facts[0] = p.leadWord + p.dot + facts[0]
	}
	if stage && f.Stage != "" && f.Stage != "any" {
		facts = append(facts, p.say(f.Stage))
	}
	if f.Role != nil {
		facts = append(facts, fmt.Sprintf(p.onSide, p.say(*f.Role)))
	}
	return strings.Join(facts, p.dot)
}

// callsOf is the number of calls of a matter, a dash for what is about devices.
func (p phrases) callsOf(m matter) string {
	if len(m.calls) == 0 {
		return "-"
	}
	return thousands(len(m.calls))
}

// rest counts by severity what has no row, and names it; "" for nothing. rows tells whether there are any above it.
func (p phrases) rest(list []matter, beside []*Finding, rows bool) string {
	var names []string
	n := map[string]int{}
	count := func(f *Finding) {
		names = append(names, cells.Visible(f.Signature))
		if f.Certainty == "lead" {
			n["lead"]++
			return
		}
		n[f.Severity]++
	}
	for _, m := range list {
		if m.finding == nil {
			n["failed"]++
			names = append(names, cells.Visible(m.calls[0].call.Outcome))
			continue
		}
		count(m.finding)
	}
	for _, f := range beside {
		count(f)
	}
	if len(names) == 0 {
		return ""
	}
	var counts []string
	for _, word := range append(append([]string{"failed"}, severities...), "lead") {
		if n[word] > 0 {
			counts = append(counts, fmt.Sprintf(p.severityCount, thousands(n[word]), p.kindOf(word)))
		}
	}
	format := p.foundMatters
	if rows {
		format = p.moreMatters
	}
	return fmt.Sprintf(format, thousands(len(names)), strings.Join(counts, p.comma), strings.Join(distinct(names), " "))
}

// kindOf names what rest counts.
func (p phrases) kindOf(word string) string {
	switch word {
	case "failed":
		return p.failedCall
	case "lead":
		return p.leadWord
	}
	return p.say(word)
}

// inputsText says what was read, as much as the width has room for: how many inputs of which kinds, of which sides, from
// when to when, and the versions they name.
func (p phrases) inputsText(v *view, width int) string {
	kinds, sides := map[string]int{}, []string{}
	var all logGroup
	for i := range v.r.Inputs {
		in := &v.r.Inputs[i]
		if in.Kind == nil {
			continue
		}
		kinds[*in.Kind]++
		all.add(in)
		if in.Side != nil {
			sides = append(sides, p.say(*in.Side))
		}
	}
	var items []string
	for _, c := range counts(kinds, func(string) int { return 0 }) {
		items = append(items, thousands(c.N)+" "+cells.Visible(c.Name))
	}
	other := ""
	if n := len(v.unread); n > 0 {
		other = p.count(n, p.nOtherFiles)
	}
	if len(items) == 0 {
		return other
	}
	text := strings.Join(items, p.comma)
	when := span(all.first, all.last, "15:04", "", "", p.arrow)
	if when == "" {
		when = p.noTime
	}
	if sides = distinct(sides); len(sides) > 0 {
		aside := fmt.Sprintf(p.aside, strings.Join(sides, p.comma))
		if cells.Width(text+aside+p.comma+other+p.dot+when) <= width {
			text += aside
		}
	}
	if other != "" {
		text += p.comma + other
	}
	for _, item := range append([]string{when}, all.versions()...) {
		if next := text + p.dot + cells.Visible(item); cells.Width(next) <= width {
			text = next
		}
	}
	return text
}

// worstLoss is the worst of what could not be read, and how much more there is.
func (p phrases) worstLoss(v *view) (text string, more int) {
	c := v.coverage
	more = len(c.locked) + len(c.lost) - 1
	switch {
	case len(c.locked) > 0:
		return p.lockedText(c.locked[0]), more
	case len(c.lost) > 0:
		return p.lostText(v, &c.lost[0]), more
	case !c.complete && len(v.unread) > 0:
		return p.unreadText(&v.unread[0]), len(v.unread) - 1
	}
	return "", 0
}

// andMore cuts text to the width, with a number of further ones at its end.
func (p phrases) andMore(text string, n, width int) string {
	more := ""
	if n > 0 {
		more = " " + fmt.Sprintf(p.more, thousands(n))
	}
	return cells.Clip(text, width-cells.Width(more), p.ellipsis) + more
}

// summedText says how many signatures were checked and what came of it.
func (p phrases) summedText(v *view) string {
	c := v.checked
	return fmt.Sprintf(p.summed, p.count(v.r.Tool.Rules.Count, p.nSignatures), thousands(c.fired), thousands(c.clear), thousands(c.open))
}
