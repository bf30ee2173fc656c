package report

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// ladderGlyphs draw a ladder. Each takes one cell, but atLeast and until.
type ladderGlyphs struct {
	lane, dark          string // of a party with and without a log
	solid, dashed, band string
	toLeft, toRight     string // heads of arrows, on the lane they point to
	fromLeft, fromRight string // where an arrow to the right and one to the left begins
	cross               string // where an arrow passes the server
	failed, unsure      string
	atLeast, until      string
}

// Columns of a ladder of any width: marks, the caller's time, total, step, then the lanes, then the listener's time.
const (
	ladderWidth  = 80 // the least that is drawn
	ladderMargin = 27 // before the caller's lane
	ladderRight  = 13 // behind the listener's lane
	maxRungs     = 60 // drawn without Verbose; a common call has 20
	detailLines  = 4  // of what an event says, without Verbose
)

// sketch draws one ladder in characters.
type sketch struct {
	phrases
	l           *ladder
	left, right int // cells between the lanes and the server
	verbose     bool
	lines       [][]piece
	drawn
}

// drawLadder draws l in lines of at most width cells, which is at least ladderWidth.
func (p phrases) drawLadder(l *ladder, width int, verbose bool) [][]piece {
	between := width - ladderMargin - ladderRight - 3
	s := &sketch{phrases: p, l: l, left: between / 2, right: between - between/2, verbose: verbose}
	s.head()
	head, tail := foldRungs(len(l.rungs), verbose)
	for i := range l.rungs {
		switch {
		case i == head && tail > head:
			s.row(l.rungs[i].dark, cells.Clip(fmt.Sprintf(p.moreRows, thousands(tail-head)), s.inner(), p.ellipsis), false)
		case i < head || i >= tail:
			s.rung(&l.rungs[i])
		}
	}
	s.legend(width)
	return s.lines
}

// ladderText is l as drawn on a page: as narrow as it gets, without colour.
func (p phrases) ladderText(l *ladder, verbose bool) []string {
	var out []string
	for _, line := range p.drawLadder(l, ladderWidth, verbose) {
		text := ""
		for _, pc := range line {
			text += pc.text
		}
		out = append(out, text)
	}
	return out
}

// foldRungs says which rungs are left out of n: those from head on and before tail.
func foldRungs(n int, all bool) (head, tail int) {
	if all || n <= maxRungs {
		return n, n
	}
	return maxRungs * 2 / 3, n - maxRungs/3
}

// margins is what stands beside the lanes in one row.
type margins struct {
	failed, unsure           bool
	time, total, step, right string
}

func (s *sketch) head() {
	names := [2]string{}
	for i, n := range s.l.lanes {
		names[i] = s.say(n.role)
		if n.silent {
			names[i] += s.colon + s.noLog
		} else if n.side != "" {
			names[i] += " " + s.say(n.side)
		}
		names[i] = cells.Clip(names[i], s.left-cells.Width(s.server)/2+1, s.ellipsis)
	}
	width := s.inner() + 2
	server := s.left + 1 - cells.Width(s.server)/2
	lanes := cells.Pad(names[0], server)
	lanes = cells.Pad(lanes+s.server, width-cells.Width(names[1])) + names[1]
	s.add(bold, s.margin(margins{time: s.clockColumn, total: s.total, step: s.step})+cells.Pad(lanes, width)+" "+s.clockColumn)
	var days [2]string
	if t := s.l.lanes[0].first; t != nil {
		days[0] = t.Format("2006-01-02 -07:00")
	}
	if t := s.l.lanes[1].first; t != nil {
		days[1] = t.Format("01-02 -07:00")
	}
	if days[0]+days[1] != "" {
		s.add(dim, cells.Pad("  "+days[0], ladderMargin)+s.lanesAt(s.l.rungs[0].dark)+" "+days[1])
	}
}

// inner is the width between the lanes of the parties.
func (s *sketch) inner() int { return s.left + 1 + s.right }

