package signature_test

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// TestEverySignatureHasSamples holds the catalogue to what each of its rules must bring.
func TestEverySignatureHasSamples(t *testing.T) {
	kinds := map[string][]string{}
	for _, s := range signature.BuiltinSamples() {
		for _, c := range s.Cases {
			kinds[s.ID] = append(kinds[s.ID], c.Kind)
		}
		if han := regexp.MustCompile(`\p{Han}`); s.Note.En == "" || han.MatchString(s.Note.En) || !han.MatchString(s.Note.Zh) {
			t.Errorf("%s: what its sample shows lacks a language: %q", s.ID, s.Note)
		}
		sig := signature.Default().Find(s.ID)
		if sig == nil {
			t.Errorf("%s is no signature", s.ID)
			continue
		}
		if want := cmp.Or(string(sig.Stage), "any"); s.Stage != want {
			t.Errorf("%s is of stage %s, its sample lies in %s", s.ID, want, s.Stage)
		}
	}
	for _, sig := range signature.Default().Signatures {
		for _, kind := range []string{"hit", "miss"} {
			if !slices.Contains(kinds[sig.ID], kind) {
				t.Errorf("%s has no %s", sig.ID, kind)
			}
		}
		if sig.NeedsBoth && !slices.Contains(kinds[sig.ID], "unknown") && !slices.Contains(kinds[sig.ID], "lead") {
			t.Errorf("%s needs both logs, and no case shows one of them missing", sig.ID)
		}
	}
}

func TestSamples(t *testing.T) {
	for _, s := range signature.BuiltinSamples() {
		for i, r := range signature.Default().Test(s) {
			t.Run(s.ID+"/"+r.Case, func(t *testing.T) {
				t.Parallel()
				calls, devices, err := s.Cases[i].Read()
				if err != nil || r.Err != nil || len(calls) == 0 {
					t.Fatalf("%d calls, %v, %v", len(calls), err, r.Err)
				}
				verdicts := signature.Default().Judge(calls, devices)
				checkEvidence(t, verdicts, s.Cases[i].Logs)
				checkSides(t, calls, s.Cases[i].Logs)
				if r.Got != r.Want {
					t.Errorf("the signature comes out as %s, want %s; the calls' findings are %s", r.Got, r.Want, summary(verdicts))
				}
			})
		}
	}
}

func summary(v signature.Verdicts) string {
	var lines []string
	add := func(list []signature.Finding) {
		for i := range list {
			lines = append(lines, fmt.Sprintf("%s (lead %t)", list[i].Signature.ID, list[i].Lead))
		}
	}
	add(v.Devices)
	for i := range v.Calls {
		add(v.Calls[i].Findings)
	}
	return strings.Join(lines, ", ")
}

// checkEvidence holds that every line a finding cites stands in the log it names, that there is one, that the summary
// could be filled in, and that no signature has two verdicts on one call.
func checkEvidence(t *testing.T, v signature.Verdicts, logs []signature.SampleLog) {
	t.Helper()
	texts := map[string]string{}
	for _, l := range logs {
		pieces, err := l.Expand()
		if err != nil {
			t.Fatal(err)
		}
		texts[l.Input()] = strings.Join(pieces, "")
	}
	check := func(list []signature.Finding) {
		for i := range list {
			f := &list[i]
			if len(f.Evidence) == 0 {
				t.Errorf("%s fires without evidence", f.Signature.ID)
			}
			for _, e := range f.Evidence {
				lines := strings.Split(texts[e.Event.Input], "\n")
				if n := e.Event.Line; n < 1 || n > len(lines) || lines[n-1] != e.Event.Text {
					t.Errorf("%s cites %s, where this is not: %q", f.Signature.ID, e.Event.Pos, e.Event.Text)
				}
			}
			for _, text := range []string{f.Summary.En, f.Summary.Zh} {
				if text == "" || strings.Contains(text, "{{") {
					t.Errorf("%s says %q", f.Signature.ID, text)
				}
			}
		}
	}
	check(v.Devices)
	for i := range v.Calls {
		j := &v.Calls[i]
		check(j.Findings)
		told := map[string]int{}
		for k := range j.Findings {
			told[j.Findings[k].Signature.ID]++
		}
		for _, s := range j.Clear {
			told[s.ID]++
		}
		for _, n := range j.NotEvaluable {
			told[n.Signature.ID]++
			if n.Reason.En == "" || n.Needs.En == "" {
				t.Errorf("%s is not evaluable and says not why", n.Signature.ID)
			}
		}
		for id, n := range told {
			if n > 1 {
				t.Errorf("%s has %d verdicts on one call", id, n)
			}
		}
	}
}

// checkSides holds that the logs called caller and listener are taken for what they are called.
func checkSides(t *testing.T, calls []*correlate.Call, logs []signature.SampleLog) {
	t.Helper()
	for _, s := range logs {
		role := extract.Role(s.Name)
		for _, c := range calls {
			for _, p := range c.Parties() {
				if role.Other() == p.Role && slices.Contains(p.Inputs, s.Input()) {
					t.Errorf("%s is taken for the %s's log", s.Name, p.Role)
				}
			}
		}
	}
}
