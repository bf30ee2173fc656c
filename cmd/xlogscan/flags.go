package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// The severities, the most severe first.
var severities = []string{string(signature.Critical), string(signature.Error), string(signature.Warning), string(signature.Info)}

// inputFlags are those of all commands that read logs for what is in them.
type inputFlags struct {
	keys      []string
	tz, date  string
	window    windowFlags
	list      fileList
	jobs      int
	bad       tolerance
	limits    limits
	redaction redaction
}

func (i *inputFlags) flags(f *pflag.FlagSet) {
	i.window.flags(f)
	i.list.flags(f)
	keyFlag(f, &i.keys)
	f.StringVar(&i.tz, "tz", "", "time `ZONE` of logs that name none: an IANA name or an offset such as +08:00")
	f.StringVar(&i.date, "date", "", "`DATE` of lines that have only a time, as YYYY-MM-DD")
	jobsFlag(f, &i.jobs)
	f.Var(&i.bad, "tolerate-bad", "`N` or N% of the inputs may be unreadable or damaged without exit status 3")
	i.limits.flags(f)
	i.redaction.flags(f)
}

// options turns the flags into those of a scan of paths, which are added later.
func (a *app) options(i *inputFlags) (scan.Options, error) {
	opt := scan.Options{Stdin: a.stdin, Jobs: i.jobs, Limits: i.limits.Limits, Version: version()}
	if err := validJobs(i.jobs); err != nil {
		return opt, err
	}
	if err := i.redaction.load(); err != nil {
		return opt, err
	}
	var err error
	if opt.Location, err = parseZone(i.tz); err != nil {
		return opt, err
	}
	if i.date != "" {
		if opt.Date, err = time.Parse(time.DateOnly, i.date); err != nil {
			return opt, usage("", "--date %q is no date such as 2026-11-20", i.date)
		}
	}
	if opt.Window, err = i.window.window(a.now()); err != nil {
		return opt, err
	}
	if opt.Keys, err = a.readKeys(i.keys); err != nil {
		return opt, err
	}
	return opt, nil
}

func jobsFlag(f *pflag.FlagSet, jobs *int) {
	f.IntVarP(jobs, "jobs", "j", 0, "read and decode on `N` processors at once; 0 is all")
}

func validJobs(jobs int) error {
	if jobs < 0 {
		return usage("", "--jobs %d is below 0", jobs)
	}
	return nil
}

// callFlags are those of the commands that judge calls.
type callFlags struct {
	inputFlags
	rules       ruleFlags
	roles       []string
	room        string
	only, skip  []string
	minSeverity string
	failOn      string
	lang        string
	state       string
}

func (c *callFlags) flags(f *pflag.FlagSet) {
	roomFlag(f, &c.room)
	c.flagsButRoom(f)
}

// flagsButRoom are those of a command that takes the room as an argument.
func (c *callFlags) flagsButRoom(f *pflag.FlagSet) {
	c.inputFlags.flags(f)
	roleFlag(f, &c.roles)
	c.rules.flags(f)
	f.StringSliceVar(&c.only, "only", nil, "check only these signature `IDS` (comma-separated or repeated)")
	f.StringSliceVar(&c.skip, "skip", nil, "do not check these signature `IDS` (comma-separated or repeated)")
	leastFlag(f, &c.minSeverity)
	choiceVar(f, &c.failOn, "fail-on", "", severities, "exit with status 1 on a confirmed finding of `SEVERITY` or above; leads do not count")
	langFlag(f, &c.lang)
	f.StringVar(&c.state, "state", "", "keep in `DIR` what the logs told, and do not decode them again the next time")
}

