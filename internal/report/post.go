package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// Post writes what the support forum asks for, filled in from the logs, for the calls that failed: calls with one cause
// share a post. What no log shows is named as missing. It is plain text, to be pasted where Markdown may or may not be
// known: only the ladder and the table of rooms need letters of one width, and the ladder follows once more as a list.
// Paragraphs are not wrapped; opt.Width and opt.Color do not matter.
func Post(w io.Writer, r *Report, opt TextOptions) error {
	p := &postPrinter{output: newOutput(w), v: newView(r, true), opt: opt, phrases: newPhrases(opt)}
	if s := r.Redaction.Stamp; s != nil {
		p.line(cells.Visible(*s))
		p.put("\n")
	}
	posts, more := p.v.posts(), 0
	if !opt.Verbose && len(posts) > maxSections {
		for _, s := range posts[maxSections:] {
			more += 1 + len(s.alike)
		}
		posts = posts[:maxSections]
	}
	for i, s := range posts {
		if i > 0 {
			p.put("\n", strings.Repeat("=", 40), "\n\n")
		}
		if len(posts) > 1 {
			p.line(fmt.Sprintf(p.post.number, thousands(i+1), thousands(len(posts))))
		}
		p.write(s)
	}
	if more > 0 {
		p.put("\n")
		p.line(fmt.Sprintf(p.post.moreKinds, p.count(more, p.nCalls)))
	}
	if len(posts) == 0 {
		p.line(p.post.none)
		p.line(p.verdict(p.v))
	}
	return p.close()
}

// posts returns a section for each cause of failed calls. A call that stands alone in the document was chosen, however
// it ended.
func (v *view) posts() []section {
	if len(v.rows) == 1 {
		return []section{{row: v.rows[0]}}
	}
	failed := slices.DeleteFunc(slices.Clone(v.sections), func(s section) bool { return s.call.Outcome == "unknown" })
	return foldAlike(failed)
}

// postPrinter writes support posts.
type postPrinter struct {
	phrases
	*output
	v   *view
	opt TextOptions
}

// line writes one paragraph. It is the sink of all that is not fenced, and makes visible what goes through it.
func (p *postPrinter) line(s string) {
	if s != "" {
		p.put(cells.Visible(s), "\n")
	}
}

func (p *postPrinter) heading(s string) { p.put("\n[", s, "]\n") }

// item writes an element of a list.
func (p *postPrinter) item(s string) { p.line("- " + s) }

// field writes a line of the form; what is not known is missing.
func (p *postPrinter) field(name, value string) {
	if value == "" {
		value = p.post.missing
	}
	p.item(name + p.colon + value)
}

func (p *postPrinter) fence(lines []string) { p.put(fenced(lines), "\n") }

func (p *postPrinter) write(s section) {
	c := s.call
	title := p.post.symptoms[symptomOf(c)]
	if s.main != nil {
		title += " " + s.main.Title
		if s.main.Certainty == "lead" {
			title += fmt.Sprintf(p.aside, p.lead)
		}
	}
	p.line(title)
	p.line(fmt.Sprintf(p.post.madeBy, p.v.r.Tool.Version, p.v.r.Tool.Rules.Hash))
	p.form(c)
	p.symptoms(s)
	p.steps(c)
	p.said(s)
	p.meaning(s)
	p.logs(c)
}

// form is what the guide asks for of every post.
func (p *postPrinter) form(c *Call) {
	w := &p.post
	p.heading(w.form)
	android, linux := p.runtimes(c)
	switch {
	case android || linux:
		if android {
			p.field(w.wmpf, p.versionOf(c, func(v *Versions) *string { return v.WMPF }))
		}
		if linux {
			p.field(w.linux, p.versionOf(c, func(v *Versions) *string { return v.LinuxSDK }))
		}
	default:
		p.field(w.either, "")
	}
	p.field(w.plugin, p.versionOf(c, func(v *Versions) *string { return v.Plugin }))
	p.field(w.appID, p.versionOf(c, func(v *Versions) *string { return v.AppID }))
	start, day := "", ""
	if c.Start != nil {
		day = c.Start.Format(time.DateOnly)
		start = fmt.Sprintf(w.byClock, c.Start.Format("2006-01-02 15:04:05.000 -07:00"), p.say(newLadder(c).axis))
	}
	p.field(w.date, day)
	p.field(w.start, start)
	switch {
	case c.RoomID != nil:
		p.field(w.room, *c.RoomID)
	default:
		p.field(w.room, w.noRoom)
		if c.MediaRoomID != nil {
			p.field(w.mediaRoom, *c.MediaRoomID)
		}
	}
	if c.Direction != nil {
		p.field(w.way, p.say(*c.Direction))
	}
}

// runtimes says what the device of a call runs, as far as its log or the direction shows.
func (p *postPrinter) runtimes(c *Call) (android, linux bool) {
	kind := map[string]string{}
	for i := range p.v.r.Inputs {
		if in := &p.v.r.Inputs[i]; in.Kind != nil {
			kind[in.Name] = *in.Kind
		}
	}
	for _, party := range c.Parties {
		android = android || party.Versions.WMPF != nil
		linux = linux || party.Versions.LinuxSDK != nil
		for _, name := range party.Inputs {
			linux = linux || kind[name] == "linux-sdk"
			android = android || kind[name] == "xlog" && party.Side != nil && *party.Side == "device"
		}
	}
	if c.Direction != nil {
		linux = linux || *c.Direction == "wechat-to-linux"
		android = android || *c.Direction == "wechat-to-wmpf"
	}
	return android, linux
}

// versionOf is a version of the parties; where they differ, each with its role.
func (p *postPrinter) versionOf(c *Call, of func(*Versions) *string) string {
	var values, named []string
	for i := range c.Parties {
		party := &c.Parties[i]
		if s := of(&party.Versions); s != nil {
			values = append(values, *s)
			named = append(named, *s+fmt.Sprintf(p.aside, p.say(party.Role)))
		}
	}
	if len(values) == 2 && values[0] == values[1] {
		return values[0]
	}
	return strings.Join(named, p.comma)
}

// symptoms says what is to be seen of the failure, and on which calls.
func (p *postPrinter) symptoms(s section) {
	c := s.call
	p.heading(p.post.symptom)
	p.item(p.post.symptoms[symptomOf(c)])
	p.item(p.ending(c) + p.colon + p.because(c))
	if len(s.alike) == 0 {
		return
	}
	p.item(fmt.Sprintf(p.post.spread, p.count(len(s.alike)+1, p.nCalls)))
	p.heading(p.post.allRooms)
	var rows []string
	for i, rw := range append([]row{s.row}, s.alike...) {
		if i == maxRows && !p.opt.Verbose {
			rows = append(rows, fmt.Sprintf(p.more, thousands(len(s.alike)+1-i)))
			break
		}
		start := p.dash
		if rw.call.Start != nil {
			start = rw.call.Start.Format("2006-01-02 15:04:05 -07:00")
		}
		rows = append(rows, rw.call.ID+"  "+start+"  "+p.ending(rw.call))
	}
	p.fence(rows)
}

// steps is the ladder, drawn and as a list.
func (p *postPrinter) steps(c *Call) {
	if len(c.Timeline) == 0 {
		return
	}
	l := newLadder(c)
	p.heading(p.timeline)
	p.line(p.clockCaption(p.v, c, l))
	p.fence(p.ladderText(l, p.opt.Verbose))
	for _, row := range p.ladderList(l, p.opt.Verbose) {
		p.item(row)
	}
}
