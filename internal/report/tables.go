package report

import (
	"reflect"
	"strings"
)

// Table is a flat part of the document: rows of one type, which is the only place that defines its columns.
type Table struct {
	Name    string
	About   string // one sentence
	Columns []Column
	rows    func(r *Report, put func(row any)) // normal, of the row type
}

// Column is a column of a table.
type Column struct {
	Name  string
	Type  string // text, integer, number, boolean or time
	Null  bool   // whether it may be null
	About string
}

// Tables lists the tables in the order they are written. They join by call, input and finding.
var Tables = []Table{
	table("files", "What was read.", fileRows),
	table("calls", "One row a call, with its cause.", callRows),
	table("events", "The timeline of each call, both parties in one order.", eventRows),
	table("findings", "The signatures that fired, on calls in their order and then on no call.", findingRows),
	table("evidence", "The log lines that findings rest on.", evidenceRows),
	table("damage", "What could not be read as it was written.", damageRows),
}

func table[R any](name, about string, rows func(*Report, func(R))) Table {
	t := Table{Name: name, About: about}
	of := reflect.TypeFor[R]()
	for i := range of.NumField() {
		f := of.Field(i)
		c := Column{Name: f.Tag.Get("json"), About: f.Tag.Get("about")}
		typ := f.Type
		if typ.Kind() == reflect.Pointer {
			c.Null, typ = true, typ.Elem()
		}
		switch typ.Kind() {
		case reflect.String:
			c.Type = "text"
		case reflect.Bool:
			c.Type = "boolean"
		case reflect.Float64:
			c.Type = "number"
		case reflect.Struct:
			c.Type = "time"
		default:
			c.Type = "integer"
		}
		t.Columns = append(t.Columns, c)
	}
	t.rows = func(r *Report, put func(any)) { rows(r, func(row R) { put(normal(row)) }) }
	return t
}

// unless returns s, or nil for an empty text, which CSV could not tell from null.
func unless(s *string) *string {
	if s == nil {
		return nil
	}
	return Known(*s)
}

func fileRows(r *Report, put func(fileRow)) {
	asked := r.Selection
	if asked == nil {
		asked = &Selection{}
	}
	for i := range r.Inputs {
		in := &r.Inputs[i]
		v := &in.Versions
		row := fileRow{
			Input: in.Name, Kind: unless(in.Kind), Side: unless(in.Side), Bytes: in.Bytes, Blocks: in.Blocks, Lines: in.Lines, Events: in.Events,
			DamagedBytes: in.DamagedBytes, LockedBytes: in.LockedBytes, LockedBlocks: in.LockedBlocks,
			FirstTime: in.FirstTime, LastTime: in.LastTime,
			WMPF: unless(v.WMPF), Plugin: unless(v.Plugin), LinuxSDK: unless(v.LinuxSDK), WeChat: unless(v.WeChat), AppID: unless(v.AppID), Model: unless(v.Model),
			Keys: strings.Join(in.Keys, ", "), Note: unless(in.Note),
			Stamp: unless(r.Redaction.Stamp), AskedSince: unless(asked.Since), AskedUntil: unless(asked.Until),
		}
		if a := in.Account; a != nil {
			row.Skipped = a.Skipped.Blocks
		}
		put(row)
	}
}

func callRows(r *Report, put func(callRow)) {
	for c := range r.EachCall() {
		put(callRowOf(c))
	}
}

func callRowOf(c *Call) callRow {
	row := callRow{
		Call: c.ID, RoomID: unless(c.RoomID), MediaRoomID: unless(c.MediaRoomID), RoomType: unless(c.RoomType), Direction: unless(c.Direction),
		StartTime: c.Start, AnswerTime: c.Answered, EndTime: c.End, TalkSeconds: c.TalkSeconds,
		Stage: c.Stage, Outcome: c.Outcome, EndedBy: unless(c.EndedBy), Cause: unless(c.Cause), Basis: c.Basis, Ambiguous: len(c.Ambiguous),
		Findings: len(c.Findings), Clear: len(c.Checked.Clear), NotEvaluable: len(c.Checked.NotEvaluable),
		AnswerSeconds: answerSeconds(c),
	}
	if k := c.Clock; k != nil {
		row.ClockOffsetMs, row.ClockLowMs, row.ClockHighMs, row.ClockPairs = k.OffsetMs, k.LowMs, k.HighMs, k.Pairs
	}
	caller, listener := partyOf(c, "caller"), partyOf(c, "listener")
	row.CallerSide, row.CallerCoverage = unless(caller.Side), caller.Coverage
	row.ListenerSide, row.ListenerCoverage = unless(listener.Side), listener.Coverage
	v := caller.Versions
	row.CallerWMPF, row.CallerPlugin, row.CallerLinuxSDK = unless(v.WMPF), unless(v.Plugin), unless(v.LinuxSDK)
	row.CallerWeChat, row.CallerAppID, row.CallerModel = unless(v.WeChat), unless(v.AppID), unless(v.Model)
	v = listener.Versions
	row.ListenerWMPF, row.ListenerPlugin, row.ListenerLinuxSDK = unless(v.WMPF), unless(v.Plugin), unless(v.LinuxSDK)
	row.ListenerWeChat, row.ListenerAppID, row.ListenerModel = unless(v.WeChat), unless(v.AppID), unless(v.Model)
	if f := mainFinding(c); f != nil {
		row.Signature, row.Severity, row.Certainty = Known(f.Signature), Known(f.Severity), Known(f.Certainty)
	}
	return row
}