// lanesAt are the three lanes without anything between.
func (s *sketch) lanesAt(dark [2]bool) string {
	return s.edge(dark, 0) + strings.Repeat(" ", s.left) + s.ladder.lane + strings.Repeat(" ", s.right) + s.edge(dark, 1)
}

// edge is the lane of a party.
func (s *sketch) edge(dark [2]bool, lane int) string {
	if dark[lane] {
		s.dark = true
		return s.ladder.dark
	}
	return s.ladder.lane
}

func (s *sketch) add(st style, text string) {
	s.lines = append(s.lines, []piece{{st, strings.TrimRight(text, " ")}})
}

// margin is what stands before the caller's lane.
func (s *sketch) margin(m margins) string {
	failed, unsure := " ", " "
	if m.failed {
		failed, s.failed = s.ladder.failed, true
	}
	if m.unsure {
		unsure, s.unsure = s.ladder.unsure, true
	}
	return failed + unsure + cells.Pad(m.time, 12) + " " + padLeft(m.total, 5) + " " + padLeft(m.step, 5) + " "
}

func padLeft(s string, width int) string {
	return strings.Repeat(" ", max(width-cells.Width(s), 0)) + s
}

// row writes text between the lanes, beside the caller's lane or the listener's.
func (s *sketch) row(dark [2]bool, text string, right bool) {
	inner := " " + text
	if right {
		inner = padLeft(text+" ", s.inner())
	}
	inner = cells.Pad(inner, s.inner())
	if own, rest := cells.Cut(inner, s.left); !right && strings.TrimLeft(rest, " ") == "" {
		inner = own + s.ladder.lane + strings.Repeat(" ", s.right)
	} else if rest, own := cells.Cut(inner, s.left+1); right && strings.TrimLeft(rest, " ") == "" {
		inner = strings.Repeat(" ", s.left) + s.ladder.lane + own
	}
	s.add(plain, s.margin(margins{})+s.edge(dark, 0)+inner+s.edge(dark, 1))
}

func (s *sketch) rung(r *rung) {
	switch {
	case r.stage != nil:
		s.band(r)
	case r.gap != nil:
		s.gap(r)
	default:
		s.event(r)
	}
}

// band writes the name of the stage that begins.
func (s *sketch) band(r *rung) {
	width := s.left
	if r.lane == 1 {
		width = s.right
	}
	name := s.stageText(r.stage)
	if cells.Width(name) > width {
		s.row(r.dark, cells.Clip(name, s.inner()-1, s.ellipsis), r.lane == 1)
		return
	}
	text := fillSpan(name, width, s.ladder.band, s.ladder.band, false)
	halves := [2]string{strings.Repeat(" ", s.left), strings.Repeat(" ", s.right)}
	halves[r.lane] = text
	s.add(plain, s.margin(margins{})+s.edge(r.dark, 0)+halves[0]+s.ladder.lane+halves[1]+s.edge(r.dark, 1))
}

// gap writes when a party has no log, in its half as far as it fits.
func (s *sketch) gap(r *rung) {
	for _, text := range cells.Wrap(s.gapText(r.gap), s.left-1) {
		s.row(r.dark, text, r.lane == 1)
	}
}

// event writes an event on the lane of its party, and under it what it says.
func (s *sketch) event(r *rung) {
	at := ""
	if r.time != nil {
		at = r.time.Format("15:04:05.000")
	}
	m := margins{failed: r.failed, unsure: r.unsure, total: short(r.since, false), step: short(r.step, true)}
	if r.lane == 0 {
		m.time = at
	} else {
		m.right = at
	}
	s.arrow(m, r)
	detail := cells.Visible(r.entry.Detail)
	width := s.inner() - 2
	lines := cells.Wrap(detail, width)
	if n := len(lines); n > detailLines && !s.verbose {
		lines = append(lines[:detailLines-1], cells.Clip(strings.Join(lines[detailLines-1:n], " "), width, s.ellipsis))
	}
	block := 0
	for _, line := range lines {
		block = max(block, cells.Width(line))
	}
	for _, line := range lines {
		if r.lane == 1 {
			line = cells.Pad(line, block) // a block beside the lane
		}
		s.row(r.dark, line, r.lane == 1)
	}
}

