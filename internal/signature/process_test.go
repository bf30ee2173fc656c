package signature_test

import (
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// TestSequenceOfProcesses holds what a sequence asks of the processes of its first event and its last.
func TestSequenceOfProcesses(t *testing.T) {
	const same, ended = "{sequence: {of: [c_caller, d_caller], process: same}}", "{sequence: {of: [c_caller, d_caller], process: ended}}"
	for _, tt := range []struct {
		name        string
		events      string
		pids        []int64
		same, ended string
	}{
		{"one process", "c@1 d@9", []int64{100, 100}, "yes", "no"},
		{"another in its place", "c@1 d@9", []int64{100, 200}, "no", "yes"},
		{"another beside it", "c@1 d@9 c@10", []int64{100, 200, 100}, "no", "no"},
		{"one of several steps is of it", "c@1 c@2 d@9", []int64{200, 100, 100}, "yes", "yes"},
		{"without ids", "c@1 d@9", []int64{0, 0}, "yes", "no"},
		{"in another order", "d@1 c@9", []int64{100, 100}, "no", "no"},
	} {
		for match, want := range map[string]string{same: tt.same, ended: tt.ended} {
			for _, coverage := range []correlate.Coverage{correlate.Full, correlate.Partial} {
				p := party(t, extract.Caller, coverage, tt.events)
				for i := range p.Events {
					p.Events[i].PID = tt.pids[i]
				}
				if coverage == correlate.Partial && want == "no" {
					want = "unknown" // what the log lost could be such an event
				}
				if got := verdict(matching(t, match), &correlate.Call{Caller: p}); got != want {
					t.Errorf("%s, %s, coverage %s: %s, want %s", tt.name, match, coverage, got, want)
				}
			}
		}
	}
	call := caller(t, "c@1")
	call.Listener = party(t, extract.Listener, correlate.Full, "d@9")
	call.Clock = correlate.Clock{HasLow: true, HasHigh: true, Pairs: 2}
	for _, lives := range []string{"same", "ended"} {
		if got := verdict(matching(t, "{sequence: {of: [c_caller, d_listener], process: "+lives+"}}"), call); got != "no" {
			t.Errorf("parties have no process in common, and %s is %s", lives, got)
		}
	}
}

// A limit of time says nothing where the clock was set in between.
func TestSequenceOverASetClock(t *testing.T) {
	call := caller(t, "c@1 d@9")
	call.Caller.Events[1].Clock = 1
	for match, want := range map[string]string{
		"{sequence: {of: [c_caller, d_caller]}}":                   "yes",
		"{sequence: {of: [c_caller, d_caller], within: 20s}}":      "unknown",
		"{sequence: {of: [c_caller, d_caller], longer_than: 20s}}": "unknown",
	} {
		if got := verdict(matching(t, match), call); got != want {
			t.Errorf("%s is %s, want %s", match, got, want)
		}
	}
}
