package extract

import (
	"slices"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// tally is what the lines of a log say of it as a whole.
type tally struct {
	formats [4]int       // lines by format
	votes   map[Side]int // what they say of the side, the name aside
	begin   reading      // the first line with a time of its own, and the last without its place and text
	end     reading
	set     int // how often the clock was set
}

// settle says what the tally comes to.
func (l *Log) settle() {
	best := 0
	for f, n := range l.tally.formats {
		if n > best && logline.Format(f) != logline.Plain {
			best, l.Format = n, logline.Format(f)
		}
	}
	votes := SidesByName(l.Input)
	for side, n := range l.tally.votes {
		votes[side] += n
	}
	if l.Format == logline.LinuxSDK {
		votes[Device] += 3
	}
	switch {
	case votes[Cloud] > max(votes[Phone], votes[Device]):
		l.Side = Cloud
	case votes[Phone] > votes[Device]:
		l.Side = Phone
	case votes[Device] > 0 && votes[Device] > votes[Phone]:
		l.Side = Device
	}
	l.Active = merged(l.Active)
}

// Seam says how one log goes on where another ends.
type Seam int

// The seams.
const (
	Follows  Seam = iota
	Lacks         // a file between the two is not there, which is a gap
	Overlaps      // it may begin with what the other ends with
)

// Join returns one log of those that a program wrote one after the other, as if it had filled a single file. seams[i] is
// what lies between logs i and i+1. The logs given are not changed.
func Join(logs []*Log, seams []Seam) *Log {
	if len(logs) == 1 {
		return logs[0]
	}
	first := logs[0]
	out := &Log{Input: first.Input, tally: tally{votes: map[Side]int{}, begin: first.tally.begin}}
	for i, l := range logs {
		if i > 0 {
			out.Rest = append(append(out.Rest, l.Input), l.Rest...)
			out.meet(l, seams[i-1])
		}
		out.add(l)
	}
	out.settle()
	return out
}

// meet takes note of the seam to the log that comes next.
func (l *Log) meet(next *Log, seam Seam) {
	if next.First.IsZero() {
		return
	}
	for i := range l.Gaps {
		if g := &l.Gaps[i]; g.To.IsZero() {
			g.To = next.First
		}
	}
	if l.First.IsZero() {
		return
	}
	gaps := len(l.Gaps)
	if seam != Overlaps {
		l.watch(&next.tally.begin)
	}
	if seam == Lacks && len(l.Gaps) == gaps {
		l.Gaps = append(l.Gaps, Gap{Pos: next.tally.begin.Pos, From: l.Last, To: next.First, Why: "missing file"})
	}
}

// add takes in what follows.
func (l *Log) add(next *Log) {
	before := l.tally.set - next.repeated() // how often the clock was set before what next begins with
	for _, e := range next.Events {
		if e.Name == VersionSeen && !l.Versions.Merge(*e.Versions) {
			continue // it is new in its file only
		}
		e.Clock += before
		l.Events = append(l.Events, e)
	}
	l.tally.set = before + next.tally.set
	l.Versions.Merge(next.Versions)
	for _, g := range next.Gaps {
		if g.From.IsZero() {
			g.From = l.Last
		}
		l.Gaps = append(l.Gaps, g)
	}
	l.Lines += next.Lines
	l.Active = append(l.Active, next.Active...)
	for f, n := range next.tally.formats {
		l.tally.formats[f] += n
	}
	for side, n := range next.tally.votes {
		l.tally.votes[side] += n
	}
	if next.First.IsZero() {
		return
	}
	if l.First.IsZero() {
		l.First, l.Last, l.Stamp = next.First, next.Last, next.Stamp
		l.tally.begin = next.tally.begin
	}
	l.Stamp &= next.Stamp
	if next.First.Before(l.First) {
		l.First = next.First
	}
	if next.Last.After(l.Last) {
		l.Last = next.Last
	}
	l.tally.end = next.tally.end
}

// repeated returns how often the clock was set in what the log repeats of another, whose events it does not have any more.
func (l *Log) repeated() int {
	switch {
	case len(l.Events) == 0:
		return l.tally.set
	case l.Events[0].Name == ClockSet || l.Events[0].Name == DeviceBooted:
		return max(0, l.Events[0].Clock-1)
	}
	return l.Events[0].Clock
}

// GoesOn reports whether the process that wrote the end of a log wrote the beginning of the next.
func (l *Log) GoesOn(next *Log) bool {
	return l.tally.end.pid != 0 && l.tally.end.pid == next.tally.begin.pid
}

// With returns the log with the events of a cache whose text the program has put into it since, all but the line it was
// writing when it was killed: they go where their time is. Neither log is changed.
func (l *Log) With(cache *Log) *Log {
	out := *l
	out.Rest = append(slices.Clone(l.Rest), cache.Input)
	more := slices.DeleteFunc(slices.Clone(cache.Events), func(e Event) bool { return e.Name == VersionSeen }) // told by the files
	slices.SortStableFunc(more, func(a, b Event) int { return a.Time.Compare(b.Time) })
	places := make([]int, len(more))
	at := len(l.Events)
	for i := len(more) - 1; i >= 0; i-- {
		for at > 0 && l.Events[at-1].Time.After(more[i].Time) {
			at--
		}
		places[i] = at
	}
	out.Events = make([]Event, 0, len(l.Events)+len(more))
	at = 0
	for i, e := range more {
		out.Events = append(out.Events, l.Events[at:places[i]]...)
		if at = places[i]; at > 0 {
			e.Clock = l.Events[at-1].Clock
		}
		out.Events = append(out.Events, e)
	}
	out.Events = append(out.Events, l.Events[at:]...)
	return &out
}
