package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
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
		Args: paths,
		RunE: func(c *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			opt, err := a.callOptions(&flags, args)
			if err != nil {
				return err
			}
			res, err := a.scanned(c.Context(), opt, scan.Run)
			if err != nil {
				return err
			}
			write := func(w io.Writer) error { return writeCalls(w, res.Report.Calls) }
			if format == "table" {
				write = func(w io.Writer) error { return callTable(w, res.Report.Calls, a.textOptions(&out, flags.lang)) }
			}
			if res.Report.Status != report.Empty {
				if err := out.write(a.stdout, write); err != nil {
					return err
				}
			}
			return a.judge(res, &flags, args)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format,
		report.Format{Name: "table", Help: "for the terminal"},
		report.Format{Name: "ndjson", Help: "one call of " + report.Schema + " per line"})
	out.flags(f)
	flags.flags(f)
	return c
}

// writeCalls writes one JSON object per line, each as it stands in the document: package report knows how.
func writeCalls(w io.Writer, calls []report.Call) error {
	var document, line bytes.Buffer
	for i := range calls {
		document.Reset()
		if err := report.JSON(&document, &report.Report{Calls: calls[i : i+1]}); err != nil {
			return err
		}
		var one struct{ Calls []json.RawMessage }
		if err := json.Unmarshal(document.Bytes(), &one); err != nil {
			return fmt.Errorf("call %d: %w", i, err)
		}
		line.Reset()
		if err := json.Compact(&line, one.Calls[0]); err != nil {
			return fmt.Errorf("call %d: %w", i, err)
		}
		line.WriteByte('\n')
		if _, err := w.Write(line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
