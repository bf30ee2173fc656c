package report

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// maxPageEvidence is how many log lines are shown under a finding.
const maxPageEvidence = 20

// findingCard is a finding on a page.
type findingCard struct {
	OnNoCall                                     bool // it stands by itself, not under a call
	Class, Mark, Title, Standing, Where, Summary string
	Fields                                       []namedText
	URL, NoLink                                  string // of the two, what the address can be
	Evidence                                     []evidenceItem
	More                                         string
}

type namedText struct{ Name, Text string }

// evidenceItem is a log line under a finding; Line is the id of the whole line further down.
type evidenceItem struct{ Head, Line, Place, Message string }

// card makes the card of a finding and puts its log lines among lines. where names the calls it is on, outside of a call.
func (s *site) card(f *Finding, where string, lines *linePage) findingCard {
	c := findingCard{
		Class: s.classOf(f), Mark: s.markOfFinding(f), Title: s.brief(s.title(f)), Standing: s.brief(s.standing(f)),
		Where: where, OnNoCall: where != "", Summary: s.long(f.Summary),
	}
	for _, field := range []namedText{
		{s.needs, strings.Join(f.Missing, "; ")}, {s.causeLabel(f), f.Cause}, {s.remedy, f.Remedy},
	} {
		if field.Text != "" {
			c.Fields = append(c.Fields, namedText{field.Name, s.long(field.Text)})
		}
	}
	if u, err := url.Parse(f.URL); err == nil && u.Scheme == "https" && u.Host != "" && cells.Visible(f.URL) == f.URL {
		c.URL = f.URL
	} else {
		c.NoLink = s.brief(f.URL)
	}
	for i := range f.Evidence {
		e := &f.Evidence[i]
		if i == maxPageEvidence {
			c.More = fmt.Sprintf(s.more, thousands(len(f.Evidence)-i))
			break
		}
		if id := lines.add(e); id != "" {
			c.Evidence = append(c.Evidence, evidenceItem{
				Head: s.lineHead(e), Line: id, Place: s.brief(s.v.shortPosition(e)),
				Message: s.brief(strings.TrimSpace(messageOf(e.Text))),
			})
		}
	}
	return c
}

// classOf is the colour of a finding.
func (s *site) classOf(f *Finding) string {
	if f.Certainty == "lead" {
		return markUnknown
	}
	return f.Severity
}
