package report

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// maxEvidence is how many log lines are shown under a finding, and evidenceLines how many lines each may take.
const (
	maxEvidence   = 3
	evidenceLines = 3
)

func (p *textPrinter) findingList() {
	v := p.v
	if len(v.sections)+len(v.shared)+len(v.completed) == 0 {
		return
	}
	p.line(piece{bold, p.findings})
	p.gap()
	told := map[string]string{} // signature and remedy to the room under which its cause and remedy stand
	p.sharedFindings(v.shared, true, told)
	for _, s := range v.sections {
		p.section(s, told)
	}
	p.sharedFindings(v.shared, false, told)
	for _, s := range v.completed {
		p.finding(s.Finding, 0, fmt.Sprintf(p.completedCalls, p.rooms(s.calls)), told, p.firstRoom(s))
	}
}

// sharedFindings writes the findings on several calls or none: the grave ones come before the calls, for they explain
// them, the others after.
func (p *textPrinter) sharedFindings(list []sharedFinding, before bool, told map[string]string) {
	for _, s := range list {
		if grave(s.Finding) == before {
			p.finding(s.Finding, 0, p.where(s), told, p.firstRoom(s))
		}
	}
}

// section writes the section of a call that did not complete.
func (p *textPrinter) section(s section, told map[string]string) {
	p.sectionHead(s)
	p.drawing(s.call)
	p.sectionFindings(s, told)
}

// sectionFindings writes the findings of a call.
func (p *textPrinter) sectionFindings(s section, told map[string]string) {
	for _, f := range s.findings {
		p.finding(f, cells.Width(p.mark[s.mark])+1, "", told, p.id(s.room))
	}
}

// sectionHead says which call it is and how it ended.
func (p *textPrinter) sectionHead(s section) {
	c := s.call
	mark := p.mark[s.mark] + " "
	p.lines(bold, cells.Width(mark), piece{styles[s.mark], mark}, fmt.Sprintf(p.call, c.ID))
	indent := cells.Width(mark)
	p.lines(dim, indent, piece{}, p.circumstances(p.v, c))
	p.lines(plain, indent, piece{}, p.ending(c)+p.colon+p.because(c))
	if len(s.findings) == 0 {
		for _, role := range s.missing {
			p.lines(styles[markUnknown], indent, piece{}, fmt.Sprintf(p.needsLog, p.say(role)))
		}
	}
	p.gap()
}

// finding writes one finding, with where as the calls it is on. What a signature means is told once, under the room
// named in told; later findings of it refer to that.
func (p *textPrinter) finding(f *Finding, indent int, where string, told map[string]string, room string) {
	in := strings.Repeat(" ", indent)
	mark := p.markOfFinding(f) + " "
	lead := in + mark
	p.lines(styles[f.Severity], cells.Width(lead), piece{styles[f.Severity], lead}, p.title(f))
	body := cells.Width(lead)
	p.lines(dim, body, piece{}, p.standing(f))
	if where != "" {
		p.lines(plain, body, piece{}, where)
	}
	p.lines(plain, body, piece{}, f.Summary)
	p.evidenceLines(f, body)
	if len(f.Missing) > 0 {
		p.field(body, p.needs, strings.Join(f.Missing, "; "))
	}
	meaning := f.Signature + "\x00" + f.Remedy
	if at, ok := told[meaning]; ok && at != "" {
		p.lines(dim, body, piece{}, fmt.Sprintf(p.asAbove, at))
	} else {
		told[meaning] = room
		p.field(body, p.causeLabel(f), f.Cause)
		p.field(body, p.remedy, f.Remedy)
		if f.URL != "" {
			p.line(piece{plain, strings.Repeat(" ", body)}, piece{dim, cells.Pad(p.see, p.fieldWidth()) + strings.Join(strings.Fields(cells.Visible(f.URL)), "")})
		}
	}
	p.gap()
}

// field writes a named text under a finding.
func (p *textPrinter) field(indent int, name, text string) {
	if text == "" {
		return
	}
	lead := strings.Repeat(" ", indent) + cells.Pad(name, p.fieldWidth())
	p.lines(plain, cells.Width(lead), piece{plain, lead}, text)
}

func (p *textPrinter) fieldWidth() int {
	return max(cells.Width(p.words.cause), cells.Width(p.causeOfLead), cells.Width(p.remedy), cells.Width(p.see), cells.Width(p.needs)) + 2
}

