package scan

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/unclaimed"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// reading is what one input gave, or one file of an archive.
type reading struct {
	input    source.Input
	kind     string // xlog or that of its lines; "" when it is no log
	log      *extract.Log
	bytes    int64
	account  *report.Account // of a container
	damage   []report.Damage
	outside  int       // lines of a text that are not of the window
	skipped  bool      // nothing of it is of the window
	early    time.Time // of the first line known of what was skipped
	late     time.Time // and of the last
	notes    []string
	empty    string // why there is nothing to read
	problems []Problem
	foreign  bool          // a file of an archive that is no log
	named    names         // in any of its lines
	facts    logline.Facts // of a text
	utf16    bool

	rest *checkpoint // where to read on when the input has grown; nil for its start
	on   bool        // it was read on from where it ended before

	loss      ledger // account and damage in the making
	unclaimed unclaimed.Counter
}

// clone returns a copy that may be dated and put into a zone without changing r.
func (r *reading) clone() *reading {
	c := *r
	c.notes = slices.Clone(r.notes)
	if r.log != nil {
		c.log = r.log.Clone()
	}
	return &c
}

func (r *reading) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// nothing notes that there is nothing to read, which is no failure.
func (r *reading) nothing(why string) {
	if r.input.InArchive() {
		r.foreign = true
		return
	}
	r.notes = append(r.notes, why)
	r.empty = why
}

// noLog notes that the input is no log. In an archive, as in a report of bugs that holds hundreds of other files, that is
// no failure.
func (r *reading) noLog(format string, args ...any) {
	if r.input.InArchive() {
		r.foreign = true
		return
	}
	r.fail(format, args...)
}

// fail notes that some of the input could not be read or decoded.
func (r *reading) fail(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	r.notes = append(r.notes, text)
	r.problems = append(r.problems, Problem{Input: r.input.Name, Text: text, Fatal: true})
}

// failBy is fail with the error behind it, which format has in it.
func (r *reading) failBy(err error, format string, args ...any) {
	r.fail(format, args...)
	r.problems[len(r.problems)-1].Store = source.FromStore(err)
}

// refused reports whether a store is behind what is wrong.
func (r *reading) refused() bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Store })
}

// read reads what s holds from start to end. What is wrong with it becomes part of the reading.
func read(ctx context.Context, s *source.Stream, opt Options, crew *crew) *reading {
	in := s.Input
	r := &reading{input: in, bytes: max(in.Size, 0)}
	counted := &counter{r: s}
	kind := what(s)
	switch kind {
	case nothing:
		r.nothing("this is " + s.Name)
		return r
	case foreign:
		r.noLog("this is no log but %s", s.Name)
		return r
	}
	r.utf16 = s.UTF16
	st := standing{
		reading: r, nature: kind, lines: extract.New(in.Name), parser: logline.NewParser(parsing(in, kind, opt)),
		keep: opt.keep != nil && s.Stored && in.Size >= 0 && in.Version == "",
	}
	err := st.readOn(counted, opt, crew)
	if in.Size < 0 {
		r.bytes = counted.n
	}
	if err != nil && ctx.Err() == nil {
		r.failBy(err, "reading stopped after %d bytes: %v", counted.n, err)
	}
	r.finish(st.lines, err, opt)
	return r
}

// finish says what the lines came to that were read up to err.
func (r *reading) finish(x *extract.Extractor, err error, opt Options) {
	if err != nil {
		r.rest = nil
	}
	if r.kind == "" {
		r.damage = r.loss.documents()
		return
	}
	r.log = x.Log()
	r.named = namesOf(x)
	r.noteText()
	r.unclaimed.Trim()
	if r.kind == xlogKind {
		r.loss.date(r.log)
		r.account, r.damage = r.loss.document(), r.loss.documents()
	} else {
		r.kind = r.log.Format.String()
		// Some other text of an archive.
		r.foreign = r.log.Format == logline.Plain && r.log.First.IsZero() && len(r.log.Events) == 0 && r.input.InArchive() && err == nil
	}
	if r.outside+r.loss.Skipped.Blocks > 0 {
		switch {
		case r.log.Lines > 0 || r.loss.Locked.Blocks > 0:
			opt.reach.bound(r.log, r.early, r.late)
		case !r.early.IsZero():
			r.skipped = true
			r.log.First, r.log.Last = r.early, r.late // the log before it goes on here
			r.log.Stamp = logline.HasTime | logline.HasDate | logline.HasYear | logline.HasZone
		default:
			r.log = nil // no log of anything that was asked for
		}
	}
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
