package signature_test

import (
	"slices"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// standIns are the leads that tell of a lost verdict where nothing in the log that is left points to the rule itself,
// by rule and by the party whose log is lost, with the reason. A rule with none has nothing to tell: the log that is
// left shows a call as any other, or gives the cause itself.
var standIns = map[string]struct {
	leads []string
	why   string
}{
	"alert-delayed without caller":                   {nil, "every alert looks alike; how late it came only the caller's log tells"},
	"alert-delayed without listener":                 {nil, "every created room looks alike; when the alert came only the listener's log tells"},
	"answer-caller-gone without caller":              {[]string{"call-peer-aborted"}, "a log of one abort does not tell whose it is"},
	"answer-caller-gone without listener":            {nil, "the caller's own fault is what the rule points to, and its log is there"},
	"answer-race without caller":                     {[]string{"answer-too-late"}, "an answer that comes to nothing is too late or nearly so"},
	"answer-race without listener":                   {nil, "an answer that comes to nothing leaves no trace in the caller's log"},
	"answer-rejected-by-lockscreen without listener": {[]string{"answer-rejected"}, "the caller sees any reject alike"},
	"answer-too-late without listener":               {nil, "an answer that comes to nothing leaves no trace in the caller's log"},
	"call-abort-other without caller":                {[]string{"call-peer-aborted"}, "the listener was told of an abort, not why"},
	"call-abort-other without listener":              {[]string{"call-peer-aborted"}, "the caller was told of an abort, not why"},
	"call-ended-at-once without caller":              {[]string{"call-peer-aborted"}, "the listener was told of an abort, not why"},
	"call-ended-at-once without listener":            {[]string{"call-peer-aborted"}, "the caller was told of an abort, not why"},
	"call-forced-hangup without caller":              {[]string{"call-normal-hangup"}, "the listener sees any hang-up alike"},
	"call-forced-hangup without listener":            {[]string{"call-normal-hangup"}, "the caller sees any hang-up alike"},
	"call-peer-aborted without caller":               {nil, "the caller's own fault is what the rule points to, and not its log is lost but that of the told one"},
	"call-peer-aborted without listener":             {nil, "the same with the sides changed"},
	"call-peer-vanished without caller":              {[]string{"call-peer-aborted"}, "the listener was told of an abort, not why"},
	"cloud-callback-not-acked without listener":      {nil, "the pushes of a call are in the log of the server alone"},
	"listener-wait-timeout without listener":         {nil, "of the listener's wait the caller's log has no more than the abort, if that"},
	"sides-disagree without caller":                  {nil, "one log does not contradict itself"},
	"sides-disagree without listener":                {nil, "one log does not contradict itself"},
	"wait-aborted without caller":                    {nil, "how far the caller had got is in its log alone"},
	"wait-no-answer without caller":                  {[]string{"answer-too-late"}, "the listener did answer, if only when the time had run out"},
}

// TestOneLog takes every case of a sample in which a rule that needs both logs fires, and takes one party's log away.
// The verdict must not stand any longer, and comes back as a lead that says what is missing.
func TestOneLog(t *testing.T) {
	used := map[string]bool{}
	for _, s := range signature.BuiltinSamples() {
		for _, c := range s.Cases {
			calls, devices, err := c.Read()
			if err != nil {
				t.Fatal(err)
			}
			for i, j := range signature.Default().Judge(calls, devices).Calls {
				for _, f := range j.Findings {
					if f.Lead || !f.Signature.NeedsBoth {
						continue
					}
					for _, gone := range calls[i].Parties() {
						key, told := lost(t, c, calls[i], f.Signature, gone)
						if key != "" && !told {
							t.Errorf("%s/%s: %s: no lead", s.ID, c.Name, key)
						}
						used[key] = true
					}
				}
			}
		}
	}
	for key := range standIns {
		if !used[key] {
			t.Errorf("%s: listed, and no sample needs it", key)
		}
	}
}

// lost judges a case without the log of a party of a call, and reports whether a lead tells of the lost verdict. key
// names the verdict where a lead of its own does not.
func lost(t *testing.T, c signature.Case, was *correlate.Call, sig *signature.Signature, gone *correlate.Party) (key string, told bool) {
	t.Helper()
	c.Logs = slices.DeleteFunc(slices.Clone(c.Logs), func(l signature.SampleLog) bool { return slices.Contains(gone.Inputs, l.Input()) })
	calls, devices, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	key = sig.ID + " without " + string(gone.Role)
	stand, listed := standIns[key]
	for i, j := range signature.Default().Judge(calls, devices).Calls {
		if id := calls[i].RoomID; id != "" && id != was.RoomID {
			continue
		}
		for _, f := range j.Findings {
			switch {
			case f.Signature == sig && !f.Lead:
				t.Errorf("%s: still a verdict", key)
			case f.Lead && len(f.Missing) == 0:
				t.Errorf("%s: the lead %s misses nothing", key, f.Signature.ID)
			case f.Signature == sig:
				return "", true
			case f.Lead && slices.Contains(stand.leads, f.Signature.ID):
				told = true
			}
		}
		return key, told || listed && len(stand.leads) == 0
	}
	return "", true // the log that is left shows nothing of the call
}

// A lead of its own title says no more than what is known; one whose match holds, but for a log, says what the rule does.
func TestLeadTitle(t *testing.T) {
	const lead = "  lead_title: {en: who knows, zh: 未知}"
	for _, tt := range []struct {
		match, title string
		severity     signature.Severity
	}{
		{"{all: [a, b_listener]}", "who knows", signature.Info},
		{"a", "t", signature.Error},
	} {
		c := matching(t, tt.match, "  needs_both: true", "  lead: a", lead)
		f := c.Judge([]*correlate.Call{caller(t, "a@1")}, nil).Calls[0].Findings
		if len(f) != 1 || !f[0].Lead || f[0].Title.En != tt.title || f[0].Summary.En != tt.title || f[0].Severity != tt.severity {
			t.Errorf("%s: got %+v", tt.match, f)
		} else if len(f[0].Missing) != 1 || f[0].Missing[0].En != "the listener's log" {
			t.Errorf("%s: it misses %v", tt.match, f[0].Missing)
		}
	}
}

// A lead explains leads, not what is confirmed.
func TestLeadExplains(t *testing.T) {
	both := ruleText("x", named(), "  match: {all: [a, b_listener]}", "  lead: a", "  supersedes: [y, z]")
	c := load(t, both+ruleText("y", named(), "  match: {all: [a, d_listener]}", "  lead: a")+ruleText("z", named(), "  match: a"))
	f := c.Judge([]*correlate.Call{caller(t, "a@1")}, nil).Calls[0].Findings
	var ids []string
	for _, f := range f {
		ids = append(ids, f.Signature.ID)
	}
	slices.Sort(ids)
	if !slices.Equal(ids, []string{"x", "z"}) {
		t.Errorf("what is left is %v", ids)
	}
}
