package fleet

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// How much of a list the text has without Verbose.
const (
	textSignatures = 12
	textGroups     = 10
	textRows       = 10
)

// printer writes text of one language for a terminal. It buffers, and keeps the first error for the end.
type printer struct {
	*words
	out     *bufio.Writer
	opt     report.TextOptions
	glyphs  glyphs
	spaced  bool // an empty line goes before the next one
	started bool
}

type glyphs struct {
	eighths       []string // of a cell
	whisker, dash string
	down, up      string
	ellipsis, dot string
	mark          map[string]string // of severities
}

var (
	unicodeGlyphs = glyphs{[]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}, "─", "–", "▼", "▲", "…", " · ", marks}
	asciiGlyphs   = glyphs{[]string{"", "", "", "", "#", "#", "#", "#", "#"}, "-", "-", "v", "^", "...", " | ", map[string]string{"critical": "X", "error": "X", "warning": "!", "info": "."}}
)

func newPrinter(w io.Writer, opt report.TextOptions) *printer {
	if opt.Width == 0 {
		opt.Width = 80
	}
	opt.Width = max(opt.Width, 40)
	p := &printer{words: wordsFor(opt.Lang), out: bufio.NewWriter(w), opt: opt, glyphs: unicodeGlyphs}
	if opt.ASCII {
		p.glyphs = asciiGlyphs
	}
	return p
}

