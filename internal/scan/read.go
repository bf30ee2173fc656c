package scan

import (
	"context"

	"fmt"
	"io"
	"slices"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// reading is what one input gave.
type reading struct {
	input    source.Input
	kind     string // xlog or that of its lines; "" when it is no log
	log      *extract.Log
	bytes    int64
	blocks   int
	locked   int
	lockedN  int64 // bytes
	damagedN int64 // bytes
	damage   []damage
	keys     []string
	notes    []string
	empty    string // why there is nothing to read
	problems []Problem
}

// damage is a damage record and the gap it makes in the log, if any.
type damage struct {
	report.Damage
	gap int // index in the log's gaps; -1 for none
}

func (r *reading) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// nothing notes that there is nothing to read, which is no failure.
func (r *reading) nothing(why string) {
	r.notes = append(r.notes, why)
	r.empty = why
}

// fail notes that some of the input could not be read or decoded.
func (r *reading) fail(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	r.notes = append(r.notes, text)
	r.problems = append(r.problems, Problem{Input: r.input.Name, Text: text, Fatal: true})
}

// read reads one input from start to end. What is wrong with it becomes part of the reading.
func read(ctx context.Context, in source.Input, opt Options, bytes *meter) *reading {
	r := &reading{input: in, bytes: max(in.Size, 0)}
	s, err := source.Open(ctx, in, bytes.of(in.Name))
	if err != nil {
		r.fail("this cannot be read: %v", err)
		return r
	}
	defer func() { _ = s.Close() }() // nothing is written
	counted := &counter{r: s}
	x := extract.New(in.Name)
	switch what(s) {
	case container:
		err = r.container(counted, opt.Keys, lines(x, in, opt))
	case text:
		err = r.text(counted, x, opt)
	case nothing:
		r.nothing("this is " + s.Name)
		return r
	case foreign:
		r.fail("this is no log but %s", s.Name)
		return r
	}
	if in.Size < 0 {
		r.bytes = counted.n
	}
	if err != nil && ctx.Err() == nil {
		r.fail("reading stopped after %d bytes: %v", counted.n, err)
	}
	if r.kind == "" {
		return r
	}
	r.log = x.Log()
	if r.kind != xlogKind {
		r.kind = r.log.Format.String()
	}
	for i := range r.damage {
		if g := r.damage[i].gap; g >= 0 {
			r.damage[i].TimeFrom, r.damage[i].TimeTo = report.At(r.log.Gaps[g].From), report.At(r.log.Gaps[g].To)
		}
	}
	return r
}

const xlogKind = "xlog"

// nature is how an input has to be read.
type nature int

const (
	nothing   nature = iota // empty, or an unused cache file
	container               // Mars blocks, or binary data that may hold some
	text
	foreign // a file of another kind
)

func what(s *source.Stream) nature {
	if xlog.Sniff(s.Head()) {
		return container
	}
	switch s.Kind {
	case source.Empty:
		return nothing
	case source.Text:
		return text
	case source.Zeros, source.Binary:
		return container
	}
	return foreign
}

// sink takes what a container gives.
type sink struct {
	text func(text []byte, at logline.Pos) error
	gap  func(at logline.Pos, why string) int // returns the gap's index, or -1
}

// container reads the blocks of a container.
func (r *reading) container(in io.Reader, keys []xlog.Key, to sink) error {
	var locked xlog.Reason
	for rec, err := range xlog.NewReader(in, xlog.Options{Keys: keys}).Records() {
		if err != nil {
			return err
		}
		offset, length := rec.Span()
		pos := logline.Pos{Input: r.input.Name, Offset: offset, Line: 1}
		switch rec := rec.(type) {
		case *xlog.Block:
			r.blocks++
			if rec.Key != "" && !slices.Contains(r.keys, rec.Key) {
				r.keys = append(r.keys, rec.Key)
			}
			err = to.text(rec.Text, pos)
		case *xlog.Locked:
			r.locked++
			r.lockedN += length
			locked = max(locked, rec.Reason)
			to.gap(pos, "locked block")
		case *xlog.Damage:
			err = to.text(rec.Salvaged, pos)
			gap := -1
			if !rec.Padding() && !rec.Whole && rec.Kind != xlog.Repeated {
				r.damagedN += length
				gap = to.gap(pos, rec.Kind.String())
			}
			r.damage = append(r.damage, damage{report.Damage{
				Input: r.input.Name, Offset: offset, Length: length, Kind: rec.Kind.String(), BlocksBefore: r.blocks + r.locked,
				SalvagedBytes: len(rec.Salvaged), Harmless: !rec.Loss(), Reason: damageReason(rec),
			}, gap})
		}
		if err != nil {
			return err
		}
	}
	r.judgeContainer(locked, len(keys))
	return nil
}

// lines gives the text of a container to the extractor.
func lines(x *extract.Extractor, in source.Input, opt Options) sink {
	parser := logline.NewParser(logline.Options{Location: opt.Location, Date: dayOf(in, opt), Blocks: true})
	return sink{
		text: func(text []byte, at logline.Pos) error {
			for l := range parser.Lines(text, at) {
				x.Add(&l)
			}
			return nil
		},
		gap: x.Gap,
	}
}

// judgeContainer says in words what kept blocks from being read.
func (r *reading) judgeContainer(locked xlog.Reason, keys int) {
	if r.blocks == 0 && r.locked == 0 {
		salvaged := 0
		for _, d := range r.damage {
			salvaged += d.SalvagedBytes
		}
		if salvaged == 0 {
			if len(r.damage) == 0 || r.damage[0].Harmless && r.damage[0].Kind == xlog.Zeros.String() {
				r.damage = nil
				r.nothing("this is an unused cache file, all zero")
				return
			}
			r.damage, r.damagedN = nil, 0
			r.fail("no xlog block and no text was found in it, so it is no log this tool knows")
			return
		}
	}
	r.kind = xlogKind
	if r.locked > 0 {
		of := fmt.Sprintf("%d of %d blocks are encrypted", r.locked, r.blocks+r.locked)
		switch locked {
		case xlog.WrongKey:
			r.fail("%s and none of the %d keys given opens them; give the private key that belongs to the app's log public key with --key", of, keys)
		case xlog.BadClientKey:
			r.fail("%s and the key field in their headers is damaged, so that no key can open them", of)
		default:
			r.fail("%s; give the private key that belongs to the app's log public key with --key", of)
		}
	}
	var lost, torn int
	var first report.Damage
	for _, d := range r.damage {
		switch {
		case !d.Harmless:
			if lost++; lost == 1 {
				first = d.Damage
			}
		case d.Kind == xlog.Truncated.String():
			torn++
		}
	}
	if lost > 0 {
		r.fail("%d of its %d bytes are damaged, in %s, the first (%s) at offset %d of length %d: pull the file again if it can be",
			r.damagedN, r.bytes, plural(lost, "place"), first.Kind, first.Offset, first.Length)
	}
	if torn > 0 {
		r.note("the last block is unfinished: the app was still writing")
	}
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func damageReason(d *xlog.Damage) string {
	if d.Err != nil {
		return d.Err.Error()
	}
	return d.Kind.String()
}

// text reads a text file.
func (r *reading) text(stream io.Reader, x *extract.Extractor, opt Options) error {
	r.kind = "text"
	parser := logline.NewParser(logline.Options{Location: opt.Location, Date: dayOf(r.input, opt)})
	for c, err := range logline.Chunks(stream) {
		if err != nil {
			return err
		}
		c.Input = r.input.Name
		for l := range parser.Lines(c.Text, c.Pos) {
			x.Add(&l)
		}
	}
	return nil
}

// counter counts what was read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
