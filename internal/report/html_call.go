package report

import (
	"fmt"
	"strings"
	"time"
)

// callPage is a page of one call.
type callPage struct {
	Title, Header, Own  string // Own is the language to begin with
	Previous, Following string
	Call                *callSection
}

// callSection is all that is known of a call.
type callSection struct {
	ID, Class, Mark, Title, Circumstances, Ending string
	Needs, Parties                                []string
	Bars                                          []stageBar
	Findings                                      []findingCard
	Ladder                                        *ladderPage
	Lines                                         *linePage
	Checked                                       *checkedPage
}

// checkedPage is what the signatures that did not fire are worth, on a call or on all.
type checkedPage struct {
	Facts, Open       []string
	ClearTitle, Clear string
}

func (s *site) callPage(n int) callPage {
	return callPage{
		Title: "xlogscan" + s.dot + s.brief(s.v.rows[n].call.ID), Header: s.brief(s.header(s.v)), Own: s.first,
		Previous: s.ref(n - 1), Following: s.ref(n + 1), Call: s.section(n),
	}
}

func (s *site) section(n int) *callSection {
	rw := s.v.rows[n]
	c := rw.call
	out := &callSection{
		ID: callID(n), Class: rw.mark, Mark: s.mark[rw.mark], Title: fmt.Sprintf(s.call, s.brief(c.ID)),
		Circumstances: s.long(s.circumstances(s.v, c)), Ending: s.long(s.ending(c) + s.colon + s.because(c)),
		Parties: s.partyVersions(c), Bars: s.bars(c),
	}
	if c.Outcome != "completed" {
		for _, role := range rw.missing {
			out.Needs = append(out.Needs, s.brief(fmt.Sprintf(s.needsLog, s.say(role))))
		}
	}
	lines := s.newLinePage(out.ID)
	findings := s.found(c)
	if !s.folder {
		findings = findings[:len(c.Findings)] // the others are above, on the same page
	}
	for _, f := range findings {
		out.Findings = append(out.Findings, s.card(f, "", lines))
	}
	if len(c.Timeline) > 0 {
		out.Ladder = s.ladderPage(c, lines)
	}
	out.Lines = lines.page()
	out.Checked = s.checkedCall(rw)
	return out
}

// found are the findings on a call, and those on its two devices.
func (s *site) found(c *Call) []*Finding {
	var found []*Finding
	for i := range c.Findings {
		found = append(found, &c.Findings[i])
	}
	return append(found, s.about[c.ID]...)
}

// partyVersions names the versions that each party showed.
func (s *site) partyVersions(c *Call) []string {
	var out []string
	for i := range c.Parties {
		p := &c.Parties[i]
		var versions []string
		for _, kind := range versionKinds {
			if text := kind.of(&p.Versions); text != nil {
				versions = append(versions, kind.name+" "+*text)
			}
		}
		if len(versions) > 0 {
			out = append(out, s.brief(s.say(p.Role)+s.colon+strings.Join(versions, s.comma)))
		}
	}
	return out
}

// checkedCall is what was checked on one call.
func (s *site) checkedCall(rw row) *checkedPage {
	alone := Report{Tool: s.v.r.Tool, Calls: []Call{*rw.call}}
	for _, f := range s.about[rw.call.ID] {
		alone.Findings = append(alone.Findings, *f)
	}
	one := &view{r: &alone, rows: []row{rw}, checked: newChecked(&alone)}
	out := s.judged(one)
	if clean := rw.call.Checked.Clear; len(clean) > 0 {
		out.ClearTitle = title(fmt.Sprintf(s.html.clearOnes, s.count(len(clean), s.nSignatures)))
		out.Clear = s.long(strings.Join(clean, " "))
	}
	return out
}

// judged says what was checked on the calls of a view.
func (s *site) judged(v *view) *checkedPage {
	out := &checkedPage{Facts: []string{s.checkedText(v)}}
	for i, u := range v.checked.unjudged {
		if i == maxPageItems {
			out.Open = append(out.Open, fmt.Sprintf(s.more, thousands(len(v.checked.unjudged)-i)))
			break
		}
		out.Open = append(out.Open, s.long(s.mark[markUnknown]+" "+s.unjudgedText(u, true)))
	}
	return out
}

// stageBar is the stages of a call by the clock of one party, along one axis for both.
type stageBar struct {
	Title string
	Parts []stagePart
}

// stagePart is a stage; X and Width are thousandths of the bar.
type stagePart struct {
	Class, Text, Failed string
	X, Width            int
}

// bars draws the stages whose begin is known.
func (s *site) bars(c *Call) []stageBar {
	type place struct{ from, to time.Duration }
	l := newLadder(c)
	since := l.sinceStart(c)
	var low, high time.Duration
	bars := [2]stageBar{}
	places := [2][]place{}
	for i := range c.Stages {
		st := &c.Stages[i]
		if st.Role == "" || st.From == nil {
			continue
		}
		lane := laneOf(st.Role)
		part := stagePart{Class: stageClass(st.Stage), Text: s.brief(s.stageText(st))}
		if st.Stage == c.Stage && c.Outcome != "completed" && c.Outcome != "unknown" {
			part.Failed = s.ladder.failed + " " + s.html.failure
		}
		var at place
		if from := since(lane, st.From); from != nil {
			at = place{*from, *from}
		} else if first := l.lanes[lane].first; first != nil { // clocks that cannot be compared: from the party's own first event
			at = place{st.From.Sub(first.Time), st.From.Sub(first.Time)}
		}
		if st.To != nil {
			at.to += max(st.To.Sub(st.From.Time), 0)
		}
		low, high = min(low, at.from), max(high, at.to)
		bars[lane].Title = fmt.Sprintf(s.html.stagesOf, s.say(st.Role))
		bars[lane].Parts = append(bars[lane].Parts, part)
		places[lane] = append(places[lane], at)
	}
	var out []stageBar
	for lane := range bars {
		for i, at := range places[lane] {
			part := &bars[lane].Parts[i]
			part.X = thousandths(at.from-low, high-low)
			part.Width = max(thousandths(at.to-low, high-low)-part.X, 4) // what took no time is seen too
			part.X = min(part.X, 1000-part.Width)
		}
		if len(bars[lane].Parts) > 0 {
			out = append(out, bars[lane])
		}
	}
	return out
}

func thousandths(part, of time.Duration) int {
	if of <= 0 {
		return 0
	}
	return int(float64(part) / float64(of) * 1000)
}

// stageClass is the colour of a stage. The word always stands beside it.
func stageClass(stage string) string {
	switch stage {
	case "setup", "initiate", "alert":
		return "s0"
	case "join":
		return "s1"
	case "wait", "listener-wait":
		return "s2"
	case "answer":
		return "s3"
	case "call":
		return "s4"
	}
	return "s5"
}
