package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/redact"
)

// PartFile is a file of parts.
type PartFile struct {
	Name string
	io.ReaderAt
	Size int64
}

// Merged is a document that was made of parts.
type Merged struct {
	Report   *Report
	Problems map[string][]PartProblem // of the inputs, by name
	Named    []redact.Value           // personal data that keys name in any line, for Redact
}

// Unremembered is the note of an input of which Merged.Named may lack something.
const Unremembered = "its lines name more identifiers than are remembered: those that stand in the report without their key may be left in it"

// Merge makes one document of parts, as if all their inputs had been scanned at once. Of an input, and of a call, the
// newest generation counts. Calls and texts stay in the parts, which are read again whenever the document is written, so
// they must not change; of each call, a few bytes are in memory. Redacted calls go to a file that scratch makes and the
// caller removes behind the document. An error is one sentence that names the part.
func Merge(parts []PartFile, scratch func() (Scratch, error)) (*Merged, error) {
	x := newPartIndex()
	for i := range parts {
		if err := x.read(&parts[i], i); err != nil {
			return nil, fmt.Errorf("%s: %w", parts[i].Name, err)
		}
	}
	if x.head.Schema == "" {
		return nil, errors.New("there is no part to merge")
	}
	x.drop()
	m := &Merged{Problems: map[string][]PartProblem{}}
	head := Report{Schema: Schema, Status: Complete, Lang: x.head.Lang, Tool: x.head.Tool}
	m.fillInputs(&head, x)
	slices.SortStableFunc(x.findings, func(a, b findingPlace) int { return a.Place.compare(b.Place) })
	for _, f := range x.findings {
		head.Findings = append(head.Findings, *f.Finding)
	}
	slices.SortStableFunc(x.calls, func(a, b callPlace) int {
		return cmp.Or(a.at.compare(&b.at), strings.Compare(b.generation, a.generation))
	})
	places := make([]linePlace, len(x.calls))
	for i := range x.calls {
		places[i] = x.calls[i].linePlace
	}
	x.calls = nil
	m.Report = streamed(head, stream{read: readCalls(parts, places), texts: x.wordings(parts, head.Lang), open: scratch})
	if x.generations == 1 {
		m.Report.Summary, m.Report.Fleet = x.counted.of(head.Findings)
	} else { // newer ones have replaced calls
		m.Report.count()
	}
	return m, m.Report.broken()
}

// fillInputs fills in what the document says of inputs and their damage.
func (m *Merged) fillInputs(head *Report, x *partIndex) {
	var named redact.Collector
	logs := 0
	for _, name := range x.sorted() {
		line := x.lines[name]
		in := *line.Input
		if full := !named.Merge(line.Named); full && !line.More { // where there is more, it has the note already
			note := Unremembered
			if in.Note != nil {
				note = *in.Note + "; " + note
			}
			in.Note = &note
		}
		if in.Kind != nil {
			logs++
		}
		if slices.ContainsFunc(line.Problems, func(p PartProblem) bool { return p.Fatal }) {
			head.Status = Partial
		}
		m.Problems[name] = line.Problems
		head.Inputs, head.Damage = append(head.Inputs, in), append(head.Damage, line.Damage...)
	}
	if logs == 0 {
		head.Status = Empty
	}
	m.Named, _ = named.Values()
	x.lines = nil
}

// wordings reads the texts from where they stand, each once, in the order of a document in lang.
func (x *partIndex) wordings(parts []PartFile, lang string) func() ([]Wording, error) {
	return func() ([]Wording, error) {
		var line []byte
		all := wordings{}
		for i := range x.texts {
			var l PartLine
			if err := x.texts[i].read(parts, &line, &l); err != nil {
				return nil, err
			}
			for _, t := range l.Texts {
				all.add(t, lang)
			}
		}
		return all.list(), nil
	}
}

// read reads the line at a place, in the memory of another.
func (p *linePlace) read(parts []PartFile, memory *[]byte, to *PartLine) error {
	file := &parts[p.part]
	*memory = slices.Grow((*memory)[:0], p.size)[:p.size]
	if n, err := file.ReadAt(*memory, p.offset); n < p.size {
		return fmt.Errorf("%s: %w", file.Name, err)
	}
	if err := json.Unmarshal(*memory, to); err != nil || to.Call == nil && to.Texts == nil {
		return fmt.Errorf("%s changed while it was read", file.Name)
	}
	return nil
}
