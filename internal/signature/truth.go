package signature

import (
	"fmt"
	"slices"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// truth is a value of Kleene's logic: no < unknown < yes, so that all is the least and any the greatest.
type truth int8

const (
	no truth = iota
	unknown
	yes
)

// result is what a part of a rule comes to on a call.
type result struct {
	truth truth
	hits  []hit // the events it rests on
	lack  *Lack // of unknown
}

// hit is an event of one party, with the place in that party's order.
type hit struct {
	Evidence
	index     int
	selection string
}

// unknownFor is a result that is not known for want of something.
func unknownFor(lack *Lack) result { return result{truth: unknown, lack: lack} }

// lacking words, once for each role, that a party's log lacks something.
func lacking(words func(role extract.Role, zh string) Lack) func(extract.Role) result {
	all := map[extract.Role]*Lack{}
	for _, role := range []extract.Role{extract.UnknownRole, extract.Caller, extract.Listener} {
		l := words(role, role.In("zh"))
		all[role] = &l
	}
	return func(role extract.Role) result { return unknownFor(all[role]) }
}

func wholeLog(role extract.Role, zh string) Text {
	return Text{fmt.Sprintf("the %s's whole log of that time", role), zh + "该时段的完整日志"}
}

// What is not known, and why. Most verdicts on one-sided calls are one of these, so they are worded once.
var (
	noLog = lacking(func(role extract.Role, zh string) Lack {
		return Lack{Text{fmt.Sprintf("the %s's log is missing", role), "缺少" + zh + "日志"}, Text{fmt.Sprintf("the %s's log", role), zh + "日志"}}
	})
	partLog = lacking(func(role extract.Role, zh string) Lack {
		return Lack{Text{fmt.Sprintf("the %s's log does not cover the whole call", role), zh + "日志没有覆盖整通通话"}, wholeLog(role, zh)}
	})
	// mute is said of a log that shows nothing of the call.
	mute = lacking(func(role extract.Role, zh string) Lack {
		return Lack{Text{fmt.Sprintf("the %s's log shows nothing of the call, nor that it was recording all the time", role), zh + "日志中没有该次通话的记录，也无法确认该时段一直在记录"}, wholeLog(role, zh)}
	})
	hole = lacking(func(role extract.Role, zh string) Lack {
		return Lack{Text{fmt.Sprintf("the %s's log has a hole there", role), zh + "日志在该处有缺失"}, wholeLog(role, zh)}
	})
	// silent says that a party's log is there and shows nothing of the call.
	silent = lacking(func(role extract.Role, zh string) Lack {
		return Lack{Text{fmt.Sprintf("the %s's log shows nothing of the call", role), zh + "日志中没有该次通话的记录"}, wholeLog(role, zh)}
	})
	// tooClose is said of events of two parties whose order the clock bounds do not tell.
	tooClose = unknownFor(&Lack{
		Text{"the order of the two parties' events is closer than their clocks are known", "双方事件的先后在时钟误差之内，无法确定"},
		Text{"a log with more calls of the two", "包含双方更多通话的日志"},
	})
	noVersion = unknownFor(&Lack{Text{"no line names the version", "日志中没有该版本信息"}, Text{"a log that names it", "包含该版本信息的日志"}})
)

// both combines two parts that must hold.
func both(a, b result) result {
	hits := a.hits
	if len(b.hits) > 0 {
		hits = slices.Concat(a.hits, b.hits)
	}
	if b.truth < a.truth {
		a = b
	}
	a.hits = hits
	return a
}

// either combines two parts of which one has to hold; the evidence is that of the parts that do.
func either(a, b result) result {
	if a.truth == yes && b.truth == yes {
		a.hits = slices.Concat(a.hits, b.hits)
	} else if b.truth > a.truth {
		return b
	}
	return a
}

// missing words why nothing was found where a party's log could have shown it.
func missing(role extract.Role, p *correlate.Party) result {
	switch {
	case p == nil:
		return noLog(role)
	case p.Coverage == correlate.Full:
		return result{}
	}
	if len(p.Events) == 0 {
		return mute(role)
	}
	return partLog(role)
}
