package scan

import (
	"context"
	"fmt"
	"io"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/unclaimed"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// reading is what one input gave.
type reading struct {
	input    source.Input
	kind     string // xlog or that of its lines; "" when it is no log
	log      *extract.Log
	bytes    int64
	loss     ledger // of a container
	notes    []string
	empty    string // why there is nothing to read
	problems []Problem
	facts    logline.Facts // of a text
	utf16    bool

	unclaimed unclaimed.Counter
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
func read(ctx context.Context, in source.Input, opt Options, crew *crew, bytes *meter) *reading {
	r := &reading{input: in, bytes: max(in.Size, 0)}
	s, err := source.Open(ctx, in, bytes.of(in.Name))
	if err != nil {
		r.fail("this cannot be read: %v", err)
		return r
	}
	defer func() { _ = s.Close() }() // nothing is written
	counted := &counter{r: s}
	x := extract.New(in.Name)
	add := func(l *logline.Line) {
		if !x.Add(l) && opt.unclaimed {
			r.unclaimed.Add(l)
		}
	}
	switch what(s) {
	case container:
		err = r.container(counted, opt.Keys, crew, lines(x, add, in, opt))
	case text:
		err = r.text(counted, add, opt)
		r.utf16 = s.UTF16
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
	r.noteText()
	r.unclaimed.Trim()
	if r.kind != xlogKind {
		r.kind = r.log.Format.String()
	}
	r.loss.date(r.log)
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

// text reads a text file.
func (r *reading) text(stream io.Reader, add func(*logline.Line), opt Options) error {
	r.kind = "text"
	parser := logline.NewParser(logline.Options{Location: opt.Location, Date: dayOf(r.input, opt)})
	for c, err := range logline.Chunks(stream) {
		if err != nil {
			return err
		}
		c.Input = r.input.Name
		for l := range parser.Lines(c.Text, c.Pos) {
			add(&l)
		}
		r.facts = parser.Facts()
	}
	return nil
}

// noteText says what a reader has to know about the text before its times are settled.
func (r *reading) noteText() {
	if r.utf16 {
		r.note("it is in UTF-16: offsets are those of its text in UTF-8, line numbers are its own")
	}
	if n := r.facts.GBK; n > 0 {
		r.note("%s in GBK, not UTF-8, and read as such", plural(n, "record"))
	}
	if r.facts.Monotonic && r.log.First.IsZero() {
		r.note("its lines count seconds since the boot and have no time of day: logcat -v threadtime gives one")
	}
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
