package report

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// verdict says what the absence of findings, or of calls, is worth. It is empty when there are findings.
func (p phrases) verdict(v *view) string {
	s, partial := v.r.Summary, ""
	if !v.coverage.complete {
		partial = " " + p.notAllRead
	}
	switch {
	case v.r.Status == Empty || len(v.logs) == 0:
		return p.nothingRead
	case s.Calls == 0 && v.coverage.complete:
		return fmt.Sprintf(p.noCalls, p.count(v.coverage.lines, p.nLines))
	case s.Calls == 0:
		return p.noCallsPartial
	case v.checked.fired > 0:
		return ""
	case v.checked.judged == 0:
		return p.nothingJudged + partial
	case s.Failed+s.NotEvaluable > 0:
		return fmt.Sprintf(p.noFindings, p.count(s.Failed+s.NotEvaluable, p.nCalls)) + partial
	}
	return p.allFine + partial
}

// why says what a step is for.
func (p phrases) why(s step) string {
	calls := p.count(s.calls, p.nCalls)
	switch s.kind {
	case giveKey:
		return p.words.giveKey
	case pullDevice:
		return fmt.Sprintf(p.words.pullDevice, p.say(s.role), calls)
	case pullPhone:
		return fmt.Sprintf(p.words.pullPhone, p.say(s.role), calls)
	case pullLinux:
		return fmt.Sprintf(p.words.pullLinux, p.say(s.role), calls)
	case oneCall:
		return p.words.oneCall
	case giveDate:
		return p.words.giveDate
	case inventory:
		return p.words.inventory
	case askSupport:
		return p.words.askSupport
	}
	return p.words.attach
}

// checkedText says how much the signatures that did not fire are worth.
func (p phrases) checkedText(v *view) string {
	c := v.checked
	counts := []string{fmt.Sprintf(p.fired, thousands(c.fired)), fmt.Sprintf(p.clear, thousands(c.clear))}
	if c.open > 0 {
		counts = append(counts, fmt.Sprintf(p.unjudged, thousands(c.open)))
	}
	return fmt.Sprintf(p.against, p.count(len(v.rows), p.nCalls), p.count(v.r.Tool.Rules.Count, p.nSignatures)) + p.colon +
		strings.Join(counts, p.comma)
}

// unjudgedText says why signatures could not be judged, with their names when asked for.
func (p phrases) unjudgedText(u unjudged, names bool) string {
	s := fmt.Sprintf(p.unjudgedRow, p.count(len(u.signatures), p.nSignatures), p.count(u.calls, p.nCalls)) + p.colon + cells.Visible(u.reason)
	if u.needs != "" {
		s += p.comma + fmt.Sprintf(p.wouldNeed, cells.Visible(u.needs))
	}
	if names {
		s += p.colon + cells.Visible(strings.Join(u.signatures, " "))
	}
	return s
}
