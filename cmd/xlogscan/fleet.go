package main

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

// fleetFlags are those of both commands about fleets.
type fleetFlags struct {
	out    output
	format string
	lang   string
}

func (l *fleetFlags) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	var formats []report.Format
	for _, format := range fleet.Formats {
		formats = append(formats, report.Format{Name: format.Name, Help: format.Help})
	}
	formatFlag(f, &l.format, formats...)
	l.out.flags(f)
	langFlag(f, &l.lang)
}

// as gives the format that was asked for.
func (l *fleetFlags) as() fleet.Format {
	return fleet.Formats[slices.IndexFunc(fleet.Formats, func(f fleet.Format) bool { return f.Name == l.format })]
}

// options is how the result is drawn.
func (a *app) fleetOptions(l *fleetFlags) report.TextOptions {
	return a.textOptions(&l.out, a.language(l.lang, l.as().Data))
}

const aboutResults = `A RESULT is a file that scan -f json wrote, a part of worker reduce, or a folder
of such files, however deep, of which each file that begins as a result does is
read, in the order of the names; - is standard input. Results are read call by
call, so that they may be larger than memory.`

func (a *app) fleetCommand() *cobra.Command {
	var (
		flags   fleetFlags
		noRooms bool
		asOf    string
	)
	c := &cobra.Command{
		Use:   "fleet RESULT...",
		Short: "Count how the calls of many saved results went, by version, model and day",
		Long: `fleet counts the calls of saved results: how many there are and of how many is
known how they ended, rates of outcomes, stages and signatures with their 95 %
ranges, each by the version of WMPF, plugin, Linux SDK and WeChat, by model and by
day, and which calls to look at. A call that is in several results counts once,
as the last RESULT named has it.

` + aboutResults + `

The report holds versions, models, days, outcomes, stages, ids of signatures, room
ids and numbers, and no other text of a result: it may leave the site.`,
		Example: `  xlogscan fleet results/
  xlogscan fleet monday.json tuesday.json -f html -o fleet.html
  xlogscan fleet results/ --no-rooms -f json | jq '.rates[] | select(.kind == "signature")'`,
		Args: results,
		RunE: func(c *cobra.Command, args []string) error {
			if err := flags.out.check(); err != nil {
				return err
			}
			day, err := time.Parse(time.DateOnly, asOf)
			if asOf != "" && err != nil {
				return usage("", "--as-of %q is no date such as 2026-11-20", asOf)
			}
			set, err := a.fleetOf(c.Context(), args)
			if err != nil {
				return err
			}
			rooms := fleet.TopRooms
			if noRooms {
				rooms = 0
			}
			f := set.Fleet(rooms)
			if asOf != "" {
				f.Waiting = set.Waiting(day)
			}
			format := flags.as()
			if f.Calls > 0 || format.Data {
				if err := flags.out.write(a.stdout, func(w io.Writer) error { return format.Fleet(w, f, a.fleetOptions(&flags)) }); err != nil {
					return err
				}
			}
			return a.noCalls(f.Calls > 0)
		},
	}
	flags.flags(c.Flags())
	c.Flags().BoolVar(&noRooms, "no-rooms", false, "leave out the calls to look at, and with them all room ids")
	c.Flags().StringVar(&asOf, "as-of", "", "tell calls whose other log may still come, of the seven days up to `DATE`, from those whose other log never came")
	c.AddCommand(a.fleetDiffCommand())
	return c
}

func (a *app) fleetDiffCommand() *cobra.Command {
	var (
		flags fleetFlags
		by    []string
	)
	c := &cobra.Command{
		Use:   "diff A B | diff --by FACT=VALUE --by FACT=VALUE RESULT...",
		Short: "Compare the rates of two sets of calls",
		Long: `diff compares each rate of outcomes, stages and signatures of the results B with
that of the results A, or, with --by, the calls of one fact with those of another:
lower or higher where the 95 % range of the difference does not hold 0, no sure
difference where it does, too few where either side has fewer than 10 calls.
The strongest evidence comes first.

` + aboutResults + `

A call that is in both A and B counts in A. With --by, calls that have both facts
count in neither. docs/fleet-report.md says how the ranges are made, and what many
comparisons at once mean.`,
		Example: `  xlogscan fleet diff last-week/ this-week/
  xlogscan fleet diff --by wmpf=1.2 --by wmpf=2.0 results/
  xlogscan fleet diff --by day=2026-11-19 --by day=2026-11-20 results/ -f html -o days.html`,
		Args: func(c *cobra.Command, args []string) error {
			if len(by) == 0 && len(args) != 2 {
				return usage(c.CommandPath()+" --help shows examples", "diff needs two results or folders of results, A and B")
			}
			return results(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			facts, err := parseBy(by)
			if err != nil {
				return err
			}
			if err := flags.out.check(); err != nil {
				return err
			}
			d, err := a.diffOf(c.Context(), facts, args)
			if err != nil {
				return err
			}
			format := flags.as()
			if err := flags.out.write(a.stdout, func(w io.Writer) error { return format.Diff(w, d, a.fleetOptions(&flags)) }); err != nil {
				return err
			}
			return a.noCalls(d.A.Calls+d.B.Calls > 0)
		},
	}
	flags.flags(c.Flags())
	c.Flags().StringArrayVar(&by, "by", nil, "`FACT=VALUE` of one side, given twice: wmpf, plugin, linuxSdk, wechat, model or day; of a version its first numbers are enough")
	return c
}

// parseBy reads the facts of both sides; there are none where the sides are results.
func parseBy(flags []string) ([]fleet.By, error) {
	if len(flags) != 0 && len(flags) != 2 {
		return nil, usage("", "--by is given twice, for A and for B, or not at all")
	}
	var facts []fleet.By
	for _, s := range flags {
		by, err := fleet.ParseBy(s)
		if err != nil {
			return nil, usage("", "--by %w", err)
		}
		facts = append(facts, by)
	}
	return facts, nil
}

// diffOf compares the calls of two facts in results, or two results.
func (a *app) diffOf(ctx context.Context, facts []fleet.By, args []string) (*fleet.Diff, error) {
	if len(facts) > 0 {
		set, err := a.fleetOf(ctx, args)
		if err != nil {
			return nil, err
		}
		return set.Split(facts[0], facts[1]), nil
	}
	first, err := a.fleetOf(ctx, args[:1])
	if err != nil {
		return nil, err
	}
	second, err := a.fleetOf(ctx, args[1:])
	if err != nil {
		return nil, err
	}
	return fleet.Compare(first, second), nil
}

// noCalls is the exit of results in which there are no calls.
func (a *app) noCalls(some bool) error {
	if some {
		return nil
	}
	a.errorf("there is no call in the results")
	return exitWith(statusEmpty)
}