// callOptions turns the flags into those of a scan of paths that are not known yet.
func (a *app) callOptions(c *callFlags) (scan.Options, error) {
	least := signature.Severity(c.minSeverity)
	if c.failOn != "" && signature.Severity(c.failOn).Rank() > least.Rank() {
		return scan.Options{}, usage("", "--fail-on %s is below --min-severity %s", c.failOn, c.minSeverity)
	}
	roles, err := parseRoles(c.roles)
	if err != nil {
		return scan.Options{}, err
	}
	rules, err := c.rules.catalogue(a.params)
	if err != nil {
		return scan.Options{}, err
	}
	opt, err := a.options(&c.inputFlags)
	opt.Catalogue = rules
	opt.Roles, opt.Room, opt.Only, opt.Skip, opt.MinSeverity, opt.Lang = roles, c.room, c.only, c.skip, least, c.lang
	opt.State = c.state
	return opt, err
}

func roomFlag(f *pflag.FlagSet, p *string) {
	f.StringVar(p, "room", "", "only the call with this room `ID`, or with the only id that ends so")
}

func leastFlag(f *pflag.FlagSet, p *string) {
	choiceVar(f, p, "min-severity", "info", severities, "leave out findings below `SEVERITY`: critical, error, warning or info")
}

func roleFlag(f *pflag.FlagSet, p *[]string) {
	f.StringArrayVar(p, "role", nil, "`ROLE=GLOB`: files whose path matches are the log of the caller or listener (repeatable)")
}

func parseRoles(flags []string) ([]scan.Role, error) {
	var roles []scan.Role
	for _, s := range flags {
		name, glob, ok := strings.Cut(s, "=")
		role, known := map[string]extract.Role{"caller": extract.Caller, "listener": extract.Listener}[name]
		if !ok || !known || glob == "" {
			return nil, usage("", "--role %q is neither caller=GLOB nor listener=GLOB", s)
		}
		roles = append(roles, scan.Role{Role: role, Glob: glob})
	}
	return roles, nil
}

// analysis is the result of a scan for calls, and what of its report leaves: redacted, the calls chosen.
type analysis struct {
	*scan.Result
	doc   *report.Report
	paths []string // that were scanned, as a message names them
}

// A finder gives the paths to scan.
type finder func(context.Context) ([]string, error)

// given is the finder of paths that are known, and of those in a list.
func (a *app) given(list *fileList, paths []string) finder {
	return func(context.Context) ([]string, error) { return list.paths(a, paths) }
}

// analysed scans for calls what find gives. It asks find after looking whether the flags are right and the result can go
// where it shall, for finding may take long.
func (a *app) analysed(ctx context.Context, flags *callFlags, out *output, find finder) (*analysis, error) {
	if err := out.check(); err != nil {
		return nil, err
	}
	opt, err := a.callOptions(flags)
	if err != nil {
		return nil, err
	}
	if opt.Paths, err = find(ctx); err != nil {
		return nil, err
	}
	room, least := opt.Room, opt.MinSeverity
	opt.Room, opt.MinSeverity = "", ""
	res, err := a.scanned(ctx, opt, scan.Run)
	if err != nil {
		return nil, err
	}
	if flags.state != "" {
		a.warnf("%d of %s known from %s", res.Known, counted(len(res.Report.Inputs), "input"), flags.state)
	}
	doc, err := flags.redaction.document(res.Report, res.Named...)
	if err != nil {
		return nil, err
	}
	if err := doc.Select(room, least); err != nil {
		return nil, noRoom(err, flags.list.said(opt.Paths))
	}
	return &analysis{res, doc, flags.list.said(opt.Paths)}, nil
}

// scanned runs a pipeline of package scan and sorts its errors.
func (a *app) scanned(ctx context.Context, opt scan.Options, pipeline func(context.Context, scan.Options) (*scan.Result, error)) (*scan.Result, error) {
	opt.Progress = a.tracker()
	res, err := pipeline(ctx, opt)
	a.bar.stop()
	switch {
	case errors.Is(err, context.Canceled):
		return nil, stopped(err)
	case err != nil: // what a scan finds wrong with inputs is no error, so this is about the options
		return nil, usage("", "%w", err)
	}
	a.problems(res.Problems)
	return res, nil
}
