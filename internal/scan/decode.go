package scan

import (
	"context"
	"io"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// DecodeStats says what a decoded input held.
type DecodeStats struct {
	Blocks, Locked int
	Damage         []report.Damage
	Problems       []Problem
}

// Decode writes the text of a container to w, damage skipped; a text file is copied. It decodes jobs blocks at once, 0
// for one on each CPU. What is wrong with the input is in the stats; the error is that of w, or the end of ctx.
func Decode(ctx context.Context, in source.Input, keys []xlog.Key, jobs int, w io.Writer) (DecodeStats, error) {
	crew := newCrew(jobs)
	defer crew.wait()
	r := &reading{input: in, bytes: max(in.Size, 0)}
	out := &latched{w: w}
	s, err := source.Open(ctx, in, nil)
	if err != nil {
		r.fail("this cannot be read: %v", err)
		return r.stats(), ctx.Err()
	}
	defer func() { _ = s.Close() }() // nothing is written
	switch what(s) {
	case container:
		to := sink{
			text: func(text []byte, _ []int, _ logline.Pos) error {
				_, err := out.Write(text)
				return err
			},
			gap: func(logline.Pos, string) int { return -1 },
		}
		crew.work(func() { err = r.container(s, keys, crew, to) })
	case text:
		_, err = io.Copy(out, s)
	case nothing:
		r.nothing("this is " + s.Name)
	case foreign:
		r.fail("this is no log but %s", s.Name)
	}
	switch {
	case out.err != nil:
		return r.stats(), out.err
	case ctx.Err() != nil:
		return r.stats(), ctx.Err()
	case err != nil:
		r.fail("reading stopped: %v", err)
	}
	return r.stats(), nil
}

func (r *reading) stats() DecodeStats {
	if r.empty != "" {
		r.problems = append(r.problems, Problem{Input: r.input.Name, Text: "there is nothing to decode: " + r.empty})
	}
	st := DecodeStats{Blocks: r.loss.Decoded.Blocks, Locked: r.loss.Locked.Blocks, Problems: r.problems}
	for _, d := range r.loss.damage {
		st.Damage = append(st.Damage, d.Damage)
	}
	return st
}

// latched remembers the first error of a writer, to tell it from one of the reader.
type latched struct {
	w   io.Writer
	err error
}

func (l *latched) Write(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := l.w.Write(p)
	l.err = err
	return n, err
}
