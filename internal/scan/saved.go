package scan

import (
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
)

// saved is a reading as it is kept: JSON, with names relative to that of the input it is from, which may have another
// name the next time.
type saved struct {
	Name     string    // behind the name of the input
	Modified time.Time // of a member of an archive
	Size     int64     // as stored; of a member
	Bytes    int64     // that were read
	Kind     string
	Log      *extract.Log
	Account  *report.Account
	Damage   []report.Damage
	Notes    []string
	Empty    string
	Problems []Problem
	Facts    logline.Facts
	Named    names
}

// saved returns what is to be kept of a reading of the input in. The reading is not changed.
func (r *reading) saved(in source.Input) saved {
	s := saved{
		Name: strings.TrimPrefix(r.input.Name, in.Name), Modified: r.input.ModTime, Size: r.input.Size, Bytes: r.bytes,
		Kind: r.kind, Account: r.account, Damage: r.damage, Notes: r.notes, Empty: r.empty, Problems: r.problems, Facts: r.facts,
		Named: r.named,
	}
	if r.log != nil {
		s.Log = r.log.Clone()
	}
	s.rename(func(name string) string { return strings.TrimPrefix(name, in.Name) })
	return s
}

// reading returns the reading for the name that the input has now.
func (s *saved) reading(in source.Input) *reading {
	s.rename(func(name string) string { return in.Name + name })
	member := in
	if s.Name != "" {
		member = source.Input{Name: in.Name + s.Name, Size: s.Size, ModTime: s.Modified}
	}
	if s.Log != nil {
		s.Log.Shift(inZone)
	}
	return &reading{
		input: member, kind: s.Kind, log: s.Log, bytes: s.Bytes, account: s.Account, damage: s.Damage,
		notes: s.Notes, empty: s.Empty, problems: s.Problems, facts: s.Facts, named: s.Named,
	}
}

// inZone takes the zone of this machine away from a time, which reading one from JSON may give it.
func inZone(t time.Time) time.Time {
	_, sec := t.Zone()
	if sec == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", sec))
}

// rename changes all names of inputs, in lists of its own.
func (s *saved) rename(to func(string) string) {
	s.Damage = append([]report.Damage(nil), s.Damage...)
	for i := range s.Damage {
		s.Damage[i].Input = to(s.Damage[i].Input)
	}
	s.Problems = append([]Problem(nil), s.Problems...)
	for i := range s.Problems {
		s.Problems[i].Input = to(s.Problems[i].Input)
	}
	if s.Log != nil {
		s.Log.Rename(to)
	}
}
