package fleet

import (
	"fmt"
	"io"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// DiffText writes a comparison for a terminal: what differs for sure, then the rest.
func DiffText(w io.Writer, d *Diff, opt report.TextOptions) error {
	p := newPrinter(w, opt)
	p.line("1", p.diffTitle)
	p.side("A", &d.A)
	p.side("B", &d.B)
	if d.Shared > 0 {
		p.wrapped(2, p.sharedCalls(d))
	}
	p.spaced = true
	p.wrapped(0, fmt.Sprintf(p.chance, thousands(d.Sure), thousands(d.Judged)))
	p.rows(p.different, d.Rows, 0, Lower, Higher)
	p.rows(p.unsure, d.Rows, textRows, Unsure)
	p.tooFewList(d.Rows)
	return p.close()
}

// sharedCalls says how many calls were in both sides, and where they count.
func (w *words) sharedCalls(d *Diff) string {
	if d.A.By != nil {
		return fmt.Sprintf(w.sharedBy, thousands(d.Shared))
	}
	return fmt.Sprintf(w.shared, thousands(d.Shared))
}

// side says what one side is.
func (p *printer) side(name string, s *Side) {
	p.wrapped(2, p.sideFacts(name, s, p.glyphs.dot))
}

// sideFacts says what the calls of a side are and how many of them count.
func (w *words) sideFacts(name string, s *Side, dot string) string {
	facts := []string{fmt.Sprintf(w.nCalls, thousands(s.Calls))}
	if s.By != nil {
		facts = append([]string{*s.By}, facts...)
	}
	facts = append(facts, fmt.Sprintf(w.nEvaluable, thousands(s.Evaluable)), fmt.Sprintf(w.nBoth, thousands(s.BothLogs)))
	if span := w.daysOf(s.FirstDay, s.LastDay); span != "" {
		facts = append(facts, span)
	}
	if s.Repeats > 0 && s.By == nil {
		facts = append(facts, fmt.Sprintf(w.nRepeats, thousands(s.Repeats)))
	}
	return name + w.colon + strings.Join(facts, dot)
}

// rows writes those of some verdicts, up to most of them; 0 is all.
func (p *printer) rows(name string, rows []Row, most int, verdicts ...string) {
	n, left := 0, 0
	for i := range rows {
		r := &rows[i]
		if !strings.Contains(strings.Join(verdicts, " "), r.Verdict) {
			continue
		}
		if n == 0 {
			p.heading(name, "")
		}
		if n++; most > 0 && n > most && !p.opt.Verbose {
			left++
			continue
		}
		p.diffRow(r)
	}
	if left > 0 {
		p.wrapped(2, fmt.Sprintf(p.moreRows, thousands(left)))
	}
}

// diffRow writes a rate of both sides on two lines: what it is, and the figures.
func (p *printer) diffRow(r *Row) {
	name, said := p.rateOf(r)
	if said != "" {
		name += p.colon + said
	}
	head, style := "  ", ""
	switch r.Verdict {
	case Lower:
		head, style = p.glyphs.down+" "+p.lower+" ", "1;32"
	case Higher:
		head, style = p.glyphs.up+" "+p.higher+" ", "1;31"
	}
	if style != "" && !r.bad() {
		style = "1"
	}
	p.line(style, cells.Clip(head+name, p.opt.Width, p.glyphs.ellipsis))
	figures := p.figures("A", &r.A) + p.figures("B", &r.B)
	if r.Difference != nil {
		figures += fmt.Sprintf("%s %s (%s)", p.signed(*r.Difference), p.points, fmt.Sprintf(p.span, p.signed(*r.Low), p.signed(*r.High)))
	}
	p.wrapped(4, figures)
}

// bad reports whether a higher rate is worse: not where it counts what people did.
func (r *Row) bad() bool {
	return r.Kind != KindSignature || r.Severity != nil && *r.Severity != string(signature.Info)
}

// rateOf names a rate with what it is of, and says what it means where that is known.
func (w *words) rateOf(r *Row) (name, said string) {
	name = w.name(r.Kind, r.Name)
	switch r.Kind {
	case KindOutcome:
		return w.outcome + w.colon + name, ""
	case KindStage:
		return fmt.Sprintf(w.failedIn, name), ""
	case KindSignature:
		return name, w.said(r.Name)
	}
	return name, ""
}

func (p *printer) figures(side string, s *Share) string {
	if s.Rate == nil {
		return cells.Pad(fmt.Sprintf("%s %d/%d", side, s.N, s.Of), 20)
	}
	return cells.Pad(fmt.Sprintf("%s %d/%d %s", side, s.N, s.Of, p.per(*s.Rate)), 18) + " "
}

// signed is a difference of shares in points of percent.
func (w *words) signed(x float64) string {
	s := pct(x)
	switch {
	case strings.Trim(s, "-0.") == "":
		return "0.0"
	case x < 0:
		return "−" + s[1:]
	}
	return "+" + s
}

// tooFewList names the rates of too few calls, or with Verbose has their figures.
func (p *printer) tooFewList(rows []Row) {
	if p.opt.Verbose {
		p.rows(p.tooFew, rows, 0, TooFew)
		return
	}
	var names []string
	for i := range rows {
		if rows[i].Verdict == TooFew {
			names = append(names, p.name(rows[i].Kind, rows[i].Name))
		}
	}
	if len(names) > 0 {
		p.heading(p.tooFew, "")
		p.wrapped(2, strings.Join(names, p.comma))
	}
}
