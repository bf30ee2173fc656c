package signature_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// inOneLog puts calls on one device, as series look at them.
func inOneLog(calls ...*correlate.Call) []*correlate.Call {
	for _, c := range calls {
		c.Caller.Device = calls[0].Caller.Device
	}
	return calls
}

// fired lists for each call whether the only rule fired on it.
func fired(c *signature.Catalogue, calls []*correlate.Call) string {
	var out strings.Builder
	for _, j := range c.Judge(calls, nil).Calls {
		if len(j.Findings) > 0 {
			out.WriteByte('x')
		} else {
			out.WriteByte('.')
		}
	}
	return out.String()
}

func TestStreak(t *testing.T) {
	c := matching(t, "{streak: {of: e, at_least: 2, before: a, until: a}}")
	tests := []struct {
		name  string
		calls []string // events of each call; e7 is an e of native code -7
		want  string
	}{
		{"two in a row", []string{"a@1", "e@2", "e@3"}, ".xx"},
		{"one", []string{"a@1", "e@2"}, ".."},
		{"never good before", []string{"e@2", "e@3"}, ".."},
		{"broken by a good one", []string{"a@1", "e@2", "a@3", "e@4"}, "...."},
		{"broken by a call with neither", []string{"a@1", "e@2", "b@3", "e@4"}, "...."},
		{"good and bad in one call", []string{"a@1", "e@2", "a@3 e@4", "e@5"}, "...."},
		{"again", []string{"a@1", "e@2", "e@3", "a@4", "e@5", "e@6", "e@7"}, ".xx.xxx"},
		{"another code", []string{"a@1", "e@2", "e7@3", "e7@4"}, "..xx"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var calls []*correlate.Call
			for _, events := range tt.calls {
				call := caller(t, strings.ReplaceAll(events, "e7", "e"))
				code := -10
				if strings.Contains(events, "e7") {
					code = -7
				}
				for i := range call.Caller.Events {
					call.Caller.Events[i].NativeCode = &code
				}
				calls = append(calls, call)
			}
			if got := fired(c, inOneLog(calls...)); got != tt.want {
				t.Errorf("fires on %s, want %s", got, tt.want)
			}
		})
	}
	apart := []*correlate.Call{caller(t, "a@1"), caller(t, "e@2"), caller(t, "e@3")}
	if got := fired(c, apart); got != "..." {
		t.Errorf("calls of three devices are a streak: %s", got)
	}
}

func TestAge(t *testing.T) {
	c := matching(t, "{age: {of: e, after: a, within: 2s, at_least: 2}}")
	tests := []struct {
		name  string
		calls []string
		want  string
	}{
		{"sixty seconds after the call before", []string{"a@0", "a@45 e@60", "a@200", "a@230 e@261"}, ".x.x"},
		{"sixty seconds after the call before the last", []string{"a@0", "a@20", "a@45 e@60", "a@200", "a@230 e@261"}, "..x.x"},
		{"once", []string{"a@0", "a@45 e@60"}, ".."},
		{"ages that differ", []string{"a@0", "a@45 e@60", "a@200", "a@230 e@290"}, "...."},
		{"a limit of each call's own", []string{"a@0", "a@30 e@60", "a@200", "a@230 e@260"}, "...."},
		{"longer than a limit can be", []string{"a@0", "a@945 e@1000", "a@2000", "a@2910 e@3000"}, "...."},
		{"no forced ending", []string{"a@0", "a@45 d@60", "a@200", "a@230 d@261"}, "...."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var calls []*correlate.Call
			for _, events := range tt.calls {
				calls = append(calls, caller(t, events))
			}
			if got := fired(c, inOneLog(calls...)); got != tt.want {
				t.Errorf("fires on %s, want %s", got, tt.want)
			}
		})
	}
}

