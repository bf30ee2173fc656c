package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// covered are the sentences about what was read; damage and locks are lists of their own.
func (p phrases) covered(v *view) string {
	c := v.coverage
	var s string
	if c.blocks > 0 {
		s = p.count(c.blocks, p.nBlocks) + p.comma
	}
	s += p.count(c.lines, p.nLines)
	var notes []string
	if len(c.lost) > 0 {
		notes = append(notes, p.count(len(c.lost), p.nSpans))
	}
	if c.gone > 0 {
		notes = append(notes, fmt.Sprintf(p.gone, p.count(c.gone, p.nBlocks)))
	}
	if c.salvaged > 0 {
		notes = append(notes, fmt.Sprintf(p.salvaged, bytesOf(int64(c.salvaged))))
	}
	if c.unharmed > 0 {
		notes = append(notes, fmt.Sprintf(p.unharmed, p.count(c.unharmed, p.nSpans)))
	}
	if c.harmless > 0 {
		notes = append(notes, fmt.Sprintf(p.harmless, p.count(c.harmless, p.nSpans)))
	}
	if len(notes) == 0 && len(c.locked) == 0 {
		notes = append(notes, p.noDamage)
	}
	if len(notes) > 0 {
		s += p.dot + strings.Join(notes, p.comma)
	}
	return s
}

// coveredAndSkipped is covered, and what was not read because nobody asked for it.
func (p phrases) coveredAndSkipped(v *view) string {
	if skipped := p.skippedText(v.r.Selection); skipped != "" {
		return p.covered(v) + p.dot + skipped
	}
	return p.covered(v)
}

// skippedText says what was not read because it is outside of the time asked for, or older than the room, "" where all was asked for.
func (p phrases) skippedText(s *Selection) string {
	if s == nil {
		return ""
	}
	if s.Room != nil {
		files := fmt.Sprintf(p.someOf, thousands(s.SkippedInputs), p.count(s.Inputs, p.nFiles))
		return fmt.Sprintf(p.skippedRoom, files, strconv.Itoa(s.MarginSeconds/(24*60*60)))
	}
	what := []string{
		fmt.Sprintf(p.someOf, thousands(s.SkippedInputs), p.count(s.Inputs, p.nFiles)), p.count(s.SkippedBlocks, p.nBlocks),
	}
	if s.SkippedLines > 0 {
		what = append(what, p.count(s.SkippedLines, p.nLines))
	}
	since, until := plainTime(s.Since), plainTime(s.Until)
	text := strings.Join(what, p.comma)
	switch {
	case until == "":
		return fmt.Sprintf(p.skippedBefore, text, since)
	case since == "":
		return fmt.Sprintf(p.skippedAfter, text, until)
	}
	if day, clock, ok := strings.Cut(until, " "); ok && strings.HasPrefix(since, day) {
		until = clock
	}
	return fmt.Sprintf(p.skipped, text, since, until)
}

// plainTime is an end of a selection without its T, and without a fraction of a second where that is none.
func plainTime(bound *string) string {
	if bound == nil {
		return ""
	}
	day, clock, _ := strings.Cut(strings.Replace(*bound, ".000", "", 1), "T")
	if i := strings.IndexAny(clock, "Z+-"); i > 0 {
		clock = clock[:i] + " " + clock[i:]
	}
	return day + " " + clock
}

// Text says what was not read, in English or, for zh, in Chinese.
func (s *Selection) Text(lang string) string {
	return newPhrases(TextOptions{Lang: lang}).skippedText(s)
}

// openedText says which keys opened how many blocks, "" where there was nothing to open.
func (p phrases) openedText(c coverage) string {
	if len(c.opened) == 0 {
		return ""
	}
	var list []string
	for i, o := range c.opened {
		if i == maxRooms {
			list = append(list, fmt.Sprintf(p.more, thousands(len(c.opened)-i)))
			break
		}
		list = append(list, fmt.Sprintf(p.openedWith, p.count(o.Blocks, p.nBlocks), cells.Visible(o.Key)))
	}
	return fmt.Sprintf(p.opened, strings.Join(list, p.comma))
}

