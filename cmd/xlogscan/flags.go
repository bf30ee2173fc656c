package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
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

// readFlags say how logs are read.
type readFlags struct {
	keys   []string
	dates  dateFlags
	jobs   int
	limits limits
	store  storeFlags
}

func (r *readFlags) flags(f *pflag.FlagSet) {
	keyFlag(f, &r.keys)
	r.dates.flags(f)
	jobsFlag(f, &r.jobs)
	r.limits.flags(f)
	r.store.flags(f)
}

// readOptions turns the flags into those of a scan of paths, which are added later.
func (a *app) readOptions(r *readFlags) (scan.Options, error) {
	opt := scan.Options{Stdin: a.stdin, Jobs: r.jobs, Limits: r.limits.Limits, Version: version()}
	if err := validJobs(r.jobs); err != nil {
		return opt, err
	}
	if err := r.dates.apply(&opt); err != nil {
		return opt, err
	}
	var err error
	if opt.Store, err = a.store(&r.store); err != nil {
		return opt, err
	}
	opt.Keys, err = a.readKeys(r.keys)
	return opt, err
}

// dateFlags say when lines are from that do not say it themselves.
type dateFlags struct{ tz, date string }

func (d *dateFlags) flags(f *pflag.FlagSet) {
	f.StringVar(&d.tz, "tz", "", "time `ZONE` of logs that name none: an IANA name or an offset such as +08:00")
	f.StringVar(&d.date, "date", "", "`DATE` of lines that have only a time, as YYYY-MM-DD")
}

func (d *dateFlags) apply(opt *scan.Options) (err error) {
	if opt.Location, err = parseZone(d.tz); err != nil {
		return err
	}
	if d.date != "" {
		if opt.Date, err = time.Parse(time.DateOnly, d.date); err != nil {
			return usage("", "--date %q is no date such as 2026-11-20", d.date)
		}
	}
	return nil
}

// inputFlags are those of all commands that read logs for what is in them.
type inputFlags struct {
	readFlags
	window    windowFlags
	list      fileList
	bad       tolerance
	redaction redaction
}

func (i *inputFlags) flags(f *pflag.FlagSet) {
	i.window.flags(f)
	i.list.flags(f)
	i.readFlags.flags(f)
	f.Var(&i.bad, "tolerate-bad", "`N` or N% of the inputs may be unreadable or damaged without exit status 3")
	i.redaction.flags(f)
}

