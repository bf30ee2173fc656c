package extract

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// quiet is how long a log may say nothing and still count as recording. A client that is awake writes every few seconds,
// one that is idle and keeps its connection every few minutes.
const quiet = 5 * time.Minute

// Extractor reads the lines of one input, in order, and collects what they tell.
type Extractor struct {
	log     Log
	matches []match
	last    time.Time // of the latest line with a time of its own, in reading order
	open    []int     // gaps whose end is not known yet
}

// New returns an Extractor for the input of that name. The name counts as a weak hint of the side only.
func New(input string) *Extractor {
	return &Extractor{log: Log{Input: input, tally: tally{votes: map[Side]int{}}}}
}

// SidesByName counts the hints at each side that the name of an input holds. It is all that the name means to a log.
func SidesByName(input string) map[Side]int {
	votes := map[Side]int{}
	for _, hint := range nameHints {
		if strings.Contains(strings.ToLower(input), hint.part) {
			votes[hint.side]++
		}
	}
	return votes
}

// nameHints are parts of paths that WeChat and WMPF are known to use.
var nameHints = []struct {
	part string
	side Side
}{
	{"com.tencent.wmpf", Device}, {"wmpf", Device}, {"com.tencent.mm/", Phone}, {"micromsg/", Phone}, {"/mm_", Phone}, {"appbrand", Phone},
}

// Add reads one line, and reports whether it was recognised as telling something. It keeps nothing of the memory the
// line borrows.
func (x *Extractor) Add(l *logline.Line) bool {
	x.log.Lines += l.Left + 1
	x.log.tally.formats[logline.Mars] += l.Left // Skim leaves out no others
	if l.Aside {
		x.log.tally.end = reading{} // another section of a bug report may begin with an earlier time
		return false
	}
	if int(l.Format) < len(x.log.tally.formats) {
		x.log.tally.formats[l.Format]++
	}
	if l.Stamp.Has(logline.HasTime) && !l.Stamp.Has(logline.Inherited) {
		x.compare(l)
		x.clock(l.Time, l.Stamp)
	}
	if bytes.HasPrefix(l.Raw, []byte("^^^^^^^^^^")) {
		x.keep(inUTF8(l), Event{Name: ProcessStarted})
		return true
	}
	if name := systemTags[string(l.Tag)]; name != "" && l.Format == logline.Logcat {
		if e, ok := ofProcess(name, l.Text); ok {
			x.vote(&e, l)
			x.keep(l, e)
			return true
		}
	}
	if FirstWord(l.Text) < 0 {
		return false
	}
	l = inUTF8(l)
	x.matches = words.find(l.Text, x.matches[:0])
	s := sightings{line: l.Text, matches: x.matches}
	found := pluginEvents(s)
	if len(found) == 0 {
		found = results(s)
	}
	if len(found) == 0 {
		found = faults(s)
	}
	if len(found) == 0 {
		found = marked(s, l.Tag)
	}
	for _, e := range found {
		x.vote(&e, l)
		x.keep(l, e)
	}
	return x.versions(s, l) || len(found) > 0
}

// compare takes note of the clock that a line shows. The appender's own lines reach the file before the text that is in
// its buffer by then.
func (x *Extractor) compare(l *logline.Line) {
	if string(l.Tag) == logline.AppenderTag {
		return
	}
	t := &x.log.tally
	if t.begin.at.IsZero() {
		t.begin = readingOf(l)
	} else if by := l.Time.Sub(t.end.at); leaps(by) && (by < 0 || len(x.open) == 0) {
		now := readingOf(l)
		x.log.watch(&now)
	}
	t.end.at, t.end.stamp, t.end.pid = l.Time, l.Stamp, l.PID
}

// clock takes note that the log was recording at t.
func (x *Extractor) clock(t time.Time, stamp logline.Stamp) {
	log := &x.log
	if log.First.IsZero() {
		log.First, log.Last, log.Stamp = t, t, stamp
	}
	log.Stamp &= stamp
	if t.Before(log.First) {
		log.First = t
	}
	if t.After(log.Last) {
		log.Last = t
	}
	if n := len(log.Active); n > 0 && !t.Before(log.Active[n-1].From) && t.Sub(log.Active[n-1].To) <= quiet {
		if t.After(log.Active[n-1].To) {
			log.Active[n-1].To = t
		}
	} else {
		log.Active = append(log.Active, Span{t, t})
	}
	for _, g := range x.open {
		log.Gaps[g].To = t
	}
	x.open = x.open[:0]
	x.last = t
}

