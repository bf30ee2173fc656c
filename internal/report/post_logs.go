package report

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// said quotes both logs: the evidence of the cause, and for a party without any how the call ended for it.
func (p *postPrinter) said(s section) {
	p.heading(p.post.said)
	for i := range s.call.Parties {
		party := &s.call.Parties[i]
		name := p.party(party.Role, p.v.label(s.call, party.Role))
		if party.Coverage == "none" {
			p.item(fmt.Sprintf(p.post.logNone, p.say(party.Role)))
			continue
		}
		text := fmt.Sprintf(p.post.logFull, name)
		if party.Coverage != "full" {
			text = fmt.Sprintf(p.post.logPart, name)
		}
		for n := range party.Gaps {
			text += p.comma + p.gapText(&party.Gaps[n])
		}
		quotes := quotesOf(s, party.Role)
		if len(quotes) == 0 {
			text += p.comma + p.post.logSilent
		}
		p.item(text)
		for _, e := range quotes {
			at := ""
			if e.Time != nil {
				at = e.Time.Format("15:04:05.000 ")
			}
			p.line("  " + at + p.v.shortPosition(&e))
			p.line("  > " + cells.Clip(e.Text, maxMarkdownLine, p.ellipsis))
		}
	}
}

// quotesOf returns the log lines of a role that a post quotes.
func quotesOf(s section, role string) []Evidence {
	var quotes []Evidence
	if s.main != nil {
		for _, e := range s.main.Evidence {
			if e.Role == role && len(quotes) < maxEvidence {
				quotes = append(quotes, e)
			}
		}
	}
	if len(quotes) > 0 {
		return quotes
	}
	for _, e := range slices.Backward(s.call.Timeline) {
		if e.Role == role && (e.Event != "endVoip" && e.Event != "finishVoip") {
			return []Evidence{{Input: e.Input, Offset: e.Offset, Line: e.Line, Time: e.Time, Role: e.Role, Text: e.Text}}
		}
	}
	return nil
}

// meaning is the finding, and the remedy with the question what came of it.
func (p *postPrinter) meaning(s section) {
	f := s.main
	if f == nil {
		return
	}
	p.heading(p.post.read)
	sure := p.confirmed
	if f.Certainty == "lead" {
		sure = p.lead
	}
	p.item(f.Title + fmt.Sprintf(p.aside, fmt.Sprintf(p.post.finding, sure, f.Signature)))
	if f.Summary != f.Title {
		p.item(f.Summary)
	}
	if f.Cause != "" {
		p.field(p.causeLabel(f), f.Cause)
	}
	if oneSided := slices.ContainsFunc(s.call.Parties, func(p Party) bool { return p.Coverage == "none" }); len(f.Missing) > 0 && !oneSided { // else the logs say it
		p.field(p.needs, strings.Join(f.Missing, "; "))
	}
	var others []string
	for i := range s.call.Findings[1:] {
		others = append(others, s.call.Findings[1+i].Title)
	}
	for _, f := range p.v.about(s.call) {
		others = append(others, f.Title)
	}
	if len(others) > 0 {
		p.item(fmt.Sprintf(p.post.others, strings.Join(others, "; ")))
	}
	if f.Remedy != "" {
		p.heading(p.post.tried)
		p.item(f.Remedy)
		p.item(p.post.answer)
	}
}

// logs says which files to attach and how to get what is missing.
func (p *postPrinter) logs(c *Call) {
	p.heading(p.post.attach)
	for i := range c.Parties {
		party := &c.Parties[i]
		if party.Coverage == "none" {
			if c.Outcome != "initiate-failed" { // then the listener never heard of the call
				p.wanted(c, party.Role)
			}
			continue
		}
		p.item(fmt.Sprintf(p.post.files, p.say(party.Role), p.filesOf(party)))
		var gaps []string
		for n := range party.Gaps {
			gaps = append(gaps, p.gapText(&party.Gaps[n]))
		}
		if len(gaps) > 0 {
			p.item(fmt.Sprintf(p.post.again, p.say(party.Role), strings.Join(gaps, p.comma)))
		}
	}
}

// wanted says which time of a missing log is needed, and how to get it. A minute on either side covers a clock that is
// not far off.
func (p *postPrinter) wanted(c *Call, role string) {
	from, to := p.post.missing, p.post.missing
	if c.Start != nil {
		from = c.Start.Add(-time.Minute).Format("2006-01-02 15:04:05 -07:00")
		to = c.Start.Add(time.Minute).Format("2006-01-02 15:04:05 -07:00")
	}
	if c.End != nil {
		to = c.End.Add(time.Minute).Format("2006-01-02 15:04:05 -07:00")
	}
	p.item(fmt.Sprintf(p.post.span, p.say(role), from, to))
	kind := logOf(c, role)
	open := c.Direction == nil // then nothing says what the party is
	if kind == pullDevice || open {
		p.item(fmt.Sprintf(p.post.pullDevice, pull(pullDevice, role)))
	}
	if kind == pullPhone || open {
		p.item(p.post.phoneUpload)
		p.item(fmt.Sprintf(p.post.pullPhone, pull(pullPhone, role)))
	}
	if kind == pullLinux {
		p.item(p.post.pullLinux)
	}
}

// filesOf names the files of a party's log, each folder once.
func (p *postPrinter) filesOf(party *Party) string {
	var files []string
	for i, name := range party.Inputs {
		if i == 2*maxShown && !p.opt.Verbose {
			files = append(files, fmt.Sprintf(p.more, thousands(len(party.Inputs)-i)))
			break
		}
		if i > 0 && folder(name) == folder(party.Inputs[0]) && folder(name) != "" {
			name = path.Base(name)
		}
		files = append(files, name)
	}
	return strings.Join(files, " ")
}
