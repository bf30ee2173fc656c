package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/source"
)

// How often growing logs are looked at: at least once a pollInterval, for not every file system tells of changes, and
// never sooner than restFactor times as long as the last look took.
const (
	pollInterval = time.Second
	restFactor   = 2
)

// follow scans paths again whenever a log there grows, and writes what each scan says that the last one did not, until
// it is interrupted or standard input, if that is all there is, ends.
func (a *app) follow(ctx context.Context, flags *scanFlags, paths []string) error {
	format, err := flags.out.as(flags.format)
	if err != nil {
		return err
	}
	if format.Name != "text" && format.Name != "ndjson" || !flags.out.stdout() {
		return usage("", "--follow writes text or, with -f ndjson, calls to standard output")
	}
	flags.lang = a.language(flags.lang, format.Data)
	opt, err := a.callOptions(&flags.callFlags)
	if err != nil {
		return err
	}
	if opt.Paths, err = flags.list.paths(a, paths); err != nil {
		return err
	}
	paths = opt.Paths
	if i := slices.IndexFunc(paths, source.InStore); i >= 0 {
		return usage("scan them without it", "--follow reads logs that grow, and objects such as %s do not", paths[i])
	}
	opt.Room, opt.Progress = "", nil    // the room may come
	if flags.redaction.numbers == nil { // what has been told keeps its pseudonyms
		if flags.redaction.numbers, err = redact.NewNumbers(a.random); err != nil {
			return err
		}
	}
	f, err := scan.Follow(ctx, opt, a.now())
	if err != nil {
		return usage("", "%w", err)
	}
	changed, stop := watch(paths)
	defer stop()
	news := report.NewNews(a.textOptions(&output{}, flags.lang))
	write := news.Text
	if format.Data {
		write = news.JSON
	}
	more, said := f.More(), map[scan.Problem]bool{}
	first := true
	bad := false // some input could not be read
	for {
		began := a.now()
		res, err := f.Poll(ctx)
		if err != nil {
			return err
		}
		if res != nil {
			a.metrics.read(res)
			if first {
				a.sayKnown(res, flags.state)
				first = false
			}
			a.newProblems(res.Problems, said)
			bad = partial(res, &flags.bad) != statusDone
			if err := a.tell(ctx, res, &flags.callFlags, write); err != nil {
				return err
			}
		}
		if onlyStdin(paths) && more == nil {
			if bad {
				return exitWith(statusPartial)
			}
			return nil
		}
		rest := time.NewTimer(restFactor * a.now().Sub(began))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-rest.C:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case _, open := <-more:
			if !open {
				more = nil
			}
		case <-changed:
		case <-time.After(pollInterval):
		}
	}
}

func onlyStdin(paths []string) bool {
	for _, p := range paths {
		if p != "-" {
			return false
		}
	}
	return true
}

// newProblems says what is wrong with inputs, each thing once.
func (a *app) newProblems(problems []scan.Problem, said map[scan.Problem]bool) {
	var fresh []scan.Problem
	for _, p := range problems {
		if !said[p] {
			said[p] = true
			fresh = append(fresh, p)
		}
	}
	a.problems(fresh)
}

// tell releases what write has to say of the report of a result.
func (a *app) tell(ctx context.Context, res *scan.Result, flags *callFlags, write func(io.Writer, *report.Report) error) error {
	doc, err := flags.redaction.document(ctx, res.Report, res.Named...)
	if err != nil {
		return err
	}
	if err := doc.Select(flags.room, flags.least()); err != nil {
		if _, ok := errors.AsType[*correlate.NoRoom](err); ok { // it may come
			return nil
		}
		return usage("", "%w", err)
	}
	a.metrics.chosen(doc)
	var text bytes.Buffer
	if err := write(&text, doc); err != nil || text.Len() == 0 {
		return err
	}
	return a.release(&output{}, &flags.redaction, func(w io.Writer) error {
		_, err := w.Write(text.Bytes())
		return err
	})
}
