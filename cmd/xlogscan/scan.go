package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
)

func (a *app) scanCommand() *cobra.Command {
	var (
		flags  callFlags
		out    output
		format string
	)
	c := &cobra.Command{
		Use:   "scan PATH...",
		Short: "Analyse the calls in logs",
		Long: `scan reads the logs of one or both parties of calls, joins them into calls, and
says for each call in which stage it ended, why, and which log lines show it.

A PATH is a file, a folder, a pattern in which ** stands for any folders, or -
for standard input. Its content decides what a file is. Give the logs of both
parties where you can: many causes show in the other party's log.`,
		Example: `  xlogscan scan xlog/
  xlogscan scan device/ phone.log --key my.key
  xlogscan scan . --room 1000000000000000001 -f md -o call.md
  xlogscan scan xlog/ --since "2026-11-20 10:00" --until "2026-11-20 11:00"
  xlogscan scan 'fleet/**/*.xlog' -f json --fail-on error`,
		Args: orList(&flags.list),
		RunE: func(c *cobra.Command, args []string) error {
			how, err := out.as(format)
			if err != nil {
				return err
			}
			flags.lang = a.language(flags.lang, how.Data)
			res, err := a.analysed(c.Context(), &flags, &out, args)
			if err != nil {
				return err
			}
			if err := a.render(&out, &flags.redaction, how, res.doc); err != nil {
				return err
			}
			return a.judge(res, &flags, args)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format, report.Formats...)
	out.folderFlags(f)
	flags.flags(f)
	return c
}

// textOptions is how a report is drawn: for the terminal it goes to, or the same everywhere.
func (a *app) textOptions(out *output, lang string) report.TextOptions {
	var to io.Writer = a.stdout
	if !out.stdout() {
		to = nil
	}
	return report.TextOptions{Width: a.width(to), Color: a.colored(to), ASCII: a.ascii, Lang: lang, Verbose: a.verbose}
}
