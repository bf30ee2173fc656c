package extract

import (
	"regexp"
	"strconv"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// reading is what a line says of the clock, and whose line it is.
type reading struct {
	logline.Pos
	at    time.Time
	stamp logline.Stamp
	pid   int64
	text  string
}

func readingOf(l *logline.Line) reading {
	return reading{l.Pos, l.Time, l.Stamp, l.PID, clip(inUTF8(l).Raw)}
}

const (
	// setBack is how far the time of a process has to go back for its clock to have been set: threads overtake each other
	// by less.
	setBack = time.Minute
	// setAhead is how long a process cannot have been silent in one log.
	setAhead = 30 * 24 * time.Hour
	// neverSet is how far a clock leaps at least from the time it began with.
	neverSet = 24 * time.Hour
)

// unset reports whether the time may be shown by a clock that nothing has set since the device began: 1970, 2000 or the
// like or, in a log without years, the first of January.
func (r *reading) unset() bool {
	if r.stamp.Has(logline.HasYear) {
		return r.at.Year() <= 2010
	}
	return r.stamp.Has(logline.HasDate) && r.at.YearDay() == 1
}

// leaps reports whether a clock that shows by more than on the line before may have been set.
func leaps(by time.Duration) bool { return by < -setBack || by > neverSet }

// watch compares the clock of a line with that of the line before, and keeps an event where it was set in between, or
// where the device began with a clock that was not. Else only lines of one process are compared: of several, each writes
// what it has when its buffer is full.
func (l *Log) watch(now *reading) {
	before := &l.tally.end
	if before.at.IsZero() {
		return
	}
	e := Event{Pos: now.Pos, Time: now.at, PID: now.pid, Name: ClockSet, Text: now.text, Reason: from(before.at)}
	by, same := now.at.Sub(before.at), before.pid != 0 && before.pid == now.pid
	switch {
	case by < -neverSet && now.unset() && !before.unset() && !same:
		e.Name, e.Reason = DeviceBooted, ""
	case by < -setBack && same:
		e.Status = "back"
	case by > setAhead && same, by > neverSet && before.unset() && !now.unset():
		e.Status = "ahead"
		l.Gaps = append(l.Gaps, Gap{Pos: now.Pos, From: before.at, To: now.at, Why: "clock set"})
	default:
		return
	}
	l.tally.set++
	e.Clock = l.tally.set
	l.Events = append(l.Events, e)
}

// from names the time that a clock was set from. It has no zone, and no year that the log does not give: these may be
// found out later.
func from(t time.Time) string {
	if t.Year() == 0 {
		return "from " + t.Format("01-02 15:04:05")
	}
	return "from " + t.Format(time.DateTime)
}

// lastFile is the appender's note that the clock went on by more than the device was up since it opened the last file.
var lastFile = regexp.MustCompile(`last log file:.{0,512} from (\d{4}-\d\d-\d\d [-+]\d{4} \d\d:\d\d:\d\d) to (\d{4}-\d\d-\d\d [-+]\d{4} \d\d:\d\d:\d\d), time_diff:(\d{1,12}), tick_diff:(\d{1,12})`)

// clockSet reads the appender's note.
func clockSet(line []byte) (e Event, ok bool) {
	const layout = "2006-01-02 -0700 15:04:05"
	m := lastFile.FindSubmatch(line)
	if m == nil {
		return e, false
	}
	before, err1 := time.Parse(layout, string(m[1]))
	after, err2 := time.Parse(layout, string(m[2]))
	passed, err3 := strconv.Atoi(string(m[3]))
	up, err4 := strconv.Atoi(string(m[4]))
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || passed <= up || !after.After(before) {
		return e, false
	}
	return Event{Name: ClockSet, Time: after, Status: "ahead", Reason: from(before)}, true
}
