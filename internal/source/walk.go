package source

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xlogscan/xlogscan/internal/source/archive"
)

// Walking is how an input is walked.
type Walking struct {
	// Limits of zero are the default ones.
	Limits Limits
	// Progress, unless nil, is called with the bytes each read took from the input as it is stored, so that their sum
	// ends at Input.Size; it is called by the reading goroutine.
	Progress func(n int64)
}

// Found is what Walk has to say beside what it visited.
type Found struct {
	// Archive says that the input is an archive, or one that is compressed.
	Archive bool
	// Problems are in the order in which they were met. Their paths are the input's or that of what lies in it.
	Problems []*Problem
	// Notes are of what was passed over and is most likely no log.
	Notes []*Problem
}

// Walk reads an input from start to end and visits what is in it: each file of an archive, of archives in it too, but
// not what systems and tools leave behind; the content of a compressed file; and of any other input, itself. From the
// end of ctx on, reads fail.
//
// A visit that read into an error has told it; it is no problem once more. Walk ends with the error of a visit.
func Walk(ctx context.Context, in Input, opt Walking, visit func(*Stream) error) (*Found, error) {
	w := &walker{ctx: ctx, visit: visit, found: &Found{}, memory: archive.NewMemory()}
	if opt.Limits == (Limits{}) {
		opt.Limits = DefaultLimits()
	}
	c, err := in.Open(ctx)
	if err != nil {
		w.failure(in.Name, "this cannot be read: open: %v", err)
		return w.found, nil
	}
	defer func() { _ = c.Close() }() // nothing is written
	count := &counter{ctx: ctx, r: c, progress: opt.Progress}
	w.gauge = gauge{limits: opt.Limits, stored: func() int64 { return count.n }}
	src := w.source(count, 0)
	if at, ok := c.(io.ReaderAt); ok && in.Size >= 0 {
		count.at = at
		src.At, src.Size = count, in.Size
	}
	err = w.layer(in, src, 0)
	if rest := in.Size - count.n; w.found.Archive && err == nil && rest > 0 && opt.Progress != nil {
		opt.Progress(rest)
	}
	ended, _ := errors.AsType[stop](err)
	return w.found, ended.err
}

type walker struct {
	ctx    context.Context //nolint:containedctx // lives as long as one call of Walk
	visit  func(*Stream) error
	found  *Found
	memory *archive.Memory
	gauge  gauge
	// buffers are those of the layers, by depth: of each, one is read at a time.
	buffers []*bufio.Reader
	told    string // what is wrong, once a visit or a problem has said it of what lies innermost
}

// stop ends a walk: with the error of a visit, or with none where a limit is reached.
type stop struct{ err error }

func (s stop) Error() string { return "the walk has ended" }

func (w *walker) problem(name, format string, args ...any) {
	w.found.Problems = append(w.found.Problems, &Problem{Path: name, Reason: fmt.Sprintf(format, args...)})
}

// failure is a problem with the error behind it.
func (w *walker) failure(name, format string, err error) {
	w.found.Problems = append(w.found.Problems, &Problem{Path: name, Reason: fmt.Sprintf(format, err), Err: err})
}

// failed makes an error a problem, unless a visit has met it. It returns the error if the walk ends with it.
func (w *walker) failed(name, format string, err error) error {
	if ended, ok := errors.AsType[stop](err); ok {
		return ended
	}
	if w.ctx.Err() != nil {
		return stop{w.ctx.Err()}
	}
	if text := err.Error(); w.told != text {
		w.failure(name, format, err)
		w.told = text
	}
	if w.gauge.over != nil {
		return stop{nil}
	}
	return nil
}

