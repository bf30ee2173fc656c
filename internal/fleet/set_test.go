package fleet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

// result is a document of calls, as a text.
func result(t testing.TB, calls []report.Call, findings ...report.Finding) string {
	t.Helper()
	var b strings.Builder
	if err := report.JSON(&b, &report.Report{Schema: report.Schema, Calls: calls, Findings: findings}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// setOf is the set of results.
func setOf(t testing.TB, results ...string) *Set {
	t.Helper()
	s := NewSet()
	for _, r := range results {
		if err := s.Read(strings.NewReader(r)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// inRoom is a call with the number of a room.
func inRoom(n int, outcome, stage string, fired ...string) report.Call {
	id := fmt.Sprintf("room%016d", n)
	c := report.Call{ID: id, RoomID: &id, Outcome: outcome, Stage: stage}
	for _, f := range fired {
		c.Findings = append(c.Findings, report.Finding{Signature: f, Severity: "error", Certainty: confirmed})
	}
	return c
}

// rateIn finds a rate.
func rateIn(rates []Rate, kind, name string) Rate {
	for _, r := range rates {
		if r.Kind == kind && r.Name == name {
			return r
		}
	}
	return Rate{}
}

// A call that is in several results counts once, as in the last; so it does if one result has it twice.
func TestRepeats(t *testing.T) {
	early := result(t, []report.Call{inRoom(1, "unknown", "join"), inRoom(2, "completed", "call")})
	late := result(t, []report.Call{inRoom(1, "aborted", "join", "a-signature"), inRoom(3, "completed", "call"), inRoom(3, "busy", "answer")})
	f := setOf(t, early, late).Fleet(TopRooms)
	if f.Calls != 3 || f.Evaluable != 3 || f.Repeats != 2 || f.Results != 2 {
		t.Errorf("%d calls, %d evaluable, %d repeats, %d results", f.Calls, f.Evaluable, f.Repeats, f.Results)
	}
	if r := rateIn(f.Rates, KindOutcome, "busy"); r.N != 1 || r.Of != 3 {
		t.Errorf("busy %d/%d", r.N, r.Of)
	}
	if f = setOf(t, late, early).Fleet(TopRooms); f.Evaluable != 2 || len(f.Rooms) != 0 {
		t.Errorf("the other way around %d evaluable, rooms %v", f.Evaluable, f.Rooms)
	}
}

// What is waited for is decided by a day that is given, the whole of it included.
func TestWaiting(t *testing.T) {
	at := func(n int, start string) report.Call {
		c := inRoom(n, "unknown", "join")
		if start != "" {
			c.Start = new(report.Time)
			if err := c.Start.UnmarshalJSON([]byte(`"` + start + `"`)); err != nil {
				t.Fatal(err)
			}
		}
		return c
	}
	both := at(1, "2026-11-20T09:00:00Z")
	for _, role := range []string{"caller", "listener"} {
		both.Parties = append(both.Parties, report.Party{Role: role, Coverage: "full", Inputs: []string{role}})
	}
	set := setOf(t, result(t, []report.Call{
		both, at(2, "2026-11-20T23:59:59Z"), at(3, "2026-11-14T00:00:00Z"), at(4, "2026-11-13T23:59:59Z"), at(5, ""),
	}))
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	if got, want := *set.Waiting(day), (Waiting{"2026-11-20", 2, 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Calls without a room are called by a place, which two devices may share; they are one only if the time is the same.
func TestPlaces(t *testing.T) {
	at := func(day string) report.Call {
		var start report.Time
		if err := start.UnmarshalJSON([]byte(`"` + day + `T09:00:00+08:00"`)); err != nil {
			t.Fatal(err)
		}
		return report.Call{ID: "xlog/wmpf.xlog@0:48", Outcome: "initiate-failed", Start: &start}
	}
	one, other := result(t, []report.Call{at("2026-11-20")}), result(t, []report.Call{at("2026-11-21")})
	if f := setOf(t, one, other, one).Fleet(0); f.Calls != 2 || f.Repeats != 1 {
		t.Errorf("%d calls, %d repeats", f.Calls, f.Repeats)
	}
}

// A signature is of the calls on which it fired or was clear. Leads, and what could not be judged, are of neither.
func TestDenominators(t *testing.T) {
	var calls []report.Call
	for n := range 8 {
		c := inRoom(n, "aborted", "wait")
		switch {
		case n < 2:
			c.Findings = []report.Finding{{Signature: "sig", Severity: "error", Certainty: confirmed}}
		case n < 5:
			c.Checked.Clear = []string{"sig"}
		case n == 5:
			c.Findings = []report.Finding{{Signature: "sig", Severity: "error", Certainty: "lead"}}
		case n == 6:
			c.Checked.NotEvaluable = []report.NotEvaluable{{Signature: "sig"}}
		}
		calls = append(calls, c)
	}
	devices := report.Finding{Signature: "skew", Severity: "warning", Certainty: confirmed, Calls: []string{calls[0].ID, calls[7].ID, "elsewhere"}}
	calls[7].Checked.Clear = []string{"skew"} // the finding of its devices says more
	f := setOf(t, result(t, calls, devices)).Fleet(0)
	for name, want := range map[string][2]int{"sig": {2, 5}, "skew": {2, 2}} {
		if r := rateIn(f.Rates, KindSignature, name); r.N != want[0] || r.Of != want[1] {
			t.Errorf("%s is %d/%d, want %v", name, r.N, r.Of, want)
		}
	}
}

// Rates by a fact are of the calls that have it, those with both values in both, and versions come in their order.
func TestDimensions(t *testing.T) {
	var calls []report.Call
	for n, versions := range [][]string{{"2.10.0"}, {"2.9.1"}, {"2.9.1", "2.10.0"}, {}, {"13912345678"}} {
		c := inRoom(n, "completed", "call")
		for _, v := range versions {
			c.Parties = append(c.Parties, report.Party{Versions: report.Versions{WMPF: &v}})
		}
		calls = append(calls, c)
	}
	d := setOf(t, result(t, calls)).Fleet(0).Dimensions[0]
	var got []string
	for _, g := range d.Groups {
		got = append(got, fmt.Sprintf("%s %d", g.Value, g.Calls))
	}
	if diff := cmp.Diff([]string{"2.9.1 2", "2.10.0 2"}, got); diff != "" || d.By != "wmpf" || d.Known != 3 {
		t.Errorf("%s known of %d, groups (-want +got):\n%s", d.By, d.Known, diff)
	}
}

// TestGroupsBounded has more versions than a report: those of the fewest calls are left out, and counted.
func TestGroupsBounded(t *testing.T) {
	var calls []report.Call
	for n := range maxGroups + 5 {
		v := fmt.Sprintf("1.%d", n)
		for i := range 1 + n%2 {
			c := inRoom(2*n+i, "completed", "call")
			c.Parties = []report.Party{{Versions: report.Versions{WMPF: &v}}}
			calls = append(calls, c)
		}
	}
	d := setOf(t, result(t, calls)).Fleet(0).Dimensions[0]
	two := 0
	for _, g := range d.Groups {
		two += g.Calls - 1
	}
	if len(d.Groups) != maxGroups || d.More != 5 || two != (maxGroups+5)/2 {
		t.Errorf("%d groups, %d of two calls, %d more", len(d.Groups), two, d.More)
	}
}

// Rooms are of failed calls, the gravest cause first, two of a cause, those like most first.
func TestRooms(t *testing.T) {
	var calls []report.Call
	for n := range 4 {
		calls = append(calls, inRoom(n, "aborted", "join", "often"))
	}
	odd := inRoom(4, "aborted", "join", "often", "beside") // not like the others
	grave := inRoom(5, "join-failed", "join", "grave")
	grave.Findings[0].Severity = "critical"
	info := inRoom(6, "cancelled", "wait", "told")
	info.Findings[0].Severity = "info"
	fine := inRoom(7, "completed", "call", "often")
	calls = append([]report.Call{odd, info, fine, grave}, calls...)
	set := setOf(t, result(t, calls))
	var got []string
	for _, r := range set.Fleet(TopRooms).Rooms {
		got = append(got, r.Cause+" "+r.Room[len(r.Room)-1:])
	}
	if diff := cmp.Diff([]string{"grave 5", "often 0", "often 1"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if rooms := set.Fleet(0).Rooms; len(rooms) != 0 {
		t.Errorf("asked for none, got %v", rooms)
	}
}

// Of two sets a call that both have is A's. Of one set by two facts, a call with both is on neither side.
func TestSides(t *testing.T) {
	one, two := "1.2.0", "2.0.0"
	with := func(n int, versions ...*string) report.Call {
		c := inRoom(n, "completed", "call")
		for _, v := range versions {
			c.Parties = append(c.Parties, report.Party{Versions: report.Versions{WMPF: v}})
		}
		return c
	}
	a := setOf(t, result(t, []report.Call{with(1, &one), with(2, &one)}))
	b := setOf(t, result(t, []report.Call{with(2, &two), with(3, &two), with(4)}))
	if d := Compare(a, b); d.A.Calls != 2 || d.B.Calls != 2 || d.Shared != 1 {
		t.Errorf("compared %d with %d, %d shared", d.A.Calls, d.B.Calls, d.Shared)
	}
	all := setOf(t, result(t, []report.Call{with(1, &one), with(2, &one, &two), with(3, &two), with(4)}))
	by := func(s string) By {
		by, err := ParseBy(s)
		if err != nil {
			t.Fatal(err)
		}
		return by
	}
	if d := all.Split(by("wmpf=1"), by("wmpf=2.0")); d.A.Calls != 1 || d.B.Calls != 1 || d.Shared != 1 || *d.B.By != "wmpf=2.0" {
		t.Errorf("%d and %d by version, %d shared", d.A.Calls, d.B.Calls, d.Shared)
	}
	for _, s := range []string{"", "wmpf", "wmpf=", "nose=1"} {
		if _, err := ParseBy(s); err == nil {
			t.Errorf("%q is taken", s)
		}
	}
}

// Verdicts are packed; what is set is what is read.
func TestVerdictLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.IntRange(0, 300), rapid.SampledFrom([]verdict{unfired, fired})).Draw(t, "verdicts")
		var v []byte
		for sig, is := range want {
			v = setVerdict(setVerdict(v, sig, 3-is), sig, is)
		}
		got := map[int]verdict{}
		eachVerdict(string(v), func(sig int, is verdict) { got[sig] = is })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestVersionOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.SampledFrom([]string{"", "1", "1.2", "1.2.0", "1.02.0", "1.10", "2.9", "2.10.1", "0xd5000001", "K3", "K10 Pro", "2026-11-20"})
		a, b, c := draw.Draw(t, "a"), draw.Draw(t, "b"), draw.Draw(t, "c")
		if x, y := compareVersions(a, b), compareVersions(b, a); (x < 0) != (y > 0) || (x == 0) != (a == b) {
			t.Fatalf("%q and %q: %d, %d", a, b, x, y)
		}
		if compareVersions(a, b) < 0 && compareVersions(b, c) < 0 && compareVersions(a, c) >= 0 {
			t.Fatalf("%q, %q, %q", a, b, c)
		}
	})
}
