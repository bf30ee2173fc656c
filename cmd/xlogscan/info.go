package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

func (a *app) infoCommand() *cobra.Command {
	var (
		flags     inputFlags
		out       output
		format    string
		unclaimed bool
		settings  bool
		lang      string
	)
	c := &cobra.Command{
		Use:   "info PATH...",
		Short: "List what logs are and what of them can be read",
		Long: `info lists each input with its kind, its blocks, the time it covers, the
versions it names, and what became of its blocks: decoded, salvaged, locked or
lost, when that was written, what most likely did it, and which key opened what.
It does not look for calls.

With --unclaimed it lists instead, as NDJSON, the shapes of lines that look like
VoIP and that nothing recognised, the most frequent first. A shape holds no
name, number, id or path: each is a placeholder, such as <n>, <id> or <w>. With
it the logs of a new version can be supported without anybody's log.

With --settings it lists the flags of all commands, their values and which file
or variable sets them; the paths, of which none is needed, are not read.`,
		Example: `  xlogscan info xlog/
  xlogscan info --unclaimed xlog/
  xlogscan info WMPF_20261120.xlog -f json`,
		Args: func(c *cobra.Command, args []string) error {
			if settings {
				return nil
			}
			return orList(&flags.list)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if settings {
				return out.write(a.stdout, func(w io.Writer) error { return a.settings(w, c.Root()) })
			}
			if unclaimed && c.Flags().Changed("format") {
				return usage("", "--unclaimed writes NDJSON, leave --format out")
			}
			opt, err := a.options(&flags)
			if err != nil {
				return err
			}
			if opt.Paths, err = flags.list.paths(a, args); err != nil {
				return err
			}
			var shapes []byte
			res, err := a.scanned(c.Context(), opt, func(ctx context.Context, opt scan.Options) (res *scan.Result, err error) {
				if !unclaimed {
					return scan.Inventory(ctx, opt)
				}
				shapes, res, err = unclaimedLines(ctx, opt)
				return res, err
			})
			if err != nil {
				return err
			}
			doc, err := flags.redaction.document(c.Context(), res.Report, res.Named...)
			if err != nil {
				return err
			}
			switch {
			case unclaimed:
				err = out.write(a.stdout, func(w io.Writer) error {
					_, err := w.Write(shapes)
					return err
				})
			case format == "json":
				err = a.release(&out, &flags.redaction, func(w io.Writer) error { return report.JSON(w, doc) })
			case len(res.Report.Inputs) > 0:
				err = a.release(&out, &flags.redaction, func(w io.Writer) error { return writeInventory(w, doc, a.verbose, a.language(lang, false)) })
			}
			if err != nil {
				return err
			}
			statuses := []int{partial(res, &flags.bad)}
			if res.Report.Status == report.Empty {
				a.sayEmpty(res, flags.list.said(args))
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
	f.BoolVar(&unclaimed, "unclaimed", false, "list the shapes of VoIP lines that nothing recognised, without personal data")
	f.BoolVar(&settings, "settings", false, "list the values of flags that configuration files and the environment set, and where")
	out.flags(f)
	flags.flags(f)
	a.metrics.flags(f)
	langFlag(f, &lang)
	return c
}
