package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// Markdown writes the same facts as the whole Text in GitHub-flavoured Markdown, to attach to an issue. opt.Width and opt.Color
// do not matter. Log text only ever stands in code spans and fenced blocks, and nothing in it can end those.
func Markdown(w io.Writer, r *Report, opt TextOptions) error {
	p := &mdPrinter{output: newOutput(w), v: newView(r, opt.Verbose), opt: opt, phrases: newPhrases(opt)}
	p.block("# xlogscan", MarkdownText(p.header(p.v)))
	if s := p.redactedText(r); s != "" {
		p.block(MarkdownText(p.privacy + p.colon + s))
	}
	p.logTable()
	p.coverageList()
	p.callTable()
	p.findingList()
	p.checkedList()
	p.nextList()
	return p.close()
}

// mdPrinter writes the Markdown rendering.
type mdPrinter struct {
	phrases
	*output
	v   *view
	opt TextOptions
	any bool // something was written
}

// block writes paragraphs, each after an empty line.
func (p *mdPrinter) block(paragraphs ...string) {
	for _, s := range paragraphs {
		if s == "" {
			continue
		}
		if p.any {
			p.put("\n")
		}
		p.any = true
		p.put(s, "\n")
	}
}

// list writes a bullet list.
func (p *mdPrinter) list(items []string) {
	if len(items) > 0 {
		p.block("- " + strings.Join(items, "\n- "))
	}
}

// table writes a table of cells that are Markdown already.
func (p *mdPrinter) table(head []string, rows [][]string) {
	var b strings.Builder
	line := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + c + " |")
		}
		b.WriteByte('\n')
	}
	line(head)
	b.WriteString("|" + strings.Repeat(" --- |", len(head)) + "\n")
	for _, r := range rows {
		line(r)
	}
	p.block(strings.TrimSuffix(b.String(), "\n"))
}

func (p *mdPrinter) logTable() {
	v := p.v
	if len(v.logs) == 0 {
		return
	}
	p.block("## " + title(p.logs))
	var rows [][]string
	var notes []string
	for _, g := range v.logs {
		from, to := p.dash, p.dash
		if g.first != nil && g.last != nil {
			from, to = g.first.Format("2006-01-02 15:04:05 -07:00"), g.last.Format("2006-01-02 15:04:05 -07:00")
		}
		side := p.dash
		if g.side != "" {
			side = p.say(g.side)
		}
		rows = append(rows, []string{
			MarkdownText(side), mdCode(g.label), thousands(len(g.inputs)), bytesOf(g.bytes), from, to,
			MarkdownText(strings.Join(g.versions(), p.comma)),
		})
		for _, n := range g.notes {
			notes = append(notes, MarkdownText(n))
		}
	}
	p.table([]string{p.side, p.log, p.files, p.size, p.from, p.to, p.versions}, rows)
	p.list(distinct(notes))
}

func (p *mdPrinter) coverageList() {
	v := p.v
	var clocks []string
	for _, c := range v.clocks {
		clocks = append(clocks, MarkdownText(p.clock(c)))
	}
	if len(clocks) > 0 {
		p.block("## " + title(p.clocks))
		p.list(clocks)
	}
	items := []string{MarkdownText(p.coveredAndSkipped(v))}
	for i := range v.coverage.lost {
		items = append(items, MarkdownText(p.lostText(v, &v.coverage.lost[i])))
	}
	for _, advice := range p.adviceTexts(v.coverage) {
		items = append(items, MarkdownText(advice))
	}
	for _, u := range v.coverage.unwritten {
		items = append(items, MarkdownText(p.unwrittenText(v, u)))
	}
	for _, l := range v.coverage.locked {
		items = append(items, MarkdownText(p.lockedText(l)))
	}
	if s := p.openedText(v.coverage); s != "" {
		items = append(items, MarkdownText(s))
	}
	for i := range v.unread {
		items = append(items, MarkdownText(p.unreadText(&v.unread[i])))
	}
	p.block("## " + title(p.coverage))
	p.list(p.folded6(items))
}

// folded6 keeps the beginning of a long list.
func (p *mdPrinter) folded6(items []string) []string {
	if p.opt.Verbose || len(items) <= 2*maxShown {
		return items
	}
	rest := len(items) - 2*maxShown
	return append(items[:2*maxShown], MarkdownText(fmt.Sprintf(p.more, thousands(rest))))
}

// maxRows is how many calls the table lists; beyond it completed ones without findings are left out, and then the rest
// beyond four times as many.
const maxRows = 16

// tableRows picks the rows to list and counts the others.
func (v *view) tableRows(all bool) (rows []row, okFolded, otherFolded int) {
	if all || len(v.rows) <= maxRows {
		return v.rows, 0, 0
	}
	for _, rw := range v.rows {
		switch {
		case rw.mark == markOK:
			okFolded++
		case len(rows) == 4*maxRows:
			otherFolded++
		default:
			rows = append(rows, rw)
		}
	}
	return rows, okFolded, otherFolded
}

