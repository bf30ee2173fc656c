package extract

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/redact"
)

// savedLog is a Log as JSON, for it to be kept from one run to the next. It is no interface: another version may have
// another form.
type savedLog struct {
	*plainLog
	Formats    [4]int
	Votes      map[Side]int
	Begin, End savedReading
	Set        int
}

type plainLog Log

type savedReading struct {
	logline.Pos
	At      time.Time
	Stamped logline.Stamp
	PID     int64
	Text    string
}

func (r reading) saved() savedReading { return savedReading{r.Pos, r.at, r.stamp, r.pid, r.text} }

func (s savedReading) reading() reading { return reading{s.Pos, s.At, s.Stamped, s.PID, s.Text} }

// MarshalJSON writes all of a log, so that the one which UnmarshalJSON reads is the same. A time in a year before 0 or
// after 9999 is an error.
func (l *Log) MarshalJSON() ([]byte, error) {
	t := &l.tally
	return json.Marshal(savedLog{(*plainLog)(l), t.formats, t.votes, t.begin.saved(), t.end.saved(), t.set})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (l *Log) UnmarshalJSON(text []byte) error {
	s := savedLog{plainLog: (*plainLog)(l)}
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	l.tally = tally{s.Formats, s.Votes, s.Begin.reading(), s.End.reading(), s.Set}
	for i := range l.Events {
		if e := &l.Events[i]; e.Name == VersionSeen && e.Versions == nil {
			e.Versions = &Versions{}
		}
	}
	if l.tally.votes == nil {
		l.tally.votes = map[Side]int{}
	}
	return nil
}

// Rename gives the inputs of a log, wherever it names them, other names.
func (l *Log) Rename(to func(string) string) {
	rename := func(name *string) { *name = to(*name) }
	rename(&l.Input)
	for i := range l.Rest {
		rename(&l.Rest[i])
	}
	for i := range l.Events {
		rename(&l.Events[i].Input)
	}
	for i := range l.Gaps {
		rename(&l.Gaps[i].Input)
	}
	rename(&l.tally.begin.Input)
	rename(&l.tally.end.Input)
}

// savedExtractor is an Extractor as JSON, for it to be kept and gone on with later.
type savedExtractor struct {
	Log   *Log
	Last  time.Time
	Open  []int
	Named *redact.Collector
}

// MarshalJSON writes all of an extractor, so that the one which UnmarshalJSON reads goes on as this one would. A time in a
// year before 0 or after 9999 is an error.
func (x *Extractor) MarshalJSON() ([]byte, error) {
	return json.Marshal(savedExtractor{&x.log, x.last, x.open, &x.named})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (x *Extractor) UnmarshalJSON(text []byte) error {
	*x = Extractor{}
	s := savedExtractor{Log: &x.log, Named: &x.named}
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	for _, g := range s.Open {
		if g < 0 || g >= len(x.log.Gaps) {
			return errors.New("a gap that is open is none")
		}
	}
	x.last, x.open = s.Last, s.Open
	return nil
}

// Rename is [Log.Rename] of the log in the making.
func (x *Extractor) Rename(to func(string) string) { x.log.Rename(to) }

// Shift is [Log.Shift] of the log in the making.
func (x *Extractor) Shift(f func(time.Time) time.Time) {
	x.log.Shift(f)
	if !x.last.IsZero() {
		x.last = f(x.last)
	}
}
