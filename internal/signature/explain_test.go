package signature_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

func TestExplain(t *testing.T) {
	explain := func(match string, call *correlate.Call) signature.Explanation {
		return matching(t, match).Find("r").Explain([]*correlate.Call{call}, call)
	}
	e := explain("{sequence: {of: [a, b], within: 20s}}", both(t, "a@1 b@25.1", ""))
	if e.Verdict != "clear" || e.Match.Why.En != "step 2, b, came 24.1 s later, limit 20.0 s" {
		t.Errorf("a late step: %+v", e)
	}
	e = explain("{all: [a, {absent: {of: b}}]}", both(t, "a@1 b@2", ""))
	if e.Verdict != "clear" || len(e.Match.Parts) != 2 || e.Match.Parts[0].Verdict != "fired" || e.Match.Parts[1].Verdict != "clear" ||
		!strings.Contains(e.Match.Parts[1].Why.En, "is there, at 14:03:02.000") {
		t.Errorf("what should be absent: %+v", e)
	}
	if len(e.Match.Parts[0].Evidence) != 1 || e.Match.Parts[0].Evidence[0].Event.Text != "a@1" {
		t.Errorf("the evidence of a term: %+v", e.Match.Parts[0])
	}
	e = explain("{all: [a_caller, b_listener]}", caller(t, "a@1"))
	if e.Verdict != "not evaluable" || e.Match.Parts[1].Why.En == "" {
		t.Errorf("without the listener's log: %+v", e)
	}
	call := caller(t, "a@1")
	e = matching(t, "a", "  needs_both: true").Find("r").Explain([]*correlate.Call{call}, call)
	if e.Verdict != "lead" || e.Match.Verdict != "fired" || len(e.Missing) != 1 || e.Missing[0].En != "the listener's log" {
		t.Errorf("a rule that needs both logs, on one: %+v", e)
	}
}

// TestExplainAgrees holds that what is explained is what was judged, for every rule on every call of the samples.
func TestExplainAgrees(t *testing.T) {
	all := signature.Default()
	for _, s := range signature.BuiltinSamples() {
		for _, c := range s.Cases {
			calls, devices, err := c.Read()
			if err != nil {
				t.Fatal(err)
			}
			verdicts := all.Judge(calls, devices)
			for _, f := range verdicts.Devices {
				same := func(e signature.Explanation) bool { return e.Verdict == "fired" || f.Lead && e.Verdict == "lead" }
				if !slices.ContainsFunc(devices, func(d *correlate.Device) bool { return same(f.Signature.Explain(nil, signature.OfDevice(d))) }) &&
					!slices.ContainsFunc(f.Calls, func(call *correlate.Call) bool { return same(f.Signature.Explain(calls, call)) }) {
					t.Errorf("%s/%s: %s is found on a device and explained on none", s.ID, c.Name, f.Signature.ID)
				}
			}
			for i, j := range verdicts.Calls {
				want := map[string]string{}
				for k := range j.Findings {
					want[j.Findings[k].Signature.ID] = "fired"
					if j.Findings[k].Lead {
						want[j.Findings[k].Signature.ID] = "lead"
					}
				}
				for _, sig := range j.Clear {
					want[sig.ID] = "clear"
				}
				for _, n := range j.NotEvaluable {
					want[n.Signature.ID] = "not evaluable"
				}
				for id, verdict := range want {
					if got := all.Find(id).Explain(calls, calls[i]).Verdict; got != verdict {
						t.Errorf("%s/%s: %s is %s, explained as %s", s.ID, c.Name, id, verdict, got)
					}
				}
			}
		}
	}
}
