package correlate

import (
	"fmt"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Cause is the reason a call ended, in the log's own words.
type Cause struct {
	Reason string
	Log    extract.Role   // whose log says so
	Event  *extract.Event // the line
	Told   bool           // the reason is only that the other party failed, and its log does not say why
}

// cause finds the party that knows why the call ended: an event with the status of its own side. "Room status is
// abort", "unknown" and "other" only say that the other party did it (onVoipEvent page), whose log is then asked.
func (c *Call) cause(f *facts) Cause {
	ended := f.ending(c.Outcome)
	if ended == nil {
		return Cause{}
	}
	if c.Outcome == Aborted && !own(ended) {
		for _, p := range c.Parties() {
			for _, n := range []extract.Name{extract.JoinFailCaller, extract.JoinFailListener, extract.ProcessDied, extract.DeviceBooted} {
				if e := p.First(n); e != nil {
					return Cause{Reason: reason(e), Log: p.Role, Event: e}
				}
			}
		}
	}
	return Cause{Reason: reason(ended), Log: c.roleOf(ended), Event: ended, Told: !own(ended)}
}

// ending returns the event that an outcome rests on.
func (f *facts) ending(o Outcome) *extract.Event {
	switch o {
	case InitiateFailed:
		return f.failed
	case Completed:
		return f.hungUp
	case Aborted:
		return f.aborted
	case JoinFailed:
		if f.callerBad != nil {
			return f.callerBad
		}
		return f.heardBad
	case BusyOutcome:
		return f.busy
	case NoAnswer:
		if f.timeout != nil {
			return f.timeout
		}
		return f.expired
	case Cancelled:
		return f.cancelled
	case Rejected:
		return f.rejected
	}
	return nil
}

func (c *Call) roleOf(e *extract.Event) extract.Role {
	for _, p := range c.Parties() {
		if p.owns(e) {
			return p.Role
		}
	}
	return extract.UnknownRole
}

// reason words an event by the fields that say why.
func reason(e *extract.Event) string {
	switch {
	case e.Name == extract.CallResult && e.ErrCode != nil:
		return fmt.Sprintf("errCode %d: %s", *e.ErrCode, e.ErrMsg)
	case e.Reason != "":
		return e.Reason
	case e.ErrMsg != "":
		return e.ErrMsg
	case e.Origin != "":
		return fmt.Sprintf("%s, %s, %s", e.Name, e.Status, e.Origin)
	case e.Status != "":
		return fmt.Sprintf("%s, %s", e.Name, e.Status)
	}
	return string(e.Name)
}
