package scan

import (
	"slices"
	"time"
	_ "time/tzdata" // so that a zone's name means the same on every host

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

const (
	// quarter is the step of the world's zones.
	quarter = 15 * time.Minute
	// clockError is the largest clock error that is told from a zone.
	clockError = 4 * time.Minute
)

// settleZones finds the zone of logs that name none, and reports whether any time changed: first from what the log itself
// or a device file beside it says of the device, then from calls with a log that names one, since clocks are off by
// minutes and zones by quarters of an hour. Failing both, the zone of most logs is taken, or UTC.
func settleZones(readings []*reading, all Calendar, calls []*correlate.Call, opt Options) bool {
	if opt.Location != nil {
		return false
	}
	usual, most := all.usual()
	changed := false
	for _, r := range readings {
		l := r.log
		if l == nil || l.First.IsZero() || l.Stamp.Has(logline.HasZone) {
			continue
		}
		if zone, from := deviceZone(r, readings); zone != nil {
			r.note("its lines have no zone: %s is from %s", nameOf(zone), from)
			l.Shift(func(t time.Time) time.Time { return in(t, zone) })
			changed = true
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
		l.Shift(func(t time.Time) time.Time { return in(t, zone) })
		changed = true
	}
	return changed
}

// nameOf names a zone, by its offset if it has no name.
func nameOf(zone *time.Location) string {
	if zone.String() == "" {
		return time.Time{}.In(zone).Format("-07:00")
	}
	return zone.String()
}

// in returns the same time of day in another zone, of a time that has none so far.
func in(t time.Time, zone *time.Location) time.Time {
	if t.Location() != time.UTC {
		return t // a line that names its own
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

// deviceZone returns the zone that the log names for its device, as a bug report does, else that of its lines that name one,
// else that which files of the same folder name, else of the nearest folder above; nil if there is none, or they differ.
func deviceZone(r *reading, readings []*reading) (zone *time.Location, from string) {
	if r.facts.Zone != "" {
		return load(r.facts.Zone), "its own text, which names the zone of the device"
	}
	if r.facts.Offsets {
		return time.FixedZone("", r.facts.Offset), "its own lines that name one"
	}
	for dir := folderOf(r.input.Name); ; dir = folderOf(dir) {
		name := ""
		for _, other := range readings {
			if other.facts.Zone == "" || folderOf(other.input.Name) != dir {
				continue
			}
			if name != "" && name != other.facts.Zone {
				return nil, ""
			}
			name, from = other.facts.Zone, other.input.Name
		}
		if name != "" {
			return load(name), from
		}
		if dir == "" || dir == folderOf(dir) {
			return nil, ""
		}
	}
}

// load returns the zone of that name, nil if there is none.
func load(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
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
