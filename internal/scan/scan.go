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
	"os"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Options say what to scan and how. The zero value of each lets the logs decide.
type Options struct {
	Paths      []string     // files, folders, patterns, "-", and what Store holds
	Stdin      io.Reader    // what "-" reads
	Store      source.Store // where paths of a store lead
	Keys       []xlog.Key
	Jobs       int            // how much is read and decoded at once; 0 is one for each CPU
	Location   *time.Location // zone of logs that name none
	Date       time.Time      // day of lines without a date, year of those without a year
	Roles      []Role
	IDs        bool                 // join parties by ids only, never by time alone
	Window     Window               // only calls that were going on then, and no more of the logs than that takes
	Room       string               // the call that is looked for: day files older than it takes are not read, unless there is a Window
	Catalogue  *signature.Catalogue // rules to judge by; nil are the program's own
	Only, Skip []string             // ids of signatures
	Lang       string               // en or zh
	Limits     source.Limits        // on archives; zero are the default ones
	Version    string               // of the tool
	MaxMemory  int64                // of what the logs told, in bytes, about; more is put into a file, and joined by ids only. 0 is no bound
	Temp       string               // the folder for that file
	State      string               // a folder that keeps what inputs told, for the next scan; "" for none
	// Progress is told how many bytes of all inputs were read; from several goroutines, one at a time. The total
	// is -1 where an input's size is not known.
	Progress func(read, total int64, name string)

	reach     *reach // what has to be read for the window; nil for everything
	unclaimed bool   // count the lines that nothing recognises
	keep      keeper // knows what inputs told before
}

// A keeper keeps what inputs told. It is asked from several goroutines.
type keeper interface {
	// readings returns what an input told, which the caller may change, by read where it is not known.
	readings(ctx context.Context, in source.Input, read reader) []*reading
}

// A reader reads an input, from a checkpoint of it if that is not nil.
type reader func(from *checkpoint) []*reading

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
	Store bool // it is the store that did not give the input: another time it may
}

// Result is a report and what was in its way.
type Result struct {
	Report   *report.Report
	Problems []Problem
	Known    int // how many inputs were not read because Options.State knew them
	Grown    int // how many had grown since, and only what is new of them was read
	// Named are values that keys name in any line, in the order of the inputs, each once: what is to be left out of the
	// report where it stands bare. They are personal data as they are.
	Named []redact.Value

	files []*os.File // that the report is read from
}

// Close removes the files that a streamed report is read from. It has to be called when the report was written.
func (r *Result) Close() {
	for _, f := range r.files {
		remove(f)
	}
}

// Run scans. The report has all calls that were read, or those of the window; a room is chosen from it by [report.Report.Select].
// The errors are those of the options and the end of ctx; what is wrong with an input is a Problem.
func Run(ctx context.Context, opt Options) (*Result, error) {
	rules, err := opt.catalogue().Select(opt.Only, opt.Skip)
	if err != nil {
		return nil, err
	}
	if opt.MaxMemory > 0 {
		return runBounded(ctx, rules, opt)
	}
	j, err := Join(ctx, opt)
	if err != nil {
		return nil, err
	}
	return j.result(rules, opt), nil
}

// result judges the calls by rules.
func (j *Joined) result(rules *signature.Catalogue, opt Options) *Result {
	doc := inventory(j.found, opt)
	calls, verdicts := opt.Window.chosen(j.Calls, rules.Judge(j.Calls, j.Devices))
	report.Build(doc, calls, verdicts)
	return &Result{Report: doc, Problems: j.Problems, Known: j.found.known, Grown: j.found.grown, Named: j.Named}
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
	Inputs   int            // how many were read
	Named    []redact.Value // as in Result
	// Selection is what was left out of the inputs, nil for nothing asked for.
	Selection *report.Selection

	found  *found
	window Window
}

// Chosen returns the calls that were going on in the window that was asked for. The others are of its margin.
func (j *Joined) Chosen() []*correlate.Call {
	if j.window.all() {
		return j.Calls
	}
	var list []*correlate.Call
	for _, c := range j.Calls {
		if j.window.meets(c) {
			list = append(list, c)
		}
	}
	return list
}

// found is what all inputs gave.
type found struct {
	readings []*reading
	problems []Problem
	left     []source.Input // were not read, because they hold nothing of the window, or of the room
	known    int            // how many inputs were not read, because they were read before
	grown    int            // of how many only a part was read, for the same reason
}

// keptBy adds what a state has to say of the inputs; nil says nothing.
func (f *found) keptBy(s *state) {
	if s != nil {
		f.known, f.grown = s.known, s.grown
		f.problems = append(f.problems, s.problems()...)
	}
}

// Join scans up to the calls, which Run goes on to judge. Its errors are those of Run.
func Join(ctx context.Context, opt Options) (*Joined, error) {
	found, err := collect(ctx, opt, gather)
	if err != nil {
		return nil, err
	}
	return joined(found, opt), nil
}