// close writes what is buffered.
func (p *printer) close() error {
	if err := p.out.Flush(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// line writes a line, in the style of an SGR parameter. Errors are those of the end.
func (p *printer) line(style, text string) {
	if p.spaced && p.started {
		_, _ = p.out.WriteString("\n")
	}
	p.spaced, p.started = false, true
	text = strings.TrimRight(cells.Visible(text), " ")
	if p.opt.ASCII {
		text = strings.NewReplacer("–", "-", "−", "-").Replace(text)
	}
	if style != "" && p.opt.Color {
		text = "\x1b[" + style + "m" + text + "\x1b[0m"
	}
	_, _ = p.out.WriteString(text + "\n")
}

// wrapped writes text on as many lines as it takes, at an indent.
func (p *printer) wrapped(indent int, text string) {
	for _, l := range cells.Wrap(text, p.opt.Width-indent) {
		p.line("", strings.Repeat(" ", indent)+l)
	}
}

// heading begins a section.
func (p *printer) heading(name, about string) {
	p.spaced = true
	if about != "" {
		name += p.colon + about
	}
	for _, l := range cells.Wrap(name, p.opt.Width) {
		p.line("1", l)
	}
}

// Styles of severities.
var severityStyle = map[string]string{"critical": "1;31", "error": "31", "warning": "33", "info": "36"}

// Text writes the report for a terminal: no line is wider than the width.
func Text(w io.Writer, f *Fleet, opt report.TextOptions) error {
	p := newPrinter(w, opt)
	p.heading(p.title, p.counts(f.Calls, f.Results, f.FirstDay, f.LastDay))
	p.known(f.Evaluable, f.BothLogs, f.Repeats)
	if text := p.waitingText(f.Waiting); text != "" {
		p.wrapped(2, text)
	}
	p.section(p.outcomes, p.ofEvaluable, f.Rates, 0, KindOutcome, KindAll)
	p.section(p.stages, p.ofEvaluable, f.Rates, 0, KindStage)
	p.signatureList(f)
	for i := range f.Dimensions {
		p.dimensionRows(f, &f.Dimensions[i])
	}
	p.matrix(f)
	p.roomList(f.Rooms)
	p.spaced = true
	p.wrapped(0, p.fewNote)
	return p.close()
}

// counts is the first line: how many calls there are, of which days, in how many results.
func (p *printer) counts(calls, results int, first, last *string) string {
	facts := []string{fmt.Sprintf(p.nCalls, thousands(calls)), fmt.Sprintf(p.nResults, thousands(results))}
	if span := p.daysOf(first, last); span != "" {
		facts = append(facts, span)
	}
	return strings.Join(facts, p.glyphs.dot)
}

// known says of how many of the calls what is known.
func (p *printer) known(evaluable, both, repeats int) {
	p.wrapped(2, fmt.Sprintf(p.evaluable, thousands(evaluable))+p.glyphs.dot+fmt.Sprintf(p.both, thousands(both)))
	if repeats > 0 {
		p.wrapped(2, fmt.Sprintf(p.repeats, thousands(repeats)))
	}
}

// section writes the rates of some kinds, those of a kind together, up to most of them; 0 is all.
func (p *printer) section(name, about string, rates []Rate, most int, kinds ...string) {
	var rows []Rate
	for _, kind := range kinds {
		for _, r := range rates {
			if r.Kind == kind {
				rows = append(rows, r)
			}
		}
	}
	if len(rows) == 0 {
		return
	}
	p.heading(name, about)
	p.rateRows(rows, most)
}

// rateRows writes rates, one a line.
func (p *printer) rateRows(rows []Rate, most int) {
	for i, r := range rows {
		if most > 0 && i == most && !p.opt.Verbose {
			p.wrapped(2, fmt.Sprintf(p.more, thousands(len(rows)-most)))
			return
		}
		style := ""
		if r.Severity != nil {
			style = severityStyle[*r.Severity]
		}
		name := p.words.name(r.Kind, r.Name)
		if r.Severity != nil {
			name = p.glyphs.mark[*r.Severity] + " " + name
		}
		p.line(style, p.row(name, &r))
	}
}

// Widths of columns, in cells.
const (
	countWidth    = 12
	rateWidth     = 9
	intervalWidth = 13
	leastBar      = 8
)

// row is a rate in columns: what it is of, the number of calls, the rate, its interval, and a bar where there is room.
func (p *printer) row(name string, r *Rate) string {
	room := p.opt.Width - 2 - countWidth - rateWidth - intervalWidth
	bar := min(max(leastBar, (p.opt.Width-60)*2/3), 24)
	if p.opt.Width < 70 {
		bar = 0
	}
	mark := " "
	if r.Few {
		mark = "~"
	}
	line := "  " + cells.Pad(cells.Clip(name, room-bar-1, p.glyphs.ellipsis), room-bar-1) +
		right(fmt.Sprintf("%d/%d%s", r.N, r.Of, mark), countWidth) + right(p.per(r.Rate), rateWidth) +
		right(fmt.Sprintf(p.to, pct(r.Low), pct(r.High)), intervalWidth)
	if bar > 0 {
		line += " " + p.bar(r.Rate, r.High, bar)
	}
	return line
}

// right puts text at the end of a column.
func right(text string, width int) string {
	if n := width - cells.Width(text); n > 0 {
		return strings.Repeat(" ", n) + text
	}
	return " " + text
}

// bar draws a rate, and how much more it may be in truth.
func (p *printer) bar(rate, high float64, width int) string {
	n := int(rate*float64(width)*8 + 0.5)
	b := strings.Repeat(p.glyphs.eighths[8], n/8)
	if part := p.glyphs.eighths[n%8]; part != "" {
		b += part
	}
	for cells.Width(b) < int(high*float64(width)+0.5) {
		b += p.glyphs.whisker
	}
	return b
}

// signatureList writes the rates of signatures, and which ones they are of.
func (p *printer) signatureList(f *Fleet) {
	if !slices.ContainsFunc(f.Rates, func(r Rate) bool { return r.Kind == KindSignature }) {
		p.heading(p.signatures, "")
		p.line("", "  "+p.noneFired)
		return
	}
	p.section(p.signatures, p.ofJudged, f.Rates, textSignatures, KindSignature)
}

// dimensionRows writes the share of failed calls by one fact, and with Verbose the signatures too.
func (p *printer) dimensionRows(f *Fleet, d *Dimension) {
	if len(d.Groups) == 0 {
		return
	}
	p.heading(fmt.Sprintf(p.by, p.dimension(d.By)), p.failedOf+p.comma+fmt.Sprintf(p.knownOf, thousands(d.Known), thousands(f.Calls)))
	for i := range d.Groups {
		g := &d.Groups[i]
		if i == textGroups && !p.opt.Verbose && d.By != day {
			p.wrapped(2, fmt.Sprintf(p.more, thousands(len(d.Groups)-i)))
			break
		}
		failed := Rate{Kind: KindAll, Few: true, High: 1}
		if len(g.Rates) > 0 && g.Rates[0].Kind == KindAll {
			failed = g.Rates[0]
		}
		p.line("", p.row(g.Value, &failed))
		if p.opt.Verbose && d.By != day {
			for _, r := range g.Rates {
				if r.Kind == KindSignature && r.N > 0 {
					p.line("", p.row("  "+r.Name, &r))
				}
			}
		}
	}
	if d.More > 0 {
		p.wrapped(2, fmt.Sprintf(p.moreGroups, thousands(d.More)))
	}
}

// roomList writes the calls to look at.
func (p *printer) roomList(rooms []Room) {
	if len(rooms) == 0 {
		return
	}
	p.heading(p.rooms, "")
	for i := range rooms {
		r := &rooms[i]
		p.line(severityStyle[r.Severity], "  "+cells.Clip(r.Room, p.opt.Width-2, p.glyphs.ellipsis))
		p.wrapped(4, p.about(r, p.glyphs.dot))
	}
	p.wrapped(2, p.look)
}

// about says what is known of a call.
func (w *words) about(r *Room, dot string) string {
	facts := []string{r.Cause, report.Word(r.Outcome, w.lang)}
	if r.Stage != "" {
		facts[1] += w.comma + report.Word(r.Stage, w.lang)
	}
	if r.Day != nil {
		facts = append(facts, *r.Day)
	}
	if !r.BothLogs {
		facts = append(facts, w.oneLog)
	}
	return strings.Join(facts, dot)
}

// thousands writes a number of calls.
func thousands(n int) string { return report.Number(n) }

// Columns of the table of signatures by a fact.
const (
	textColumns  = 4
	matrixColumn = 13
)

// matrix writes the rates of signatures by the first fact of which there are several values.
func (p *printer) matrix(f *Fleet) {
	i := slices.IndexFunc(f.Dimensions, func(d Dimension) bool { return len(d.Groups) > 1 && d.By != day })
	rates := of(f.Rates, KindSignature)
	if i < 0 || len(rates) == 0 || p.opt.Width < 70 {
		return
	}
	d := &f.Dimensions[i]
	groups := most(d.Groups, textColumns)
	room := p.opt.Width - 2 - matrixColumn*len(groups)
	head := strings.Repeat(" ", 2+room)
	for _, g := range groups {
		head += right(cells.Clip(g.Value, matrixColumn-1, p.glyphs.ellipsis), matrixColumn)
	}
	p.heading(fmt.Sprintf(p.signaturesBy, p.dimension(d.By)), "")
	p.line("", head)
	for _, r := range rates[:min(len(rates), textSignatures)] {
		line := "  " + cells.Pad(cells.Clip(r.Name, room-1, p.glyphs.ellipsis), room)
		for _, g := range groups {
			line += right(p.short(g, r.Name), matrixColumn)
		}
		p.line("", line)
	}
}

// short is the rate of a signature in a group without its calls, but where they are few.
func (p *printer) short(g *Group, signature string) string {
	for _, r := range g.Rates {
		switch {
		case r.Kind != KindSignature || r.Name != signature:
		case r.Few:
			return fmt.Sprintf("%d/%d~", r.N, r.Of)
		default:
			return p.per(r.Rate)
		}
	}
	return p.glyphs.dash
}