func TestRepeat(t *testing.T) {
	c := matching(t, "{repeat: {of: a, within: 3s, same: [status]}}")
	for _, tt := range []struct {
		calls []string // a call with a! is of another status
		want  string
	}{
		{[]string{"a@1", "a@2"}, ".x"},
		{[]string{"a@1", "a@4.1"}, ".."},
		{[]string{"a@1", "b@2", "a@3"}, "..."},
		{[]string{"a@1", "a@2", "a@3"}, ".xx"},
		{[]string{"a@1", "a!@2"}, ".."},
		{[]string{"a@1 a@1.5"}, "x"},
		{[]string{"a@1 b@1.2 a@5"}, "."},
		{[]string{"a@1 a@5", "a@7"}, ".x"},
	} {
		var calls []*correlate.Call
		for _, events := range tt.calls {
			call := caller(t, strings.ReplaceAll(events, "!", ""))
			if strings.Contains(events, "!") {
				call.Caller.Events[0].Status = "other"
			}
			calls = append(calls, call)
		}
		if got := fired(c, inOneLog(calls...)); got != tt.want {
			t.Errorf("%v: fires on %s, want %s", tt.calls, got, tt.want)
		}
	}
}

// TestProcess holds that a new process ends a series, however it shows.
func TestProcess(t *testing.T) {
	c := matching(t, "{repeat: {of: a, within: 1m}}", "  group_by: process")
	for _, tt := range []struct {
		name   string
		pids   []int64 // of the calls, 10 s apart
		starts map[time.Duration]int64
		want   string
	}{
		{"one process", []int64{100, 100}, nil, ".x"},
		{"another", []int64{100, 200}, nil, ".."},
		{"two that take turns", []int64{100, 200, 100, 200}, nil, "..xx"},
		{"the same id, started again", []int64{100, 100}, map[time.Duration]int64{5 * time.Second: 100}, ".."},
		{"started before both", []int64{100, 100}, map[time.Duration]int64{-time.Second: 100}, ".x"},
		{"another that started", []int64{100, 100}, map[time.Duration]int64{5 * time.Second: 300}, ".x"},
		{"no ids", []int64{0, 0}, nil, ".x"},
		{"no ids, and a start", []int64{0, 0}, map[time.Duration]int64{5 * time.Second: 7}, ".."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var calls []*correlate.Call
			for i, pid := range tt.pids {
				call := caller(t, fmt.Sprintf("a@%d", 10*i))
				call.Caller.Events[0].PID = pid
				calls = append(calls, call)
			}
			calls = inOneLog(calls...)
			log := calls[0].Caller.Device.Logs[0]
			for at, pid := range tt.starts {
				log.Events = append(log.Events, extract.Event{Name: extract.ProcessStarted, Time: base.Add(at), PID: pid})
			}
			if got := fired(c, calls); got != tt.want {
				t.Errorf("fires on %s, want %s", got, tt.want)
			}
		})
	}
}

func TestNext(t *testing.T) {
	c := matching(t, "{next: {first: {sequence: {of: [a, b], within: 1s}}, then: e}}")
	for _, tt := range []struct {
		calls []string
		want  string
	}{
		{[]string{"a@1 b@2", "e@9"}, ".x"},
		{[]string{"a@1 b@3", "e@9"}, ".."},
		{[]string{"a@1 b@2", "c@5", "e@9"}, "..."},
		{[]string{"e@1", "a@2 b@3"}, ".."},
		{[]string{"a@1 b@2 e@3"}, "."},
	} {
		var calls []*correlate.Call
		for _, events := range tt.calls {
			calls = append(calls, caller(t, events))
		}
		if got := fired(c, inOneLog(calls...)); got != tt.want {
			t.Errorf("%v: fires on %s, want %s", tt.calls, got, tt.want)
		}
	}
}

func TestStreakEndedBy(t *testing.T) {
	c := matching(t, "{streak: {of: e, at_least: 2, until: a, ended_by: c}}")
	for _, tt := range []struct {
		restart time.Duration
		want    string
	}{
		{25 * time.Second, "e@10 e@20 c@x"}, {15 * time.Second, "e@10 e@20"}, {35 * time.Second, "e@10 e@20"},
	} {
		var calls []*correlate.Call
		for _, events := range []string{"e@10", "e@20", "a@30"} {
			call := caller(t, events)
			call.Start = call.Caller.Events[0].Time
			call.End = call.Start
			calls = append(calls, call)
		}
		calls = inOneLog(calls...)
		log := calls[0].Caller.Device.Logs[0]
		log.Events = append(log.Events, extract.Event{Name: letters["c"], Time: base.Add(tt.restart), Text: "c@x"})
		f := c.Judge(calls, nil).Calls[0].Findings
		if len(f) != 1 || evidence(&f[0]) != tt.want {
			t.Errorf("a restart at %s: %d findings, want the evidence %s", tt.restart, len(f), tt.want)
		}
	}
}
