// Package scan runs the pipeline: find, open, decode, split, extract, correlate, judge, report.
//
// It alone starts goroutines: one input is read by one of them from start to end, those that have no input help it to
// decode, and results are taken in the order of the inputs, so that neither their number nor their timing shows in a
// result.
package scan

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Options say what to scan and how. The zero value of each lets the logs decide.
type Options struct {
	Paths       []string  // files, folders, patterns, "-"
	Stdin       io.Reader // what "-" reads
	Keys        []xlog.Key
	Jobs        int            // how much is read and decoded at once; 0 is one for each CPU
	Location    *time.Location // zone of logs that name none
	Date        time.Time      // day of lines without a date, year of those without a year
	Roles       []Role
	Room        string               // only the call of this room, or of the only one that ends so
	Catalogue   *signature.Catalogue // rules to judge by; nil are the program's own
	Only, Skip  []string             // ids of signatures
	MinSeverity signature.Severity   // milder findings are left out
	Lang        string               // en or zh
	Version     string               // of the tool
	// Progress is told how many bytes of all inputs were read; from several goroutines, one at a time. The total
	// is -1 where an input's size is not known.
	Progress func(read, total int64, name string)

	unclaimed bool // count the lines that nothing recognises
}

// Role says which role the inputs have whose name matches a pattern.
type Role struct {
	Role extract.Role
	Glob string
}

// Problem is something a reader of the result has to know about an input.
type Problem struct {
	Input string
	Text  string
	Fatal bool // some of the input could not be read or decoded
}

// Result is a report and what was in its way.
type Result struct {
	Report   *report.Report
	Problems []Problem
}

// Run scans. Its errors are those of the options, a correlate.NoRoom among them, which comes with the result of all calls,
// and the end of ctx; what is wrong with an input is a Problem.
func Run(ctx context.Context, opt Options) (*Result, error) {
	rules, err := opt.catalogue().Select(opt.Only, opt.Skip)
	if err != nil {
		return nil, err
	}
	j, err := Join(ctx, opt)
	if err != nil {
		return nil, err
	}
	doc := inventory(j.readings, j.Problems, opt)
	report.Build(doc, j.Calls, rules.Judge(j.Calls, j.Devices))
	if err := doc.Select(opt.Room, opt.MinSeverity); err != nil {
		return &Result{Report: doc, Problems: j.Problems}, err
	}
	return &Result{Report: doc, Problems: j.Problems}, nil
}

// Inventory reads the inputs and reports what they are, without looking for calls.
func Inventory(ctx context.Context, opt Options) (*Result, error) {
	_, res, err := inventoried(ctx, opt)
	return res, err
}

// catalogue returns the rules before any are left out.
func (o *Options) catalogue() *signature.Catalogue {
	if o.Catalogue == nil {
		return signature.Default()
	}
	return o.Catalogue
}

// Joined are the calls and devices that the inputs show.
type Joined struct {
	Calls    []*correlate.Call
	Devices  []*correlate.Device
	Problems []Problem
	Inputs   int // how many were read

	readings []*reading
}

// Join scans up to the calls, which Run goes on to judge. Its errors are those of Run.
func Join(ctx context.Context, opt Options) (*Joined, error) {
	for _, r := range opt.Roles {
		if !doublestar.ValidatePattern(r.Glob) {
			return nil, fmt.Errorf("the pattern %q of --role is malformed", r.Glob)
		}
	}
	readings, problems, err := readAll(ctx, opt)
	if err != nil {
		return nil, err
	}
	var logs []*extract.Log
	for _, r := range readings {
		if r.log != nil {
			logs = append(logs, r.log)
		}
	}
	settleDates(readings, opt)
	roles := correlate.Options{Role: opt.role}
	calls, devices := correlate.Calls(logs, roles)
	if settleZones(readings, calls, opt) {
		calls, devices = correlate.Calls(logs, roles)
	}
	noteClocks(readings, devices)
	return &Joined{calls, devices, problems, len(readings), readings}, nil
}

// role returns the role that the options give an input.
func (o *Options) role(input string) extract.Role {
	for _, r := range o.Roles {
		if ok, _ := doublestar.Match(r.Glob, input); ok {
			return r.Role
		}
	}
	return extract.UnknownRole
}

// readAll reads all inputs, each once, and returns what they told in the order of their names.
func readAll(ctx context.Context, opt Options) ([]*reading, []Problem, error) {
	inputs, missing := source.Find(ctx, opt.Paths, source.Options{Stdin: opt.Stdin})
	var problems []Problem
	for _, m := range missing {
		problems = append(problems, Problem{Input: m.Path, Text: m.Reason, Fatal: true})
	}
	bytes := newMeter(inputs, opt.Progress)
	var readings []*reading
	crew := newCrew(opt.Jobs)
	defer crew.wait()
	work := func(in source.Input) (r *reading) {
		crew.work(func() { r = read(ctx, in, opt, crew, bytes) })
		return r
	}
	for r := range ordered(ctx, inputs, crew.size(), work) {
		readings = append(readings, r)
		problems = append(problems, r.problems...)
	}
	return readings, problems, ctx.Err()
}
