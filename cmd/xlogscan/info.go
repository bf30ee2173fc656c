package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

func (a *app) infoCommand() *cobra.Command {
	var (
		flags  inputFlags
		out    output
		format string
	)
	c := &cobra.Command{
		Use:   "info PATH...",
		Short: "List what logs are and what of them can be read",
		Long: `info lists each input with its kind, its blocks, the time it covers, the
versions it names, and what of it is locked or damaged, without looking for
calls.`,
		Example: `  xlogscan info xlog/
  xlogscan info WMPF_20261120.xlog -f json`,
		Args: paths,
		RunE: func(c *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			opt, err := a.options(&flags, args)
			if err != nil {
				return err
			}
			res, err := a.scanned(c.Context(), opt, scan.Inventory)
			if err != nil {
				return err
			}
			switch {
			case format == "json":
				err = out.write(a.stdout, func(w io.Writer) error { return report.JSON(w, res.Report) })
			case len(res.Report.Inputs) > 0:
				err = out.write(a.stdout, func(w io.Writer) error { return writeInventory(w, res.Report) })
			}
			if err != nil {
				return err
			}
			statuses := []int{partial(res, &flags.bad)}
			if res.Report.Status == report.Empty {
				a.sayEmpty(res, args)
				statuses = append(statuses, statusEmpty)
			}
			return exitWith(statuses...)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format,
		report.Format{Name: "text", Help: "a block for each input"},
		report.Format{Name: "json", Help: "the document " + report.Schema + " without calls"})
	out.flags(f)
	flags.flags(f)
	return c
}
