package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/report"
)

func (a *app) scanCommand() *cobra.Command {
	var (
		flags  scanFlags
		follow bool
	)
	c := &cobra.Command{
		Use:   "scan PATH...",
		Short: "Analyse the calls in logs",
		Long: `scan reads the logs of one or both parties of calls, joins them into calls, and
says for each call in which stage it ended, why, and which log lines show it.

A PATH is a file, a folder, a pattern in which ** stands for any folders,
s3://bucket/prefix for objects of a store, or - for standard input. Its content
decides what a file is. Archives are read as
folders are: zip, tar, 7z, RAR, compressed files and all of these in each other.
Give the logs of both parties where you can: many causes show in the other
party's log.

With --follow, scan goes on while the logs grow and tells each call as it ends;
- is then a stream of lines, as adb logcat writes it.`,
		Example: `  xlogscan scan xlog/
  xlogscan scan device/ phone.log --key my.key
  xlogscan scan . --room 1000000000000000001 -f md -o call.md
  xlogscan scan bugreport.zip phone.7z
  adb exec-out tar c -C /sdcard xlog | xlogscan scan -
  xlogscan scan xlog/ --since "2026-11-20 10:00" --until "2026-11-20 11:00"
  xlogscan scan 'fleet/**/*.xlog' -f json --fail-on error
  xlogscan scan s3://fleet-logs/2026-11-20/ --s3-endpoint https://s3.example.com
  adb logcat | xlogscan scan --follow -`,
		Args: orList(&flags.list),
		RunE: func(c *cobra.Command, args []string) error {
			if follow {
				return a.follow(c.Context(), &flags, args)
			}
			return a.reported(c.Context(), &flags, a.given(&flags.list, args))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	flags.flags(f)
	a.metrics.flags(f)
	f.BoolVar(&follow, "follow", false, "go on reading while the logs grow, and write what is new of calls as it becomes certain")
	return c
}

// scanFlags are those of scan, and of pull, which scans what it pulled.
type scanFlags struct {
	callFlags
	out    output
	format string
}

func (s *scanFlags) flags(f *pflag.FlagSet) {
	formatFlag(f, &s.format, report.Formats...)
	s.out.folderFlags(f)
	s.callFlags.flags(f)
}

// reported scans what find gives and writes the report.
func (a *app) reported(ctx context.Context, flags *scanFlags, find finder) error {
	how, err := flags.out.as(flags.format)
	if err != nil {
		return err
	}
	flags.lang = a.language(flags.lang, how.Data)
	res, err := a.analysed(ctx, &flags.callFlags, &flags.out, find)
	if err != nil {
		return err
	}
	if err := a.render(&flags.out, &flags.redaction, how, res.doc); err != nil {
		return err
	}
	return a.judge(res, &flags.callFlags)
}

// textOptions is how a report is drawn: for the terminal it goes to, or the same everywhere.
func (a *app) textOptions(out *output, lang string) report.TextOptions {
	var to io.Writer = a.stdout
	if !out.stdout() {
		to = nil
	}
	return report.TextOptions{Width: a.width(to), Color: a.colored(to), ASCII: a.ascii, Lang: lang, Verbose: a.verbose}
}
