package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// party names a side of a call by its role and its log.
func (p phrases) party(role, label string) string {
	if label == "" {
		return p.say(role)
	}
	return p.say(role) + " " + cells.Visible(label)
}

// parties names both sides of c, with "no log" for one that has none.
func (p phrases) parties(v *view, c *Call) string {
	var out []string
	for _, party := range c.Parties {
		label := v.label(c, party.Role)
		if party.Coverage == "none" {
			label = "(" + p.noLog + ")"
		}
		out = append(out, p.party(party.Role, label))
	}
	return strings.Join(out, p.comma)
}

// ending says how a call ended and why.
func (p phrases) ending(c *Call) string {
	s := fmt.Sprintf(p.ended, p.say(c.Outcome), p.say(c.Stage))
	if c.EndedBy != nil {
		s += p.comma + fmt.Sprintf(p.endedBy, p.say(*c.EndedBy))
	}
	return s
}

// circumstances are when a call was, which way it went, who took part, and what joins its sides when that is not the
// room id.
func (p phrases) circumstances(v *view, c *Call) string {
	var facts []string
	if c.Start != nil {
		facts = append(facts, c.Start.Format("2006-01-02 15:04:05.000 -07:00"))
	}
	if c.Direction != nil {
		facts = append(facts, p.say(*c.Direction))
	}
	if parties := p.parties(v, c); parties != "" {
		facts = append(facts, parties)
	}
	if c.Basis != "room-id" && c.Basis != "one-sided" {
		facts = append(facts, fmt.Sprintf(p.joinedBy, p.say(c.Basis)))
	}
	if len(c.Ambiguous) > 0 {
		facts = append(facts, fmt.Sprintf(p.rivals, cells.Visible(strings.Join(c.Ambiguous, " "))))
	}
	return strings.Join(facts, p.dot)
}

// because is the cause of a call's end.
func (p phrases) because(c *Call) string {
	if c.Cause == nil || *c.Cause == "" {
		return p.unknownCause
	}
	return cells.Visible(*c.Cause)
}

// title is the heading of a finding without its symbol.
func (p phrases) title(f *Finding) string {
	return p.say(f.Severity) + p.colon + cells.Visible(f.Title)
}

// standing says how sure a finding is and where its cause lies.
func (p phrases) standing(f *Finding) string {
	s := p.confirmed
	if f.Certainty == "lead" {
		s = p.lead
	}
	if f.Role != nil {
		s += p.dot + fmt.Sprintf(p.onSide, p.say(*f.Role))
	}
	s += p.dot + cells.Visible(f.Signature)
	if f.Why != nil {
		s += p.dot + fmt.Sprintf(p.words.why, cells.Visible(*f.Why))
	}
	return s
}

// causeLabel names the cause of a finding, which of a lead is no more than what it would mean.
func (p phrases) causeLabel(f *Finding) string {
	if f.Certainty == "lead" {
		return p.causeOfLead
	}
	return p.words.cause
}

// markOfFinding is the symbol of a finding: a lead asks, whatever its severity.
func (p phrases) markOfFinding(f *Finding) string {
	if f.Certainty == "lead" {
		return p.mark[markUnknown]
	}
	return p.mark[f.Severity]
}

// mainText is the cell that says what a call failed of.
func (p phrases) mainText(rw row) string {
	c := rw.call
	switch {
	case rw.main != nil && (rw.mark != markOK):
		return cells.Visible(rw.main.Title)
	case c.Outcome == "completed":
		return ""
	case len(rw.missing) > 0:
		return fmt.Sprintf(p.needsLog, p.say(rw.missing[0]))
	}
	return p.because(c)
}

func (p phrases) clockTime(t *Time, withDay bool) string {
	switch {
	case t == nil:
		return p.dash
	case withDay:
		return t.Format("01-02 15:04:05")
	}
	return t.Format("15:04:05")
}

func (p phrases) talked(c *Call) string {
	if c.TalkSeconds == nil {
		return p.dash
	}
	s := int64(*c.TalkSeconds)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// callCounts are the counts of the summary, ok and worse.
func (p phrases) callCounts(s Summary) []string {
	out := []string{fmt.Sprintf(p.found, thousands(s.Calls))}
	for _, c := range []struct {
		format string
		n      int
	}{{p.ok, s.OK}, {p.failed, s.Failed}, {p.notEvaluable, s.NotEvaluable}} {
		if c.n > 0 || c.format == p.failed && s.Calls > 0 {
			out = append(out, fmt.Sprintf(c.format, thousands(c.n)))
		}
	}
	return out
}

// position is where a piece of evidence stands.
func position(e *Evidence) string { return fmt.Sprintf("%s@%d:%d", e.Input, e.Offset, e.Line) }

// shortPosition is position with the short name of the input.
func (v *view) shortPosition(e *Evidence) string {
	return fmt.Sprintf("%s@%d:%d", v.shortName(e.Input), e.Offset, e.Line)
}

// shortName is an input by the label of its log and its file name.
func (v *view) shortName(input string) string {
	name := path.Base(input)
	if label, ok := v.labels[input]; ok && label != input && label != name {
		name = label + "/" + name
	}
	return cells.Visible(name)
}

// where names the calls a finding is on.
func (p phrases) where(s sharedFinding) string {
	if len(s.calls) == 0 {
		return p.noCall
	}
	return fmt.Sprintf(p.onCalls, p.rooms(s.calls))
}

// spread says how the calls ended, and which versions the failed ones have; the most frequent first.
func (p phrases) spread(f *Fleet) []string {
	var outcomes, versions []string
	for _, c := range mostFrequent(f.ByOutcome) {
		outcomes = append(outcomes, p.say(c.Name)+" "+thousands(c.N))
	}
	for _, c := range mostFrequent(f.ByVersion) {
		versions = append(versions, cells.Visible(c.Name)+" "+thousands(c.N)+"/"+thousands(c.Of))
	}
	out := []string{strings.Join(outcomes, p.dot)}
	if len(versions) > 0 {
		out = append(out, fmt.Sprintf(p.failedBy, strings.Join(versions, p.dot)))
	}
	return out
}

// mostFrequent returns the five highest counts.
func mostFrequent(counts []Count) []Count {
	counts = slices.Clone(counts)
	slices.SortStableFunc(counts, func(a, b Count) int { return b.N - a.N })
	return counts[:min(len(counts), 5)]
}

// firstRoom names the first of the calls a finding is on, for a later finding to refer to.
func (p phrases) firstRoom(s sharedFinding) string {
	if len(s.calls) == 0 {
		return ""
	}
	return p.id(s.calls[0].room)
}
