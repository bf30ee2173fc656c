package scan

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// A reach is what has to be read for a window: all that was written in one of its periods, which have the margin around them.
//
// A window by the clock of each log is another period for each zone, and both parties of a call have to be read in the
// periods of both. So the zones are looked up before, in the first lines of the logs.
type reach struct {
	periods     []period
	first, last time.Time // days of logs, as midnights of UTC; zero is open
	zone        *time.Location
	unzoned     bool // times without a zone can be held against the periods
}

// period is a time between two instants, of which a zero one is open.
type period struct{ from, to time.Time }

const (
	margin = time.Hour // around a window
	day    = 24 * time.Hour
	west   = -12 * time.Hour // the zones of the world
	east   = 14 * time.Hour
)

// choose finds out what of the inputs has to be read. It gives no reach if that is everything.
func (w *Window) choose(ctx context.Context, inputs []source.Input, opt *Options) (r *reach, chosen, left []source.Input) {
	if w.all() {
		return nil, inputs, nil
	}
	r = &reach{unzoned: opt.Location != nil}
	first, last := w.Since.wall(), w.Until.wall()
	if !w.byClock() {
		r.periods = []period{w.in(time.UTC)}
		r.first, r.last = midnight(first, west-margin), midnight(last, east+margin)
		chosen, left = r.choose(inputs)
		return r, chosen, left
	}
	rough := reach{periods: []period{w.in(time.UTC)}, first: midnight(first, west-east-margin), last: midnight(last, east-west+margin)}
	chosen, left = rough.choose(inputs)
	zones := zonesOf(ctx, chosen, opt)
	r.unzoned = r.unzoned || len(zones) == 0
	if opt.Location != nil || len(zones) == 0 {
		location := opt.Location
		if location == nil {
			location = time.UTC
		}
		zones = append(zones, location)
	}
	for i, zone := range zones {
		p := w.in(zone)
		r.periods = append(r.periods, p)
		for _, z := range zones {
			from, to := midnight(wall(p.from.In(z)), 0), midnight(wall(p.to.In(z)), 0)
			if !p.from.IsZero() && (i == 0 && r.first.IsZero() || from.Before(r.first)) {
				r.first = from
			}
			if !p.to.IsZero() && to.After(r.last) {
				r.last = to
			}
		}
	}
	slices.SortFunc(r.periods, func(a, b period) int { return a.from.Compare(b.from) })
	if len(zones) == 1 {
		r.zone = zones[0]
	}
	chosen, more := r.choose(chosen)
	return r, chosen, append(left, more...)
}

// midnight is the begin of the day of t moved by some time; of an open end, which is zero, it is zero.
func midnight(t time.Time, by time.Duration) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(by).Truncate(day)
}

// byClock reports whether an end of the window is another instant in each zone.
func (w *Window) byClock() bool { return w.Since.Local || w.Until.Local }

// in is the window in a zone, with the margin.
func (w *Window) in(zone *time.Location) (p period) {
	if !w.Since.open() {
		p.from = w.Since.in(zone).Add(-margin)
	}
	if !w.Until.open() {
		p.to = w.Until.in(zone).Add(margin)
	}
	return p
}

// zonesOf returns the zones that the logs begin with, each once. A stream cannot be read twice.
func zonesOf(ctx context.Context, inputs []source.Input, opt *Options) []*time.Location {
	var zones []*time.Location
	for _, in := range inputs {
		if in.Size < 0 || ctx.Err() != nil {
			continue
		}
		t, ok := firstZoned(ctx, in, opt)
		_, seconds := t.Zone()
		if ok && !slices.ContainsFunc(zones, func(z *time.Location) bool {
			_, have := t.In(z).Zone()
			return have == seconds
		}) {
			zones = append(zones, time.FixedZone("", seconds))
		}
	}
	return zones
}