// partyOf returns a party of a call, one without a log where the document has none.
func partyOf(c *Call, role string) Party {
	for _, p := range c.Parties {
		if p.Role == role {
			return p
		}
	}
	return Party{Role: role, Coverage: "none"}
}

func eventRows(r *Report, put func(eventRow)) {
	for c := range r.EachCall() {
		for n := range c.Timeline {
			e := &c.Timeline[n]
			put(eventRow{
				Call: c.ID, N: n + 1, Time: e.Time, Role: e.Role, Event: e.Event, Detail: e.Detail, Count: e.Count,
				OrderSure: e.Order == "sure", Input: e.Input, ByteOffset: e.Offset, Line: e.Line, Text: e.Text,
			})
		}
	}
}

// numbered is a finding with its id, its call and its place there.
type numbered struct {
	*Finding
	id, rank int
	call     *string
}

// everyFinding numbers the findings of the document, those of no call last.
func everyFinding(r *Report, put func(numbered)) {
	id := 0
	give := func(call *string, list []Finding) {
		for i := range list {
			id++
			put(numbered{&list[i], id, i + 1, call})
		}
	}
	for c := range r.EachCall() {
		give(Known(c.ID), c.Findings)
	}
	give(nil, r.Findings)
}

func findingRows(r *Report, put func(findingRow)) {
	everyFinding(r, func(f numbered) {
		put(findingRow{
			Finding: f.id, Call: f.call, Rank: f.rank, Signature: f.Signature, Severity: f.Severity, Certainty: f.Certainty,
			Role: unless(f.Role), Stage: f.Stage, Title: f.Title, Summary: f.Summary, Why: unless(f.Why),
			Cause: f.Cause, Remedy: f.Remedy, URL: f.URL, Missing: strings.Join(f.Missing, "; "),
		})
	})
}

func evidenceRows(r *Report, put func(evidenceRow)) {
	everyFinding(r, func(f numbered) {
		for i := range f.Evidence {
			e := &f.Evidence[i]
			put(evidenceRow{
				Finding: f.id, N: i + 1, Time: e.Time, Role: e.Role, Input: e.Input, ByteOffset: e.Offset, Line: e.Line, Text: e.Text,
			})
		}
	})
}

func damageRows(r *Report, put func(damageRow)) {
	for i := range r.Damage {
		d := &r.Damage[i]
		put(damageRow{
			Input: d.Input, ByteOffset: d.Offset, Length: d.Length, Kind: d.Kind, BlocksBefore: d.BlocksBefore,
			SalvagedBytes: d.SalvagedBytes, Harmless: d.Harmless, TimeFrom: d.TimeFrom, TimeTo: d.TimeTo, Reason: d.Reason,
		})
	}
}

func checkedRows(r *Report, put func(checkedRow)) {
	for c := range r.EachCall() {
		for n := range c.Findings {
			verdict := "fired"
			if c.Findings[n].Certainty == "lead" {
				verdict = "lead"
			}
			put(checkedRow{Call: c.ID, Signature: c.Findings[n].Signature, Verdict: verdict})
		}
		for _, id := range c.Checked.Clear {
			put(checkedRow{Call: c.ID, Signature: id, Verdict: "clear"})
		}
		for n := range c.Checked.NotEvaluable {
			u := &c.Checked.NotEvaluable[n]
			put(checkedRow{Call: c.ID, Signature: u.Signature, Verdict: "not-evaluable", Reason: unless(&u.Reason), Needs: unless(&u.Needs)})
		}
	}
}
