package scan

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/source"
)

// A spill is a file that holds what inputs told where that is too much for memory. It is judged circle by circle from there.
type spill struct {
	dir    string
	file   *os.File
	out    *bufio.Writer
	size   int64
	linker *Linker
	told   []spilled
	all    tally
}

// spilled is where the file has what an input told.
type spilled struct {
	folder string
	input  string
	offset int64
	size   int
}

// weights of what a reading comes to in a scan, in bytes, as measured: of the copies of its events, of its calls, and of
// what the report says of them.
const (
	weightOfReading = 4 << 10
	weightOfEvent   = 4 << 10
)

func (r *reading) weight() int64 {
	if r.log == nil {
		return weightOfReading
	}
	return weightOfReading + weightOfEvent*int64(len(r.log.Events))
}

// runBounded is Run where memory is bounded: what inputs told is spilled as soon as judging it all at once would take
// more. Parties are joined by ids only from then on.
func runBounded(ctx context.Context, rules *signature.Catalogue, opt Options) (*Result, error) {
	var kept []*reading
	var s *spill
	var weight int64
	var failed error
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	found, err := gather(ctx, opt, func(r *reading) {
		if failed != nil {
			return
		}
		weight += r.weight()
		kept = append(kept, r)
		if s == nil && weight > opt.MaxMemory {
			s, failed = newSpill(opt.Temp)
		}
		if s != nil && failed == nil {
			for _, r := range kept {
				failed = cmp.Or(failed, s.add(r))
			}
			kept = kept[:0]
		}
		if failed != nil {
			stop()
		}
	})
	if s != nil {
		defer remove(s.file)
	}
	switch {
	case failed != nil:
		return nil, failed
	case err != nil:
		return nil, err
	case s == nil:
		found.take(kept)
		return joined(found, opt).result(rules, opt), nil
	}
	return s.judged(ctx, found, opt)
}

func newSpill(dir string) (*spill, error) {
	f, err := os.CreateTemp(dir, "xlogscan-told-*")
	if err != nil {
		return nil, cannotSpill(dir, err)
	}
	return &spill{dir: dir, file: f, out: bufio.NewWriterSize(f, 1<<20), linker: NewLinker()}, nil
}

// spilling is what a reader of the result has to know.
var spilling = Problem{Input: "--max-memory", Text: "what the logs told is more, so it was put into a file, and parties were joined by ids only, not by time"}

func cannotSpill(dir string, err error) error {
	return fmt.Errorf("what the logs told is more than --max-memory, and no room for it in %s: %w; give more memory, or another folder with TMPDIR", dir, source.Cause(err))
}

// remove removes a file that is not needed any more.
func remove(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// add writes what an input told to the file.
func (s *spill) add(r *reading) error {
	told := Told{r}
	line, err := json.Marshal(told)
	if err != nil { // a time no calendar has
		r.fail("its times are not of this age, so it was left out")
		r.log = nil
		if line, err = json.Marshal(told); err != nil {
			return err
		}
	}
	links := told.Links()
	s.linker.Add(&links, "", true)
	s.all.add(r)
	s.told = append(s.told, spilled{links.Folder, r.input.Name, s.size, len(line)})
	s.size += int64(len(line))
	if _, err := s.out.Write(line); err != nil {
		return cannotSpill(s.dir, err)
	}
	return nil
}

// judged judges what was spilled, circle by circle, into another file.
func (s *spill) judged(ctx context.Context, found *found, opt Options) (*Result, error) {
	if err := s.out.Flush(); err != nil {
		return nil, cannotSpill(opt.Temp, err)
	}
	members, all := s.linker.Circles()
	s.linker = nil
	how, err := NewReducer(all, opt)
	if err != nil {
		return nil, err
	}
	circles := map[string]string{}
	for _, m := range members {
		circles[m.Folder] = m.Circle
	}
	slices.SortStableFunc(s.told, func(a, b spilled) int {
		return cmp.Or(strings.Compare(circles[a.folder], circles[b.folder]), strings.Compare(a.input, b.input))
	})
	f, err := os.CreateTemp(opt.Temp, "xlogscan-part-*")
	if err != nil {
		return nil, cannotSpill(opt.Temp, err)
	}
	res, err := s.part(ctx, how, circles, f)
	if err != nil {
		remove(f)
		return nil, err
	}
	res.Known, res.Grown = found.known, found.grown
	res.Problems = append(append(found.problems, spilling), res.Problems...)
	res.Report.Selection = s.all.selection(found.left, &opt)
	if s.all.logs == 0 { // a part does not tell that nothing of a log was asked for
		res.Report.Status = report.Empty
	}
	if res.Report.Status == report.Complete && slices.ContainsFunc(found.problems, func(p Problem) bool { return p.Fatal }) {
		res.Report.Status = report.Partial
	}
	res.files = append(res.files, f)
	return res, nil
}

// part writes the part of all circles to f, and makes a result of it.
func (s *spill) part(ctx context.Context, how *Reducer, circles map[string]string, f *os.File) (*Result, error) {
	part := report.NewPart(f, how.Head(""))
	for rest := s.told; len(rest) > 0; {
		n := 1
		for n < len(rest) && circles[rest[n].folder] == circles[rest[0].folder] {
			n++
		}
		told, err := s.read(rest[:n])
		if err != nil {
			return nil, err
		}
		how.Reduce(told, part)
		rest = rest[n:]
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if err := part.Close(); err != nil {
		return nil, cannotSpill(s.dir, err)
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	return Merge([]report.PartFile{{Name: f.Name(), ReaderAt: f, Size: size}}, s.dir)
}

// Merge makes one result of parts, as [report.Merge] does. What it has to put into files goes to a folder.
func Merge(parts []report.PartFile, dir string) (*Result, error) {
	res := &Result{}
	m, err := report.Merge(parts, func() (report.Scratch, error) {
		f, err := os.CreateTemp(dir, "xlogscan-calls-*")
		if err != nil {
			return nil, fmt.Errorf("no room for calls in %s: %w; name another folder with TMPDIR", dir, source.Cause(err))
		}
		res.files = append(res.files, f)
		return f, nil
	})
	if err != nil {
		return nil, err
	}
	res.Report, res.Named = m.Report, m.Named
	for i := range m.Report.Inputs {
		name := m.Report.Inputs[i].Name
		for _, p := range m.Problems[name] {
			res.Problems = append(res.Problems, Problem{Input: name, Text: p.Text, Fatal: p.Fatal})
		}
	}
	return res, nil
}

func (s *spill) read(list []spilled) ([]Told, error) {
	told := make([]Told, len(list))
	var line []byte
	for i, at := range list {
		line = slices.Grow(line[:0], at.size)[:at.size]
		if _, err := s.file.ReadAt(line, at.offset); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(line, &told[i]); err != nil {
			return nil, err
		}
	}
	return told, nil
}
