package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/xlogscan/xlogscan/internal/lines"
)

// maxLine bounds a line of a part, in bytes: a call with its timeline, or the texts of many calls.
const maxLine = 256 << 20

// partIndex knows what is in parts, and where.
type partIndex struct {
	head        PartHead
	generations int // more than one if there are several

	lines      map[string]*PartLine // of inputs, in their newest generation
	numbers    map[string]int       // of inputs that were named
	newest     []string             // generation of each, by number; "" of one that has no line
	newestCall map[string]string    // generation by id

	calls    []callPlace
	findings []findingPlace
	texts    []textsPlace
	counted  *counting // all calls, replaced ones too
}

// linePlace is where a line stands in the parts.
type linePlace struct {
	part   int
	offset int64
	size   int
}

// made is by which generation something was made, and of which inputs.
type made struct {
	generation string
	of         []int
}

type callPlace struct {
	linePlace
	made
	at Place
}

type findingPlace struct {
	PartLine
	made
}

type textsPlace struct {
	linePlace
	made
}

func newPartIndex() *partIndex {
	return &partIndex{lines: map[string]*PartLine{}, numbers: map[string]int{}, newestCall: map[string]string{}, counted: newCounting()}
}

// read reads a part once, the n-th of all.
func (x *partIndex) read(p *PartFile, n int) error {
	in := bufio.NewReaderSize(io.NewSectionReader(p, 0, p.Size), 1<<16)
	var head PartHead
	var line []byte
	for offset := int64(0); ; offset += int64(len(line)) {
		var err error
		if line, err = lines.Read(in, line, maxLine); err != nil {
			if errors.Is(err, io.EOF) && len(line) == 0 && head.Schema != "" {
				return nil
			}
			return wrongPart(err, offset)
		}
		if bytes.HasPrefix(line, []byte(`{"schema":`)) {
			if err := json.Unmarshal(line, &head); err != nil || head.Schema != PartSchema {
				return fmt.Errorf("its schema is no %s: it is of another version, or no part", PartSchema)
			}
			x.begin(head)
			continue
		}
		if head.Schema == "" {
			return fmt.Errorf("no part: it does not begin with the schema %s", PartSchema)
		}
		var l PartLine
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("no part: byte %d: %w", offset, err)
		}
		x.take(l, head.Generation, linePlace{n, offset, len(line)})
	}
}

func wrongPart(err error, offset int64) error {
	switch {
	case errors.Is(err, lines.ErrLong):
		return fmt.Errorf("a line is longer than %d bytes", maxLine)
	case errors.Is(err, io.EOF):
		return fmt.Errorf("cut off: it ends within a line, at byte %d", offset)
	}
	return err
}

func (x *partIndex) begin(head PartHead) {
	if x.generations == 0 || x.head.Generation != head.Generation {
		x.generations++
	}
	if x.head.Generation <= head.Generation {
		x.head = head
	}
}

// take takes in a line that stands at p.
func (x *partIndex) take(l PartLine, generation string, p linePlace) {
	of := made{generation: generation}
	switch {
	case l.Input != nil:
		if n := x.number(l.Input.Name); x.newest[n] <= generation {
			x.newest[n] = generation
			x.lines[l.Input.Name] = &l
		}
	case l.Call != nil && l.Place != nil:
		for i := range l.Call.Parties {
			for _, in := range l.Call.Parties[i].Inputs {
				of.of = append(of.of, x.number(in))
			}
		}
		x.newestCall[l.Call.ID] = max(x.newestCall[l.Call.ID], generation)
		x.calls = append(x.calls, callPlace{p, of, *l.Place})
		x.counted.add(l.Call)
	case l.Finding != nil && l.Place != nil:
		for i := range l.Finding.Evidence {
			of.of = append(of.of, x.number(l.Finding.Evidence[i].Input))
		}
		x.findings = append(x.findings, findingPlace{l, of})
	case l.Texts != nil:
		of.of = []int{x.number(l.Of)}
		x.texts = append(x.texts, textsPlace{p, of})
	}
}

// number returns the number of an input, so that its name is held once.
func (x *partIndex) number(input string) int {
	n, known := x.numbers[input]
	if !known {
		n = len(x.newest)
		x.numbers[input] = n
		x.newest = append(x.newest, "")
	}
	return n
}

// drop leaves out what newer generations have replaced. What belongs to one input of a circle belongs to all of it, and a
// circle never loses an input.
func (x *partIndex) drop() {
	old := func(m *made) bool {
		return slices.ContainsFunc(m.of, func(n int) bool { return x.newest[n] > m.generation })
	}
	x.calls = slices.DeleteFunc(x.calls, func(c callPlace) bool { return x.newestCall[c.at.Call] > c.generation || old(&c.made) })
	x.findings = slices.DeleteFunc(x.findings, func(f findingPlace) bool { return old(&f.made) })
	x.texts = slices.DeleteFunc(x.texts, func(t textsPlace) bool { return old(&t.made) })
}

// sorted returns the names of all inputs.
func (x *partIndex) sorted() []string { return slices.Sorted(maps.Keys(x.lines)) }
