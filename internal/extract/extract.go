// Package extract recognises the VoIP events, call results, alert lines and version facts of one log in its lines.
//
// An event is recognised by its words wherever they stand in a line, never by the tag: how a mini program prints what
// onVoipEvent gave it differs from app to app (docs/events.md lists the forms). The package does not join anything: it
// knows neither calls nor the other party.
package extract

import (
	"maps"
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// Side says what kind of program wrote a log.
type Side string

// The sides of docs/events.md.
const (
	UnknownSide Side = ""
	Device      Side = "device" // WMPF or the Linux SDK on the hardware
	Phone       Side = "phone"  // the WeChat client
	Cloud       Side = "cloud"  // a vendor's server using the cloud SDK
)

// Role is a party's part in a call.
type Role string

// The two roles of the plugin's documentation.
const (
	UnknownRole Role = ""
	Caller      Role = "caller"
	Listener    Role = "listener"
)

// Other returns the opposite role, or UnknownRole.
func (r Role) Other() Role {
	switch r {
	case Caller:
		return Listener
	case Listener:
		return Caller
	}
	return UnknownRole
}

// In names the role in a language of the reports, English for any but zh.
func (r Role) In(lang string) string {
	if lang == "zh" {
		switch r {
		case Caller:
			return "拨打方"
		case Listener:
			return "接听方"
		}
	}
	return string(r)
}

// Versions are the version facts of one log; an empty string was not seen.
type Versions struct {
	WMPF     string // the WMPF APK, three parts
	Plugin   string // the wmpf-voip plugin, three parts
	LinuxSDK string // hexadecimal counter, e.g. 0xd5000088
	WeChat   string // the WeChat client, three or four parts
	AppID    string // the mini program, wx and 16 hexadecimal digits
	Model    string // of the machine, as Android calls it
}

// facts lists the fields of v.
func (v *Versions) facts() [6]*string {
	return [...]*string{&v.WMPF, &v.Plugin, &v.LinuxSDK, &v.WeChat, &v.AppID, &v.Model}
}

// Merge sets the facts of v that newer has, and reports whether any changed.
func (v *Versions) Merge(newer Versions) bool {
	old := *v
	from := newer.facts()
	for i, to := range v.facts() {
		if *from[i] != "" {
			*to = *from[i]
		}
	}
	return *v != old
}

// Without returns v without the facts that known has too, whatever their values.
func (v Versions) Without(known Versions) Versions {
	have := known.facts()
	for i, f := range v.facts() {
		if *have[i] != "" {
			*f = ""
		}
	}
	return v
}

// Shares reports whether a fact is the same in both.
func (v Versions) Shares(w Versions) bool {
	other := w.facts()
	for i, f := range v.facts() {
		if *f != "" && *f == *other[i] {
			return true
		}
	}
	return false
}

// Gap is a span of time in which an input may lack events.
type Gap struct {
	logline.Pos
	From, To time.Time // zero when the log shows no line on that side of the gap
	Why      string    // e.g. "bad body", "locked: no key"
}

// Span is a stretch of time in which an input was recording: no two lines of it that follow each other are more than
// five minutes apart.
type Span struct{ From, To time.Time }

// Log is what one input told, or several that one program wrote one after the other. The caller owns it.
type Log struct {
	Input    string
	Rest     []string       // the inputs behind the first, of a log that Join made
	Format   logline.Format // of most lines
	Side     Side
	Lines    int // records, continuation lines not counted
	Events   []Event
	Gaps     []Gap
	Active   []Span // ascending, disjoint
	Versions Versions
	First    time.Time // time of the earliest and the latest line that has one
	Last     time.Time
	Stamp    logline.Stamp // what the time stamps of the log all have

	tally tally
}

// Clone returns a copy that may be shifted without changing l.
func (l *Log) Clone() *Log {
	c := *l
	c.Events, c.Gaps, c.Active, c.Rest = slices.Clone(l.Events), slices.Clone(l.Gaps), slices.Clone(l.Active), slices.Clone(l.Rest)
	c.tally.votes = maps.Clone(l.tally.votes)
	return &c
}

// Inputs returns the inputs of the log in their order.
func (l *Log) Inputs() []string { return append([]string{l.Input}, l.Rest...) }

// Holds reports whether an input is one of the log's.
func (l *Log) Holds(input string) bool { return l.Input == input || slices.Contains(l.Rest, input) }

// Shift applies f to every time in the log: for logs without year or zone, once these are known from elsewhere.
func (l *Log) Shift(f func(time.Time) time.Time) {
	move := func(t *time.Time) {
		if !t.IsZero() {
			*t = f(*t)
		}
	}
	move(&l.First)
	move(&l.Last)
	move(&l.tally.begin.at)
	move(&l.tally.end.at)
	for i := range l.Events {
		move(&l.Events[i].Time)
	}
	for i := range l.Gaps {
		move(&l.Gaps[i].From)
		move(&l.Gaps[i].To)
	}
	for i := range l.Active {
		move(&l.Active[i].From)
		move(&l.Active[i].To)
	}
}
