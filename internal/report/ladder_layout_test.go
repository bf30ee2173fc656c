package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// steps makes a timeline of lines "SECONDS ROLE EVENT DETAIL", role c or l; times of both parties are of their own clocks.
func steps(t *testing.T, lines string) (c Call) {
	t.Helper()
	for line := range strings.Lines(lines) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 4)
		if len(f) < 3 {
			continue
		}
		e := TimelineEntry{Event: f[2], Count: 1, Order: "sure", Role: map[string]string{"c": "caller", "l": "listener"}[f[1]]}
		if len(f) == 4 {
			e.Detail = f[3]
		}
		if f[0] != "-" {
			e.Time = clockAt(t, f[0])
		}
		c.Timeline = append(c.Timeline, e)
	}
	c.Parties = []Party{{Role: "caller", Coverage: "full"}, {Role: "listener", Coverage: "full"}}
	return c
}

func clockAt(t *testing.T, seconds string) *Time {
	t.Helper()
	d, err := time.ParseDuration(seconds + "s")
	if err != nil {
		t.Fatal(err)
	}
	return &Time{time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC).Add(d)}
}

// describe writes the rungs of a ladder, one a line.
func describe(l *ladder) string {
	var b strings.Builder
	for _, r := range l.rungs {
		at := "-"
		if r.since != nil {
			at = fmt.Sprintf("%g", r.since.Seconds())
		}
		if r.step != nil {
			at += fmt.Sprintf("%+g", r.step.Seconds())
		}
		var what string
		switch {
		case r.stage != nil:
			what = "stage " + r.stage.Stage
		case r.gap != nil:
			what = "gap"
		default:
			what = fmt.Sprintf("%s %d %s", r.entry.Event, r.count, []string{"local", "sent", "received"}[r.flow])
		}
		for _, f := range []struct {
			is   bool
			name string
		}{{r.across, "across"}, {r.unsure, "unsure"}, {r.failed, "failed"}, {r.dark[0], "dark0"}, {r.dark[1], "dark1"}} {
			if f.is {
				what += " " + f.name
			}
		}
		fmt.Fprintf(&b, "%d %s %s\n", r.lane, at, what)
	}
	return b.String()
}