// keep adds an event with the place, time and text of its line.
func (x *Extractor) keep(l *logline.Line, e Event) {
	e.Pos, e.Clock = l.Pos, x.log.tally.set
	if e.PID == 0 { // else the line is about another process than that which wrote it
		e.PID = l.PID
	}
	if l.Stamp.Has(logline.HasTime) && e.Time.IsZero() {
		e.Time = l.Time
	}
	e.Text = clip(l.Raw)
	x.log.Events = append(x.log.Events, e)
}

// inUTF8 returns the line with each byte that is no UTF-8 as \xNN, which is how reports show it: so that what an event
// says is the same after it was saved as JSON.
func inUTF8(l *logline.Line) *logline.Line {
	if utf8.Valid(l.Raw) {
		return l
	}
	readable := *l
	readable.Raw, readable.Text, readable.Tag = escaped(l.Raw), escaped(l.Text), escaped(l.Tag)
	return &readable
}

func escaped(b []byte) []byte {
	var out []byte
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			out = fmt.Appendf(out, `\x%02x`, b[0])
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

// clip returns the text of a record without its line end, cut at MaxText bytes between characters.
func clip(raw []byte) string {
	raw = bytes.TrimRight(raw, "\r\n")
	if len(raw) > MaxText {
		n := MaxText
		for n > MaxText-utf8.UTFMax && !utf8.RuneStart(raw[n]) {
			n--
		}
		raw = raw[:n]
	}
	return string(raw)
}

// vote counts what an event says of the program that wrote it: phones show the incoming-call alert and start calls to
// devices; devices get push messages and start calls to WeChat.
func (x *Extractor) vote(e *Event, l *logline.Line) {
	switch {
	case bytes.Contains(l.Tag, []byte("WMPFVoip")) || bytes.Contains(l.Tag, []byte("OpenVoice")) || e.API == "callWMPF" || e.API == "callDevice":
		x.log.tally.votes[Phone] += 3
	case e.Name == CloudNotify, strings.HasPrefix(e.API, "wx_cloudvoip"), strings.Contains(e.API, "/server/"):
		x.log.tally.votes[Cloud] += 4 // the SDK for servers logs as that for devices does, which counts 3
	case e.Name == AlertShown, e.Name == SDKFault, e.API == "device/call", e.API == "getDeviceToken":
		x.log.tally.votes[Device] += 3
	case ofSystem(e.Name) && bytes.Contains(l.Text, []byte("com.tencent.wmpf")):
		x.log.tally.votes[Device]++
	case ofSystem(e.Name) && bytes.Contains(l.Text, []byte("com.tencent.mm")):
		x.log.tally.votes[Phone]++
	case e.Name == CallRequest && e.BusinessType != nil && *e.BusinessType == 1:
		x.log.tally.votes[Device] += 2
	case e.Name == CallRequest && e.BusinessType != nil && *e.BusinessType == 2:
		x.log.tally.votes[Phone] += 2
	}
}

// versions keeps the version facts of the line, as an event where they are new, and reports whether it has any.
func (x *Extractor) versions(s sightings, l *logline.Line) bool {
	if !s.has(versionWord, modelWord) {
		return false
	}
	v := versions(s.line)
	if v.WMPF != "" {
		x.log.tally.votes[Device] += 2
	}
	if x.log.Versions.Merge(v) {
		x.keep(l, Event{Name: VersionSeen, Versions: &v})
	}
	return v != Versions{}
}

// Gap tells that the input may lack lines at pos. Its bounds in time are those of the lines around it, in Log.Gaps at
// the index returned.
func (x *Extractor) Gap(pos logline.Pos, why string) int {
	x.open = append(x.open, len(x.log.Gaps))
	x.log.Gaps = append(x.log.Gaps, Gap{Pos: pos, From: x.last, Why: why})
	return len(x.log.Gaps) - 1
}

// Log returns what was collected so far, events in the order of their lines. The caller owns it; further lines may be
// added.
func (x *Extractor) Log() *Log {
	log := x.log.Clone()
	log.settle()
	return log
}

// merged sorts spans and joins those that touch: the order of lines in a container is not that of their times.
func merged(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.From.Compare(b.From) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.From.Sub(out[n-1].To) <= quiet {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
