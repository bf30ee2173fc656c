package worker

import (
	"bufio"
	"context"
	"io"

	"github.com/xlogscan/xlogscan/internal/scan"
)

// Unanswered is the error of a store that did not answer: nothing is wrong with the task, and it is to be run again.
type Unanswered struct{ scan.Problem }

func (u Unanswered) Error() string { return u.Input + ": " + u.Text }

// Map reads the inputs of opt and writes, for each, the line of its folder, one with key Link, and one with key Quarantine for
// each problem that took some of it. The lines of an input are written when it was read to its end, in the order of names.
// The error is that of the options, of w, an [Unanswered], or the end of ctx.
func Map(ctx context.Context, opt scan.Options, generation string, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	quarantine := func(p scan.Problem) error {
		switch {
		case p.Store:
			return Unanswered{p}
		case !p.Fatal:
			return nil
		}
		return put(out, Quarantined{p.Input, p.Text}, Quarantine, generation)
	}
	missing, err := scan.Each(ctx, opt, func(told scan.Told) error {
		for _, p := range told.Problems() {
			if err := quarantine(p); err != nil {
				return err
			}
		}
		links := told.Links()
		if err := put(out, told, Key(links.Folder), generation); err != nil {
			return err
		}
		return put(out, links, Link, generation)
	})
	for _, p := range missing {
		if err == nil {
			err = quarantine(p)
		}
	}
	if err != nil {
		return err
	}
	return out.Flush()
}
