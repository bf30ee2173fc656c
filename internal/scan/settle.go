package scan

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/source"
)

// dayInName finds a date in the name of a file: 20261120 or 2026-11-20.
var dayInName = regexp.MustCompile(`(?:^|\D)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:\D|$)`)

// dayOf returns the day to begin with where lines name none: that of --date, else that in the file's name, else none.
func dayOf(in source.Input, opt Options) time.Time {
	if !opt.Date.IsZero() {
		return opt.Date
	}
	if m := dayInName.FindStringSubmatch(in.Base()); m != nil {
		if day, err := time.Parse("20060102", m[1]+m[2]+m[3]); err == nil {
			return day
		}
	}
	return time.Time{}
}

// settleDates dates the logs whose lines leave out the year, or the whole date. The day that dayOf gives has been
// applied while reading. A log without a year gets the one that brings it nearest to the logs that have one; else, and
// for a log without dates, the file's own date is that of its last line.
func settleDates(readings []*reading, opt Options) {
	var dated []time.Time
	for _, r := range readings {
		if r.log != nil && r.log.Stamp.Has(logline.HasYear) {
			dated = append(dated, r.log.Last)
		}
	}
	for _, r := range readings {
		l := r.log
		if l == nil || l.First.IsZero() || l.Stamp.Has(logline.HasYear) || !opt.Date.IsZero() {
			continue
		}
		what, day := "year", l.Stamp.Has(logline.HasDate)
		if !day {
			what = "date"
		}
		modified := r.input.ModTime
		switch {
		case l.Last.Year() > 1:
			r.note("its lines have no %s: it is from the file's name", what)
		case day && len(dated) > 0:
			near := slices.MinFunc(dated, func(a, b time.Time) int {
				return cmp.Compare(distance(inYearOf(l.Last, a), a), distance(inYearOf(l.Last, b), b))
			})
			shiftYears(l, inYearOf(l.Last, near).Year()-l.Last.Year())
			r.note("its lines have no year: %d is from the other logs", l.Last.Year())
		case day && !modified.IsZero():
			year := modified.Year()
			if inYear(l.Last, year).After(modified.Add(24 * time.Hour)) {
				year--
			}
			shiftYears(l, year-l.Last.Year())
			r.note("its lines have no year: %d is from the file's own date", l.Last.Year())
		case !modified.IsZero():
			shiftDays(l, modified)
			r.note("its lines have no date: %s is from the file's own date; --date gives another", l.Last.Format(time.DateOnly))
		default:
			r.note("its lines have no %s: give it with --date", what)
		}
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

const (
	// quarter is the step of the world's zones.
	quarter = 15 * time.Minute
	// clockError is the largest clock error that is told from a zone.
	clockError = 4 * time.Minute
)

// settleZones finds the zone of logs that name none, and reports whether any time changed: first from the other logs
// of the same folder, then from calls with a log that names one, since clocks are off by minutes and zones by
// quarters of an hour. Failing both, the zone of most logs is taken, or UTC.
func settleZones(readings []*reading, calls []*correlate.Call, opt Options) bool {
	if opt.Location != nil {
		return false
	}
	offsets := map[int]int{}
	for _, r := range readings {
		if r.log != nil && r.log.Stamp.Has(logline.HasZone) {
			_, sec := r.log.First.Zone()
			offsets[sec]++
		}
	}
	usual, most := 0, 0
	for sec, n := range offsets {
		if n > most || n == most && sec < usual {
			usual, most = sec, n
		}
	}
	changed := false
	for _, r := range readings {
		l := r.log
		if l == nil || l.First.IsZero() || l.Stamp.Has(logline.HasZone) {
			continue
		}
		sec, from := usual, "the other logs"
		if most == 0 {
			from = "nowhere, so UTC stands in: give it with --tz"
		}
		if s, ok := zoneByCalls(l, calls); ok {
			sec, from = s, "calls that a log with a zone shows too"
		}
		zone := time.FixedZone("", sec)
		r.note("its lines have no zone: %s is from %s", time.Time{}.In(zone).Format("-07:00"), from)
		l.Shift(func(t time.Time) time.Time {
			return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
		})
		changed = true
	}
	return changed
}

// zoneByCalls returns the zone, in seconds east of UTC, in which the log's clock agrees best with those of the other
// parties of its calls. The log's times are in UTC so far.
func zoneByCalls(l *extract.Log, calls []*correlate.Call) (int, bool) {
	votes := map[time.Duration]int{}
	for _, c := range calls {
		if c.Caller == nil || c.Listener == nil || c.Basis != correlate.ByRoom || c.Clock.Pairs == 0 {
			continue
		}
		other, ahead := c.Listener, -c.Clock.Offset()
		if !slices.Contains(c.Caller.Inputs, l.Input) {
			other, ahead = c.Caller, -ahead
			if !slices.Contains(c.Listener.Inputs, l.Input) {
				continue
			}
		}
		if !slices.ContainsFunc(other.Device.Logs, func(o *extract.Log) bool { return o.Stamp.Has(logline.HasZone) }) {
			continue
		}
		zone := ahead.Round(quarter)
		if (ahead-zone).Abs() <= clockError && zone.Abs() <= 14*time.Hour {
			votes[zone]++
		}
	}
	best, most := time.Duration(0), 0
	for zone, n := range votes {
		if n > most || n == most && zone < best {
			best, most = zone, n
		}
	}
	return int(best / time.Second), most > 0
}