// arrow writes the line of an event: solid where the log shows it, dashed where something must have passed.
func (s *sketch) arrow(m margins, r *rung) {
	g := &s.ladder
	c, server, l := s.edge(r.dark, 0), g.lane, s.edge(r.dark, 1)
	halves := [2]string{strings.Repeat(" ", s.left), strings.Repeat(" ", s.right)}
	widths := [2]int{s.left, s.right}
	rest := g.solid
	switch {
	case r.flow == local:
		rest = " "
	case r.flow == sent && r.lane == 0:
		server = g.toRight
	case r.flow == sent:
		server = g.toLeft
	case r.across:
		s.dashed = true
		server = g.cross
		halves[1-r.lane] = strings.Repeat(g.dashed, widths[1-r.lane])
	case r.lane == 0:
		server = g.fromRight
	default:
		server = g.fromLeft
	}
	halves[r.lane] = fillSpan(s.eventName(r), widths[r.lane], g.solid, rest, r.lane == 1)
	switch {
	case r.lane == 0 && r.flow == received:
		c = g.toLeft
	case r.lane == 0:
		c = g.fromLeft
	case r.flow == received:
		l = g.toRight
	default:
		l = g.fromRight
	}
	if r.across && r.lane == 1 && !r.dark[0] {
		c = g.fromLeft
	}
	if r.across && r.lane == 0 && !r.dark[1] {
		l = g.fromRight
	}
	left := s.margin(m)
	line := []piece{{plain, left}}
	if r.failed {
		line = []piece{{styles["error"], g.failed}, {plain, strings.TrimPrefix(left, g.failed)}}
	}
	line[len(line)-1].text = strings.TrimRight(line[len(line)-1].text+c+halves[0]+server+halves[1]+l+" "+m.right, " ")
	s.lines = append(s.lines, line)
}

// fillSpan puts text into a line of width cells, near its left or right end: near is what joins it to that end, rest fills
// up to the other.
func fillSpan(text string, width int, near, rest string, right bool) string {
	text = cells.Clip(text, width, "")
	spare := width - cells.Width(text)
	head, tail := "", ""
	switch {
	case spare >= 3:
		head, tail = near+" ", " "+strings.Repeat(rest, spare-3)
	case spare > 0:
		head, tail = near, strings.Repeat(rest, spare-1)
	}
	if right {
		return reversed(tail) + text + reversed(head)
	}
	return head + text + tail
}

// reversed turns the fill of one end round for the other.
func reversed(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i := len(runes) - 1; i >= 0; i-- {
		b.WriteRune(runes[i])
	}
	return b.String()
}

// legend explains what the drawing uses.
func (s *sketch) legend(width int) {
	facts := s.legendFacts(s.l, s.drawn)
	line := "  "
	for i, f := range facts {
		if i > 0 && cells.Width(line+s.dot+f) > width {
			s.add(dim, line)
			line = "  "
		} else if i > 0 {
			line += s.dot
		}
		line += f
	}
	s.add(dim, line)
}

// drawn is what of a ladder has to be explained.
type drawn struct{ dashed, unsure, failed, dark bool }

// legendFacts explain the signs of a ladder.
func (p phrases) legendFacts(l *ladder, d drawn) []string {
	g := &p.ladder
	facts := []string{fmt.Sprintf(p.legendTime, p.say(l.axis)), g.solid + " " + p.legendSolid}
	for _, f := range []struct {
		used       bool
		glyph, say string
	}{
		{d.dashed, g.dashed, p.legendDashed}, {d.unsure, g.unsure, p.legendUnsure},
		{d.failed, g.failed, p.legendFailed}, {d.dark, g.dark, p.noLog},
	} {
		if f.used {
			facts = append(facts, f.glyph+" "+f.say)
		}
	}
	return facts
}
