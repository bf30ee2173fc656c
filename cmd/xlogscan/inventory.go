package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// maxDamage is how many damaged spans of an input are listed.
const maxDamage = 20

// writeInventory writes a block of lines for each input, with its damage behind it: all of it, or the first spans of
// which not all text came back.
func writeInventory(w io.Writer, r *report.Report, all bool) error {
	damage := map[string][]report.Damage{}
	for _, d := range r.Damage {
		if all || !d.Whole {
			damage[d.Input] = append(damage[d.Input], d)
		}
	}
	p := &fields{w: w}
	if r.Redaction.Stamp != nil {
		p.line(*r.Redaction.Stamp + "\n")
	}
	for i := range r.Inputs {
		in := &r.Inputs[i]
		if i > 0 {
			p.line("")
		}
		p.input(in)
		for n, d := range damage[in.Name] {
			if n == maxDamage && !all {
				p.field("damage", fmt.Sprintf("and %d more (-v lists them)", len(damage[in.Name])-n))
				break
			}
			p.damage(&d)
		}
	}
	if r.Selection != nil {
		p.line("\n" + r.Selection.Text("en"))
	}
	return p.err
}

// fields writes labelled lines and latches the first error.
type fields struct {
	w   io.Writer
	err error
}

func (p *fields) line(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s+"\n")
	}
}

// field writes a label and its value, wrapped, and nothing if there is no value.
func (p *fields) field(label, value string) {
	if value == "" {
		return
	}
	const indent = 12
	for _, l := range cells.Wrap(value, minWidth-indent) {
		p.line(fmt.Sprintf("  %-9s %s", label, cells.Visible(l)))
		label = ""
	}
}

func (p *fields) input(in *report.Input) {
	p.line(cells.Visible(in.Name))
	kind := text(in.Kind)
	if kind == "" {
		kind = "no log"
	}
	if in.Side != nil {
		kind += ", of a " + *in.Side
	}
	p.field("kind", kind)
	p.field("size", size(in))
	if in.Account != nil {
		p.account(in.Account)
	}
	p.field("time", span(in.FirstTime, in.LastTime))
	p.field("versions", versions(in.Versions))
	p.field("note", text(in.Note))
}

// account says what became of the blocks of a container.
func (p *fields) account(a *report.Account) {
	if a.TextBytes > 0 {
		p.field("text", inBytes(a.TextBytes))
	}
	p.part("decoded", a.Decoded, "")
	p.part("salvaged", a.Salvaged, "")
	p.part("locked", a.Locked, within(a.LockedIn)+": "+lockedBy[text(a.LockedBy)])
	p.part("skipped", a.Skipped, ": outside of the time asked for")
	p.part("lost", a.Lost, "")
	if a.Harmless.Blocks > 0 {
		p.part("harmless", a.Harmless, ": repeated blocks and padding")
	} else {
		p.part("harmless", a.Harmless, " of padding")
	}
	var opened []string
	for _, o := range a.Opened {
		opened = append(opened, counted(o.Blocks, "block")+" with "+o.Key)
	}
	p.field("opened", strings.Join(opened, ", "))
	if u := a.Unwritten; u != nil {
		p.field("lacks", u.Missing.Text("en")+within(&u.When)+" in front of offset "+strconv.FormatInt(u.Offset, 10)+
			": nothing is damaged there, so they were removed, never written, or are in another log of the app")
	}
}

// lockedBy says why blocks stay locked.
var lockedBy = map[string]string{
	"no-key": "no key was given", "wrong-key": "no key given opens them",
	"bad-client-key": "their key field is damaged, so that no key can open them",
}

// part writes a part of an account that is not empty, with what there is to say of it.
func (p *fields) part(label string, part report.Part, about string) {
	switch {
	case part.Blocks > 0:
		p.field(label, counted(part.Blocks, "block")+", "+inBytes(part.Bytes)+about)
	case part.Bytes > 0:
		p.field(label, inBytes(part.Bytes)+about)
	}
}

// within puts a span of time behind a comma.
func within(w *report.When) string {
	if w == nil || w.Text("en") == "" {
		return ""
	}
	return ", " + w.Text("en")
}

func (p *fields) damage(d *report.Damage) {
	when := d.When()
	s := fmt.Sprintf("%s at offset %d, %s%s", d.Kind, d.Offset, inBytes(d.Length), within(&when))
	if m := d.Missing(); m != nil {
		s += ", with " + m.Text("en")
	}
	s += ": " + d.Reason
	if d.SalvagedBytes > 0 {
		s += fmt.Sprintf("; %s of text saved", inBytes(int64(d.SalvagedBytes)))
	}
	if s += likely(d); d.Harmless && !d.Torn() {
		s += "; nothing is lost by it"
	}
	p.field("damage", s)
}

// likely says what did a damage that lost something, if that is known.
func likely(d *report.Damage) string {
	if d.Harmless && !d.Torn() || d.Cause == xlog.UnknownCause.String() {
		return ""
	}
	return "; " + report.CauseText(d.Cause, "en")
}

func size(in *report.Input) string {
	s := inBytes(in.Bytes)
	if in.Lines > 0 {
		s += ", " + counted(in.Lines, "line")
	}
	if in.Events > 0 {
		s += ", " + counted(in.Events, "event")
	}
	return s
}

// span gives the last time without its day where that is the day of the first.
func span(first, last *report.Time) string {
	if first == nil || last == nil {
		return ""
	}
	const day, clock, zone = "2006-01-02", "15:04:05", "Z07:00"
	from, to := first.Format(day+" "+clock), last.Format(clock+" "+zone)
	if first.Format(day) != last.Format(day) {
		to = last.Format(day + " " + clock + " " + zone)
	}
	return from + " to " + to
}

func versions(v report.Versions) string {
	var list []string
	for _, f := range []struct {
		label string
		value *string
	}{{"WMPF", v.WMPF}, {"plugin", v.Plugin}, {"Linux SDK", v.LinuxSDK}, {"WeChat", v.WeChat}, {"appid", v.AppID}} {
		if f.value != nil {
			list = append(list, f.label+" "+*f.value)
		}
	}
	return strings.Join(list, ", ")
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// inBytes counts exactly, for offsets are exact too.
func inBytes(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}
