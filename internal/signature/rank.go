package signature

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// settle drops the findings of a call that another one explains, puts that which is its cause first, and says why. A lead
// explains leads only.
func (j *Judgement) settle(call *correlate.Call) {
	if len(j.Findings) < 2 {
		return
	}
	explains := map[string][]string{}
	gone := map[string]bool{}
	for _, f := range j.Findings {
		for _, id := range f.Signature.supersedes {
			if slices.ContainsFunc(j.Findings, func(g Finding) bool { return g.Signature.ID == id && (!f.Lead || g.Lead) }) {
				gone[id] = true
				explains[f.Signature.ID] = append(explains[f.Signature.ID], id)
			}
		}
	}
	j.Findings = slices.DeleteFunc(j.Findings, func(f Finding) bool { return gone[f.Signature.ID] })
	grounds := [...]ground{
		{func(f *Finding) int { return first(len(explains[f.Signature.ID]) > 0) }, func(f *Finding) Text {
			ids := strings.Join(explains[f.Signature.ID], ", ")
			return Text{"it explains " + ids, "它可以解释 " + ids}
		}},
		{func(f *Finding) int { return first(resolves(call, f)) }, func(*Finding) Text {
			role := call.Cause.Log
			return Text{fmt.Sprintf("the %s's own log gives it as the reason", role), role.In("zh") + "自己的日志给出了该原因"}
		}},
		{func(f *Finding) int {
			return first(f.Severity.Rank() <= Error.Rank() || f.Signature.Stage == call.Stage)
		}, ofStage},
		{func(f *Finding) int { return f.Severity.Rank() }, mostSevere},
		{func(f *Finding) int { return first(!f.Lead) }, confirmed},
		{func(f *Finding) int { return first(f.Signature.Stage == call.Stage) }, ofStage},
	}
	slices.SortStableFunc(j.Findings, func(a, b Finding) int {
		for _, g := range grounds {
			if n := g.rank(&a) - g.rank(&b); n != 0 {
				return n
			}
		}
		return cmp.Or(a.Evidence[0].Event.Time.Compare(b.Evidence[0].Event.Time), strings.Compare(a.Signature.ID, b.Signature.ID))
	})
	if len(j.Findings) == 0 {
		return
	}
	f := &j.Findings[0]
	if len(j.Findings) == 1 {
		if len(explains[f.Signature.ID]) > 0 {
			f.Why = grounds[0].why(f)
		}
		return
	}
	f.Why = Text{"its evidence is the earliest", "它的证据时间最早"}
	for _, g := range grounds {
		if g.rank(f) != g.rank(&j.Findings[1]) {
			f.Why = g.why(f)
			break
		}
	}
}

// ground is a reason to take one finding rather than another for the cause: the one of lower rank.
type ground struct {
	rank func(*Finding) int
	why  func(*Finding) Text
}

func first(yes bool) int {
	if yes {
		return 0
	}
	return 1
}

func ofStage(*Finding) Text {
	return Text{"it is about the stage in which the call ended", "它属于通话结束时所在的阶段"}
}

func mostSevere(*Finding) Text { return Text{"it is the most severe", "它的严重程度最高"} }

func confirmed(*Finding) Text { return Text{"it is confirmed", "它已确认"} }

// resolves reports whether the finding cites the line by which one party's log says why the call was aborted, of which
// the other party only heard.
func resolves(call *correlate.Call, f *Finding) bool {
	if f.Lead || call.Outcome != correlate.Aborted || call.Cause.Told || call.Cause.Event == nil {
		return false
	}
	other := call.Party(call.Cause.Log.Other())
	return other != nil && len(other.Events) > 0 && slices.ContainsFunc(f.Evidence, func(e Evidence) bool { return e.Event == call.Cause.Event })
}
