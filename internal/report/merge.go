package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Merge makes one document of parts, as if all their inputs had been scanned at once. Of an input, and of a call, the
// newest generation counts. Calls stay in the parts, which are read again whenever the document is written, so they must
// not change; of each, a few bytes are in memory. An error is one sentence that names the part. The problems are those of
// the inputs, by name.
func Merge(parts []PartFile) (*Report, map[string][]PartProblem, error) {
	m := assembly{newest: map[string]string{}, inputs: map[string]*PartLine{}, texts: map[Wording]bool{}, counted: newCounting()}
	for i := range parts {
		if err := m.index(&parts[i], i); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", parts[i].Name, err)
		}
	}
	if m.head.Schema == "" {
		return nil, nil, errors.New("there is no part to merge")
	}
	return m.document(parts)
}

// PartFile is a file of parts.
type PartFile struct {
	Name string
	io.ReaderAt
	Size int64
}

// maxLine bounds a line of a part, in bytes: a call with its timeline.
const maxLine = 256 << 20

// assembly is a document in the making.
type assembly struct {
	head        PartHead
	generations int               // at least; more than one if there are several
	newest      map[string]string // generation of each input, and of each call under its id with a NUL in front
	inputs      map[string]*PartLine
	calls       []entry
	findings    []foundIn
	texts       map[Wording]bool
	counted     *counting // all calls, replaced ones too
}

// entry is where a call stands in the parts.
type entry struct {
	place      Place
	generation string
	inputs     []string
	part       int
	offset     int64
	size       int
}

type foundIn struct {
	PartLine
	generation string
}

// index reads a part once.
func (m *assembly) index(p *PartFile, n int) error {
	in := bufio.NewReaderSize(io.NewSectionReader(p, 0, p.Size), 1<<16)
	var head PartHead
	var line []byte
	for offset := int64(0); ; offset += int64(len(line)) {
		var err error
		if line, err = readLine(in, line[:0]); err != nil {
			if errors.Is(err, io.EOF) && len(line) == 0 && head.Schema != "" {
				return nil
			}
			return wrongPart(err, offset)
		}
		if bytes.HasPrefix(line, []byte(`{"schema":`)) {
			if err := json.Unmarshal(line, &head); err != nil || head.Schema != PartSchema {
				return fmt.Errorf("its schema is no %s: it is of another version, or no part", PartSchema)
			}
			if m.generations == 0 || m.head.Generation != head.Generation {
				m.generations++
			}
			if m.head.Generation <= head.Generation {
				m.head = head
			}
			continue
		}
		if head.Schema == "" {
			return fmt.Errorf("no part: it does not begin with the schema %s", PartSchema)
		}
		var l PartLine
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("no part: byte %d: %w", offset, err)
		}
		m.take(l, head.Generation, entry{part: n, offset: offset, size: len(line)})
	}
}

// readLine reads a line with its end.
func readLine(in *bufio.Reader, line []byte) ([]byte, error) {
	for {
		piece, err := in.ReadSlice('\n')
		line = append(line, piece...)
		if len(line) > maxLine {
			return line, fmt.Errorf("a line is longer than %d bytes", maxLine)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

func wrongPart(err error, offset int64) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("cut off: it ends within a line, at byte %d", offset)
	}
	return err
}

// take takes in a line that stands at e.
func (m *assembly) take(l PartLine, generation string, e entry) {
	switch {
	case l.Input != nil:
		if old, known := m.newest[l.Input.Name]; !known || old <= generation {
			m.newest[l.Input.Name] = generation
			m.inputs[l.Input.Name] = &l
		}
	case l.Call != nil && l.Place != nil:
		e.place, e.generation = *l.Place, generation
		for _, p := range l.Call.Parties {
			e.inputs = append(e.inputs, p.Inputs...)
		}
		id := "\x00" + l.Call.ID
		m.newest[id] = max(m.newest[id], generation)
		m.calls = append(m.calls, e)
	case l.Finding != nil && l.Place != nil:
		m.findings = append(m.findings, foundIn{l, generation})
	}
	for _, t := range l.Texts {
		m.texts[t] = true
	}
}

// document makes the document of what was indexed.
func (m *assembly) document(parts []PartFile) (*Report, map[string][]PartProblem, error) {
	head := Report{Schema: Schema, Status: Complete, Lang: m.head.Lang, Tool: m.head.Tool}
	problems := map[string][]PartProblem{}
	logs := 0
	for _, l := range m.inputs {
		head.Inputs = append(head.Inputs, *l.Input)
		if l.Input.Kind != nil {
			logs++
		}
		problems[l.Input.Name] = l.Problems
		if slices.ContainsFunc(l.Problems, func(p PartProblem) bool { return p.Fatal }) {
			head.Status = Partial
		}
	}
	if logs == 0 {
		head.Status = Empty
	}
	slices.SortFunc(head.Inputs, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	for i := range head.Inputs {
		head.Damage = append(head.Damage, m.inputs[head.Inputs[i].Name].Damage...)
	}
	old := func(generation string, inputs []string) bool {
		return slices.ContainsFunc(inputs, func(in string) bool { return m.newest[in] > generation })
	}
	m.findings = slices.DeleteFunc(m.findings, func(f foundIn) bool {
		return slices.ContainsFunc(f.Finding.Evidence, func(e Evidence) bool { return old(f.generation, []string{e.Input}) })
	})
	slices.SortStableFunc(m.findings, func(a, b foundIn) int { return a.Place.compare(b.Place) })
	for _, f := range m.findings {
		head.Findings = append(head.Findings, *f.Finding)
	}
	m.calls = slices.DeleteFunc(m.calls, func(e entry) bool {
		return m.newest["\x00"+e.place.Call] > e.generation || old(e.generation, e.inputs)
	})
	slices.SortStableFunc(m.calls, func(a, b entry) int {
		return cmp.Or(a.place.compare(&b.place), strings.Compare(b.generation, a.generation))
	})
	for t := range m.texts {
		head.Texts = append(head.Texts, t)
	}
	slices.SortFunc(head.Texts, func(a, b Wording) int {
		return cmp.Or(strings.Compare(a.in(head.Lang), b.in(head.Lang)), a.compare(b))
	})
	head.Texts = slices.CompactFunc(head.Texts, func(a, b Wording) bool { return a.in(head.Lang) == b.in(head.Lang) })
	doc := streamed(head, reader(parts, m.calls))
	doc.count()
	if m.generations > 1 {
		doc.prune() // texts of what newer generations have replaced
	}
	return doc, problems, doc.broken()
}

// reader reads calls where the entries say.
func reader(parts []PartFile, calls []entry) func(func(*Call) bool) error {
	return func(yield func(*Call) bool) error {
		var line []byte
		for i := range calls {
			e := &calls[i]
			line = slices.Grow(line[:0], e.size)[:e.size]
			if n, err := parts[e.part].ReadAt(line, e.offset); n < e.size {
				return fmt.Errorf("%s: %w", parts[e.part].Name, err)
			}
			var l PartLine
			if err := json.Unmarshal(line, &l); err != nil || l.Call == nil {
				return fmt.Errorf("%s changed while it was read", parts[e.part].Name)
			}
			if !yield(l.Call) {
				return nil
			}
		}
		return nil
	}
}
