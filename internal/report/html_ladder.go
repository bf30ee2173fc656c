package report

import (
	"fmt"
	"slices"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// ladderPage is a ladder as a drawing, in the order in which its parts are painted.
type ladderPage struct {
	Caption, Label, Legend string
	Height                 int
	Rects                  []svgRect
	Lines                  []svgLine
	Heads                  []string // paths
	Dots                   []svgDot
	Texts                  []svgText
	List                   []string
}

type (
	svgRect struct {
		Class               string
		X, Y, Width, Height int
	}
	svgLine struct {
		Class          string
		X1, Y1, X2, Y2 int
	}
	svgDot  struct{ X, Y int }
	svgText struct {
		Class string
		X, Y  int
		Text  string
		Ref   string // id of the log line
	}
)

// Places in the drawing, which is 880 units wide. A letter of 12 units takes 7.2 in a font of one width.
const (
	svgFailed, svgUnsure          = 8, 20
	svgTime, svgTotal, svgStep    = 32, 168, 224 // the last two are right ends
	svgCaller, svgServer          = 242, 510
	svgListener, svgRight         = 778, 788
	svgRow, svgDetail, svgTop     = 26, 15, 46
	svgHalf                       = svgServer - svgCaller
	svgNameCells, svgDetailsCells = 34, 76
)

// maxPageRungs is how many rows of a ladder are drawn before its middle is left out.
const maxPageRungs = 300

// ladderSketch draws one ladder.
type ladderSketch struct {
	phrases
	*ladderPage
	l     *ladder
	y     int
	drawn drawn
}

// ladderPage draws the ladder of c and puts the log lines of its events among lines.
func (s *site) ladderPage(c *Call, lines *linePage) *ladderPage {
	l := newLadder(c)
	d := &ladderSketch{phrases: s.phrases, ladderPage: &ladderPage{}, l: l, y: svgTop}
	d.Caption = s.long(s.clockCaption(s.v, c, l))
	d.Label = fmt.Sprintf(s.html.ladderOf, s.brief(c.ID))
	d.head()
	head, tail := foldRungs(len(l.rungs), len(l.rungs) <= maxPageRungs)
	for i := range l.rungs {
		r := &l.rungs[i]
		switch {
		case i == head && tail > head:
			d.text("small", svgCaller+10, 15, fmt.Sprintf(s.moreRows, thousands(tail-head)), "")
			d.lanes(r.dark, svgRow)
		case i >= head && i < tail:
		case r.entry != nil:
			d.event(r, lines.add(evidenceOf(r.entry)))
		case r.stage != nil:
			d.band(r)
		default:
			d.gap(r)
		}
	}
	d.Height = d.y + 8
	for i, fact := range s.legendFacts(l, d.drawn) {
		if i > 0 {
			d.Legend += s.dot
		}
		d.Legend += fact
	}
	for _, row := range s.ladderList(l, len(l.rungs) <= maxPageRungs) {
		d.List = append(d.List, s.brief(row))
	}
	return d.ladderPage
}

// evidenceOf is the log line of an event.
func evidenceOf(e *TimelineEntry) *Evidence {
	return &Evidence{Input: e.Input, Offset: e.Offset, Line: e.Line, Time: e.Time, Role: e.Role, Text: e.Text}
}

// text writes at the height dy below the top of the row.
func (d *ladderSketch) text(class string, x, dy int, text, ref string) {
	if text != "" {
		d.Texts = append(d.Texts, svgText{Class: class, X: x, Y: d.y + dy, Text: text, Ref: ref})
	}
}

// lanes draws the lanes of a row and goes on below it.
func (d *ladderSketch) lanes(dark [2]bool, height int) {
	for _, lane := range []struct {
		x    int
		dark bool
	}{{svgCaller, dark[0]}, {svgServer, false}, {svgListener, dark[1]}} {
		class := "lane"
		if lane.dark {
			class, d.drawn.dark = "dark", true
		}
		if n := slices.IndexFunc(d.Lines, func(have svgLine) bool {
			return have.X1 == lane.x && have.X2 == lane.x && have.Y2 == d.y && have.Class == class
		}); n >= 0 {
			d.Lines[n].Y2 += height
			continue
		}
		d.Lines = append(d.Lines, svgLine{class, lane.x, d.y, lane.x, d.y + height})
	}
	d.y += height
}

func (d *ladderSketch) head() {
	d.y = 0
	names := [2]string{}
	for i, n := range d.l.lanes {
		names[i] = d.say(n.role)
		if n.silent {
			names[i] += d.colon + d.noLog
		} else if n.side != "" {
			names[i] += " " + d.say(n.side)
		}
		names[i] = cells.Clip(names[i], svgNameCells-6, d.ellipsis)
	}
	d.text("small", svgTime, 20, d.clockColumn, "")
	d.text("small right", svgTotal, 20, d.total, "")
	d.text("small right", svgStep, 20, d.words.step, "")
	d.text("head", svgCaller, 20, names[0], "")
	d.text("head mid", svgServer, 20, d.server, "")
	d.text("head right", svgListener, 20, names[1], "")
	d.text("small", svgRight, 20, d.clockColumn, "")
	if t := d.l.lanes[0].first; t != nil {
		d.text("small", svgTime, 36, t.Format("2006-01-02 -07:00"), "")
	}
	if t := d.l.lanes[1].first; t != nil {
		d.text("small", svgRight, 36, t.Format("01-02 -07:00"), "")
	}
	d.y = svgTop
	if len(d.l.rungs) > 0 {
		d.y -= 18
		d.lanes(d.l.rungs[0].dark, 18)
	}
}

// sideOf returns the own lane of a row, and which way the server is from it.
func sideOf(lane int) (x, toServer int) {
	if lane == 1 {
		return svgListener, -1
	}
	return svgCaller, 1
}

// beside writes text next to the lane of a row.
func (d *ladderSketch) beside(class string, lane, dy int, text, ref string) {
	x, toServer := sideOf(lane)
	if lane == 1 {
		class += " right"
	}
	d.text(class, x+10*toServer, dy, text, ref)
}

// band is the begin of a stage.
func (d *ladderSketch) band(r *rung) {
	x, _ := sideOf(r.lane)
	if r.lane == 1 {
		x = svgServer
	}
	d.Rects = append(d.Rects, svgRect{stageClass(r.stage.Stage), x, d.y + 3, svgHalf, svgRow - 7})
	d.beside("head", r.lane, 17, cells.Clip(d.stageText(r.stage), svgNameCells, d.ellipsis), "")
	d.lanes(r.dark, svgRow)
}

// gap is where a party has no log.
func (d *ladderSketch) gap(r *rung) {
	d.beside("small", r.lane, 15, d.gapText(r.gap), "")
	d.lanes(r.dark, svgRow)
}

// event is an event with what it says.
func (d *ladderSketch) event(r *rung, ref string) {
	var details []string
	if r.entry.Detail != "" {
		details = cells.Wrap(beginning(r.entry.Detail, svgDetailsCells*(detailLines+1)), svgDetailsCells)
	}
	if n := len(details); n > detailLines {
		last := details[detailLines-1] + " " + details[detailLines]
		details = append(details[:detailLines-1:detailLines-1], cells.Clip(last, svgDetailsCells, d.ellipsis))
	}
	height := svgRow + svgDetail*len(details)
	class := ""
	if r.failed {
		class, d.drawn.failed = "fail", true
		d.Rects = append(d.Rects, svgRect{"bad", 2, d.y, 876, height})
		d.text("fail", svgFailed, 15, d.ladder.failed, "")
	}
	if r.unsure {
		d.drawn.unsure = true
		d.text("", svgUnsure, 15, d.ladder.unsure, "")
	}
	if r.time != nil {
		x := svgTime
		if r.lane == 1 {
			x = svgRight
		}
		d.text("", x, 15, r.time.Format("15:04:05.000"), "")
	}
	d.text("right", svgTotal, 15, short(r.since, false), "")
	d.text("right", svgStep, 15, short(r.step, true), "")
	d.beside(class, r.lane, 15, cells.Clip(d.eventName(r), svgNameCells, d.ellipsis), ref)
	d.arrow(r)
	left := svgCaller + 10
	if r.lane == 1 {
		wide := 0
		for _, line := range details {
			wide = max(wide, cells.Width(line))
		}
		left = svgListener - 10 - wide*66/10
	}
	small := "small"
	if r.failed {
		small += " onbad"
	}
	for i, line := range details {
		d.text(small, left, svgRow+svgDetail*i+8, line, "")
	}
	d.lanes(r.dark, height)
}

// arrow draws which way an event passed: solid where the log shows it, dashed where something must have passed.
func (d *ladderSketch) arrow(r *rung) {
	own, toServer := sideOf(r.lane)
	y := d.y + 20
	if r.flow == local {
		d.Dots = append(d.Dots, svgDot{own, d.y + 11})
		return
	}
	d.Lines = append(d.Lines, svgLine{"", own, y, svgServer, y})
	to, way := svgServer, toServer
	if r.flow == received {
		to, way = own, -toServer
	}
	d.Heads = append(d.Heads, fmt.Sprintf("M%d %dl%d -4v8z", to, y, -8*way))
	if r.across {
		d.drawn.dashed = true
		other, _ := sideOf(1 - r.lane)
		d.Lines = append(d.Lines, svgLine{"dashed", other, y, svgServer, y})
	}
}
