package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) showCommand() *cobra.Command {
	var (
		flags callFlags
		out   output
	)
	c := &cobra.Command{
		Use:   "show ROOM PATH...",
		Short: "Draw one call step by step",
		Long: `show draws one call as a ladder: a lane for each party with the times of its own
log, the server between them, from the request down to the end. What a log
shows is drawn solid, what must have passed in between dashed. Below are the
findings on the call.

ROOM is a room id, or as much of its end as tells it from the others, four
characters at least. In place of logs, PATH may be a result that scan -f json
saved.`,
		Example: `  xlogscan show 1000000000000000001 device/ phone/
  xlogscan show 000001 result.json
  xlogscan show 000001 device/ phone/ --ascii --lang zh -o call.txt`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) >= 2 || len(args) == 1 && flags.list.from != "" {
				return nil
			}
			return usage("xlogscan calls PATH... lists the rooms", "show needs a room, and logs or a saved result")
		},
		RunE: func(c *cobra.Command, args []string) error {
			room, paths := args[0], args[1:]
			if len(paths) == 1 && flags.list.from == "" && a.isSaved(paths[0]) {
				return a.showSaved(c, room, paths[0], &out, &flags)
			}
			flags.lang = a.language(flags.lang, false)
			flags.room = room
			res, err := a.unchosen(c.Context(), &flags, &out, a.given(&flags.list, paths))
			if err != nil {
				return err
			}
			if res.Report.Status == report.Empty {
				return a.judge(res, &flags)
			}
			if err := a.show(res.doc, room, flags.least(), flags.list.said(paths), &out, &flags.redaction); err != nil {
				return err
			}
			return a.judge(res, &flags)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	out.flags(f)
	flags.flagsButRoom(f)
	return c
}

// isSaved reports whether what is at path begins as a saved result does. Of standard input it takes nothing away.
func (a *app) isSaved(path string) bool {
	var from io.Reader
	if path == "-" {
		buffered := bufio.NewReader(a.stdin)
		a.stdin = buffered
		from = peeker{buffered}
	} else {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() { // a pipe has to be read once
			return false
		}
		f, err := os.Open(path)
		if err != nil {
			return false // the scan says why
		}
		defer func() { _ = f.Close() }() // it was only read
		from = f
	}
	head := make([]byte, 256)
	n, _ := io.ReadFull(from, head)
	return report.Saved(head[:n])
}

// peeker reads the beginning of what remains to be read.
type peeker struct{ r *bufio.Reader }

func (p peeker) Read(b []byte) (int, error) {
	head, err := p.r.Peek(len(b))
	return copy(b, head), err
}

// showSaved shows a call of a saved result.
func (a *app) showSaved(c *cobra.Command, room, name string, out *output, flags *callFlags) error {
	var about, lang string
	red := &flags.redaction
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	out.flags(own)
	langFlag(own, &lang)
	(&redaction{}).flags(own)
	c.Flags().Visit(func(f *pflag.Flag) {
		if own.Lookup(f.Name) == nil && c.InheritedFlags().Lookup(f.Name) == nil {
			about = f.Name
		}
	})
	if about != "" {
		return usage("scan again to have it, or leave it out", "%s is a saved result, on which --%s has no effect", name, about)
	}
	if err := out.check(); err != nil {
		return err
	}
	if err := red.load(); err != nil {
		return err
	}
	doc, err := a.readReport(name)
	if err != nil {
		return err
	}
	if doc.Status == report.Empty {
		a.errorOf(name, "the scan found nothing to analyse")
		return exitWith(statusEmpty)
	}
	doc = doc.In(a.languageOf(doc, flags.lang, false))
	if doc, err = red.document(c.Context(), doc); err != nil {
		return err
	}
	return a.show(doc, room, "", []string{name}, out, red)
}

// show writes the call that room names, with findings of a severity or above, and leaves no other in the document.
func (a *app) show(doc *report.Report, room string, least signature.Severity, paths []string, out *output, red *redaction) error {
	rooms := doc.Rooms()
	if err := doc.Select(room, least); err != nil {
		e := noRoom(err, paths)
		if len(rooms) > 0 {
			e.hint = "the rooms there are end in " + listed(rooms)
		}
		return e
	}
	return a.release(out, red, func(w io.Writer) error { return report.Show(w, doc, a.textOptions(out, doc.Lang)) })
}

// listed names a few things.
func listed(names []string) string {
	const few = 16
	if len(names) > few {
		return strings.Join(names[:few], ", ") + " and " + counted(len(names)-few, "other")
	}
	return strings.Join(names, ", ")
}
