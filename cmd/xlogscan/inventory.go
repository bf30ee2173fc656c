package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// maxDamage is how many damaged spans of an input are listed.
const maxDamage = 20

// writeInventory writes a block of lines for each input, with its damage behind it: all of it, or the first spans of
// which not all text came back.
func writeInventory(w io.Writer, r *report.Report, all bool, lang string) error {
	damage := map[string][]report.Damage{}
	for _, d := range r.Damage {
		if all || !d.Whole {
			damage[d.Input] = append(damage[d.Input], d)
		}
	}
	p := &fields{w: w, inventoryWords: inventoryIn[lang]}
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
				p.field(p.damaged, fmt.Sprintf(p.more, len(damage[in.Name])-n))
				break
			}
			p.damage(&d)
		}
	}
	if r.Selection != nil {
		p.line("\n" + r.Selection.Text(lang))
	}
	return p.err
}

// fields writes labelled lines and latches the first error.
type fields struct {
	*inventoryWords
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
		p.line("  " + cells.Pad(label, indent-3) + " " + cells.Visible(l))
		label = ""
	}
}

func (p *fields) input(in *report.Input) {
	p.line(cells.Visible(in.Name))
	kind := text(in.Kind)
	if kind == "" {
		kind = p.noLog
	}
	if in.Side != nil {
		kind = fmt.Sprintf(p.ofSide, kind, cmp.Or(p.sides[*in.Side], *in.Side))
	}
	p.field(p.kind, kind)
	p.field(p.size, p.sizeOf(in))
	if in.Account != nil {
		p.account(in.Account)
	}
	p.field(p.time, p.span(in.FirstTime, in.LastTime))
	p.field(p.versions, versions(in.Versions))
	p.field(p.note, text(in.Note))
}

// account says what became of the blocks of a container.
func (p *fields) account(a *report.Account) {
	if a.TextBytes > 0 {
		p.field(p.text, p.bytes(a.TextBytes))
	}
	p.part(p.decoded, a.Decoded, "")
	p.part(p.salvaged, a.Salvaged, "")
	p.part(p.locked, a.Locked, p.within(a.LockedIn)+p.colon+p.lockedBy[text(a.LockedBy)])
	p.part(p.skipped, a.Skipped, p.colon+p.outside)
	p.part(p.lost, a.Lost, "")
	if a.Harmless.Blocks > 0 {
		p.part(p.harmless, a.Harmless, p.repeated)
	} else {
		p.part(p.harmless, a.Harmless, p.padding)
	}
	var opened []string
	for _, o := range a.Opened {
		opened = append(opened, fmt.Sprintf(p.withKey, p.count(int64(o.Blocks), "block"), o.Key))
	}
	p.field(p.opened, strings.Join(opened, p.comma))
	if u := a.Unwritten; u != nil {
		p.field(p.lacks, fmt.Sprintf(p.unwritten, u.Missing.Text(p.lang)+p.within(&u.When), u.Offset))
	}
}

// part writes a part of an account that is not empty, with what there is to say of it.
func (p *fields) part(label string, part report.Part, about string) {
	switch {
	case part.Blocks > 0:
		p.field(label, p.count(int64(part.Blocks), "block")+p.comma+p.bytes(part.Bytes)+about)
	case part.Bytes > 0:
		p.field(label, p.bytes(part.Bytes)+about)
	}
}

// within puts a span of time behind a comma.
func (p *fields) within(w *report.When) string {
	if w == nil || w.Text(p.lang) == "" {
		return ""
	}
	return p.comma + w.Text(p.lang)
}

func (p *fields) damage(d *report.Damage) {
	when := d.When()
	s := fmt.Sprintf(p.at, d.Kind, d.Offset, p.bytes(d.Length), p.within(&when))
	if m := d.Missing(); m != nil {
		s += p.comma + fmt.Sprintf(p.with, m.Text(p.lang))
	}
	s += p.colon + d.Reason
	if d.SalvagedBytes > 0 {
		s += p.semicolon + fmt.Sprintf(p.saved, p.bytes(int64(d.SalvagedBytes)))
	}
	if s += p.likely(d); d.Harmless && !d.Torn() {
		s += p.semicolon + p.noLoss
	}
	p.field(p.damaged, s)
}

// likely says what did a damage that lost something, if that is known.
func (w *inventoryWords) likely(d *report.Damage) string {
	if d.Harmless && !d.Torn() || d.Cause == xlog.UnknownCause.String() {
		return ""
	}
	return w.semicolon + report.CauseText(d.Cause, w.lang)
}

func (p *fields) sizeOf(in *report.Input) string {
	s := p.bytes(in.Bytes)
	if in.Lines > 0 {
		s += p.comma + p.count(int64(in.Lines), "line")
	}
	if in.Events > 0 {
		s += p.comma + p.count(int64(in.Events), "event")
	}
	return s
}

// span gives the last time without its day where that is the day of the first.
func (p *fields) span(first, last *report.Time) string {
	if first == nil || last == nil {
		return ""
	}
	const day, clock, zone = "2006-01-02", "15:04:05", "Z07:00"
	from, to := first.Format(day+" "+clock), last.Format(clock+" "+zone)
	if first.Format(day) != last.Format(day) {
		to = last.Format(day + " " + clock + " " + zone)
	}
	return from + p.to + to
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
