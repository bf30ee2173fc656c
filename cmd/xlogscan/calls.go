package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
)

func (a *app) callsCommand() *cobra.Command {
	var (
		flags  callFlags
		out    output
		format string
	)
	c := &cobra.Command{
		Use:   "calls PATH...",
		Short: "List calls, one per row",
		Long: `calls analyses logs as scan does, and writes one row for each call, in the
order of the report. A question mark behind a finding marks a lead.`,
		Example: `  xlogscan calls xlog/
  xlogscan calls xlog/ -f ndjson | jq -r 'select(.outcome != "completed") | .id'`,
		Args: orList(&flags.list),
		RunE: func(c *cobra.Command, args []string) error {
			flags.lang = a.language(flags.lang, format != "table")
			res, err := a.analysed(c.Context(), &flags, &out, a.given(&flags.list, args))
			if err != nil {
				return err
			}
			write := report.CallLines
			if format == "table" {
				if err := inMemory(res.doc, format); err != nil {
					return err
				}
				write = func(w io.Writer, r *report.Report) error {
					return report.CallTable(w, r, a.textOptions(&out, flags.lang))
				}
			}
			if res.doc.Status != report.Empty {
				if err := a.release(&out, &flags.redaction, func(w io.Writer) error { return write(w, res.doc) }); err != nil {
					return err
				}
			}
			return a.judge(res, &flags)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format,
		report.Format{Name: "table", Help: "for the terminal"},
		report.Format{Name: "ndjson", Help: "one call of " + report.Schema + " per line"})
	out.flags(f)
	flags.flags(f)
	a.metrics.flags(f)
	return c
}
