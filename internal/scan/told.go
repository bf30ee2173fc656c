package scan

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/source"
)

// Told is what one input told, or one file of an archive. It is JSON between processes of one version of the program.
type Told struct{ r *reading }

// Input is the name of the input.
func (t Told) Input() string { return t.r.input.Name }

// Problems are what a reader of the result has to know of the input.
func (t Told) Problems() []Problem { return t.r.problems }

// MarshalJSON implements [json.Marshaler]. A time in a year before 0 or after 9999 is an error.
func (t Told) MarshalJSON() ([]byte, error) { return json.Marshal(t.r.saved(source.Input{})) }

// UnmarshalJSON implements [json.Unmarshaler].
func (t *Told) UnmarshalJSON(text []byte) error {
	var s saved
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	if s.Name == "" {
		return errors.New("it names no input")
	}
	t.r = s.reading(source.Input{})
	return nil
}

// Each reads all inputs, each once, and calls f with what they told, in the order of the inputs' names. Its errors are
// those of f, those of the options, and a [Stopped]. The problems are those of paths that gave no input.
func Each(ctx context.Context, opt Options, f func(Told) error) ([]Problem, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var failed error
	found, err := readEach(ctx, opt, func(r *reading) {
		if failed == nil {
			if failed = f(Told{r}); failed != nil {
				stop()
			}
		}
	})
	if failed != nil {
		return nil, failed
	}
	if err != nil {
		return nil, err
	}
	return found.problems, nil
}

// Links are what has to be known of what an input told for finding out what it has to be judged with.
type Links struct {
	Input  string `json:"input"`
	Folder string `json:"folder"`
	Log    bool   `json:"log"` // it is one
	correlate.Ties
	Day     string `json:"day"`    // of the last line, where lines have a year
	Offset  *int   `json:"offset"` // of the zone that lines name, in seconds east of UTC
	Zone    string `json:"zone"`   // that a file about the device names
	Without bool   `json:"without"`
}

// Links returns the links of what an input told.
func (t Told) Links() Links {
	l := Links{Input: t.Input(), Folder: correlate.Folder(t.Input()), Zone: t.r.facts.Zone}
	if log := t.r.log; log != nil {
		l.Log, l.Ties = true, correlate.TiesOf(log)
		if log.Stamp.Has(logline.HasYear) {
			l.Day = log.Last.Format(dayForm)
		}
		if log.Stamp.Has(logline.HasZone) {
			_, sec := log.First.Zone()
			l.Offset = &sec
		} else {
			l.Without = !log.First.IsZero()
		}
	}
	return l
}

// A Reducer joins and judges what inputs told, circle by circle, with what all inputs of all circles say of dates and zones.
type Reducer struct {
	opt   Options
	rules *signature.Catalogue
	all   Calendar
}

// NewReducer returns a Reducer. The error is that of the rules or roles that the options choose.
func NewReducer(all Calendar, opt Options) (*Reducer, error) {
	if err := opt.validRoles(); err != nil {
		return nil, err
	}
	opt.IDs = true // or circles would be none
	rules, err := opt.catalogue().Select(opt.Only, opt.Skip)
	return &Reducer{opt, rules, all}, err
}

// Head is what is true of all parts that the reducer writes.
func (d *Reducer) Head(generation string) report.PartHead {
	doc := inventory(&found{}, d.opt)
	return report.PartHead{Generation: generation, Lang: doc.Lang, Tool: doc.Tool}
}

// Reduce writes to a part what the inputs of a circle come to, of which each is told once. The order of told is of no
// account. What was told is used up.
func (d *Reducer) Reduce(told []Told, to *report.PartWriter) {
	f := &found{}
	for _, t := range told {
		f.readings = append(f.readings, t.r)
	}
	slices.SortFunc(f.readings, func(a, b *reading) int { return strings.Compare(a.input.Name, b.input.Name) })
	j := joinedBy(f, d.all, d.opt)
	inputs := map[string]report.PartInput{}
	for _, r := range f.readings {
		if r.named.More {
			r.note(report.Unremembered)
		}
		in := report.PartInput{Named: r.named.Values, More: r.named.More}
		for _, p := range r.problems {
			in.Problems = append(in.Problems, report.PartProblem{Text: p.Text, Fatal: p.Fatal})
		}
		inputs[r.input.Name] = in
	}
	calls, verdicts := d.opt.Window.chosen(j.Calls, d.rules.Judge(j.Calls, j.Devices))
	to.Add(inventory(f, d.opt), inputs, calls, verdicts)
}

// caught reads with a panic of it turned into a problem of the input, so that one file cannot end a run over millions.
func caught(in source.Input, read func() []*reading) (list []*reading) {
	defer func() {
		if p := recover(); p != nil {
			r := &reading{input: in, bytes: max(in.Size, 0)}
			r.fail("internal error while reading it: %v", p)
			list = []*reading{r}
		}
	}()
	return read()
}