// evidenceLines writes the log lines of f, each under its place.
func (p *textPrinter) evidenceLines(f *Finding, indent int) {
	in := strings.Repeat(" ", indent)
	width := p.opt.Width - indent
	for i := range f.Evidence {
		if i == maxEvidence && !p.opt.Verbose {
			p.line(piece{dim, in + fmt.Sprintf(p.more, thousands(len(f.Evidence)-i))})
			break
		}
		e := &f.Evidence[i]
		head := ""
		if e.Time != nil {
			head = e.Time.Format("15:04:05.000") + "  "
		}
		if e.Role != "" {
			head += cells.Clip(p.say(e.Role), width/4, p.ellipsis) + "  "
		}
		p.line(piece{dim, in + head + cells.ClipHead(p.v.shortPosition(e), width-cells.Width(head), p.ellipsis)})
		for _, l := range wrapAtMost(p.message(e.Text), width-2, evidenceLines, p.ellipsis) {
			p.line(piece{plain, in + "> " + l})
		}
	}
}

// message is a log line without the time, process and tag before its message, which take most of a terminal line and
// stand beside it already or are to be found at its place. With Verbose it is the whole line.
func (p *textPrinter) message(text string) string {
	if p.opt.Verbose {
		return text
	}
	return messageOf(text)
}

// messageOf is the message of a log line, or all of it where no format is known.
func messageOf(text string) string {
	for l := range logline.NewParser(logline.Options{}).Lines([]byte(text), logline.Pos{}) {
		if len(l.Text) > 0 {
			return string(l.Text)
		}
		break
	}
	return text
}

// wrapAtMost wraps a log line into at most n lines and marks that something is missing. It does not look for spaces:
// log lines have few, and every cell counts.
func wrapAtMost(s string, width, n int, mark string) []string {
	var out []string
	s = strings.TrimSpace(cells.Visible(s))
	for ; n > 1 && s != ""; n-- {
		head, rest := cells.Cut(s, width)
		if head == "" {
			break
		}
		out = append(out, strings.TrimRight(head, " "))
		s = rest
	}
	if s != "" {
		out = append(out, cells.Clip(s, width, mark))
	}
	return out
}

// drawing writes the ladder of c, as a list where the terminal is too narrow for it.
func (p *textPrinter) drawing(c *Call) {
	if len(c.Timeline) == 0 {
		return
	}
	l := newLadder(c)
	p.line(piece{bold, p.timeline})
	if caption := p.clockCaption(p.v, c, l); caption != "" {
		p.lines(plain, 2, piece{}, caption)
	}
	if p.opt.Width >= ladderWidth {
		for _, line := range p.drawLadder(l, p.opt.Width, p.opt.Verbose) {
			p.line(line...)
		}
	} else {
		for _, row := range p.ladderList(l, p.opt.Verbose) {
			p.lines(plain, 2, piece{plain, p.dash}, row)
		}
	}
	p.gap()
}

// maxShown is how many entries a list shows.
const maxShown = 6

func (p *textPrinter) shown(n int) int {
	if p.opt.Verbose || n <= maxShown+1 { // a line that says "1 more" saves nothing
		return n
	}
	return maxShown
}

func (p *textPrinter) checkedList() {
	v := p.v
	if len(v.rows) == 0 {
		return
	}
	l := labelled{p, p.checked}
	verdict := p.verdict(v)
	if verdict != "" {
		l.lines(plain, verdict)
	}
	l.lines(plain, p.checkedText(v))
	n := p.shown(len(v.checked.unjudged))
	for _, u := range v.checked.unjudged[:n] {
		l.lines(plain, p.mark[markUnknown]+" "+p.unjudgedText(u, p.opt.Verbose))
	}
	if rest := len(v.checked.unjudged) - n; rest > 0 {
		l.lines(dim, fmt.Sprintf(p.more, thousands(rest)))
	}
	p.gap()
}

func (p *textPrinter) nextList() {
	l := labelled{p, p.next}
	for _, s := range p.v.next {
		l.lines(plain, p.why(s))
		for _, c := range s.commands {
			p.line(piece{bold, strings.Repeat(" ", labelWidth+2) + c})
		}
	}
}
