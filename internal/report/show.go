package report

import (
	"io"
	"slices"
)

// Show writes the calls of r one by one for the terminal: how each ended, its ladder, its findings, what was checked and
// what to do next. It is Text for a document of which a call was selected.
func Show(w io.Writer, r *Report, opt TextOptions) error {
	p := newTextPrinter(w, r, opt)
	p.stamp()
	told := map[string]string{}
	for _, rw := range p.v.rows {
		s := section{row: rw}
		for i := range rw.call.Findings {
			s.findings = append(s.findings, &rw.call.Findings[i])
		}
		s.findings = append(s.findings, p.v.about(rw.call)...)
		p.sectionHead(s)
		p.drawing(rw.call)
		p.sectionFindings(s, told)
	}
	p.checkedList()
	p.v.next = slices.DeleteFunc(p.v.next, func(s step) bool { return s.kind == attach }) // one of a whole scan
	p.nextList()
	return p.close()
}

// stamp writes that the document is not redacted, for renderings without the line about the whole.
func (p *textPrinter) stamp() {
	if s := p.v.r.Redaction.Stamp; s != nil {
		p.line(piece{bold, *s})
	}
}

// about returns what is found of both devices of c, with c among the calls that show it.
func (v *view) about(c *Call) []*Finding {
	var found []*Finding
	for i := range v.r.Findings {
		if slices.Contains(v.r.Findings[i].Calls, c.ID) {
			found = append(found, &v.r.Findings[i])
		}
	}
	return found
}
