package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// summaryLines is how many lines a summary takes at most: a terminal of 24 shows them and the prompt.
const summaryLines = 23

// summary writes the verdict, what calls failed of, how much the logs are worth and what to do, on one screen. What there
// is no room for is counted by severity.
func (p *textPrinter) summary() {
	list, beside := p.v.matters()
	parts := [][]string{
		p.draw(func(p *textPrinter) { p.headline(list) }), nil,
		p.draw((*textPrinter).standingOfLogs), p.draw(func(p *textPrinter) { p.commands(list) }),
	}
	left := summaryLines
	for _, part := range parts {
		if len(part) > 0 {
			left -= len(part) + 1
		}
	}
	parts[1] = p.overview(list, beside, left) // without the empty line behind it, as the last part has none
	for i, part := range slices.DeleteFunc(parts, func(part []string) bool { return len(part) == 0 }) {
		if i > 0 {
			p.put("\n")
		}
		p.put(part...)
	}
}

// draw gives the lines that write writes.
func (p *textPrinter) draw(write func(*textPrinter)) []string {
	var b bytes.Buffer
	apart := *p
	apart.output = newOutput(&b)
	write(&apart)
	if err := apart.close(); err != nil && p.err == nil {
		p.err = err
	}
	return slices.Collect(strings.Lines(b.String()))
}

// headline says in a sentence how the calls ended, or why there are none.
func (p *textPrinter) headline(list []matter) {
	p.stamp()
	text, mark := p.verdictOnCalls(p.v, list)
	lead := p.mark[mark] + " "
	for _, l := range cells.Wrap(text, p.opt.Width-cells.Width(lead)) {
		p.line(piece{styles[mark], lead}, piece{bold, l})
		lead = strings.Repeat(" ", cells.Width(lead))
	}
}

// overview gives the rows of list, in at most the lines given, and then one that counts the rest. Each row takes a line;
// what lines are left hold the titles, and then say what to do about the first.
func (p *textPrinter) overview(list []matter, beside []*Finding, lines int) []string {
	n := len(list)
	if n > lines || n == lines && len(beside) > 0 {
		n = max(lines-1, 0)
	}
	rest := p.rest(list[n:], beside, n > 0)
	spare := lines - n
	if rest != "" {
		spare--
	}
	titles := min(n, spare)
	spare -= titles
	width := 0
	for _, m := range list[:n] {
		width = max(width, len(p.callsOf(m)))
	}
	var out []string
	for i, m := range list[:n] {
		row := p.draw(func(p *textPrinter) { spare -= p.row(m, width, i < titles, spare) })
		out = append(out, row...)
	}
	if rest != "" {
		out = append(out, p.draw(func(p *textPrinter) {
			p.line(piece{dim, cells.Clip(rest, p.opt.Width, p.ellipsis)})
		})...)
	}
	return out
}

// row writes where to find a matter, below its title if that is asked for. If the spare lines are enough for what to do
// about it, that comes too; the lines taken of them are returned.
func (p *textPrinter) row(m matter, width int, titled bool, spare int) (taken int) {
	var severity, name string
	mark := m.standing()
	switch {
	case m.finding != nil:
		severity, name = p.say(m.finding.Severity), cells.Visible(m.finding.Title)
	case mark == markUnknown:
		severity, name = p.say("unknown"), p.wayOf(m)
	default:
		severity, name = p.failedCall, p.wayOf(m)
	}
	head := cells.Pad(p.mark[mark], p.markWidth) + " " + cells.Pad(severity, p.severityWidth()) + "  "
	count := p.callsOf(m)
	count = strings.Repeat(" ", width-len(count)) + count + "  "
	room := p.opt.Width - cells.Width(head) - cells.Width(count)
	if !titled && m.finding != nil {
		p.line(piece{styles[mark], head}, piece{plain, count + p.place(m, room)})
		return 0
	}
	p.line(piece{styles[mark], head}, piece{plain, count}, piece{bold, cells.Clip(name, room, p.ellipsis)})
	if !titled {
		return 0
	}
	in := strings.Repeat(" ", p.opt.Width-room)
	p.line(piece{plain, in}, piece{dim, p.place(m, room)})
	if m.finding == nil || m.finding.Severity == "info" || m.finding.Remedy == "" {
		return 0
	}
	remedy := cells.Wrap(p.arrow+" "+m.finding.Remedy, room)
	if len(remedy) > spare {
		return spare // so that no milder row has what this one lacks
	}
	for _, l := range remedy {
		p.line(piece{plain, in + l})
	}
	return len(remedy)
}

