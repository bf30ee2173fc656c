package signature_test

import (
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// Three calls of two devices, one of which goes the other way, show one and the same difference of their clocks.
func TestPairs(t *testing.T) {
	c := matching(t, "{clock: {apart: 5s}}")
	there, back, again, alone := both(t, "a@1", "b@1"), both(t, "a@1", "b@1"), both(t, "a@1", "b@1"), caller(t, "a@1")
	phone, device := there.Caller.Device, there.Listener.Device
	back.Caller.Device, back.Listener.Device = device, phone
	again.Caller.Device, again.Listener.Device = phone, device
	set := func(c *correlate.Call, ahead time.Duration) {
		c.Clock = correlate.Clock{Pairs: 2, HasLow: true, HasHigh: true, Low: ahead, High: ahead}
	}
	set(there, 40*time.Second)
	set(back, -42*time.Second)
	set(again, 40500*time.Millisecond)
	v := c.Judge([]*correlate.Call{there, alone, back, again}, nil)
	if len(v.Devices) != 1 {
		t.Fatalf("%d findings of no call", len(v.Devices))
	}
	f := &v.Devices[0]
	if want := "The clock of listener is about 40.0 s – 42.0 s ahead of that of caller"; f.Summary.En != want {
		t.Errorf("it says %q, want %q", f.Summary.En, want)
	}
	if len(f.Calls) != 3 || f.Calls[0] != there || f.Calls[2] != again || len(f.Evidence) != 6 {
		t.Errorf("%d calls, %d lines", len(f.Calls), len(f.Evidence))
	}
	for i, j := range v.Calls {
		if len(j.Findings) > 0 {
			t.Errorf("call %d tells it again", i)
		}
	}
}