// lockedText says what is encrypted, and why it stays so.
func (p phrases) lockedText(l locked) string {
	format := p.locked
	switch l.by {
	case "wrong-key":
		format = p.lockedWrong
	case "bad-client-key":
		format = p.lockedBad
	}
	return fmt.Sprintf(format, p.count(l.blocks, p.nBlocks), bytesOf(l.bytes), p.count(l.inputs, p.nInputs))
}

// lostText says which span of the logs is missing, and what did it.
func (p phrases) lostText(v *view, d *Damage) string {
	s := p.lost + " " + v.shortName(d.Input)
	if when := p.when(d.When(), v.common); when != "" {
		s += " " + when
	}
	s += p.comma + bytesOf(d.Length) + fmt.Sprintf(p.aside, cells.Visible(d.Kind))
	if d.SalvagedBytes > 0 {
		s += p.comma + fmt.Sprintf(p.salvaged, bytesOf(int64(d.SalvagedBytes)))
	}
	if m := d.Missing(); m != nil {
		s += p.comma + fmt.Sprintf(p.lostWith, p.missing(m))
	}
	if d.Cause != "" && d.Cause != "unknown" {
		s += p.colon + CauseText(d.Cause, p.lang)
	}
	return s
}

// adviceTexts say what can be done about what is lost, each thing once.
func (p phrases) adviceTexts(c coverage) []string {
	var list []string
	for _, d := range c.lost {
		if advice := AdviceText(d.Cause, p.lang); d.Cause != "" && advice != "" && !slices.Contains(list, advice) {
			list = append(list, advice)
		}
	}
	return list
}

// unwrittenText says which blocks a log lacks without damage.
func (p phrases) unwrittenText(v *view, u unwritten) string {
	when := p.when(u.When, v.common)
	if when != "" {
		when = p.comma + when
	}
	return fmt.Sprintf(p.unwritten, v.shortName(u.input), p.missing(&u.Missing), when)
}

// missing names blocks by their numbers.
func (p phrases) missing(m *Missing) string {
	first, last := strconv.Itoa(m.First), strconv.Itoa(m.Last)
	switch {
	case m.First == m.Last:
		return fmt.Sprintf(p.block, first)
	case m.Last-m.First+1 > m.Blocks:
		return fmt.Sprintf(p.someBlocks, thousands(m.Blocks), first, last)
	}
	return fmt.Sprintf(p.blocks, first, last)
}

// when gives the time of what no line shows, by the lines around it or, where there are none, by the hours in headers;
// the day and the zone only where they are not the common ones.
func (p phrases) when(w When, common func() (day, zone string)) string {
	day, zone := common()
	at := func(t *Time) string { return strings.TrimPrefix(t.Format(time.DateTime), day+" ") }
	hours := w.HourFrom != nil && w.HourTo != nil
	switch {
	case w.TimeFrom != nil && w.TimeTo != nil:
		return span(w.TimeFrom, w.TimeTo, time.TimeOnly, day, zone, p.arrow)
	case hours && *w.HourFrom != *w.HourTo:
		return fmt.Sprintf(p.hours, strconv.Itoa(*w.HourFrom), strconv.Itoa(*w.HourTo))
	case w.TimeFrom != nil:
		return fmt.Sprintf(p.after, at(w.TimeFrom))
	case w.TimeTo != nil:
		return fmt.Sprintf(p.before, at(w.TimeTo))
	case hours:
		return fmt.Sprintf(p.hour, strconv.Itoa(*w.HourFrom))
	}
	return ""
}

// Text words the span in English or, for zh, in Chinese, "" if nothing is known of it.
func (w When) Text(lang string) string {
	p := newPhrases(TextOptions{Lang: lang})
	p.arrow = p.to
	return p.when(w, func() (day, zone string) { return "", "" })
}

// Text names the blocks in English or, for zh, in Chinese.
func (m *Missing) Text(lang string) string { return newPhrases(TextOptions{Lang: lang}).missing(m) }

// unreadText says which input is no log, and why.
func (p phrases) unreadText(in *Input) string {
	s := p.unread + " " + cells.Visible(in.Name)
	if in.Note != nil {
		s += p.colon + cells.Visible(*in.Note)
	}
	return s
}
