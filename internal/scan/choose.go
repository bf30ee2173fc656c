package scan

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/source"
)

// dayFile is the name that the appender gives to a day's log, NAME_20261120.xlog, and to those that follow it when it has
// grown too large, NAME_20261120_1.xlog.
var dayFile = regexp.MustCompile(`^(.*?)_?(20\d\d)(\d\d)(\d\d)(?:_\d+)?\.xlog(?:\.gz)?$`)

// logDay returns the day of an appender's log and what names the logs of the same process, of all days. Other names prove
// nothing: a day in the name of a text or an archive may be that on which it was made.
func logDay(name string) (day time.Time, process string, ok bool) {
	m := dayFile.FindStringSubmatch(path.Base(name))
	if m == nil {
		return time.Time{}, "", false
	}
	day, err := time.Parse("20060102", m[2]+m[3]+m[4])
	return day, path.Dir(name) + "/" + m[1], err == nil
}

// firstDate is before the first log: a file that is older has lost its date, as unpacked ones may.
const firstDate = 2015

// choose tells the inputs that may hold something of the periods from those that cannot, by their names and dates.
//
// A log that is named by a day holds the lines of that day, by the clock of its device. What a process had in its cache when it
// ended is in front of the log of its next start, whatever day that is: so the next log of the process counts too. If that start
// was shortly before midnight, nothing else is in it, and that the process went on shows in the log behind it: so two count.
func (r *reach) choose(inputs []source.Input) (chosen, left []source.Input) {
	late := func(d time.Time) bool { return !r.last.IsZero() && d.After(r.last) }
	next := map[string][]time.Time{} // the first two days of a process behind the window
	for i := range inputs {
		if d, process, ok := logDay(inputs[i].Name); ok && late(d) {
			days := slices.Concat(next[process], []time.Time{d})
			slices.SortFunc(days, time.Time.Compare)
			days = slices.CompactFunc(days, time.Time.Equal)
			next[process] = days[:min(2, len(days))]
		}
	}
	for _, in := range inputs {
		d, process, ok := logDay(in.Name)
		if ok && (d.Before(r.first) || late(d) && !slices.ContainsFunc(next[process], d.Equal)) || r.older(&in) {
			left = append(left, in)
		} else {
			chosen = append(chosen, in)
		}
	}
	return chosen, left
}

// older reports whether a file was last written so long before all periods that no line in it can be of one. The date of a
// file is no proof where it was lost, where it is older than the day in the name, and for a cache file, which is written
// without the file system's notice. A copy that is made without its date is younger, which does no harm.
func (r *reach) older(in *source.Input) bool {
	if in.Size < 0 || in.ModTime.Year() < firstDate || isCache(in.Name) {
		return false
	}
	if d, _, ok := logDay(in.Name); ok && in.ModTime.Before(d.Add(-day)) {
		return false
	}
	return !slices.ContainsFunc(r.periods, func(p period) bool { return !in.ModTime.Add(day).Before(p.from) })
}

// isCache reports whether an input is named as the appender names its cache.
func isCache(name string) bool { return strings.Contains(path.Base(name), ".mmap") }
