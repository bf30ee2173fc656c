package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// maxShown is how many log lines are shown for a term; --verbose shows all.
const maxShown = 3

// explanationPrinter writes explanations for a terminal.
type explanationPrinter struct {
	strings.Builder
	textOptions report.TextOptions
	redact      func(string) string // what goes through it may be shared
}

func (p *explanationPrinter) line(text string) { p.WriteString(strings.TrimRight(text, " ") + "\n") }

// wrapped writes text behind first, and its further lines below where it begins.
func (p *explanationPrinter) wrapped(first, text string) {
	indent := cells.Width(first)
	for _, l := range cells.Wrap(p.redact(text), p.textOptions.Width-indent) {
		p.line(first + l)
		first = strings.Repeat(" ", indent)
	}
}

// explanation writes what a rule comes to on a call.
func (p *explanationPrinter) explanation(s *signature.Signature, call *correlate.Call, e signature.Explanation) {
	lang := p.textOptions.Lang
	p.wrapped("", s.ID+" · "+call.ID)
	p.wrapped("", s.Title.In(lang))
	p.line("")
	verdict := p.word(e.Verdict)
	for i, m := range e.Missing {
		verdict += fmt.Sprintf([]string{ruleWords.needs.In(lang), ruleWords.andNeeds.In(lang)}[min(i, 1)], m.In(lang))
	}
	p.wrapped(p.mark(e.Verdict)+" ", verdict)
	p.line("")
	if e.Applies != "" {
		p.wrapped(p.mark(e.Applies)+" ", ruleWords.applies.In(lang))
	}
	p.term(&e.Match, 0)
	if e.Lead != nil {
		p.line("")
		p.wrapped("", ruleWords.leadIf.In(lang))
		p.term(e.Lead, 0)
	}
}

// term writes a term, why it does not hold, the lines it rests on, and its parts.
func (p *explanationPrinter) term(t *signature.TermVerdict, depth int) {
	lang := p.textOptions.Lang
	indent := strings.Repeat("  ", depth)
	p.wrapped(indent+p.mark(t.Verdict)+" ", t.Text.In(lang))
	below := indent + "    "
	if why := t.Why.In(lang); why != "" && len(t.Parts) == 0 {
		say := ruleWords.nearest
		if t.Verdict == "not evaluable" {
			say = ruleWords.because
		}
		p.wrapped(below, fmt.Sprintf(say.In(lang), why))
	}
	if len(t.Parts) == 0 {
		p.evidence(t.Evidence, below)
	}
	for i := range t.Parts {
		p.term(&t.Parts[i], depth+1)
	}
}

func (p *explanationPrinter) evidence(list []signature.Evidence, indent string) {
	opt := p.textOptions
	for i, e := range list {
		if i == maxShown && !opt.Verbose {
			p.wrapped(indent, fmt.Sprintf(ruleWords.more.In(opt.Lang), len(list)-i))
			return
		}
		p.line(indent + cells.Visible(p.redact(place(e, opt.Lang))))
		if opt.Verbose {
			p.line(indent + "> " + cells.Visible(p.redact(e.Event.Text)))
			continue
		}
		p.line(indent + "> " + cells.Clip(p.redact(message(e.Event.Text)), opt.Width-len(indent)-2, ellipsis(opt.ASCII)))
	}
}

// place says when and where a line was logged, and by which party, as far as that is known.
func place(e signature.Evidence, lang string) string {
	parts := []string{e.Event.Pos.String()}
	if role := e.Role.In(lang); role != "" {
		parts = slices.Insert(parts, 0, role)
	}
	if !e.Event.Time.IsZero() {
		parts = slices.Insert(parts, 0, e.Event.Time.Format("15:04:05.000"))
	}
	return strings.Join(parts, "  ")
}

// message is a log line without what stands before its message, which would take most of a line of the terminal.
func message(text string) string {
	for l := range logline.NewParser(logline.Options{}).Lines([]byte(text), logline.Pos{}) {
		if len(l.Text) > 0 {
			return string(l.Text)
		}
		break
	}
	return text
}

// mark is the symbol of a verdict.
func (p *explanationPrinter) mark(verdict string) string {
	marks := map[string]string{"fired": "✓", "clear": "✗"}
	if p.textOptions.ASCII {
		marks = map[string]string{"fired": "+", "clear": "-"}
	}
	if m := marks[verdict]; m != "" {
		return m
	}
	return "?"
}

func (p *explanationPrinter) word(verdict string) string {
	w := &ruleWords
	return map[string]signature.Text{"fired": w.fired, "lead": w.lead, "clear": w.clear, "not evaluable": w.unknown}[verdict].In(p.textOptions.Lang)
}
