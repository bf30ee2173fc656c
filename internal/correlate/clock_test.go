package correlate

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Whatever the delays between cause and effect, the bounds hold the true offset; and bounds over a third clock do too.
func TestClockHoldsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(t, "offset"))
		delay := func(name string) time.Duration {
			return time.Duration(rapid.Int64Range(0, int64(5*time.Second)).Draw(t, name))
		}
		epoch := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
		yes := true
		created, shown := epoch, epoch.Add(delay("alert"))
		answered := shown.Add(delay("ring"))
		talking := answered.Add(delay("connect"))
		ended := talking.Add(delay("talk"))
		told := ended.Add(delay("tell"))
		at := func(name extract.Name, when time.Time, input string) extract.Event {
			e := extract.Event{Name: name, Time: when, Success: &yes}
			e.Input = input
			return e
		}
		caller := &Party{Role: extract.Caller, Device: &Device{}, Events: []extract.Event{
			at(extract.CallResult, created, "a"), at(extract.Calling, talking, "a"), at(extract.HangUpVoip, told, "a"),
		}}
		caller.Events[2].Origin = "other"
		listener := &Party{Role: extract.Listener, Device: &Device{}, Events: []extract.Event{
			at(extract.AlertShown, shown.Add(offset), "b"), at(extract.HangOnVoip, answered.Add(offset), "b"), at(extract.HangUpVoip, ended.Add(offset), "b"),
		}}
		listener.Events[2].Origin = "manual"
		c := clockOf(caller, listener)
		if !c.Known() || offset < c.Low || offset > c.High {
			t.Fatalf("the offset %v is not within %v and %v", offset, c.Low, c.High)
		}
		if r := c.reversed(); -offset < r.Low || -offset > r.High {
			t.Fatalf("reversed, %v is not within %v and %v", -offset, r.Low, r.High)
		}
		if s := c.plus(c); 2*offset < s.Low || 2*offset > s.High {
			t.Fatalf("twice, %v is not within %v and %v", 2*offset, s.Low, s.High)
		}
	})
}
