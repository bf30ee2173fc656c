package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/worker"
)

func (a *app) workerCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "worker",
		Short: "Analyse the logs of a fleet in steps, for engines that run many of each",
		Long: `worker has the steps of a scan as filters of lines, for Apache Spark, for job
arrays and for anything that sorts lines: map reads logs, link finds out what
belongs together, reduce judges it. xlogscan plan lists the work and xlogscan
merge puts the results together: the bytes of scan --join ids.
docs/fleet-spark.md has the contract.`,
		Example: `  xlogscan plan fleet/ | jq -r '.inputs[]?.name' | xlogscan worker map --generation g1 > lines
  grep '^~' lines | xlogscan worker link > links
  awk -F '\t' 'NR == FNR { c[$1] = $2; next } $1 in c { print c[$1] "\t" $0 }' links lines |
    sort | xlogscan worker reduce --links links --generation g1 > part
  xlogscan merge part -f ndjson -o tables/`,
		Args: noCommand(nil),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.workerMapCommand(), a.workerLinkCommand(), a.workerReduceCommand())
	return c
}

func (a *app) workerMapCommand() *cobra.Command {
	var (
		flags      readFlags
		generation string
	)
	c := &cobra.Command{
		Use:   "map --generation ID",
		Short: "Read the logs that standard input names, one a line, and write what each told",
		Long: `map reads the files, folders or objects that standard input names, one a line.
For each log it writes a line with the key of its folder, and one with the key ~
for worker link, when it was read to its end; for what cannot be read or decoded
one with the key !, which is no failure. A line is KEY, ID and JSON, with tabs
between.

Exit status 1 means that a store did not answer: the task is to be run again.`,
		Example: `  find fleet/ -name '*.xlog' | xlogscan worker map --generation 2026-11-20`,
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := validGeneration(generation); err != nil {
				return err
			}
			opt, err := a.readOptions(&flags)
			if err != nil {
				return err
			}
			list := fileList{from: "-"}
			if opt.Paths, err = list.paths(a, nil); err != nil {
				return err
			}
			opt.Stdin = nil
			return filtered(a, func(w io.Writer) error { return worker.Map(c.Context(), opt, generation, w) })
		},
	}
	f := c.Flags()
	f.SortFlags = false
	generationFlag(c, &generation)
	flags.flags(f)
	return c
}

func (a *app) workerLinkCommand() *cobra.Command {
	var touched string
	c := &cobra.Command{
		Use:   "link",
		Short: "Find out which folders have to be judged together",
		Long: `link reads the lines with the key ~ of worker map, in any order and any number of
times, and writes for each folder its circle: FOLDER and CIRCLE, with a tab
between. What was in the folders of a circle is to be reduced together. Its first
line has the key ~ and says what all logs together say of dates and zones.`,
		Example: `  grep '^~' lines | xlogscan worker link > links
  grep -h '^~' old-lines new-lines | xlogscan worker link --touched g2 > links`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			return filtered(a, func(w io.Writer) error { return worker.Linking(a.stdin, touched, w) })
		},
	}
	c.Flags().StringVar(&touched, "touched", "", "leave out circles that hold no log of this generation `ID`")
	return c
}

func (a *app) workerReduceCommand() *cobra.Command {
	var (
		dates             dateFlags
		judge             judgeFlags
		generation, links string
		lang              string
	)
	c := &cobra.Command{
		Use:   "reduce --links FILE --generation ID",
		Short: "Join and judge lines of worker map, and write a part of a report",
		Long: `reduce reads the lines of folders that worker map wrote, with their circle and a
tab in front, those of a circle together. It writes a part: lines of JSON about
inputs, calls and findings, for xlogscan merge. In memory is one circle at a time.

Give the same --tz and --date to worker map.`,
		Example: `  sort lines-with-circles | xlogscan worker reduce --links links --generation g1 > part`,
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := validGeneration(generation); err != nil {
				return err
			}
			all, err := readLinks(links)
			if err != nil {
				return err
			}
			opt := scan.Options{Lang: a.language(lang, true), Version: version()}
			if err := dates.apply(&opt); err != nil {
				return err
			}
			if err := a.judging(&judge, &opt); err != nil {
				return err
			}
			how, err := scan.NewReducer(all, opt)
			if err != nil {
				return usage("", "%w", err)
			}
			return filtered(a, func(w io.Writer) error { return worker.Reduce(a.stdin, how, generation, w) })
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&links, "links", "", "`FILE` that worker link wrote")
	generationFlag(c, &generation)
	dates.flags(f)
	judge.flags(f)
	langFlag(f, &lang)
	return c
}

func readLinks(name string) (scan.Calendar, error) {
	if name == "" {
		return scan.Calendar{}, usage("worker link writes it", "--links is missing")
	}
	f, err := open("--links "+name, name)
	if err != nil {
		return scan.Calendar{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	all, err := worker.ReadCalendar(bufio.NewReader(f))
	if err != nil {
		return all, usage("worker link writes it", "--links %s: %w", name, err)
	}
	return all, nil
}

func generationFlag(c *cobra.Command, p *string) {
	c.Flags().StringVar(p, "generation", "", "`ID` of this run over the fleet; later runs have greater ones, compared as texts")
}

func validGeneration(id string) error {
	if id == "" {
		return usage("xlogscan plan gives one", "--generation is missing")
	}
	if strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return usage("", "--generation %q has blanks in it", id)
	}
	return nil
}

// filtered writes to standard output what a filter of lines makes; lines that are wrong are errors of usage.
func filtered(a *app, filter func(io.Writer) error) error {
	err := filter(a.stdout)
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if u, ok := errors.AsType[worker.Unanswered](err); ok {
		return &exit{statusAgain, u, "run the task again"}
	}
	return usage("", "%w", err)
}