func TestLadderLayout(t *testing.T) {
	n := func(ms int64) *int64 { return &ms }
	listener := "listener"
	for _, c := range []struct {
		name string
		call func() Call
		want string
	}{
		{"aligned clocks, repeated events, and whose end it was", func() Call {
			c := steps(t, `
				0 c callRequest
				1 c callResult isSuccess=true
				12 l alertShown
				13 l alertShown again
				14 l hangOnVoip
				5 c calling
				6 c calling
				17 l abortVoip status=abortByListener
				8 c abortVoip status=unknown errMsg=room status is abort`)
			c.Clock = &Clock{OffsetMs: n(10_000), LowMs: n(9_000), HighMs: n(11_000)}
			c.Start, c.Outcome = c.Timeline[0].Time, "aborted"
			return c
		}, `
			0 0 callRequest 1 sent
			0 1+1 callResult 1 received
			1 2+1 alertShown 1 received across
			1 3+1 alertShown 1 received
			1 4+1 hangOnVoip 1 sent
			0 5+1 calling 2 received across
			1 7+2 abortVoip 1 sent failed
			0 8+1 abortVoip 1 received across`},
		{"clocks that cannot be compared", func() Call {
			c := steps(t, `
				0 c callRequest
				100 l alertShown
				3 c timeout`)
			c.Clock = &Clock{OffsetMs: n(99_000), LowMs: n(99_000)}
			c.Outcome = "no-answer"
			return c
		}, `
			0 0 callRequest 1 sent
			1 - alertShown 1 received across unsure
			0 3+3 timeout 1 local failed`},
		{"times behind a clock that was set are of no use", func() Call {
			c := steps(t, `
				100 c callRequest
				3 c clockSet status=back
				4 c calling
				101 l hangOnVoip`)
			c.Clock = &Clock{OffsetMs: n(0), LowMs: n(0), HighMs: n(0)}
			c.Start, c.Outcome = c.Timeline[0].Time, "unknown"
			return c
		}, `
			0 0 callRequest 1 sent
			0 - clockSet 1 local
			0 - calling 1 received across
			1 1+1 hangOnVoip 1 sent`},
		{"the listener's log alone", func() Call {
			c := steps(t, `
				5 l alertShown
				9 l rejectVoip status=manual`)
			c.Parties[0].Coverage, c.Outcome, c.EndedBy = "none", "rejected", &listener
			return c
		}, `
			1 0 alertShown 1 received across dark0
			1 4+4 rejectVoip 1 sent failed dark0`},
		{"gaps end with the next event of their party, or in time", func() Call {
			c := steps(t, `
				0 c callRequest
				2 c startVoip
				6 l endVoip
				8 c endVoip`)
			c.Clock = &Clock{OffsetMs: n(0), LowMs: n(0), HighMs: n(0)}
			c.Parties[0].Gaps = []Gap{{From: clockAt(t, "3"), To: clockAt(t, "5")}, {From: clockAt(t, "9")}}
			c.Parties[1].Gaps = []Gap{{To: clockAt(t, "4")}}
			return c
		}, `
			1 - gap dark1
			0 0 callRequest 1 sent dark1
			0 2+2 startVoip 1 local dark1
			0 3 gap dark0 dark1
			1 6+4 endVoip 1 local
			0 8+2 endVoip 1 local
			0 9 gap dark0`},
		{"stages stand before the event they begin with", func() Call {
			c := steps(t, `
				0 c callRequest
				1 c callResult isSuccess=false errCode=9
				2 c endVoip`)
			c.Stages = []Stage{
				{Stage: "initiate", Role: "caller", From: clockAt(t, "0")}, {Stage: "join", Role: "caller", From: clockAt(t, "1")},
				{Stage: "call", Role: "listener", From: clockAt(t, "1")}, {Stage: "wait", Role: "caller"},
			}
			c.Outcome = "initiate-failed"
			return c
		}, `
			0 - stage initiate
			0 0 callRequest 1 sent
			0 - stage join
			0 1+1 callResult 1 received failed
			0 2+1 endVoip 1 local`},
		{"no times", func() Call {
			c := steps(t, `
				- c callRequest
				- c joinFailCaller errMsg=the other said status=other
				- c joinFailListener`)
			c.Outcome = "join-failed"
			return c
		}, `
			0 - callRequest 1 sent
			0 - joinFailCaller 1 local failed
			0 - joinFailListener 1 local`},
	} {
		call := c.call()
		want := strings.ReplaceAll(strings.TrimPrefix(c.want, "\n"), "\t", "") + "\n"
		if diff := cmp.Diff(want, describe(newLadder(&call))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestLadderFolds draws a call of many events: the begin and the end stay, and all of it with Verbose.
func TestLadderFolds(t *testing.T) {
	var lines strings.Builder
	for i := range 500 {
		fmt.Fprintf(&lines, "%d c networkChange n=%d\n", i, i)
	}
	lines.WriteString("500 c timeout")
	c := steps(t, lines.String())
	c.Outcome = "no-answer"
	p, l := newPhrases(TextOptions{}), newLadder(&c)
	short, long := strings.Join(p.ladderText(l, false), "\n"), strings.Join(p.ladderText(l, true), "\n")
	for _, want := range []string{"14:00:00.000", "+441 more rows", "✗ 14:08:20.000"} {
		if !strings.Contains(short, want) {
			t.Errorf("no %q in\n%s", want, short)
		}
	}
	if n := len(p.ladderList(l, false)); n != maxRungs+1 {
		t.Errorf("%d rows in the list", n)
	}
	if n := strings.Count(long, "networkChange"); n != 500 {
		t.Errorf("%d events with Verbose", n)
	}
}

func TestShortDurations(t *testing.T) {
	for _, c := range []struct {
		d      time.Duration
		signed bool
		want   string
	}{
		{0, false, "0.00"}, {0, true, "+0.00"}, {-1500 * time.Millisecond, true, "-1.50"}, {59_990 * time.Millisecond, false, "59.99"},
		{59_990 * time.Millisecond, true, "+60.0"}, {999 * time.Second, false, "999.0"}, {3600 * time.Second, true, "+3600"},
		{30 * time.Hour, true, "+30h"}, {99_999 * time.Second, false, "99999"}, {1 << 62, true, "+999h"}, {-1 << 62, false, "-999h"},
	} {
		if got := short(&c.d, c.signed); got != c.want {
			t.Errorf("short(%v, %t) = %q, want %q", c.d, c.signed, got, c.want)
		}
	}
	if got := short(nil, true); got != "" {
		t.Errorf("short(nil) = %q", got)
	}
}
