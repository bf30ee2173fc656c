package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// News tells of growing logs what each report of them says that the one before did not.
type News struct {
	opt  TextOptions
	told map[string][]byte // what was last told of a call or a finding, by its id
}

// NewNews returns a News to which nothing was told.
func NewNews(opt TextOptions) *News { return &News{opt.filled(), map[string][]byte{}} }

// Text writes a few lines for each call and each finding that is new or has changed. A call is told once it has ended,
// or once something is certain about it; what a further line or the log of the other party changes is told as a
// correction.
func (n *News) Text(w io.Writer, r *Report) error {
	out := newOutput(w)
	v := newView(r, true)
	now := map[string]bool{}
	tell := func(id string, write func(*textPrinter)) {
		now[id] = true
		var b bytes.Buffer
		p := &textPrinter{output: newOutput(&b), v: v, opt: n.opt, phrases: newPhrases(n.opt)}
		write(p)
		_ = p.close() // a buffer takes everything
		old, known := n.told[id]
		if known && bytes.Equal(old, b.Bytes()) {
			return
		}
		n.told[id] = b.Bytes()
		if known {
			p := &textPrinter{output: out, v: v, opt: n.opt, phrases: newPhrases(n.opt)}
			p.line(piece{bold, p.corrected})
		}
		out.put(b.String())
	}
	for _, rw := range v.rows {
		if certain(rw.call) {
			tell(rw.call.ID, func(p *textPrinter) { p.newsOfCall(rw) })
		}
	}
	for i := range v.r.Findings {
		f := &v.r.Findings[i]
		tell("\x00"+content(f), func(p *textPrinter) { p.newsOfFinding(f, 0) })
	}
	n.withdraw(out, v, now)
	return out.close()
}

// withdraw says which calls are none any more: lines that came later made them part of another one.
func (n *News) withdraw(out *output, v *view, now map[string]bool) {
	var gone []string
	for id := range n.told {
		if !now[id] {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	p := &textPrinter{output: out, v: v, opt: n.opt, phrases: newPhrases(n.opt)}
	for _, id := range gone {
		delete(n.told, id)
		if id[0] != 0 { // findings on no call are repeated where they change
			p.lines(plain, 0, piece{}, fmt.Sprintf(p.withdrawn, id))
		}
	}
}

// JSON writes the calls that Text tells of, each as a line as CallLines does. A later line of an id stands for the
// earlier ones.
func (n *News) JSON(w io.Writer, r *Report) error {
	changed := *r
	changed.Calls = nil
	for i := range r.Calls {
		c := &r.Calls[i]
		if !certain(c) {
			continue
		}
		one := *r
		one.Calls = r.Calls[i : i+1]
		var b bytes.Buffer
		if err := CallLines(&b, &one); err != nil {
			return err
		}
		if !bytes.Equal(n.told[c.ID], b.Bytes()) {
			n.told[c.ID] = b.Bytes()
			changed.Calls = append(changed.Calls, *c)
		}
	}
	return CallLines(w, &changed)
}

// certain reports whether there is something to tell of a call: it has ended, or a confirmed finding says what is wrong.
func certain(c *Call) bool {
	return c.Outcome != "unknown" || slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Certainty == "confirmed" && grave(&f) })
}

// newsOfCall writes when a call began, how it ended and what was found.
func (p *textPrinter) newsOfCall(rw row) {
	c := rw.call
	mark := p.mark[rw.mark] + " "
	indent := cells.Width(mark)
	p.lines(bold, indent, piece{styles[rw.mark], mark}, p.clockTime(c.Start, true)+"  "+fmt.Sprintf(p.call, c.ID))
	p.lines(plain, indent, piece{}, p.ending(c)+p.colon+p.because(c))
	for i := range c.Findings {
		if f := &c.Findings[i]; f.Severity != "info" || len(c.Findings) == 1 {
			p.newsOfFinding(f, indent)
		}
	}
}

// newsOfFinding writes what a finding says, and its remedy where it is grave.
func (p *textPrinter) newsOfFinding(f *Finding, indent int) {
	lead := cells.Pad("", indent) + p.markOfFinding(f) + " "
	body := cells.Width(lead)
	p.lines(plain, body, piece{styles[f.Severity], lead}, p.title(f))
	p.lines(dim, body, piece{}, p.standing(f))
	if grave(f) {
		p.field(body, p.remedy, f.Remedy)
	}
}