func (p *mdPrinter) callTable() {
	v := p.v
	p.block("## " + title(p.calls))
	if len(v.rows) == 0 {
		p.block(MarkdownText(p.verdict(v)))
		return
	}
	p.block(MarkdownText(strings.Join(p.callCounts(v.r.Summary), p.dot)))
	if len(v.rows) > maxRows {
		for _, s := range p.spread(&v.r.Fleet) {
			p.block(MarkdownText(s))
		}
	}
	rows, ok, other := v.tableRows(p.opt.Verbose)
	var lines [][]string
	for _, rw := range rows {
		c := rw.call
		lines = append(lines, []string{
			MarkdownText(p.mark[rw.mark]), mdCode(p.id(rw.room)), p.clockTime(c.Start, v.moreDays), MarkdownText(p.say(c.Stage)),
			MarkdownText(p.say(c.Outcome)), p.talked(c), MarkdownText(p.mainText(rw)),
		})
	}
	if len(lines) > 0 {
		p.table([]string{"", p.room, p.start, p.stage, p.outcome, p.talk, p.mainFinding}, lines)
	}
	if ok > 0 {
		p.block(MarkdownText(fmt.Sprintf(p.folded, p.count(ok, p.nCalls))))
	}
	if other > 0 {
		p.block(MarkdownText(fmt.Sprintf(p.foldedFailed, p.count(other, p.nCalls))))
	}
}

func (p *mdPrinter) findingList() {
	v := p.v
	if len(v.sections)+len(v.shared)+len(v.completed) == 0 {
		return
	}
	p.block("## " + title(p.findings))
	p.sharedFindings(true)
	for _, s := range v.sections {
		p.section(s)
	}
	if v.unshown > 0 {
		p.block(MarkdownText(fmt.Sprintf(p.unshown, p.count(v.unshown, p.nCalls))))
	}
	p.sharedFindings(false)
	hidden := 0
	for _, s := range v.completed {
		if s.Severity == "info" && !p.opt.Verbose {
			hidden++
			continue
		}
		p.finding("###", s.Finding, fmt.Sprintf(p.completedCalls, p.rooms(s.calls)))
	}
	if hidden > 0 {
		p.block(MarkdownText(fmt.Sprintf(p.foldedInfo, p.count(hidden, p.nSignatures))))
	}
}

func (p *mdPrinter) sharedFindings(before bool) {
	for _, s := range p.v.shared {
		if grave(s.Finding) == before {
			p.finding("###", s.Finding, p.where(s))
		}
	}
}

func (p *mdPrinter) section(s section) {
	c := s.call
	p.block("### " + MarkdownText(p.mark[s.mark]) + " " + fmt.Sprintf(p.call, mdCode(c.ID)))
	items := []string{MarkdownText(p.circumstances(p.v, c)), MarkdownText(p.ending(c) + p.colon + p.because(c))}
	if len(s.findings) == 0 {
		for _, role := range s.missing {
			items = append(items, MarkdownText(fmt.Sprintf(p.needsLog, p.say(role))))
		}
	}
	if len(s.alike) > 0 {
		items = append(items, MarkdownText(fmt.Sprintf(p.alikeCalls, p.count(len(s.alike), p.nCalls), p.rooms(s.alike))))
	}
	p.list(items)
	for _, f := range s.findings {
		p.finding("####", f, "")
	}
	if len(c.Timeline) > 0 {
		l := newLadder(c)
		p.block("#### "+p.timeline, MarkdownText(p.clockCaption(p.v, c, l)), fenced(p.ladderText(l, p.opt.Verbose)))
	}
}

func (p *mdPrinter) finding(level string, f *Finding, where string) {
	p.block(level+" "+MarkdownText(p.markOfFinding(f)+" "+p.title(f)), MarkdownText(p.standing(f)), MarkdownText(where), MarkdownText(f.Summary))
	p.block(fenced(p.evidenceTexts(f)))
	var items []string
	for _, field := range [][2]string{
		{p.needs, strings.Join(f.Missing, "; ")}, {p.causeLabel(f), f.Cause}, {p.remedy, f.Remedy},
	} {
		if field[1] != "" {
			items = append(items, "**"+field[0]+"**"+p.colon+MarkdownText(field[1]))
		}
	}
	if f.URL != "" {
		items = append(items, "**"+p.see+"**"+p.colon+MarkdownLink(f.URL))
	}
	p.list(items)
}

// maxMarkdownLine bounds a log line in an issue, in cells.
const maxMarkdownLine = 2000

// evidenceTexts are the log lines of f, each under its place.
func (p *mdPrinter) evidenceTexts(f *Finding) []string {
	var lines []string
	for i := range f.Evidence {
		if i == maxEvidence && !p.opt.Verbose {
			return append(lines, fmt.Sprintf(p.more, thousands(len(f.Evidence)-i)))
		}
		e := &f.Evidence[i]
		head := ""
		if e.Time != nil {
			head = e.Time.Format("15:04:05.000") + "  "
		}
		if e.Role != "" {
			head += p.say(e.Role) + "  "
		}
		lines = append(lines, head+cells.Visible(position(e)), "  "+cells.Clip(e.Text, maxMarkdownLine, p.ellipsis))
	}
	return lines
}

func (p *mdPrinter) checkedList() {
	v := p.v
	if len(v.rows) == 0 {
		return
	}
	p.block("## "+title(p.checked), MarkdownText(p.verdict(v)), MarkdownText(p.checkedText(v)))
	var items []string
	for _, u := range v.checked.unjudged {
		items = append(items, MarkdownText(p.mark[markUnknown]+" "+p.unjudgedText(u, p.opt.Verbose)))
	}
	p.list(p.folded6(items))
}

func (p *mdPrinter) nextList() {
	steps := slices.DeleteFunc(p.v.next, func(s step) bool { return s.kind == attach || s.kind == askSupport }) // this is one
	if len(steps) == 0 {
		return
	}
	p.block("## " + title(p.next))
	for _, s := range steps {
		p.block(MarkdownText(p.why(s)+strings.TrimSpace(p.colon)), fenced(s.commands))
	}
}
