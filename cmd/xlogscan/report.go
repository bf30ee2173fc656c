package main

import (
	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) reportCommand() *cobra.Command {
	var (
		out         output
		format      string
		room, least string
		lang        string
		red         redaction
	)
	c := &cobra.Command{
		Use:   "report RESULT.json",
		Short: "Write a saved result in another format",
		Long: `report reads the result that scan -f json wrote, or standard input for -, and
writes it as scan -f would have written it, without the logs.

A result holds its texts in English and Chinese, whichever it was made in.`,
		Example: `  xlogscan scan xlog/ -f json -o result.json
  xlogscan report result.json --lang zh
  xlogscan report result.json --room 1000000000000000001 -f md -o call.md
  xlogscan scan xlog/ -f json | xlogscan report - -f md`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return usage("xlogscan report --help shows examples", "report needs one saved result, or - for standard input")
		},
		RunE: func(c *cobra.Command, args []string) error {
			how, err := ready(&out, &red, format)
			if err != nil {
				return err
			}
			doc, err := a.readReport(args[0])
			if err != nil {
				return err
			}
			doc = doc.In(a.languageOf(doc, lang, how.Data))
			if doc, err = red.document(c.Context(), doc); err != nil {
				return err
			}
			if err := doc.Select(room, signature.Severity(least)); err != nil {
				e := noRoom(err, nil)
				e.hint = "xlogscan report " + args[0] + " lists the calls"
				return e
			}
			if err := a.render(&out, &red, how, doc); err != nil {
				return err
			}
			if doc.Status == report.Empty {
				a.errorOf(args[0], "the scan found nothing to analyse")
				return exitWith(statusEmpty)
			}
			return nil
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format, report.Formats...)
	out.folderFlags(f)
	roomFlag(f, &room)
	leastFlag(f, &least)
	langFlag(f, &lang)
	red.flags(f)
	return c
}

// readReport reads a saved result; "-" is standard input.
func (a *app) readReport(name string) (*report.Report, error) {
	from, err := a.openInput(name, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = from.Close() }() // it was only read
	doc, err := report.Read(from)
	if err != nil {
		return nil, usage("xlogscan scan PATH... -f json -o RESULT.json saves a result", "%s: %w", name, cause(err))
	}
	return doc, nil
}
