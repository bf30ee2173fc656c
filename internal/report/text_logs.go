package report

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

func (p *textPrinter) logList() {
	v := p.v
	if len(v.logs) == 0 {
		return
	}
	l := labelled{p, p.logs}
	day, zone := v.common()
	var shared []string
	if day != "" {
		shared = append(shared, fmt.Sprintf(p.onDay, day))
	}
	if zone != "" {
		shared = append(shared, fmt.Sprintf(p.inZone, zone))
	}
	if len(shared) > 0 {
		l.lines(plain, strings.Join(shared, p.comma))
	}
	sideWidth, labelCells, spanWidth := 0, 0, 0
	spans := make([]string, len(v.logs))
	for i, g := range v.logs {
		if spans[i] = span(g.first, g.last, "15:04", day, zone, p.arrow); spans[i] == "" {
			spans[i] = p.noTime
		}
		sideWidth = max(sideWidth, cells.Width(p.sideOf(g)))
		labelCells = max(labelCells, cells.Width(cells.Visible(g.label)))
		spanWidth = max(spanWidth, cells.Width(spans[i]))
	}
	labelCells = min(labelCells, p.opt.Width-labelWidth-sideWidth-spanWidth-4, 40)
	labelCells = max(labelCells, 8)
	var notes []string
	for i, g := range v.logs {
		head := cells.Pad(p.sideOf(g), sideWidth) + "  " + cells.Pad(cells.ClipHead(g.label, labelCells, p.ellipsis), labelCells)
		l.withTail(head, append([]string{cells.Pad(spans[i], spanWidth)}, g.versions()...))
		notes = append(notes, g.notes...)
	}
	for _, note := range distinct(notes) {
		l.lines(dim, note)
	}
}

func (p *textPrinter) sideOf(g logGroup) string {
	if g.side == "" {
		return "?"
	}
	return p.say(g.side)
}

// withTail writes head and, behind it or on lines of their own below it where they do not fit, the items.
func (l *labelled) withTail(head string, items []string) {
	const gap, hang = "  ", "  "
	text := head
	for _, item := range items {
		item = cells.Visible(item)
		if cells.Width(text)+len(gap)+cells.Width(strings.TrimRight(item, " ")) > l.p.opt.Width-labelWidth {
			l.clipped(plain, strings.TrimRight(text, " "))
			text = hang + item
			continue
		}
		text += gap + item
	}
	l.clipped(plain, strings.TrimRight(text, " "))
}

func distinct(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

func (p *textPrinter) clockList() {
	l := labelled{p, p.clocks}
	for _, c := range p.v.clocks {
		l.lines(plain, p.clock(c))
	}
}

func (p *textPrinter) redactedLine() {
	if s := p.redactedText(p.v.r); s != "" {
		(&labelled{p, p.privacy}).lines(plain, s)
	}
}

func (p *textPrinter) coverageList() {
	v, l := p.v, labelled{p, p.coverage}
	if len(v.logs) > 0 || len(v.coverage.locked) > 0 {
		l.lines(plain, p.coveredAndSkipped(v))
	}
	for i := range v.coverage.lost {
		l.lines(styles["warning"], p.lostText(v, &v.coverage.lost[i]))
	}
	for _, advice := range p.adviceTexts(v.coverage) {
		l.lines(plain, advice)
	}
	for _, u := range v.coverage.unwritten {
		l.lines(plain, p.unwrittenText(v, u))
	}
	for _, lock := range v.coverage.locked {
		l.lines(styles["warning"], p.lockedText(lock))
	}
	if s := p.openedText(v.coverage); s != "" {
		l.lines(plain, s)
	}
	for _, in := range v.unread {
		l.lines(dim, p.unreadText(&in))
	}
	p.gap()
}
