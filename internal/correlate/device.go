package correlate

import (
	"regexp"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Device is the machine whose programs wrote a group of logs: a piece of hardware, a phone, a server.
type Device struct {
	Name string // folder of the logs, or the one log
	Side extract.Side
	Logs []*extract.Log

	ids      map[string]bool  // what the logs call their own party: openIds, SNs
	versions []*extract.Event // that show versions, log by log
	around   []*extract.Event // that may be of a call they lie around, log by log

	set       bool       // its clock was set while a log was written
	lifetimes *lifetimes // of its processes, once somebody asks
	known     map[string]known
}

// Place orders devices as Calls does.
func (d *Device) Place() string { return placeOf(d.Logs[0].Input).prefix }

// keep sorts an event of the device's logs in with those that calls ask for.
func (d *Device) keep(e *extract.Event) {
	switch e.Name {
	case extract.AlertShown:
		if e.ListenerID != "" {
			d.ids[e.ListenerID] = true
		}
	case extract.ClockSet, extract.DeviceBooted:
		d.set = d.set || e.Clock > 0
		d.around = append(d.around, e)
	case extract.VersionSeen:
		d.versions = append(d.versions, e)
	case extract.ScreenOff, extract.ProcessStarted, extract.ProcessDied, extract.ProcessHung, extract.ScopeError, extract.NetworkChange, extract.PageMissing, extract.SDKFault:
		d.around = append(d.around, e)
	}
}

// Events returns the events of all logs of the device, by time; within a log its own order stands.
func (d *Device) Events() []extract.Event {
	var logs [][]extract.Event
	for _, l := range d.Logs {
		logs = append(logs, l.Events)
	}
	return inOrder(logs)
}

// openID is the form of a user's id in one mini program; a device is called by a serial number of any form.
var openID = regexp.MustCompile(`^o[A-Za-z0-9_-]{27}$`)

// isNot reports whether the device answers to ids of that kind, and not to this one.
func (d *Device) isNot(id string) bool {
	if id == "" || d.ids[id] {
		return false
	}
	for own := range d.ids {
		if openID.MatchString(own) == openID.MatchString(id) {
			return true
		}
	}
	return false
}

// near reports whether the device has a log of about the day of t.
func (d *Device) near(t time.Time) bool {
	const day = 24 * time.Hour
	return slices.ContainsFunc(d.Logs, func(l *extract.Log) bool {
		return t.IsZero() || l.First.IsZero() || !l.First.After(t.Add(day)) && !l.Last.Before(t.Add(-day))
	})
}

// Coverage says how much of a call a party's log recorded.
type Coverage string

// Full coverage is what the absence of an event may be concluded from.
const (
	Full    Coverage = "full"
	Partial Coverage = "partial"
	None    Coverage = "none"
)

// Covers says whether the device's logs were recording from one time to another: lines before and behind, and no gap
// between. Both times are in the device's clock.
func (d *Device) Covers(from, to time.Time) Coverage {
	return d.covers(from, to, func(*extract.Log) bool { return true })
}

// Listens is Covers for a stretch of which the logs tell nothing: that they were recording has to show in other lines.
func (d *Device) Listens(from, to time.Time) Coverage {
	return d.covers(from, to, func(l *extract.Log) bool {
		return slices.ContainsFunc(l.Active, func(s extract.Span) bool { return !s.From.After(from) && !s.To.Before(to) })
	})
}

// covers finds the log that recorded most of a stretch; ok says whether one that seems to have recorded it all did.
func (d *Device) covers(from, to time.Time, ok func(*extract.Log) bool) Coverage {
	best := None
	for _, l := range d.Logs {
		if l.First.IsZero() || l.Last.Before(from) || l.First.After(to) {
			continue
		}
		best = Partial
		if l.First.After(from) || l.Last.Before(to) {
			continue
		}
		if !slices.ContainsFunc(l.Gaps, func(g extract.Gap) bool {
			return (g.From.IsZero() || g.From.Before(to)) && (g.To.IsZero() || g.To.After(from))
		}) && ok(l) {
			return Full
		}
	}
	return best
}

// known are the versions of a device at a time, and the events that show them.
type known struct {
	versions extract.Versions
	facts    []extract.Event
}

// versionsAt returns the version facts seen up to a time, or, for facts not seen by then, the first ones after it, and
// the events that show them. Parties of which the same is known share them.
func (d *Device) versionsAt(t time.Time) known {
	before := make([]byte, len(d.versions)) // which are
	for i, e := range d.versions {
		if !e.Time.After(t) {
			before[i] = 1
		}
	}
	k, seen := d.known[string(before)]
	if !seen {
		k = knownOf(d.versions, before)
		if d.known == nil {
			d.known = map[string]known{}
		}
		d.known[string(before)] = k
	}
	return k
}

func knownOf(versions []*extract.Event, before []byte) known {
	var k known
	take := func(e extract.Event, v extract.Versions) {
		if k.versions.Merge(v) {
			e.Versions = &v
			k.facts = append(k.facts, e)
		}
	}
	for i, e := range versions {
		if before[i] == 1 {
			take(*e, *e.Versions)
		}
	}
	for i, e := range versions {
		if before[i] == 0 {
			take(*e, e.Versions.Without(k.versions))
		}
	}
	k.facts = slices.DeleteFunc(k.facts, func(e extract.Event) bool { return !k.versions.Shares(*e.Versions) })
	return k
}
