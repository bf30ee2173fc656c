package scan

import (
	"context"
	"io"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Decoding is how logs are decoded.
type Decoding struct {
	Keys   []xlog.Key
	Jobs   int           // how many blocks are decoded at once; 0 is one for each CPU
	Limits source.Limits // on archives; zero are the default ones
}

// A Log is a container or a text file, perhaps in an archive. It can be decoded once, during a visit.
type Log struct {
	Input source.Input

	s    *source.Stream
	keys []xlog.Key
	crew *crew
	read *reading
}

// DecodeStats says what a decoded log held.
type DecodeStats struct {
	Blocks, Locked int
	Damage         []report.Damage
	Problems       []Problem
}

// Logs visits the logs in an input, which is one itself or an archive. What is wrong with the input beside its logs is in
// what it returns; its error is that of visit, or the end of ctx.
func Logs(ctx context.Context, in source.Input, how Decoding, visit func(*Log) error) ([]Problem, error) {
	crew := newCrew(how.Jobs)
	defer crew.wait()
	var p pack
	found, err := source.Walk(ctx, in, source.Walking{Limits: how.Limits}, func(s *source.Stream) error {
		r := &reading{input: s.Input}
		switch what(s) {
		case nothing:
			r.nothing("this is " + s.Name)
		case foreign:
			r.noLog("this is no log but %s", s.Name)
		default:
			if err := visit(&Log{Input: s.Input, s: s, keys: how.Keys, crew: crew, read: r}); err != nil {
				return err
			}
			r.problems, r.empty = nil, "" // the visit has them
		}
		p.add(r)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	var problems []Problem
	for _, r := range p.close(in, found) {
		problems = append(problems, r.stats().Problems...)
	}
	return problems, nil
}

// Decode writes the text of the log to w, damage skipped. What is wrong with it is in the stats; the error is that of w,
// or the end of ctx.
func (l *Log) Decode(ctx context.Context, w io.Writer) (DecodeStats, error) {
	r, out := l.read, &latched{w: w}
	var err error
	if what(l.s) == text {
		_, err = io.Copy(out, l.s)
	} else {
		to := sink{
			text: func(text []byte, _ []int, _ logline.Pos) error {
				_, err := out.Write(text)
				return err
			},
			gap: func(logline.Pos, string) int { return -1 },
		}
		l.crew.work(func() { err = r.container(l.s, l.keys, l.crew, to) })
	}
	switch {
	case out.err != nil:
		return r.stats(), out.err
	case ctx.Err() != nil:
		return r.stats(), ctx.Err()
	case err != nil:
		r.failBy(err, "reading stopped: %v", err)
	}
	return r.stats(), nil
}

func (r *reading) stats() DecodeStats {
	st := DecodeStats{Blocks: r.loss.Decoded.Blocks, Locked: r.loss.Locked.Blocks, Problems: r.problems}
	if r.empty != "" {
		st.Problems = append(st.Problems, Problem{Input: r.input.Name, Text: "there is nothing to decode: " + r.empty})
	}
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
