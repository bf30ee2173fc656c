package report

import (
	"fmt"
	"math"
	"time"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// ladderList is the ladder as a list, for where lines are narrow or letters have different widths.
func (p phrases) ladderList(l *ladder, verbose bool) []string {
	var out []string
	head, tail := foldRungs(len(l.rungs), verbose)
	for i := range l.rungs {
		switch {
		case i == head && tail > head:
			out = append(out, fmt.Sprintf(p.moreRows, thousands(tail-head)))
		case i < head || i >= tail:
			out = append(out, p.rungText(l, &l.rungs[i]))
		}
	}
	return out
}

// rungText is a row of the list.
func (p phrases) rungText(l *ladder, r *rung) string {
	role := p.say(l.lanes[r.lane].role)
	switch {
	case r.stage != nil:
		return role + p.colon + p.stage + " " + p.stageText(r.stage)
	case r.gap != nil:
		return role + p.colon + p.gapText(r.gap)
	}
	var s string
	if r.time != nil {
		s = r.time.Format("15:04:05.000") + " "
	}
	if r.since != nil {
		s += fmt.Sprintf("(%+.2f s) ", r.since.Seconds())
	}
	if r.unsure {
		s = p.ladder.unsure + s
	}
	if r.failed {
		s = p.ladder.failed + " " + s
	}
	s += role + p.colon + p.eventName(r)
	if r.entry.Detail != "" {
		s += " " + cells.Visible(r.entry.Detail)
	}
	return s
}

// clockCaption says how the clocks of a ladder relate, "" where only one party has a log.
func (p phrases) clockCaption(v *view, c *Call, l *ladder) string {
	switch {
	case l.lanes[0].first == nil || l.lanes[1].first == nil:
		return ""
	case c.Clock != nil && c.Clock.Note != nil:
		return cells.Visible(*c.Clock.Note)
	}
	low, high := bounds(c.Clock)
	if low == nil && high == nil {
		return p.clocksUnknown
	}
	return p.apart(clockFact{listener: v.label(c, "listener"), caller: v.label(c, "caller"), low: low, high: high})
}

// eventName is an event with how often it came.
func (p phrases) eventName(r *rung) string {
	name := cells.Visible(r.entry.Event)
	if r.count > 1 {
		name += " " + p.times + thousands(r.count)
	}
	return name
}

// stageText is the name of a stage with its length.
func (p phrases) stageText(s *Stage) string {
	text := p.say(s.Stage)
	if s.Seconds != nil {
		least := ""
		if s.How == "inferred" {
			least = p.ladder.atLeast + " "
		}
		text += " " + least + duration(int64(math.Round(*s.Seconds*1000)))
	}
	return text
}

// gapText says when there is no log.
func (p phrases) gapText(g *Gap) string {
	switch {
	case g.From == nil && g.To == nil:
		return p.noLog
	case g.From == nil:
		return fmt.Sprintf(p.noLogBefore, g.To.Format(time.TimeOnly))
	case g.To == nil:
		return fmt.Sprintf(p.noLogAfter, g.From.Format(time.TimeOnly))
	}
	return p.noLog + " " + g.From.Format(time.TimeOnly) + p.ladder.until + g.To.Format(time.TimeOnly)
}

// short writes a duration in seconds in at most five cells, with a plus where it is a difference.
func short(d *time.Duration, signed bool) string {
	if d == nil {
		return ""
	}
	sign, sec := "", d.Seconds()
	if sec < 0 {
		sign, sec = "-", -sec
	} else if signed {
		sign = "+"
	}
	room := 5 - len(sign)
	for _, format := range []string{"%.2f", "%.1f", "%.0f"} {
		if s := fmt.Sprintf(format, sec); len(s) <= room {
			return sign + s
		}
	}
	return sign + fmt.Sprintf("%.0fh", math.Min(sec/3600, 999))
}
