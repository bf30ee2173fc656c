package signature_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// letters stand for event names in the rules and calls of the engine's tests.
var letters = map[string]extract.Name{
	"a": extract.StartVoip, "b": extract.HangOnVoip, "c": extract.Calling, "d": extract.EndVoip, "e": extract.AbortVoip,
}

// ruleText returns a rule file of one rule. Lines in more stand behind the texts: events, match and what else a test is about.
func ruleText(id string, more ...string) string {
	return strings.Join(append([]string{
		"- id: " + id,
		"  severity: error",
		"  title: {en: t, zh: t}",
		"  cause: {en: c, zh: c}",
		"  remedy: {en: r, zh: r}",
		"  url: https://example.com",
	}, more...), "\n") + "\n"
}

// named are selections of every letter on every side: a, a_caller, a_here and so on.
func named() string {
	var out strings.Builder
	out.WriteString("  events:\n")
	for _, l := range []string{"a", "b", "c", "d", "e"} {
		fmt.Fprintf(&out, "    %s: {event: %s}\n", l, letters[l])
		for _, side := range []string{"caller", "listener", "here", "there"} {
			fmt.Fprintf(&out, "    %s_%s: {event: %s, side: %s}\n", l, side, letters[l], side)
		}
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// base is the second 0 of parties.
var base = time.Date(2026, 11, 20, 14, 3, 0, 0, time.FixedZone("", 8*3600))

func load(t interface {
	Helper()
	Fatal(...any)
}, text string,
) *signature.Catalogue {
	t.Helper()
	c, err := signature.Load(fstest.MapFS{"rules.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// matching loads a rule with that match tree over the selections of named.
func matching(t *testing.T, match string, more ...string) *signature.Catalogue {
	t.Helper()
	return load(t, ruleText("r", append([]string{named(), "  match: " + match}, more...)...))
}

// party makes a party of events like "a@1 b@2.5", at seconds, in one log.
func party(t *testing.T, role extract.Role, coverage correlate.Coverage, events string) *correlate.Party {
	t.Helper()
	log := &extract.Log{Input: string(role) + ".log", First: base, Last: base.Add(time.Hour)}
	p := &correlate.Party{Role: role, Coverage: coverage, Device: &correlate.Device{Name: string(role), Logs: []*extract.Log{log}}}
	for i, word := range strings.Fields(events) {
		letter, second, _ := strings.Cut(word, "@")
		at, err := time.ParseDuration(second + "s")
		if err != nil {
			t.Fatal(err)
		}
		p.Events = append(p.Events, extract.Event{
			Pos: logline.Pos{Input: log.Input, Line: i + 1}, Time: base.Add(at), Name: letters[letter], Text: word,
		})
	}
	log.Events = p.Events
	return p
}

func caller(t *testing.T, events string) *correlate.Call {
	t.Helper()
	return &correlate.Call{Caller: party(t, extract.Caller, correlate.Full, events)}
}

// both makes a call of two parties whose logs cover it, with no bound on their clocks.
func both(t *testing.T, callers, listeners string) *correlate.Call {
	t.Helper()
	c := caller(t, callers)
	c.Listener = party(t, extract.Listener, correlate.Full, listeners)
	return c
}

// verdict judges one call by a catalogue of one rule.
func verdict(c *signature.Catalogue, call *correlate.Call) string {
	v := c.Judge([]*correlate.Call{call}, nil)
	j := v.Calls[0]
	j.Findings = append(j.Findings, v.Devices...)
	switch {
	case len(j.Findings) == 1 && j.Findings[0].Lead:
		return "lead"
	case len(j.Findings) == 1:
		return "yes"
	case len(j.NotEvaluable) == 1:
		return "unknown"
	case len(j.Clear) == 1:
		return "no"
	}
	return fmt.Sprintf("%d findings", len(j.Findings))
}

// evidence lists the texts a finding cites, in its order.
func evidence(f *signature.Finding) string {
	var words []string
	for _, e := range f.Evidence {
		words = append(words, e.Event.Text)
	}
	return strings.Join(words, " ")
}

func TestAppliesTo(t *testing.T) {
	tests := []struct {
		bound  string
		seen   extract.Versions
		want   string
		wanted string // what a lead says is missing
	}{
		{`{plugin: "<2.3.2"}`, extract.Versions{Plugin: "2.3.1"}, "yes", ""},
		{`{plugin: "<2.3.2"}`, extract.Versions{Plugin: "2.3.2"}, "no", ""},
		{`{plugin: "<2.3.2"}`, extract.Versions{Plugin: "2.3.10"}, "no", ""},
		{`{plugin: "<2.3.2"}`, extract.Versions{Plugin: "2.3"}, "yes", ""},
		{`{plugin: "<2.3.2"}`, extract.Versions{WMPF: "1.0.0"}, "lead", "the plugin version"},
		{`{plugin: "<=2.3.2"}`, extract.Versions{Plugin: "2.3.2"}, "yes", ""},
		{`{plugin: ">2.3.2"}`, extract.Versions{Plugin: "2.3.2"}, "no", ""},
		{`{plugin: "=2.3"}`, extract.Versions{Plugin: "2.3.0"}, "yes", ""},
		{`{wmpf: ">=2.0.0 <2.2.0"}`, extract.Versions{WMPF: "2.1.9"}, "yes", ""},
		{`{wmpf: ">=2.0.0 <2.2.0"}`, extract.Versions{WMPF: "2.2.0"}, "no", ""},
		{`{wmpf: ">=2.0.0 <2.2.0"}`, extract.Versions{WMPF: "1.9.9"}, "no", ""},
		{`{linux: "<0xd5000097"}`, extract.Versions{LinuxSDK: "0xd5000088"}, "yes", ""},
		{`{linux: "<0xd5000097"}`, extract.Versions{LinuxSDK: "0xd5000097"}, "no", ""},
		{`{linux: "<0xd5000097"}`, extract.Versions{LinuxSDK: "0xd500009a"}, "no", ""},
		{`{wechat: "<8.0.30"}`, extract.Versions{WeChat: "8.0.29.5"}, "yes", ""},
		{`{plugin: "<2.3.2", wmpf: "<2.0.0"}`, extract.Versions{Plugin: "2.3.1", WMPF: "2.0.0"}, "no", ""},
		{`{plugin: "<2.3.2", wmpf: "<2.0.0"}`, extract.Versions{Plugin: "2.3.1"}, "lead", "the wmpf version"},
		{`{plugin: "<2.3.2", wmpf: "<2.0.0"}`, extract.Versions{Plugin: "2.3.2"}, "no", ""},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s %v", tt.bound, tt.seen), func(t *testing.T) {
			c := matching(t, "a", "  applies_to: "+tt.bound)
			call := caller(t, "a@1")
			call.Caller.Versions = tt.seen
			if got := verdict(c, call); got != tt.want {
				t.Fatalf("got %s, want %s", got, tt.want)
			}
			if tt.wanted != "" {
				f := c.Judge([]*correlate.Call{call}, nil).Calls[0].Findings[0]
				if len(f.Missing) != 1 || f.Missing[0].En != tt.wanted || f.Missing[0].Zh == "" {
					t.Errorf("what is missing is %q", f.Missing)
				}
			}
		})
	}
}

// TestKleene holds all to be the least of its parts and any the greatest, in the order no, unknown, yes.
func TestKleene(t *testing.T) {
	// The caller's log shows an a and covers the call; the listener's is missing.
	parts := map[string]string{"no": "b_caller", "unknown": "b_listener", "yes": "a_caller"}
	order := []string{"no", "unknown", "yes"}
	for i, x := range order {
		for k, y := range order {
			for op, want := range map[string]string{"all": order[min(i, k)], "any": order[max(i, k)]} {
				match := fmt.Sprintf("{%s: [%s, %s]}", op, parts[x], parts[y])
				if got := verdict(matching(t, match), caller(t, "a@1")); got != want {
					t.Errorf("%s of %s and %s is %s, want %s", op, x, y, got, want)
				}
			}
		}
	}
}

func TestConditions(t *testing.T) {
	code := -7
	call := caller(t, "e@1")
	e := &call.Caller.Events[0]
	e.Status, e.ErrMsg, e.ErrCode = "abortByCaller", "Call Interrupted, room id: 64", &code
	tests := []struct {
		where string
		want  string
	}{
		{"{status: abortByCaller}", "yes"},
		{"{status: abortbycaller}", "no"},
		{"{status: [abortByListener, abortByCaller]}", "yes"},
		{"{status: abortByCaller, origin: manual}", "no"},
		{"{errMsg: {contains: call interrupted}}", "yes"},
		{"{errMsg: {prefix: CALL}}", "yes"},
		{"{errMsg: {suffix: call}}", "no"},
		{"{errMsg: {contains: [busy, interrupted]}}", "yes"},
		{`{errMsg: {regex: "id: \\d+$"}}`, "yes"},
		{`{errMsg: {regex: "^id"}}`, "no"},
		{"{errCode: -7}", "yes"},
		{"{errCode: {lt: -7}}", "no"},
		{"{errCode: {lte: -7, gt: -10}}", "yes"},
		{"{errCode: {gte: -7, lt: -8}}", "no"},
		{"{origin: {exists: false}}", "yes"},
		{"{status: {exists: false}}", "no"},
		{"{keepTime: {lt: 5}}", "no"}, // a field that the line lacks satisfies no comparison
		{"{keepTime: {not: {lt: 5}}}", "yes"},
		{"{origin: {not: manual}}", "yes"},
		{"{status: {not: [abortByCaller, unknown]}}", "no"},
	}
	for _, tt := range tests {
		c := load(t, ruleText("r", "  events: {x: {event: abortVoip, side: caller, where: "+tt.where+"}}", "  match: x"))
		if got := verdict(c, call); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.where, got, tt.want)
		}
	}
}

func TestParts(t *testing.T) {
	sure := correlate.Clock{Low: -time.Second, High: time.Second, HasLow: true, HasHigh: true, Pairs: 2}
	later := correlate.Clock{High: time.Second, HasHigh: true, Pairs: 1}
	tests := []struct {
		name, match       string
		callers, listener string // events; "-" is a missing log
		coverage          correlate.Coverage
		clock             correlate.Clock
		want              string
	}{
		{name: "a selection", match: "a", callers: "a@1", listener: "-", want: "yes"},
		{name: "nobody has it", match: "a", callers: "b@1", listener: "b@1", want: "no"},
		{name: "the other log might have it", match: "a", callers: "b@1", listener: "-", want: "unknown"},
		{name: "a hole might have it", match: "a_caller", callers: "b@1", listener: "-", coverage: correlate.Partial, want: "unknown"},
		{name: "no log at that time", match: "a_caller", callers: "b@1", listener: "-", coverage: correlate.None, want: "unknown"},

		{name: "absent", match: "{absent: {of: a_caller}}", callers: "b@1", listener: "-", want: "yes"},
		{name: "not absent", match: "{absent: {of: a_caller}}", callers: "a@1", listener: "-", want: "no"},
		{name: "absent in a log with a hole", match: "{absent: {of: a_caller}}", callers: "b@1", listener: "-", coverage: correlate.Partial, want: "unknown"},
		{name: "absent, hole or not", match: "{all: [b, {absent: {of: a_caller, coverage: any}}]}", callers: "b@1", listener: "-", coverage: correlate.Partial, want: "yes"},
		{name: "absent in no log", match: "{absent: {of: a_listener}}", callers: "b@1", listener: "-", want: "unknown"},
		{name: "absent from either", match: "{absent: {of: a}}", callers: "b@1", listener: "-", want: "unknown"},
		{name: "absent before", match: "{absent: {of: a_caller, before: b_caller}}", callers: "b@1 a@2", listener: "-", want: "yes"},
		{name: "present before", match: "{absent: {of: a_caller, before: b_caller}}", callers: "a@1 b@2", listener: "-", want: "no"},
		{name: "absent shortly before", match: "{absent: {of: a_caller, before: b_caller, within: 5s}}", callers: "a@1 b@7", listener: "-", want: "yes"},
		{name: "absent after", match: "{absent: {of: a_caller, after: b_caller}}", callers: "a@1 b@2", listener: "-", want: "yes"},
		{name: "absent between", match: "{absent: {of: a_caller, after: b_caller, before: c_caller}}", callers: "a@1 b@2 c@3 a@4", listener: "-", want: "yes"},
		{name: "present between", match: "{absent: {of: a_caller, after: b_caller, before: c_caller}}", callers: "b@2 a@3 c@4", listener: "-", want: "no"},
		{name: "nothing to be before", match: "{absent: {of: a_caller, before: b_caller}}", callers: "c@1", listener: "-", want: "no"},
		{name: "absent before the other's", match: "{absent: {of: a_caller, before: b_listener}}", callers: "a@9", listener: "b@5", clock: sure, want: "yes"},
		{name: "perhaps before the other's", match: "{absent: {of: a_caller, before: b_listener}}", callers: "a@5.5", listener: "b@5", clock: sure, want: "unknown"},

		{name: "in order", match: "{sequence: {of: [a, b]}}", callers: "a@1 b@2", listener: "-", want: "yes"},
		{name: "reversed", match: "{sequence: {of: [a, b]}}", callers: "b@1 a@2", listener: "", want: "no"},
		{name: "at one time, in the log's order", match: "{sequence: {of: [a, b]}}", callers: "a@1 b@1", listener: "-", want: "yes"},
		{name: "at one time, reversed", match: "{sequence: {of: [a_caller, b_caller]}}", callers: "b@1 a@1", listener: "-", want: "no"},
		{name: "a later one fits", match: "{sequence: {of: [a, b], within: 2s}}", callers: "a@1 b@9 a@10 b@11", listener: "-", want: "yes"},
		{name: "too far apart", match: "{sequence: {of: [a_caller, b_caller], within: 2s}}", callers: "a@1 b@9", listener: "-", want: "no"},
		{name: "far enough apart", match: "{sequence: {of: [a, b], longer_than: 5s}}", callers: "a@1 b@9", listener: "-", want: "yes"},
		{name: "no longer than", match: "{sequence: {of: [a_caller, b_caller], longer_than: 8s}}", callers: "a@1 b@9", listener: "-", want: "no"},
		{name: "three steps", match: "{sequence: {of: [a, b, c], within: 4s}}", callers: "a@1 b@2 c@4", listener: "-", want: "yes"},
		{name: "three steps, the limit is of the whole", match: "{sequence: {of: [a_caller, b_caller, c_caller], within: 4s}}", callers: "a@1 b@4 c@7", listener: "-", want: "no"},
		{name: "across, surely", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@1", listener: "b@5", clock: sure, want: "yes"},
		{name: "across, perhaps", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@1", listener: "b@1.5", clock: sure, want: "unknown"},
		{name: "across, surely not", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@5", listener: "b@1", clock: sure, want: "no"},
		{name: "across, back", match: "{sequence: {of: [b_listener, a_caller]}}", callers: "a@5", listener: "b@1", clock: sure, want: "yes"},
		{name: "across, clocks unknown", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@1", listener: "b@500", want: "unknown"},
		{name: "across, one bound suffices", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@1", listener: "b@5", clock: later, want: "yes"},
		{name: "across, one bound is no limit", match: "{sequence: {of: [a_caller, b_listener], within: 9s}}", callers: "a@1", listener: "b@5", clock: later, want: "unknown"},
		{name: "across, beyond the limit by one bound", match: "{sequence: {of: [a_caller, b_listener], within: 9s}}", callers: "a@1", listener: "b@50", clock: later, want: "no"},
		{name: "across, longer by one bound", match: "{sequence: {of: [a_caller, b_listener], longer_than: 9s}}", callers: "a@1", listener: "b@50", clock: later, want: "yes"},
		{name: "across, about the limit", match: "{sequence: {of: [a_caller, b_listener], within: 4s}}", callers: "a@1", listener: "b@5.5", clock: sure, want: "unknown"},
		{name: "across, clocks in conflict", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@1", listener: "b@50", clock: correlate.Clock{Low: 2, High: 1, HasLow: true, HasHigh: true, Conflict: true}, want: "unknown"},
		{name: "a step in no log", match: "{sequence: {of: [a_caller, b_listener]}}", callers: "a@1", listener: "-", want: "unknown"},

		{name: "enough", match: "{count: {of: a, at_least: 3, within: 4s}}", callers: "a@1 a@9 a@11 a@13", listener: "-", want: "yes"},
		{name: "too few", match: "{count: {of: a_caller, at_least: 3}}", callers: "a@1 a@2", listener: "-", want: "no"},
		{name: "too slow", match: "{count: {of: a_caller, at_least: 3, within: 4s}}", callers: "a@1 a@4 a@6", listener: "-", want: "no"},
		{name: "too few in a log with a hole", match: "{count: {of: a_caller, at_least: 3}}", callers: "a@1 a@2", listener: "-", coverage: correlate.Partial, want: "unknown"},
		{name: "not enough in either", match: "{count: {of: a, at_least: 3}}", callers: "a@1 a@2", listener: "a@3", want: "no"},

		{name: "a silence", match: "{gap: {of: c, longer_than: 3s}}", callers: "c@1 c@2 c@6", listener: "-", want: "yes"},
		{name: "no silence", match: "{gap: {of: c_caller, longer_than: 3s}}", callers: "c@1 c@2 c@5", listener: "-", want: "no"},
		{name: "a silence of neither", match: "{gap: {of: c, longer_than: 3s}}", callers: "c@1 c@2", listener: "c@9 c@10", want: "no"},

		{name: "here is the caller", match: "{all: [a_here, b_there]}", callers: "a@1", listener: "b@1", want: "yes"},
		{name: "here is the listener", match: "{all: [a_here, b_there]}", callers: "b@1", listener: "a@1", want: "yes"},
		{name: "here is not there", match: "{all: [a_here, b_there]}", callers: "a@1 b@2", listener: "", want: "no"},
		{name: "there is no log", match: "{all: [a_here, b_there]}", callers: "a@1", listener: "-", want: "unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			call := caller(t, tt.callers)
			if tt.listener != "-" {
				call.Listener = party(t, extract.Listener, correlate.Full, tt.listener)
			}
			if tt.coverage != "" {
				call.Caller.Coverage = tt.coverage
			}
			call.Clock = tt.clock
			if got := verdict(matching(t, tt.match), call); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestGapNeedsTheLogInBetween(t *testing.T) {
	c := matching(t, "{gap: {of: c, longer_than: 3s}}")
	call := caller(t, "c@1 c@9")
	call.Caller.Device.Logs[0].Gaps = []extract.Gap{{From: base.Add(2 * time.Second), To: base.Add(8 * time.Second)}}
	if got := verdict(c, call); got != "unknown" {
		t.Errorf("with a hole between the ticks got %s", got)
	}
	call.Caller.Device.Logs[0].Gaps[0].From = base.Add(20 * time.Second)
	call.Caller.Device.Logs[0].Gaps[0].To = base.Add(30 * time.Second)
	if got := verdict(c, call); got != "yes" {
		t.Errorf("with a hole elsewhere got %s", got)
	}
}

// A pause where lines were lost does not hide one where they were not.
func TestGapBehindAHole(t *testing.T) {
	c := matching(t, "{gap: {of: c, longer_than: 3s}}")
	call := caller(t, "c@1 c@9 c@10 c@20")
	call.Caller.Device.Logs[0].Gaps = []extract.Gap{{From: base.Add(2 * time.Second), To: base.Add(8 * time.Second)}}
	if got := verdict(c, call); got != "yes" {
		t.Errorf("with a hole in the first of two pauses got %s", got)
	}
}

// TestDevice holds that a rule about devices looks at all logs of one, by time, and believes in an absence only where
// no line was lost.
func TestDevice(t *testing.T) {
	device := func(gaps ...extract.Gap) *correlate.Device {
		d := party(t, extract.Caller, correlate.Full, "b@2 d@3").Device
		d.Logs = append(d.Logs, party(t, extract.Caller, correlate.Full, "a@1").Device.Logs...)
		d.Logs[1].Gaps = gaps
		return d
	}
	for _, tt := range []struct {
		match string
		gaps  []extract.Gap
		want  int
	}{
		{"{sequence: {of: [a, b]}}", nil, 1},
		{"{sequence: {of: [b, a]}}", nil, 0},
		{"{all: [a, {absent: {of: c}}]}", nil, 1},
		{"{all: [a, {absent: {of: c}}]}", []extract.Gap{{From: base, To: base.Add(time.Second)}}, 0},
	} {
		found := matching(t, tt.match, "  group_by: device", "  blame: shown").Judge(nil, []*correlate.Device{device(tt.gaps...)}).Devices
		if len(found) != tt.want {
			t.Errorf("%s: %d findings, want %d", tt.match, len(found), tt.want)
		}
		for i := range found {
			if found[i].Role != extract.UnknownRole || found[i].Evidence[0].Role != extract.UnknownRole {
				t.Errorf("%s: a device has no role, got %q", tt.match, found[i].Role)
			}
		}
	}
}

func TestLead(t *testing.T) {
	c := matching(t, "{all: [a_caller, b_listener]}", "  lead: a_caller")
	for _, tt := range []struct{ callers, listeners, want string }{
		{"a@1", "-", "lead"}, {"a@1", "b@1", "yes"}, {"a@1", "", "no"}, {"c@1", "b@1", "no"},
	} {
		call := caller(t, tt.callers)
		if tt.listeners != "-" {
			call = both(t, tt.callers, tt.listeners)
		}
		if got := verdict(c, call); got != tt.want {
			t.Errorf("%v: got %s", tt, got)
		}
	}
	f := c.Judge([]*correlate.Call{caller(t, "a@1")}, nil).Calls[0].Findings[0]
	if len(f.Missing) != 1 || f.Missing[0].En != "the listener's log" || evidence(&f) != "a@1" {
		t.Errorf("the lead misses %q and rests on %s", f.Missing, evidence(&f))
	}
}

func TestBlame(t *testing.T) {
	for blame, want := range map[string]extract.Role{
		"caller": extract.Caller, "listener": extract.Listener, "here": extract.Listener, "there": extract.Caller, "shown": extract.Caller, "ender": extract.Listener,
	} {
		c := matching(t, "{all: [a_here, b_there]}", "  blame: "+blame)
		call := both(t, "b@5", "a@1")
		call.EndedBy = extract.Listener
		f := c.Judge([]*correlate.Call{call}, nil).Calls[0].Findings[0]
		if f.Role != want {
			t.Errorf("blame %s gives %q, want %q", blame, f.Role, want)
		}
		if evidence(&f) != "a@1 b@5" {
			t.Errorf("the evidence is %s", evidence(&f))
		}
	}
}

// TestSettle holds what becomes of several findings on one call.
func TestSettle(t *testing.T) {
	rule := func(id, severity, match string, more ...string) string {
		text := ruleText(id, append([]string{named(), "  match: " + match}, more...)...)
		return strings.Replace(text, "severity: error", "severity: "+severity, 1)
	}
	c := load(t, rule("mild", "info", "a")+rule("bad", "critical", "b")+rule("lead", "critical", "{all: [a, b_listener]}", "  lead: a")+
		rule("gone", "critical", "a")+rule("knows-better", "warning", "a", "  supersedes: [gone, mild]", "  say: {en: \"at {{a.text}} {{a.status}}\", zh: \"{{a.text}}\"}"))
	j := c.Judge([]*correlate.Call{caller(t, "a@1 b@2")}, nil).Calls[0]
	var ids []string
	for i := range j.Findings {
		ids = append(ids, j.Findings[i].Signature.ID)
	}
	if !slices.Equal(ids, []string{"knows-better", "bad", "lead"}) {
		t.Errorf("the findings are %v", ids)
	}
	if why := j.Findings[0].Why.En; why != "it explains gone, mild" || j.Findings[1].Why.En != "" {
		t.Errorf("the first finding is the cause because %q", why)
	}
	if s := j.Findings[0].Summary; s.En != "at a@1 ?" || s.Zh != "a@1" {
		t.Errorf("the summary is %+v", s)
	}
	if s := j.Findings[1].Summary; s.En != "t" {
		t.Errorf("without say the summary is %q, not the title", s.En)
	}
}

// TestCauseFirst holds which of two findings is taken for the cause, and why.
func TestCauseFirst(t *testing.T) {
	rule := func(id, severity, match string, more ...string) string {
		return strings.Replace(ruleText(id, append([]string{named(), "  match: " + match}, more...)...), "severity: error", "severity: "+severity, 1)
	}
	told := both(t, "a@1 b@9", "c@2 d@8")
	told.Outcome, told.Stage = correlate.Aborted, correlate.InCall
	told.Cause = correlate.Cause{Log: extract.Listener, Event: &told.Listener.Events[1]}
	tests := []struct{ name, rules, first, why string }{
		{"the aborting party's reason", rule("x", "critical", "a") + rule("y", "info", "d"), "y", "the listener's own log gives it as the reason"},
		{"an explanation", rule("x", "info", "a", "  supersedes: [z]") + rule("y", "info", "d") + rule("z", "error", "b"), "x", "it explains z"},
		{"severity", rule("x", "error", "a") + rule("y", "critical", "b"), "y", "it is the most severe"},
		{"the stage", rule("x", "warning", "a", "  stage: wait") + rule("y", "info", "b", "  stage: call"), "y", "it is about the stage in which the call ended"},
		{"time", rule("x", "error", "b") + rule("y", "error", "a"), "y", "its evidence is the earliest"},
		{"one finding", rule("x", "error", "a"), "x", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := load(t, tt.rules).Judge([]*correlate.Call{told}, nil).Calls[0].Findings
			if len(f) == 0 || f[0].Signature.ID != tt.first || f[0].Why.En != tt.why {
				t.Errorf("got %+v, want %s, for %s", f[0].Why, tt.first, tt.why)
			}
		})
	}
}

func TestClock(t *testing.T) {
	minute := time.Minute
	tests := []struct {
		name  string
		clock correlate.Clock
		want  string
	}{
		{"ahead", correlate.Clock{Pairs: 2, HasLow: true, Low: 3 * minute}, "yes"},
		{"behind", correlate.Clock{Pairs: 2, HasHigh: true, High: -3 * minute}, "yes"},
		{"near", correlate.Clock{Pairs: 2, HasLow: true, HasHigh: true, Low: -minute, High: minute}, "no"},
		{"perhaps", correlate.Clock{Pairs: 2, HasLow: true, HasHigh: true, Low: -minute, High: 3 * minute}, "unknown"},
		{"one bound within", correlate.Clock{Pairs: 1, HasLow: true, Low: minute}, "unknown"},
		{"no pairs", correlate.Clock{}, "unknown"},
		{"pairs that contradict each other", correlate.Clock{Pairs: 2, HasLow: true, Low: 3 * minute, Conflict: true}, "unknown"},
	}
	c := matching(t, "{clock: {apart: 2m}}")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			call := both(t, "a@1", "b@1")
			call.Clock = tt.clock
			if got := verdict(c, call); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			call.Listener = nil
			if got := verdict(c, call); got != "unknown" {
				t.Errorf("without the listener's log got %s", got)
			}
		})
	}
}
