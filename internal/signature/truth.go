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
	truth  truth
	hits   []hit // the events it rests on
	reason Text  // of unknown
	needs  Text
}

// hit is an event of one party, with the place in that party's order.
type hit struct {
	Evidence
	index     int
	selection string
}

// because is unknown for a reason, with what would settle it.
func because(reason, needs Text) result {
	return result{truth: unknown, reason: reason, needs: needs}
}

// noLog, partLog and hole say what a party's log lacks.
func noLog(role extract.Role) result { return lacks[0][role] }

func partLog(role extract.Role) result { return lacks[1][role] }

func hole(role extract.Role) result { return lacks[2][role] }

// silent says that a party's log is there and shows nothing of the call.
func silent(role extract.Role) result { return lacks[3][role] }

// lacks holds what these say, worded once: most verdicts on one-sided calls are one of them.
var lacks = func() (all [4]map[extract.Role]result) {
	for i := range all {
		all[i] = map[extract.Role]result{}
	}
	for _, role := range []extract.Role{extract.UnknownRole, extract.Caller, extract.Listener} {
		zh := role.In("zh")
		whole := Text{fmt.Sprintf("the %s's whole log of that time", role), zh + "该时段的完整日志"}
		all[0][role] = because(Text{fmt.Sprintf("the %s's log is missing", role), "缺少" + zh + "日志"}, Text{fmt.Sprintf("the %s's log", role), zh + "日志"})
		all[1][role] = because(Text{fmt.Sprintf("the %s's log does not cover the whole call", role), zh + "日志没有覆盖整通通话"}, whole)
		all[2][role] = because(Text{fmt.Sprintf("the %s's log has a hole there", role), zh + "日志在该处有缺失"}, whole)
		all[3][role] = because(Text{fmt.Sprintf("the %s's log shows nothing of the call", role), zh + "日志中没有该次通话的记录"}, whole)
	}
	return all
}()

// tooClose is said of events of two parties whose order the clock bounds do not tell.
func tooClose() result {
	return because(Text{"the order of the two parties' events is closer than their clocks are known", "双方事件的先后在时钟误差之内，无法确定"},
		Text{"a log with more calls of the two", "包含双方更多通话的日志"})
}

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
		return result{truth: no}
	}
	return partLog(role)
}