// gather is readEach, but for inputs that opt.State knows. The problems found are not those of the readings.
func gather(ctx context.Context, opt Options, take func(*reading)) (*found, error) {
	if err := opt.validRoles(); err != nil {
		return nil, err
	}
	var kept *state
	if opt.State != "" {
		var err error
		if kept, err = openState(opt.State, &opt); err != nil {
			return nil, err
		}
		opt.keep = kept
	}
	found, err := readEach(ctx, opt, take)
	if err != nil {
		return nil, err
	}
	found.keptBy(kept)
	return found, nil
}

// joined joins what was read into calls.
func joined(found *found, opt Options) *Joined {
	j := joinedBy(found, calendarOf(found.readings), opt)
	j.Named = found.names()
	all := found.tally()
	j.Selection = all.selection(found.left, &opt)
	return j
}

// joinedBy is joined where more logs than those found say what dates and zones are usual; what they name is not collected.
func joinedBy(found *found, all Calendar, opt Options) *Joined {
	readings := found.readings
	var logs []*extract.Log
	for _, r := range readings {
		if r.log != nil {
			logs = append(logs, r.log)
		}
	}
	settleDates(readings, all, opt)
	how := correlate.Options{Role: opt.role, IDs: opt.IDs}
	calls, devices := correlate.Calls(logs, how)
	if settleZones(readings, all, calls, opt) {
		calls, devices = correlate.Calls(logs, how)
	}
	noteClocks(readings, devices)
	return &Joined{Calls: calls, Devices: devices, Problems: found.problems, Inputs: len(readings), found: found, window: opt.Window}
}

func (o *Options) validRoles() error {
	for _, r := range o.Roles {
		if !doublestar.ValidatePattern(r.Glob) {
			return fmt.Errorf("the pattern %q of --role is malformed", r.Glob)
		}
	}
	return nil
}

// role returns the role that the options give an input. A pattern for an archive is one for all that is in it.
func (o *Options) role(input string) extract.Role {
	for _, r := range o.Roles {
		for name := input; ; {
			if ok, _ := doublestar.Match(r.Glob, name); ok {
				return r.Role
			}
			end := strings.LastIndexByte(name, '!')
			if end < 0 {
				break
			}
			name = name[:end]
		}
	}
	return extract.UnknownRole
}

// Stopped is the error of a scan whose context ended before all was read.
type Stopped struct {
	Read, Inputs int
	Err          error
}

func (s *Stopped) Error() string {
	return fmt.Sprintf("%d of %d inputs were read: %v", s.Read, s.Inputs, s.Err)
}

// Unwrap returns the error of the context.
func (s *Stopped) Unwrap() error { return s.Err }

// collect returns what all inputs told that read reads, in the order of their names.
func collect(ctx context.Context, opt Options, read func(context.Context, Options, func(*reading)) (*found, error)) (*found, error) {
	var list []*reading
	f, err := read(ctx, opt, func(r *reading) { list = append(list, r) })
	if err != nil {
		return nil, err
	}
	f.take(list)
	return f, nil
}

// take takes in readings and their problems.
func (f *found) take(list []*reading) {
	slices.SortStableFunc(list, func(a, b *reading) int { return strings.Compare(a.input.Name, b.input.Name) })
	f.readings = list
	for _, r := range list {
		f.problems = append(f.problems, r.problems...)
	}
}

// readEach reads the inputs, each once, and calls take with what they told, in the order of the names of the inputs; with
// opt.Room, of one round after the other.
func readEach(ctx context.Context, opt Options, take func(*reading)) (*found, error) {
	inputs, missing := source.Find(ctx, opt.Paths, source.Options{Stdin: opt.Stdin, Store: opt.Store})
	f := &found{}
	for _, m := range missing {
		f.problems = append(f.problems, Problem{Input: m.Path, Text: m.Reason, Fatal: true, Store: source.FromStore(m.Err)})
	}
	opt.reach, inputs, f.left = opt.Window.choose(ctx, inputs, &opt)
	if opt.keep != nil { // what is kept is a log as a whole
		opt.reach = nil
	}
	room := opt.Room
	if !opt.Window.all() { // which bounds what is read
		room = ""
	}
	search := newSearch(room, inputs)
	bytes := newMeter(inputs, opt.Progress)
	if len(search.folders) > 0 {
		bytes.total = -1
	}
	crew := newCrew(opt.Jobs)
	defer crew.wait()
	work := func(in source.Input) (list []*reading) {
		read := func(from *checkpoint) []*reading {
			return caught(in, func() []*reading {
				if from != nil {
					if r := readGrown(ctx, in, from, opt, crew, bytes); r != nil {
						return []*reading{r}
					}
				}
				return readInput(ctx, in, opt, crew, bytes)
			})
		}
		crew.work(func() {
			if opt.keep != nil {
				list = opt.keep.readings(ctx, in, read)
			} else {
				list = read(nil)
			}
		})
		return list
	}
	read := 0
	for round := search.round(); len(round) > 0 && ctx.Err() == nil; round = search.round() {
		n := 0
		for list := range ordered(ctx, round, crew.size(), work) {
			in := &round[n]
			n++
			if ctx.Err() != nil { // it may not have been read to its end
				continue
			}
			read++
			search.saw(in, list)
			for _, r := range list {
				take(r)
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, &Stopped{read, len(inputs), err}
	}
	f.left = append(f.left, search.left()...)
	return f, nil
}
