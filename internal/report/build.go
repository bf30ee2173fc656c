package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// Build fills in what the document says of calls and devices; its texts are in the language of the document.
func Build(doc *Report, calls []*correlate.Call, verdicts signature.Verdicts) {
	b := builder{lang: doc.Lang, texts: wordings{}}
	for i, c := range calls {
		doc.Calls = append(doc.Calls, b.call(c, &verdicts.Calls[i]))
	}
	doc.Findings = b.findings(verdicts.Devices)
	doc.Texts = b.texts.list()
	doc.count()
}

// Known returns s, or nil for the empty string.
func Known[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	t := string(s)
	return &t
}

// VersionsOf returns version facts as the document has them.
func VersionsOf(v extract.Versions) Versions {
	return Versions{WMPF: Known(v.WMPF), Plugin: Known(v.Plugin), LinuxSDK: Known(v.LinuxSDK), WeChat: Known(v.WeChat), AppID: Known(v.AppID), Model: Known(v.Model)}
}

// builder fills in a document of that language.
type builder struct {
	lang  string
	texts wordings
}

func (b *builder) say(t signature.Text) string { return b.texts.say(t, b.lang) }

func (b *builder) call(c *correlate.Call, j *signature.Judgement) Call {
	out := Call{
		ID: c.ID, RoomID: Known(c.RoomID), MediaRoomID: Known(c.MediaRoomID), RoomType: Known(c.RoomType), Direction: Known(c.Direction),
		Start: At(c.Start), Answered: At(c.Answered), End: At(c.End), Stage: string(c.Stage), Outcome: string(c.Outcome),
		EndedBy: Known(c.EndedBy), Basis: string(c.Basis), Ambiguous: c.Ambiguous, Cause: b.cause(c), Clock: b.clock(c),
	}
	if c.Talk > 0 {
		out.TalkSeconds = seconds(c.Talk)
	}
	for _, s := range c.Stages {
		st := Stage{Stage: string(s.Stage), Role: string(s.Role), From: At(s.From), To: At(s.To), How: "inferred"}
		if s.Seen {
			st.How = "seen"
		}
		if !s.From.IsZero() && !s.To.IsZero() {
			st.Seconds = seconds(s.To.Sub(s.From))
		}
		out.Stages = append(out.Stages, st)
	}
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		p := Party{Role: string(role), Coverage: string(correlate.None)}
		if have := c.Party(role); have != nil {
			p.Side, p.Inputs, p.Coverage, p.Versions = Known(have.Device.Side), have.Inputs, string(have.Coverage), VersionsOf(have.Versions)
			for _, h := range have.Holes {
				p.Gaps = append(p.Gaps, Gap{From: At(h.From), To: At(h.To)})
			}
		}
		out.Parties = append(out.Parties, p)
	}
	out.Timeline, out.Links = timeline(c)
	out.Findings = b.findings(j.Findings)
	for i := range out.Findings {
		f, last := &out.Findings[i], len(out.Findings[i].Missing)-1
		if span, ok := wanted(c, &out); ok && f.Certainty == "lead" && last >= 0 {
			log := j.Findings[i].Missing[last]
			f.Missing[last] = b.say(signature.Text{En: log.En + span.En, Zh: log.In("zh") + span.Zh})
		}
	}
	for _, s := range j.Clear {
		out.Checked.Clear = append(out.Checked.Clear, s.ID)
	}
	for _, n := range j.NotEvaluable {
		out.Checked.NotEvaluable = append(out.Checked.NotEvaluable, NotEvaluable{n.Signature.ID, b.say(n.Reason), b.say(n.Needs)})
	}
	return out
}

// wanted says which part of the log that is missing would decide a lead, and how to get it; not where both are there.
func wanted(c *correlate.Call, out *Call) (span signature.Text, ok bool) {
	i := slices.IndexFunc(out.Parties, func(p Party) bool { return p.Coverage == string(correlate.None) })
	if i < 0 {
		return span, false
	}
	role := out.Parties[i].Role
	room := cmp.Or(c.RoomID, c.MediaRoomID, c.ID)
	from, to := c.Start.Format("2006-01-02 15:04:05 -07:00"), c.End.Format("15:04:05")
	span = signature.Text{
		En: fmt.Sprintf(" of room %s, from %s to %s", room, from, to), Zh: fmt.Sprintf("（房间 %s，%s 至 %s）", room, from, to),
	}
	if command := pull(logOf(out, role), role); command != "" {
		span.En += ": " + command
		span.Zh += "：" + command
	}
	return span, true
}

// cause words the reason of the end, and whose log gives it.
func (b *builder) cause(c *correlate.Call) *string {
	if c.Cause.Reason == "" {
		return nil
	}
	log, other := c.Cause.Log, c.Cause.Log.Other()
	says := signature.Text{
		En: fmt.Sprintf("%s (says the %s's log)", c.Cause.Reason, log),
		Zh: fmt.Sprintf("%s（据%s日志）", c.Cause.Reason, log.In("zh")),
	}
	if p := c.Party(other); c.Outcome == correlate.Aborted && !c.Cause.Told && p != nil && len(p.Events) > 0 {
		at := c.Cause.Event.Pos
		says = signature.Text{
			En: fmt.Sprintf("%s (says the %s's log at %s)", c.Cause.Reason, log, at),
			Zh: fmt.Sprintf("%s（据%s日志 %s）", c.Cause.Reason, log.In("zh"), at),
		}
	} else if c.Cause.Told && (p == nil || len(p.Events) == 0) {
		says = signature.Text{
			En: fmt.Sprintf("%s (says the %s's log; the reason is in the %s's log, which is missing)", c.Cause.Reason, log, other),
			Zh: fmt.Sprintf("%s（据%s日志；原因在%s日志中，缺少该日志）", c.Cause.Reason, log.In("zh"), other.In("zh")),
		}
	} else if c.Cause.Told {
		says = signature.Text{
			En: fmt.Sprintf("%s (says the %s's log; the %s's log does not say why)", c.Cause.Reason, log, other),
			Zh: fmt.Sprintf("%s（据%s日志；%s日志没有给出原因）", c.Cause.Reason, log.In("zh"), other.In("zh")),
		}
	}
	return Known(b.say(says))
}

