package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/worker"
)

func (a *app) planCommand() *cobra.Command {
	var (
		list             fileList
		done             []string
		generation, date string
		out              output
		stores           storeFlags
	)
	size := byteSize(512 << 20)
	c := &cobra.Command{
		Use:   "plan PATH...",
		Short: "List the logs of a fleet as tasks for worker map",
		Long: `plan lists what is to be read, takes away what earlier plans hold, and packs the
rest into tasks. The plan is lines of JSON: a head, and then a task a line. What
changed since an earlier plan, by its size or date, is listed again.

The same logs give the same plan. The generation has the date of the newest log
in it, so that later ones are greater; --date gives another.`,
		Example: `  xlogscan plan fleet/2026-11-20/ -o plan-20.json
  xlogscan plan fleet/ --done plan-19.json --done plan-20.json --task-size 1GiB`,
		Args: orList(&list),
		RunE: func(c *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if generation != "" {
				if err := validGeneration(generation); err != nil {
					return err
				}
			}
			if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
				return usage("", "--date %q is no date such as 2026-11-20", date)
			}
			known := worker.Done{}
			for _, name := range done {
				if err := readPlan(known, name); err != nil {
					return err
				}
			}
			paths, err := list.paths(a, args)
			if err != nil {
				return err
			}
			store, err := a.store(&stores)
			if err != nil {
				return err
			}
			inputs, missing := source.Find(c.Context(), paths, source.Options{Store: store})
			if err := c.Context().Err(); err != nil {
				return err
			}
			for _, m := range missing {
				a.errorf("%s: %s", m.Path, m.Reason)
				if source.FromStore(m.Err) { // a plan that lacks a part of the fleet is none
					return &exit{status: statusAgain}
				}
			}
			var head worker.PlanHead
			err = out.write(a.stdout, func(w io.Writer) error {
				head, err = worker.Plan(inputs, known, int64(size), generation, date, w)
				return err
			})
			if err != nil {
				return err
			}
			a.warnf("%s of %s in %s, generation %s; %d in earlier plans", counted(head.Inputs, "log"), size.of(head.Bytes), counted(head.Tasks, "task"), head.Generation, len(inputs)-head.Inputs)
			if len(missing) > 0 {
				return exitWith(statusPartial)
			}
			return nil
		},
	}
	f := c.Flags()
	f.SortFlags = false
	list.flags(f)
	stores.flags(f)
	f.StringArrayVar(&done, "done", nil, "leave out what this earlier `PLAN` holds (repeatable)")
	f.Var(&size, "task-size", "`SIZE` of the logs of a task, as 512MiB or 512MB")
	f.StringVar(&generation, "generation", "", "`ID` of the generation, which has to be greater than earlier ones, compared as texts")
	f.StringVar(&date, "date", "", "`DATE` of the plan, as YYYY-MM-DD")
	out.flags(f)
	return c
}

func readPlan(known worker.Done, name string) error {
	f, err := open("--done "+name, name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	if err := known.Read(f); err != nil {
		return usage("", "--done %s: %w", name, err)
	}
	return nil
}