// firstZoned returns the first time with a zone that an input shows, in a text near its begin.
func firstZoned(ctx context.Context, in source.Input, opt *Options) (t time.Time, ok bool) {
	// Of an archive the first log counts. What cannot be opened says why when it is read.
	_, _ = source.Walk(ctx, in, source.Walking{Limits: opt.Limits}, func(s *source.Stream) error {
		t, ok = firstZonedOf(s, opt)
		return errEnough
	})
	return t, ok
}

// errEnough ends a walk.
var errEnough = errors.New("enough was seen")

func firstZonedOf(s *source.Stream, opt *Options) (t time.Time, ok bool) {
	parser := logline.NewParser(logline.Options{})
	find := func(text []byte) bool {
		for l := range parser.Lines(text, logline.Pos{}) {
			if l.Stamp.Has(logline.HasTime | logline.HasZone) {
				t, ok = l.Time, true
				return true
			}
		}
		return false
	}
	switch what(s) {
	case text:
		return t, find(s.Head())
	case container:
		blocks := xlog.Options{Keys: opt.Keys, Skip: func(_ *xlog.Header, start func() []byte) bool { return ok || find(start()) }}
		n := 0
		for rec, err := range xlog.NewReader(io.LimitReader(s, firstBytes), blocks).Records() {
			if b, is := rec.(*xlog.Block); is && !ok {
				find(b.Text)
			}
			if n++; ok || n == firstBlocks || err != nil {
				break
			}
		}
	}
	return t, ok
}

// A time is looked for in more than one block, because the appender writes remarks without any when it starts, and not in a whole
// file that may be no log.
const (
	firstBlocks = 16
	firstBytes  = 1 << 20
)

// holds reports whether something that was going on from one instant to another has to be read.
func (r *reach) holds(from, to time.Time) bool {
	return slices.ContainsFunc(r.periods, func(p period) bool {
		return (p.to.IsZero() || from.Before(p.to)) && !to.Before(p.from)
	})
}

// dated reports whether a time can be held against the periods.
func (r *reach) dated(s logline.Stamp) bool {
	return s.Has(logline.HasTime|logline.HasDate|logline.HasYear) && (s.Has(logline.HasZone) || r.unzoned)
}

// bound makes of a log, of which some was not read, one of the periods: it covers these as far as it has lines on both sides, read
// or not, and nothing else; of what lies outside, as the rest of a block may, it has the versions only. early and late are times
// of lines that were not read.
func (r *reach) bound(l *extract.Log, early, late time.Time) {
	if early.IsZero() || l.First.Before(early) {
		early = l.First
	}
	late = latest(late, l.Last)
	var first, last time.Time
	for _, p := range r.periods {
		if first.IsZero() && (p.to.IsZero() || early.Before(p.to)) {
			first = latest(early, p.from)
		}
		switch {
		case late.Before(p.from):
		case p.to.IsZero() || late.Before(p.to):
			last = late
		default:
			last = latest(last, p.to)
		}
	}
	if !first.IsZero() && !last.Before(first) {
		l.First, l.Last = first, last
	}
	if r.dated(l.Stamp) {
		l.Events = slices.DeleteFunc(l.Events, func(e extract.Event) bool {
			return e.Name != extract.VersionSeen && !e.Time.IsZero() && !r.holds(e.Time, e.Time)
		})
	}
	gap := func(from, to time.Time) {
		if from.Before(l.Last) && (to.IsZero() || to.After(l.First)) {
			l.Gaps = append(l.Gaps, extract.Gap{Pos: logline.Pos{Input: l.Input}, From: from, To: to, Why: notSelected})
		}
	}
	var end time.Time // of the periods so far
	for _, p := range r.periods {
		if p.from.After(end) {
			gap(end, p.from)
		}
		if end = latest(end, p.to); p.to.IsZero() {
			return
		}
	}
	gap(end, time.Time{})
}

// notSelected is why a log has a gap outside of the periods.
const notSelected = "not selected"

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
