package correlate

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Stage is a stage of a call; a call's own stage is the one it ended in (docs/design.md, "Stages and outcomes").
type Stage string

// The stages in their order.
const (
	Setup        Stage = "setup"
	Initiate     Stage = "initiate"
	Alert        Stage = "alert"
	Join         Stage = "join"
	Wait         Stage = "wait"
	Answer       Stage = "answer"
	ListenerWait Stage = "listener-wait"
	InCall       Stage = "call"
	End          Stage = "end"
)

// Outcome is how a call ended.
type Outcome string

// The outcomes; Completed calls were connected and hung up, by whomever and for whatever reason.
const (
	UnknownOutcome Outcome = "unknown"
	Completed      Outcome = "completed"
	NoAnswer       Outcome = "no-answer"
	Cancelled      Outcome = "cancelled"
	Rejected       Outcome = "rejected"
	BusyOutcome    Outcome = "busy"
	JoinFailed     Outcome = "join-failed"
	Aborted        Outcome = "aborted"
	InitiateFailed Outcome = "initiate-failed"
)

// StageSpan is a stage the call went through, in the clock of one party.
type StageSpan struct {
	Stage    Stage
	Role     extract.Role
	From, To time.Time // zero when unknown
	Seen     bool      // both ends are events, not conclusions
}

// facts are what the events of a call say, each the first of its kind.
type facts struct {
	failed    *extract.Event // the initiating call's error
	joined    *extract.Event // the caller's joinedRoomByCaller
	callerBad *extract.Event // joinFailCaller
	answered  *extract.Event // the listener's hangOnVoip
	heardBad  *extract.Event // joinFailListener
	connected *extract.Event // the first calling tick of either
	hungUp    *extract.Event
	aborted   *extract.Event // with the failing side's own status if one shows it
	cancelled *extract.Event
	rejected  *extract.Event
	busy      *extract.Event
	timeout   *extract.Event
	expired   *extract.Event // the alert expired or could not be shown
}

// own reports whether an event names the party's own doing, not the other's.
func own(e *extract.Event) bool {
	return e.Status != "other" && e.Origin != "other" && e.Status != "unknown"
}

func (c *Call) facts() facts {
	either := func(n extract.Name) *extract.Event {
		for _, p := range c.Parties() {
			if e := p.First(n, own); e != nil {
				return e
			}
		}
		for _, p := range c.Parties() {
			if e := p.First(n); e != nil {
				return e
			}
		}
		return nil
	}
	f := facts{
		failed:    c.Caller.First(extract.CallResult, func(e *extract.Event) bool { return e.Success != nil && !*e.Success }),
		joined:    c.Caller.First(extract.JoinedRoomByCaller),
		callerBad: c.Caller.First(extract.JoinFailCaller),
		answered:  c.Listener.First(extract.HangOnVoip),
		heardBad:  c.Listener.First(extract.JoinFailListener),
		connected: either(extract.Calling),
		hungUp:    either(extract.HangUpVoip),
		aborted:   either(extract.AbortVoip),
		cancelled: either(extract.CancelVoip),
		rejected:  either(extract.RejectVoip),
		busy:      either(extract.Busy),
		timeout:   either(extract.Timeout),
		expired:   c.Listener.First(extract.AlertExpired),
	}
	if f.expired == nil {
		f.expired = c.Listener.First(extract.AlertSwitchedOff)
	}
	if c.Caller.First(extract.CallResult, func(e *extract.Event) bool { return e.Success != nil && *e.Success }) != nil {
		f.failed = nil // a retry went through
	}
	if f.connected == nil {
		f.connected = f.talked()
	}
	return f
}

// talked returns an event that shows that the parties were connected although no tick was printed.
func (f *facts) talked() *extract.Event {
	for _, e := range []*extract.Event{f.hungUp, f.aborted} {
		if e != nil && (e.Name == extract.HangUpVoip || e.KeepTime != nil && *e.KeepTime > 0) {
			return e
		}
	}
	return nil
}

// stage applies the definitions in their order: the first that fits stands.
func (f *facts) stage(c *Call) Stage {
	callerIn := f.joined != nil
	switch {
	case f.failed != nil:
		return Initiate
	case f.connected != nil:
		return InCall
	case f.callerBad != nil:
		return Join
	case f.answered != nil && !callerIn && f.heardBad == nil && c.Caller != nil:
		return ListenerWait
	case f.answered != nil && f.rejected != nil, f.answered != nil && f.aborted != nil && f.heardBad == nil && actor(f.aborted.Status) == extract.Listener:
		return ListenerWait
	case f.busy != nil, f.heardBad != nil && f.timeout == nil:
		return Answer
	case f.rejected != nil:
		return Answer
	case !callerIn && c.Caller != nil && len(c.Caller.Events) > 0 && f.timeout == nil:
		return Join
	case c.Caller == nil && f.answered == nil && f.expired == nil && f.cancelled == nil && f.aborted == nil:
		return Alert
	}
	return Wait
}

func (f *facts) outcome() Outcome {
	switch {
	case f.failed != nil:
		return InitiateFailed
	case f.connected != nil && f.hungUp != nil:
		return Completed
	case f.connected != nil && f.aborted != nil:
		return Aborted
	case f.connected != nil:
		return UnknownOutcome
	case f.callerBad != nil:
		return JoinFailed
	case f.busy != nil:
		return BusyOutcome
	case f.timeout != nil:
		return NoAnswer
	case f.cancelled != nil:
		return Cancelled
	case f.rejected != nil:
		return Rejected
	case f.heardBad != nil:
		return JoinFailed
	case f.aborted != nil:
		return Aborted
	case f.expired != nil:
		return NoAnswer
	}
	return UnknownOutcome
}

// endedBy returns the party whose doing ended the call.
func (f *facts) endedBy(o Outcome) extract.Role {
	switch o {
	case InitiateFailed, Cancelled:
		return extract.Caller
	case Rejected, BusyOutcome:
		return extract.Listener
	case Completed:
		return actor(f.hungUp.Status)
	case Aborted:
		return actor(f.aborted.Status)
	case JoinFailed:
		if f.callerBad != nil {
			return extract.Caller
		}
		return extract.Listener
	}
	return extract.UnknownRole
}