// severityWidth is the width of the widest word in front of a row.
func (p *textPrinter) severityWidth() int {
	n := max(cells.Width(p.failedCall), cells.Width(p.say("unknown")))
	for _, s := range severities {
		n = max(n, cells.Width(p.say(s)))
	}
	return n
}

// place says what a matter is called, in which stage and on whose side it lies, and names as many of its calls as the
// width has room for. The stage goes where there would be room for no call.
func (p *textPrinter) place(m matter, width int) string {
	var rooms []string
	for _, rw := range m.calls[:min(len(m.calls), maxRooms)] {
		rooms = append(rooms, p.id(rw.room))
	}
	for _, facts := range []string{p.facts(m, true), p.facts(m, false)} {
		for n := len(rooms); n > 0; n-- {
			text := facts + p.dot + strings.Join(rooms[:n], " ")
			if left := len(m.calls) - n; left > 0 {
				text += " " + fmt.Sprintf(p.more, thousands(left))
			}
			if cells.Width(text) <= width {
				return text
			}
		}
	}
	return cells.Clip(p.facts(m, true), width, p.ellipsis)
}

// standingOfLogs writes a line each about what was read, the clocks, what was replaced, what could not be read and what
// was checked.
func (p *textPrinter) standingOfLogs() {
	v := p.v
	row := func(name string, s style, text string) {
		if text != "" {
			(&labelled{p, name}).clipped(s, text)
		}
	}
	row(p.logs, plain, p.inputsText(v, p.opt.Width-labelWidth))
	if len(v.clocks) > 0 {
		row(p.clocks, plain, p.andMore(p.clock(v.clocks[0]), len(v.clocks)-1, p.opt.Width-labelWidth))
	}
	row(p.privacy, plain, p.redactedText(v.r))
	if len(v.logs) > 0 || len(v.coverage.locked) > 0 {
		row(p.coverage, plain, p.covered(v))
	}
	if skipped := p.skippedText(v.r.Selection); skipped != "" {
		(&labelled{p: p}).lines(plain, skipped)
	}
	if worst, more := p.worstLoss(v); worst != "" {
		row("", styles["warning"], p.andMore(worst, more, p.opt.Width-labelWidth))
	}
	if len(v.rows) > 0 {
		row(title(p.checked), plain, p.summedText(v))
	}
}

// commands writes what to do next: how to get what is missing, then what shows more of the first row.
func (p *textPrinter) commands(list []matter) {
	path := p.v.scanned()
	hints := map[string]string{}
	var todo []string
	l := labelled{p, p.next}
	for _, s := range p.v.next {
		if s.kind != oneCall && s.kind != attach && s.kind != askSupport {
			l.lines(plain, p.why(s))
			todo = append(todo, s.commands...)
			break
		}
	}
	if l.name != "" {
		p.line(piece{bold, p.next})
	}
	add := func(command, hint string) {
		todo = append(todo, command)
		hints[command] = hint
	}
	if i := slices.IndexFunc(list, func(m matter) bool { return m.finding != nil }); i >= 0 && p.v.r.Tool.Rules.User == 0 {
		add("xlogscan rules show "+shellWord(list[i].finding.Signature), p.doRules)
	}
	if i := slices.IndexFunc(list, func(m matter) bool { return len(m.calls) > 0 }); i >= 0 {
		if room := p.v.named(list[i].calls[0]); cells.Width(room) <= p.opt.Width/2 {
			add("xlogscan show "+room+" "+path, p.doShow)
		}
	}
	add("xlogscan scan -v "+path, p.doAll)
	column := 0
	for i, command := range todo {
		fit := p.fitted(command, path)
		hints[fit] = hints[command]
		todo[i] = fit
		if hints[fit] != "" {
			column = max(column, cells.Width(fit))
		}
	}
	for _, command := range todo {
		hint := hints[command]
		line := "  " + command
		if text := "  " + cells.Pad(command, column) + "  " + hint; hint != "" && cells.Width(text) <= p.opt.Width {
			p.line(piece{plain, line}, piece{dim, strings.TrimPrefix(text, line)})
			continue
		}
		p.line(piece{plain, line})
	}
}

// fitted is a command in a line: with anyPath for path where it would be too long.
func (p *textPrinter) fitted(command, path string) string {
	i := strings.LastIndex(command, " "+path)
	if cells.Width(command)+2 <= p.opt.Width || i < 0 {
		return command
	}
	return command[:i] + " " + anyPath + command[i+1+len(path):]
}
