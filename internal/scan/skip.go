package scan

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// A skipper tells an xlog.Reader which blocks of an input to skip.
type skipper struct {
	reach       *reach
	parser      *logline.Parser
	first, last uint8     // hours of the day that the periods touch
	short       bool      // these decide something
	at          time.Time // when the block that was asked about last was begun; zero if that is not known
}

// skipper returns nil where all of an input is to be read. A cache file is small, and the last hour of its block is not known.
// The zone of a stream is not known before it is read.
func (r *reach) skipper(in source.Input, opt *Options) *skipper {
	if r == nil || isCache(in.Name) || in.Size < 0 {
		return nil
	}
	s := &skipper{reach: r, parser: logline.NewParser(logline.Options{Location: opt.Location})}
	s.first, s.last, s.short = r.hours()
	return s
}

// skip decides by the block's first line, which has the day and the zone, and its last hour. Where no line can be read, for want
// of a key, the hours in the header decide if all logs are of one zone and the period is short of a day.
func (s *skipper) skip(h *xlog.Header, start func() []byte) bool {
	s.at = time.Time{}
	for l := range s.parser.Lines(start(), logline.Pos{}) {
		if !l.Stamp.Has(logline.Inherited) && s.reach.dated(l.Stamp) {
			s.at = l.Time
			return !s.reach.holds(l.Time, endOf(l.Time, h.EndHour)) && !s.reach.starts(h, l.Time)
		}
	}
	return s.short && apart(h.BeginHour, h.EndHour, s.first, s.last)
}

// starts reports whether a block is the first of a process that was started before all periods end: its lines name the versions.
func (r *reach) starts(h *xlog.Header, t time.Time) bool {
	return h.Seq == 1 && slices.ContainsFunc(r.periods, func(p period) bool { return p.to.IsZero() || t.Before(p.to) })
}

// endOf returns the end of the last hour of a block that was begun at t. A block is flushed within a quarter of an hour, or at
// the next start, so the hour is the next one of that number.
func endOf(t time.Time, hour uint8) time.Time {
	past := time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
	return t.Add(-past + time.Duration((int(hour)-t.Hour()+24)%24+1)*time.Hour)
}

// hours returns the first and the last hour of the day that the periods touch; short is false where the hours decide nothing.
func (r *reach) hours() (first, last uint8, short bool) {
	if r.zone == nil || r.periods[0].from.IsZero() || r.periods[0].to.IsZero() {
		return 0, 0, false
	}
	from, to := r.periods[0].from.In(r.zone), r.periods[0].to.Add(-1).In(r.zone)
	return uint8(from.Hour()), uint8(to.Hour()), to.Sub(from) < day-time.Hour
}

// apart reports whether two spans of hours, each of which may go past midnight, have no hour in common.
func apart(from, to, first, last uint8) bool {
	within := func(h, from, to uint8) bool { return (h+24-from)%24 <= (to+24-from)%24 }
	return !within(from, first, last) && !within(first, from, to)
}

// lines returns add for a text, of which it leaves out the lines outside of the window and its margin. It does so only where
// lines have all that it takes to tell: others get their year or zone when the whole scan is read.
func (r *reading) lines(add func(*logline.Line), opt *Options) func(*logline.Line) {
	reach := opt.reach
	if reach == nil || r.input.Size < 0 {
		return add
	}
	year := !dayOf(r.input, *opt).IsZero()
	return func(l *logline.Line) {
		stamp := l.Stamp
		if year && stamp.Has(logline.HasTime) {
			stamp |= logline.HasDate | logline.HasYear
		}
		if !reach.dated(stamp) || reach.holds(l.Time, l.Time) {
			add(l)
			return
		}
		r.outside++
		r.skippedAt(l.Time)
	}
}

// skippedAt takes note that the log had a line at a time that was not read.
func (r *reading) skippedAt(t time.Time) {
	if t.IsZero() {
		return
	}
	if r.early.IsZero() || t.Before(r.early) {
		r.early = t
	}
	if t.After(r.late) {
		r.late = t
	}
}
