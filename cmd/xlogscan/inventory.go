package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// writeInventory writes a block of lines for each input, with its damage behind it.
func writeInventory(w io.Writer, r *report.Report) error {
	damage := map[string][]report.Damage{}
	for _, d := range r.Damage {
		damage[d.Input] = append(damage[d.Input], d)
	}
	p := &fields{w: w}
	for i := range r.Inputs {
		in := &r.Inputs[i]
		if i > 0 {
			p.line("")
		}
		p.input(in)
		for _, d := range damage[in.Name] {
			p.damage(&d)
		}
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

// field writes a label and its value, and nothing if there is no value.
func (p *fields) field(label, value string) {
	if value != "" {
		p.line(fmt.Sprintf("  %-9s %s", label, cells.Visible(value)))
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
	if in.LockedBlocks > 0 {
		p.field("locked", inBytes(in.LockedBytes)+" in "+counted(in.LockedBlocks, "encrypted block"))
	}
	if in.DamagedBytes > 0 {
		p.field("damaged", inBytes(in.DamagedBytes))
	}
	p.field("keys", strings.Join(in.Keys, ", "))
	p.field("time", span(in.FirstTime, in.LastTime))
	p.field("versions", versions(in.Versions))
	p.field("note", text(in.Note))
}

func (p *fields) damage(d *report.Damage) {
	s := fmt.Sprintf("%s at offset %d, %s: %s", d.Kind, d.Offset, inBytes(d.Length), d.Reason)
	if d.SalvagedBytes > 0 {
		s += fmt.Sprintf("; %s of text saved", inBytes(int64(d.SalvagedBytes)))
	}
	if d.Harmless {
		s += "; nothing is lost by it"
	}
	p.field("damage", s)
}

func size(in *report.Input) string {
	s := inBytes(in.Bytes)
	if in.Blocks > 0 {
		s += ", " + counted(in.Blocks, "block")
	}
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
