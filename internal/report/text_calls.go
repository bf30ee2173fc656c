package report

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

func (p *textPrinter) callTable() {
	v := p.v
	l := labelled{p, p.calls}
	if len(v.rows) == 0 {
		l.lines(plain, p.verdict(v))
		p.gap()
		return
	}
	l.lines(plain, strings.Join(p.callCounts(v.r.Summary), p.dot))
	if len(v.rows) > maxRows {
		for _, s := range p.spread(&v.r.Fleet) {
			l.lines(plain, s)
		}
	}
	p.table(v.rows, p.mainFinding, p.mainText)
	p.gap()
}

// column is one column of the call table.
type column struct {
	name  string
	cells []string
	width int // of the widest cell
}

// CallTable writes a row for each call, with the signatures of all its findings; a question mark behind one marks a lead.
func CallTable(w io.Writer, r *Report, opt TextOptions) error {
	p := newTextPrinter(w, r, opt)
	p.stamp()
	p.table(p.v.rows, strings.ToLower(p.findings), func(rw row) string {
		var ids []string
		for _, f := range rw.call.Findings {
			id := f.Signature
			if f.Certainty == "lead" {
				id += "?"
			}
			ids = append(ids, id)
		}
		return strings.Join(ids, " ")
	})
	return p.close()
}

// table lays the rows out in columns. The last one, of that name and text, takes what the others leave of the width;
// where that is next to nothing, the least telling columns go.
func (p *textPrinter) table(rows []row, name string, text func(row) string) {
	columns := []column{{}, {name: p.room}, {name: p.start}, {name: p.stage}, {name: p.outcome}, {name: p.talk}}
	for _, rw := range rows {
		for i, text := range []string{
			p.mark[rw.mark], cells.ClipHead(p.id(rw.room), p.opt.Width/3, p.ellipsis), p.clockTime(rw.call.Start, p.v.moreDays),
			p.say(rw.call.Stage), p.say(rw.call.Outcome), p.talked(rw.call),
		} {
			columns[i].cells = append(columns[i].cells, cells.Clip(text, p.opt.Width/3, p.ellipsis))
		}
	}
	if !slices.ContainsFunc(rows, func(rw row) bool { return rw.call.TalkSeconds != nil }) {
		columns = columns[:len(columns)-1]
	}
	left := p.opt.Width
	for i := range columns {
		c := &columns[i]
		c.width = cells.Width(c.name)
		for _, text := range c.cells {
			c.width = max(c.width, cells.Width(text))
		}
		left -= c.width + len(cells.Gap)
	}
	for _, spare := range []string{p.talk, p.stage, p.start} {
		if left >= 12 {
			break
		}
		i := slices.IndexFunc(columns, func(c column) bool { return c.name == spare })
		if i < 0 {
			continue
		}
		left += columns[i].width + len(cells.Gap)
		columns = slices.Delete(columns, i, i+1)
	}
	if left > 0 {
		last := column{name: cells.Clip(name, left, p.ellipsis)}
		for _, rw := range rows {
			last.cells = append(last.cells, cells.Clip(text(rw), left, p.ellipsis))
		}
		if slices.ContainsFunc(last.cells, func(s string) bool { return s != "" }) {
			columns = append(columns, last)
		}
	}
	p.render(rows, columns)
}

// render writes the columns. Colour is put on afterwards, so that the table is measured without it.
func (p *textPrinter) render(rows []row, columns []column) {
	var b bytes.Buffer
	t := cells.NewTable(&b)
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.name
	}
	t.Header(slices.Clone(line))
	for n := range rows {
		for i, c := range columns {
			line[i] = c.cells[n]
		}
		if p.err == nil {
			p.err = t.Append(slices.Clone(line))
		}
	}
	if p.err == nil {
		p.err = t.Render()
	}
	n := -1 // the header
	for l := range strings.Lines(b.String()) {
		l = strings.TrimRight(l, " \n")
		if n < 0 {
			p.line(piece{bold, l})
		} else if n < len(rows) {
			mark := p.mark[rows[n].mark]
			p.line(piece{styles[rows[n].mark], mark}, piece{plain, strings.TrimPrefix(l, mark)})
		}
		n++
	}
}
