package report

import (
	"cmp"
	"io"
	"math"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// PartSchema names the version of parts.
const PartSchema = "xlogscan.part/v1"

// A part is what a document says of some of the inputs, as lines of JSON: a head, and then one line for each input, each
// call and each finding that belongs to no call, in any order, and for texts. Parts may be written one behind the other.

// PartHead is the line that a part begins with, and that is true of all lines up to the next.
type PartHead struct {
	Schema     string `json:"schema"`
	Generation string `json:"generation"` // later ones are greater as texts
	Lang       string `json:"lang"`
	Tool       Tool   `json:"tool"`
}

// PartLine is any other line. What it is about is not nil, all else is.
type PartLine struct {
	Input    *Input        `json:"input,omitempty"`
	Damage   []Damage      `json:"damage,omitempty"`   // of the input
	Problems []PartProblem `json:"problems,omitempty"` // of the input

	Call    *Call    `json:"call,omitempty"`
	Finding *Finding `json:"finding,omitempty"`
	Place   *Place   `json:"place,omitempty"` // of the call or finding among all

	Texts []Wording `json:"texts,omitempty"`
}

// PartProblem is what a reader of the document has to know about an input.
type PartProblem struct {
	Text  string `json:"text"`
	Fatal bool   `json:"fatal"` // some of the input could not be read or decoded
}

// Place is where a call or a finding stands among all of a document.
type Place struct {
	Device string `json:"device,omitempty"` // of a finding about one device: where its logs stand among all
	At     int64  `json:"at"`               // of a call, or the first one that shows the finding: its start, in nanoseconds since 1970
	Call   string `json:"call,omitempty"`   // and its id
	N      int    `json:"n,omitempty"`      // of a finding: among those of the same place
}

// compare orders places. Of findings, those about one device come first.
func (p *Place) compare(q *Place) int {
	about := func(p *Place) int {
		if p.Device != "" {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(about(p), about(q)), strings.Compare(p.Device, q.Device),
		cmp.Compare(p.At, q.At), strings.Compare(p.Call, q.Call), cmp.Compare(p.N, q.N),
	)
}

// placeOfFinding returns where the n-th finding that belongs to no call stands.
func placeOfFinding(f *signature.Finding, n int) Place {
	var p Place
	switch {
	case f.Device != nil:
		p.Device = f.Device.Place()
	case len(f.Calls) > 0:
		p = placeOf(f.Calls[0])
	}
	p.N = n
	return p
}

func placeOf(c *correlate.Call) Place {
	at := int64(math.MinInt64)
	if !c.Start.IsZero() {
		at = c.Start.UnixNano()
	}
	return Place{At: at, Call: c.ID}
}

// PartWriter writes parts. Its errors come out of Close.
type PartWriter struct{ out *output }

// NewPart begins a part.
func NewPart(w io.Writer, head PartHead) *PartWriter {
	head.Schema = PartSchema
	p := &PartWriter{newOutput(w)}
	p.put(head)
	return p
}

func (p *PartWriter) put(line any) { p.out.put(p.out.json(line), "\n") }

// Add writes the inputs and the damage of a document, with the problems of inputs by their names, and what Build would fill
// in: of calls one after the other, so that their texts are never in memory together.
func (p *PartWriter) Add(doc *Report, problems map[string][]PartProblem, calls []*correlate.Call, verdicts signature.Verdicts) {
	r := normal(*doc)
	damage := map[string][]Damage{}
	for _, d := range r.Damage {
		damage[d.Input] = append(damage[d.Input], d)
	}
	for i := range r.Inputs {
		in := &r.Inputs[i]
		p.put(PartLine{Input: in, Damage: damage[in.Name], Problems: problems[in.Name]})
	}
	b := builder{lang: doc.Lang, texts: wordings{}}
	for i, c := range calls {
		call, place := normal(b.call(c, &verdicts.Calls[i])), placeOf(c)
		p.put(PartLine{Call: &call, Place: &place})
	}
	for i, f := range normal(b.findings(verdicts.Devices)) {
		place := placeOfFinding(&verdicts.Devices[i], i)
		p.put(PartLine{Finding: &f, Place: &place})
	}
	if texts := normal(b.texts.list()); len(texts) > 0 {
		p.put(PartLine{Texts: texts})
	}
}

// Close writes what is buffered and returns the first error.
func (p *PartWriter) Close() error { return p.out.close() }