// options turns the flags into those of a scan of paths, which are added later.
func (a *app) options(i *inputFlags) (scan.Options, error) {
	if err := i.redaction.load(); err != nil {
		return scan.Options{}, err
	}
	opt, err := a.readOptions(&i.readFlags)
	if err != nil {
		return opt, err
	}
	opt.Window, err = i.window.window(a.now())
	return opt, err
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

// judgeFlags say how calls are judged.
type judgeFlags struct {
	roles      []string
	rules      ruleFlags
	only, skip []string
}

func (j *judgeFlags) flags(f *pflag.FlagSet) {
	roleFlag(f, &j.roles)
	j.rules.flags(f)
	f.StringSliceVar(&j.only, "only", nil, "check only these signature `IDS` (comma-separated or repeated)")
	f.StringSliceVar(&j.skip, "skip", nil, "do not check these signature `IDS` (comma-separated or repeated)")
}

func (a *app) judging(j *judgeFlags, opt *scan.Options) (err error) {
	if opt.Roles, err = parseRoles(j.roles); err != nil {
		return err
	}
	opt.Only, opt.Skip = j.only, j.skip
	opt.Catalogue, err = j.rules.catalogue(a.params)
	return err
}

// callFlags are those of the commands that judge calls.
type callFlags struct {
	inputFlags
	judgeFlags
	join        string
	maxMemory   byteSize
	room        string
	minSeverity string
	failOn      string
	lang        string
	state       string
}

func (c *callFlags) flags(f *pflag.FlagSet) {
	roomFlag(f, &c.room)
	f.Lookup("room").Usage += olderLeft
	c.flagsButRoom(f)
}

// flagsButRoom are those of a command that takes the room as an argument.
func (c *callFlags) flagsButRoom(f *pflag.FlagSet) {
	c.inputFlags.flags(f)
	choiceVar(f, &c.join, "join", "time", []string{"time", "ids"}, "join parties at most by `WHAT`: ids only, or also by time, where a log has no id")
	c.judgeFlags.flags(f)
	f.Var(&c.maxMemory, "max-memory", "put into a file what does not fit into `SIZE`, as 2GiB or 2GB, and join by ids only then; without it GOMEMLIMIT counts")
	leastFlag(f, &c.minSeverity)
	choiceVar(f, &c.failOn, "fail-on", "", severities, "exit with status 1 on a confirmed finding of `SEVERITY` or above; leads do not count")
	langFlag(f, &c.lang)
	f.StringVar(&c.state, "state", "", "keep in `DIR` what the logs told, and do not decode them again the next time")
}

// least is the severity below which findings are left out.
func (c *callFlags) least() signature.Severity { return signature.Severity(c.minSeverity) }

// callOptions turns the flags into those of a scan of paths that are not known yet.
func (a *app) callOptions(c *callFlags) (scan.Options, error) {
	if c.failOn != "" && signature.Severity(c.failOn).Rank() > c.least().Rank() {
		return scan.Options{}, usage("", "--fail-on %s is below --min-severity %s", c.failOn, c.minSeverity)
	}
	opt, err := a.options(&c.inputFlags)
	if err != nil {
		return opt, err
	}
	opt.Room, opt.Lang, opt.State, opt.IDs = c.room, c.lang, c.state, c.join == "ids"
	if c.maxMemory > 0 {
		debug.SetMemoryLimit(int64(c.maxMemory))
	}
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		opt.MaxMemory, opt.Temp = limit, os.TempDir()
	}
	return opt, a.judging(&c.judgeFlags, &opt)
}

func roomFlag(f *pflag.FlagSet, p *string) {
	f.StringVar(p, "room", "", "only the call with this room `ID`, or with the only id that ends so")
}

// olderLeft is what --room does beside choosing where logs are read.
const olderLeft = "; for a whole id, files named by days long before the call are not read"

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
		roles = append(roles, scan.Role{Role: role, Glob: filepath.ToSlash(glob)})
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

// analysed scans for calls what find gives, and chooses those that flags name.
func (a *app) analysed(ctx context.Context, flags *callFlags, out *output, find finder) (*analysis, error) {
	res, err := a.unchosen(ctx, flags, out, find)
	if err != nil {
		return nil, err
	}
	if err := res.doc.Select(flags.room, flags.least()); err != nil {
		return nil, noRoom(err, res.paths)
	}
	a.metrics.chosen(res.doc)
	return res, nil
}

// unchosen is analysed before calls are chosen. It asks find after looking whether the flags are right and the result can go
// where it shall, for finding may take long.
func (a *app) unchosen(ctx context.Context, flags *callFlags, out *output, find finder) (*analysis, error) {
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
	res, err := a.scanned(ctx, opt, scan.Run)
	if err != nil {
		return nil, err
	}
	a.sayKnown(res, flags.state)
	doc, err := flags.redaction.document(ctx, res.Report, res.Named...)
	if err != nil {
		return nil, err
	}
	return &analysis{res, doc, flags.list.said(opt.Paths)}, nil
}

// sayKnown says how much of a scan its state spared; "" is no state.
func (a *app) sayKnown(res *scan.Result, state string) {
	if state == "" {
		return
	}
	more := ""
	if res.Grown > 0 {
		more = fmt.Sprintf("; of %d that grew only the end was read", res.Grown)
	}
	a.notef("%d of %s known from %s%s", res.Known, counted(len(res.Report.Inputs), "input"), state, more)
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
	a.atEnd = append(a.atEnd, res.Close)
	a.metrics.read(res)
	a.problems(res.Problems)
	return res, nil
}