// layer reads what src holds: the input, what a compressed file holds, or a file of an archive. Its error ends the walk.
func (w *walker) layer(in Input, src *archive.Source, depth int) error {
	w.told = ""
	s := &Stream{Input: in, r: src.Seq}
	err := s.look()
	if err == nil {
		err = s.transcode()
	}
	if err != nil {
		return w.failed(in.Name, "this cannot be read: %s", err)
	}
	if s.Kind != Packed {
		s.Stored = depth == 0 && !s.UTF16
		err := w.visit(s)
		if s.err != nil {
			w.told = s.err.Error()
		}
		switch {
		case err != nil:
			return stop{err}
		case w.gauge.over != nil:
			return w.failed(in.Name, "%s", w.gauge.over)
		}
		return nil
	}
	if depth >= w.gauge.limits.Depth {
		w.problem(in.Name, "archives lie in each other here more than %d deep, which is the limit; unpack the outer ones, or allow more with --limit depth=N", depth)
		return nil
	}
	f := archive.Sniff(s.head)
	if f.One() {
		return w.unpack(f, in, src, depth)
	}
	return w.archive(f, in, src, depth)
}

// unpack reads the content of a compressed file.
func (w *walker) unpack(f archive.Format, in Input, src *archive.Source, depth int) error {
	r, failure := archive.Unpack(f, src)
	if failure != nil {
		return w.failed(in.Name, "this cannot be read: %s", failure)
	}
	defer func() { _ = r.Close() }() // nothing is written
	return w.layer(in, w.source(&metered{r, &w.gauge}, depth+1), depth+1)
}

func (w *walker) source(r io.Reader, depth int) *archive.Source {
	if depth == len(w.buffers) {
		w.buffers = append(w.buffers, bufio.NewReaderSize(nil, bufferSize))
	}
	w.buffers[depth].Reset(r)
	return &archive.Source{Seq: w.buffers[depth], Memory: w.memory, Entries: w.gauge.limits.Entries}
}

// archive visits the files of an archive.
func (w *walker) archive(f archive.Format, in Input, src *archive.Source, depth int) error {
	w.found.Archive = true
	var names archive.Names
	var refused refusals
	err := archive.Walk(f, src, func(e *archive.Entry) error {
		if err := w.gauge.entry(); err != nil {
			return w.failed(in.Name, "%s", err)
		}
		if e.Skip || Leftover(e.Name) {
			return w.drain(in.Name, e)
		}
		name := in.Name + "!" + names.Distinct(e.Name)
		if e.Refused != nil {
			refused.add(e.Refused, name)
			return nil //nolint:nilerr // it is told with all others
		}
		member := Input{Name: name, Size: -1, ModTime: e.ModTime, member: len(in.Name) + 1}
		if !e.Bare {
			e.Reader = &metered{e.Reader, &w.gauge}
		}
		if err := w.layer(member, w.source(e, depth+1), depth+1); err != nil {
			return err
		}
		return w.drain(name, e)
	})
	refused.tell(w, in.Name)
	if err != nil {
		return w.failed(in.Name, "%s", err)
	}
	return nil
}

// drain reads an entry to its end, where the next is reached only so.
func (w *walker) drain(name string, e *archive.Entry) error {
	if !e.Drain {
		return nil
	}
	r := e.Reader
	if _, ok := r.(*metered); !ok {
		r = &metered{r, &w.gauge}
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return w.failed(name, "%s", err)
	}
	return nil
}

// refusals counts files of an archive that cannot be read, by the reason.
type refusals struct {
	reasons []string // in the order in which they were met
	files   map[string]refusal
}

type refusal struct {
	n        int
	first    string // in the order of names
	harmless bool
}

func (r *refusals) add(reason error, name string) {
	text := reason.Error()
	if r.files == nil {
		r.files = map[string]refusal{}
	}
	old, ok := r.files[text]
	if !ok {
		r.reasons = append(r.reasons, text)
		old.first = name
	}
	r.files[text] = refusal{old.n + 1, min(old.first, name), errors.Is(reason, archive.ErrProgram)}
}

func (r *refusals) tell(w *walker, name string) {
	for _, text := range r.reasons {
		f := r.files[text]
		first := f.first[strings.LastIndexByte(f.first, '!')+1:]
		p := &Problem{Path: name, Reason: fmt.Sprintf("%d files in it, the first %s, are not read: %s", f.n, first, text)}
		if f.n == 1 {
			p.Reason = fmt.Sprintf("1 file in it, %s, is not read: %s", first, text)
		}
		if f.harmless {
			w.found.Notes = append(w.found.Notes, p)
		} else {
			w.found.Problems = append(w.found.Problems, p)
		}
	}
}