func (b *builder) clock(c *correlate.Call) *Clock {
	k := c.Clock
	if c.Caller == nil || c.Listener == nil || k.Pairs == 0 {
		return nil
	}
	ms := func(d time.Duration) *int64 {
		n := d.Milliseconds()
		return &n
	}
	out := &Clock{OffsetMs: ms(k.Offset()), Pairs: k.Pairs}
	if k.HasLow {
		out.LowMs = ms(k.Low)
	}
	if k.HasHigh {
		out.HighMs = ms(k.High)
	}
	if k.Conflict {
		out.Note = Known(b.say(signature.Text{
			En: "the pairs contradict each other: a clock was set during the call",
			Zh: "因果对相互矛盾：通话期间有一方时钟被调整",
		}))
	}
	return out
}

func seconds(d time.Duration) *float64 {
	s := float64(d.Milliseconds()) / 1000
	return &s
}

func (b *builder) findings(found []signature.Finding) []Finding {
	var out []Finding
	for i := range found {
		out = append(out, b.finding(&found[i]))
	}
	return out
}

func (b *builder) finding(f *signature.Finding) Finding {
	s := f.Signature
	out := Finding{
		Signature: s.ID, Severity: string(f.Severity), Title: b.say(f.Title), Certainty: "confirmed", Role: Known(f.Role),
		Stage: cmp.Or(string(s.Stage), "any"), Summary: b.say(f.Summary), Cause: b.say(s.Cause), Remedy: b.say(f.Remedy),
		URL: s.URL, Why: Known(b.say(f.Why)),
	}
	for _, m := range f.Missing {
		out.Missing = append(out.Missing, b.say(m))
	}
	for _, c := range f.Calls {
		out.Calls = append(out.Calls, c.ID)
	}
	if f.Lead {
		out.Certainty = "lead"
	}
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, Evidence{
			Input: e.Event.Input, Offset: e.Event.Offset, Line: e.Event.Line, Time: At(e.Event.Time), Role: string(e.Role), Text: e.Event.Text,
		})
	}
	return out
}

// timeline merges the events of both parties in the order of their true times, as far as the clock bounds give it:
// the listener's are placed by the middle of the bounds, and entries that could stand the other way round say so. The
// links are the call's pairs, in their order.
func timeline(c *correlate.Call) ([]TimelineEntry, []Link) {
	type placed struct {
		at    time.Time // in the caller's clock
		event *extract.Event
		e     TimelineEntry
	}
	var all []placed
	for _, p := range c.Parties() {
		shift := time.Duration(0)
		if p.Role == extract.Listener && c.Caller != nil {
			shift = c.Clock.Offset()
		}
		var latest time.Time
		for i := range p.Events {
			e := &p.Events[i]
			if t := e.Time.Add(-shift); !e.Time.IsZero() && t.After(latest) {
				latest = t
			}
			if n := len(all); e.Name == extract.Calling && n > 0 && all[n-1].e.Event == string(extract.Calling) && all[n-1].e.Role == string(p.Role) {
				all[n-1].e.Count++
				continue
			}
			all = append(all, placed{latest, e, TimelineEntry{
				Time: At(e.Time), Role: string(p.Role), Event: string(e.Name), Detail: detail(e), Count: 1,
				Input: e.Input, Offset: e.Offset, Line: e.Line, Text: e.Text, Order: "sure",
			}})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at.Compare(b.at) })
	out := make([]TimelineEntry, len(all))
	for i := range all {
		out[i] = all[i].e
	}
	half := (c.Clock.High - c.Clock.Low) / 2
	for i := 1; i < len(all); i++ {
		if all[i].e.Role == all[i-1].e.Role {
			continue
		}
		if !c.Clock.Known() || all[i].at.Sub(all[i-1].at) <= half {
			out[i].Order, out[i-1].Order = "within-offset", "within-offset"
		}
	}
	index := func(e *extract.Event) int {
		return slices.IndexFunc(all, func(p placed) bool { return p.event == e })
	}
	var links []Link
	for _, p := range c.Pairs() {
		links = append(links, Link{index(p.Cause), index(p.Effect)})
	}
	return out, links
}

// detail gives the fields of an event that say something, in a fixed order.
func detail(e *extract.Event) string {
	var parts []string
	for _, path := range []string{"api", "isSuccess", "status", "origin", "errCode", "errMsg", "version.wmpf", "version.plugin"} {
		if v, ok := e.Field(path); ok {
			parts = append(parts, path+"="+v)
		}
	}
	if e.Repeats > 0 {
		parts = append(parts, "repeated="+strconv.Itoa(e.Repeats))
	}
	return strings.Join(parts, " ")
}
