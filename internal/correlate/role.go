package correlate

import "github.com/xlogscan/xlogscan/internal/extract"

// roleOf says which party wrote a leg. What only one party can say outweighs what each could.
func roleOf(l *leg, opt Options) extract.Role {
	if opt.Role != nil {
		for _, input := range l.log.Inputs() {
			if r := opt.Role(input); r != extract.UnknownRole {
				return r
			}
		}
	}
	caller, listener := 0, 0
	for i := range l.events {
		switch r, weight := voice(&l.events[i]); r {
		case extract.Caller:
			caller += weight
		case extract.Listener:
			listener += weight
		}
	}
	switch {
	case caller > listener:
		return extract.Caller
	case listener > caller:
		return extract.Listener
	}
	return extract.UnknownRole
}

// voice returns the role that an event is printed by, by the onVoipEvent page, and how surely.
func voice(e *extract.Event) (extract.Role, int) {
	const sure, likely = 10, 1
	own := func(word string) bool { return word != "" && word != "other" }
	// only is for what only one role does, and the other sees as "other".
	only := func(role extract.Role) (extract.Role, int) {
		switch {
		case own(e.Status):
			return role, sure
		case e.Status == "other":
			return role.Other(), sure
		}
		return role, likely
	}
	switch e.Name {
	case extract.CallRequest, extract.CallResult, extract.JoinedRoomByCaller, extract.JoinFailCaller, extract.Busy:
		return extract.Caller, sure
	case extract.HangOnVoip, extract.JoinFailListener, extract.AlertShown, extract.AlertSwitchedOff, extract.CloudNotify,
		extract.AlertAccepted, extract.AlertRejected, extract.AlertExpired, extract.AlertInterrupted, extract.ShowCustomBox:
		return extract.Listener, sure
	case extract.EndVoip:
		if e.IsCaller != nil && *e.IsCaller {
			return extract.Caller, sure
		} else if e.IsCaller != nil {
			return extract.Listener, sure
		}
	case extract.CancelVoip:
		return only(extract.Caller)
	case extract.RejectVoip:
		return only(extract.Listener)
	case extract.AbortVoip, extract.HangUpVoip:
		by := actor(e.Status)
		if e.Origin == "other" {
			return by.Other(), sure
		}
		if e.Name == extract.AbortVoip || own(e.Origin) && e.Origin != "timeLimit" {
			return by, sure
		}
	case extract.Timeout:
		return extract.Caller, likely
	case extract.StartVoip, extract.CallPageOnShow:
		return extract.Caller, likely
	}
	return extract.UnknownRole, 0
}

// actor returns the party that a status names: abortByCaller, endByListener.
func actor(status string) extract.Role {
	switch status {
	case "abortByCaller", "endByCaller":
		return extract.Caller
	case "abortByListener", "endByListener":
		return extract.Listener
	}
	return extract.UnknownRole
}
