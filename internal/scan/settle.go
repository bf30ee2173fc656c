package scan

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

// settleDates dates the logs whose lines leave out the year, or the whole date. The day that dayOf gives has been applied
// while reading; it stays, but for a log that would go on for most of a year behind the day in its name. Failing that, a
// log without a year gets the one that brings it nearest to the day of its bug report, else to the day in the name of its
// folder, else to those of all logs that have one, else to the file's own date. A log without dates ends on the day in the name of
// its folder, else on the file's own date.
func settleDates(readings []*reading, all Calendar, opt Options) {
	dated := all.days()
	for _, r := range readings {
		l := r.log
		if l == nil || l.First.IsZero() || l.Stamp.Has(logline.HasYear) || !opt.Date.IsZero() {
			continue
		}
		if l.First.Year() <= 1 && l.Last.Year() > 1 {
			r.settleStart()
		} else if l.Stamp.Has(logline.HasDate) {
			r.settleYear(dated)
		} else {
			r.settleDay()
		}
	}
}

// settleStart dates the lines in front of the first that has a date, which gives those behind it theirs: they are from the
// day up to it.
func (r *reading) settleStart() {
	l := r.log
	first := l.Last
	for _, s := range l.Active {
		for _, t := range []time.Time{s.From, s.To} {
			if t.Year() > 1 && t.Before(first) {
				first = t
			}
		}
	}
	dated := l.Stamp.Has(logline.HasDate)
	l.Shift(func(t time.Time) time.Time {
		switch {
		case t.Year() > 1:
			return t
		case dated:
			return inYearOf(t, first)
		}
		y, m, d := first.Date()
		if t = time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location()); t.After(first) {
			t = t.AddDate(0, 0, -1)
		}
		return t
	})
	l.First = first
	for _, s := range l.Active {
		if s.From.Before(l.First) {
			l.First = s.From
		}
	}
	r.note("its first lines have no date: it is from those behind them")
}

// settleYear gives a log the year that its lines leave out. dated are the days on which logs that have one end.
func (r *reading) settleYear(dated []time.Time) {
	l := r.log
	var near time.Time
	var from string
	folder, modified := dayInFolder(r.input.Name), r.input.ModTime
	switch {
	case l.Last.Year() > 1:
		near, from = dayInFile(r.input.Name), "the file's name"
	case r.facts.Year > 0:
		near, from = time.Date(r.facts.Year, time.Month(r.facts.Month), r.facts.Day, 0, 0, 0, 0, time.UTC), "the day of its bug report"
	case !folder.IsZero():
		near, from = folder, "the folder's name"
	case len(dated) > 0:
		near = slices.MinFunc(dated, func(a, b time.Time) int {
			return cmp.Compare(distance(inYearOf(l.Last, a), a), distance(inYearOf(l.Last, b), b))
		})
		from = "the other logs"
	case !modified.IsZero():
		year := modified.Year()
		if inYear(l.Last, year).After(modified.Add(24 * time.Hour)) {
			year--
		}
		shiftYears(l, year-l.Last.Year())
		r.note("its lines have no year: %d is from the file's own date", l.Last.Year())
		return
	default:
		r.note("its lines have no year: give it with --date")
		return
	}
	shiftYears(l, inYearOf(l.Last, near).Year()-l.Last.Year())
	r.note("its lines have no year: %d is from %s", l.Last.Year(), from)
}

// settleDay gives a log the date that its lines leave out.
func (r *reading) settleDay() {
	l := r.log
	switch folder, modified := dayInFolder(r.input.Name), r.input.ModTime; {
	case l.Last.Year() > 1:
		r.note("its lines have no date: it is from the file's name")
	case !folder.IsZero():
		shiftDays(l, folder)
		r.note("its lines have no date: %s is from the folder's name; --date gives another", l.Last.Format(time.DateOnly))
	case !modified.IsZero():
		shiftDays(l, modified)
		r.note("its lines have no date: %s is from the file's own date; --date gives another", l.Last.Format(time.DateOnly))
	default:
		r.note("its lines have no date: give it with --date")
	}
}

// noteClocks says in which inputs a device's clock was set.
func noteClocks(readings []*reading, devices []*correlate.Device) {
	sets := map[string][]*extract.Event{}
	for _, d := range devices {
		for _, l := range d.Logs {
			for i := range l.Events {
				if e := &l.Events[i]; e.Name == extract.ClockSet {
					sets[e.Input] = append(sets[e.Input], e)
				}
			}
		}
	}
	for _, r := range readings {
		if list := sets[r.input.Name]; len(list) > 0 {
			e, times := list[0], ""
			if len(list) > 1 {
				times = fmt.Sprintf("%d times, first ", len(list))
			}
			r.note("the clock was set %s%s at offset %d, line %d, %s to %s", times, e.Status, e.Offset, e.Line, e.Reason, e.Time.Format(time.DateTime))
		}
	}
}

func shiftYears(l *extract.Log, years int) {
	l.Shift(func(t time.Time) time.Time { return inYear(t, t.Year()+years) })
}

// shiftDays moves the log by whole days, so that its last line is on the day of to.
func shiftDays(l *extract.Log, to time.Time) {
	const day = 24 * 60 * 60
	number := func(t time.Time) int {
		y, m, d := t.Date()
		return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / day)
	}
	by := number(to.UTC()) - number(l.Last)
	l.Shift(func(t time.Time) time.Time { return t.AddDate(0, 0, by) })
}

// inYear returns t in another year. A 29 February that the year does not have becomes 1 March.
func inYear(t time.Time, year int) time.Time {
	return time.Date(year, t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
}

// inYearOf returns t in the year that brings it nearest to ref.
func inYearOf(t, ref time.Time) time.Time {
	return slices.MinFunc([]time.Time{inYear(t, ref.Year()), inYear(t, ref.Year()-1), inYear(t, ref.Year()+1)}, func(a, b time.Time) int {
		return cmp.Compare(distance(a, ref), distance(b, ref))
	})
}

func distance(a, b time.Time) time.Duration { return a.Sub(b).Abs() }
