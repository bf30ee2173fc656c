package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// explainFlags are those of rules explain.
type explainFlags struct {
	inputFlags
	ruleFlags
	roles []string
	room  string
	lang  string
}

func (a *app) rulesExplainCommand() *cobra.Command {
	var flags explainFlags
	c := &cobra.Command{
		Use:   "explain ID [--room ROOM] PATH...",
		Short: "Say term by term what a rule comes to on a call",
		Long: `explain judges one call by one rule, and writes the tree of the rule with what
each term comes to: fired, clear or not evaluable, on which log lines, and by
how much it misses. A rule about devices is judged on each device, all others
on the call with --room; without --room, there has to be a single call.`,
		Example: `  xlogscan rules explain alert-delayed xlog/ --room 1000000000000000001`,
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return completeRules(c, args, word)
		},
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) < 2 && flags.list.from == "" {
				return usage(c.CommandPath()+" --help shows examples", "explain needs the id of a rule, and a file or a folder")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			catalogue, err := flags.catalogue(a.params)
			if err != nil {
				return err
			}
			list, err := picked(catalogue, args[:1])
			if err != nil {
				return err
			}
			opt, err := a.options(&flags.inputFlags)
			if err != nil {
				return err
			}
			if opt.Paths, err = flags.list.paths(a, args[1:]); err != nil {
				return err
			}
			if opt.Roles, err = parseRoles(flags.roles); err != nil {
				return err
			}
			flags.lang = a.language(flags.lang, false)
			return a.explain(c.Context(), list[0], opt, &flags)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&flags.room, "room", "", "the call with this room `ID`, or with the only id that ends so"+olderLeft)
	flags.inputFlags.flags(f)
	roleFlag(f, &flags.roles)
	flags.ruleFlags.flags(f)
	langFlag(f, &flags.lang)
	return c
}

func (a *app) explain(ctx context.Context, s *signature.Signature, opt scan.Options, flags *explainFlags) error {
	opt.Progress = a.tracker()
	if !s.OfDevice() {
		opt.Room = flags.room
	}
	joined, err := scan.Join(ctx, opt)
	a.bar.stop()
	switch {
	case ctx.Err() != nil:
		return stopped(err)
	case err != nil:
		return usage("", "%w", err)
	}
	a.problems(joined.Problems)
	if joined.Selection != nil {
		a.notef("%s", joined.Selection.Text("en"))
	}
	about, err := subjects(s, joined, flags.room, opt.Paths)
	if err != nil {
		return err
	}
	if err := a.explained(ctx, s, joined, about, flags); err != nil {
		return err
	}
	bad := map[string]bool{}
	for _, p := range joined.Problems {
		if p.Fatal {
			bad[p.Input] = true
		}
	}
	if !flags.bad.allows(len(bad), joined.Inputs) {
		return exitWith(statusPartial)
	}
	return nil
}

// explained writes what the rule comes to on each of the calls, with pseudonyms unless the flags say otherwise.
func (a *app) explained(ctx context.Context, s *signature.Signature, joined *scan.Joined, about []*correlate.Call, flags *explainFlags) error {
	out := &output{}
	printer := explanationPrinter{textOptions: a.textOptions(out, flags.lang), redact: func(text string) string { return text }}
	err := flags.redaction.update(ctx, func() error {
		if flags.redaction.none() {
			printer.line(report.Unredacted)
		} else {
			flags.redaction.redactor = newRedactor(flags.redaction.numbers)
			if err := learnCalls(flags.redaction.redactor, slices.Concat(joined.Calls, about)); err != nil {
				return cannotRedact(err)
			}
			flags.redaction.redactor.LearnNamed(joined.Named)
			printer.redact = flags.redaction.redactor.Replace
		}
		for i, call := range about {
			if i > 0 {
				printer.line("")
			}
			printer.explanation(s, call, s.Explain(joined.Calls, call))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.release(out, &flags.redaction, func(w io.Writer) error {
		_, err := io.WriteString(w, printer.String())
		return err
	})
}

// learnCalls collects the personal data in the log lines of calls.
func learnCalls(r *redact.Redactor, calls []*correlate.Call) error {
	for _, c := range calls {
		r.Keep(c.RoomID)
		r.Keep(c.MediaRoomID)
	}
	for _, c := range calls {
		for _, p := range c.Parties() {
			for _, name := range p.Inputs {
				if err := r.LearnPath(name); err != nil {
					return err
				}
			}
			for i := range p.Events {
				if err := r.Learn(p.Events[i].Text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// subjects gives what to judge: a call, or, for a rule about devices, each device as a call of its own.
func subjects(s *signature.Signature, joined *scan.Joined, room string, paths []string) ([]*correlate.Call, error) {
	if s.OfDevice() {
		var list []*correlate.Call
		for _, d := range joined.Devices {
			list = append(list, signature.OfDevice(d))
		}
		return list, nil
	}
	calls := joined.Chosen()
	if len(calls) == 0 {
		return nil, &exit{status: statusEmpty, err: usage("", "there is no call in %s", strings.Join(paths, ", "))}
	}
	if room == "" {
		if len(calls) > 1 {
			return nil, usage(listsCalls(paths), "there are %s, choose one with --room", counted(len(calls), "call"))
		}
		return calls, nil
	}
	list, err := correlate.InRoom(calls, room)
	if err != nil {
		return nil, noRoom(err, paths)
	}
	return list, nil
}

// noRoom is the exit for an id that --room gives and that names no call, or several.
func noRoom(err error, paths []string) *exit {
	status := statusUsage
	if none, ok := errors.AsType[*correlate.NoRoom](err); ok && len(none.Fits) == 0 {
		status = statusEmpty
	}
	return &exit{status, err, listsCalls(paths)}
}

func listsCalls(paths []string) string {
	return "xlogscan calls " + strings.Join(paths, " ") + " lists them"
}
