package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/xlogscan/xlogscan/internal/report"
)

// What is selected is counted as if there were nothing else.
func TestSelect(t *testing.T) {
	wmpf, media := "2.0.0", "77"
	doc := func() *report.Report {
		return &report.Report{
			Calls: []report.Call{
				{
					ID: "a", RoomID: new("a"), Outcome: "completed", Stage: "call",
					Findings: []report.Finding{{Signature: "s", Severity: "info", Certainty: "confirmed"}},
				},
				{
					ID: "b", MediaRoomID: &media, Outcome: "join-failed", Stage: "join",
					Parties:  []report.Party{{Versions: report.Versions{WMPF: &wmpf}}},
					Findings: []report.Finding{{Signature: "t", Severity: "error", Certainty: "confirmed"}, {Signature: "s", Severity: "info", Certainty: "lead"}},
					Checked:  report.Checked{NotEvaluable: []report.NotEvaluable{{Signature: "s"}}},
				},
			},
			Findings: []report.Finding{{Signature: "u", Severity: "warning"}},
			Summary:  report.Summary{Calls: 9},
		}
	}
	all := doc()
	if err := all.Select("", ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(doc(), all, cmpopts.IgnoreUnexported(report.Report{})); diff != "" {
		t.Errorf("nothing selected (-want +got):\n%s", diff)
	}

	one := doc()
	if err := one.Select("77", "error"); err != nil {
		t.Fatal(err)
	}
	want := doc()
	want.Calls = want.Calls[1:]
	want.Calls[0].Findings = want.Calls[0].Findings[:1]
	want.Findings = want.Findings[:0]
	want.Summary = report.Summary{Calls: 1, Failed: 1}
	want.Fleet = report.Fleet{
		Calls:       1,
		ByOutcome:   []report.Count{{Name: "join-failed", N: 1, Of: 1, Rate: 1}},
		ByStage:     []report.Count{{Name: "join", N: 1, Of: 1, Rate: 1}},
		BySignature: []report.Count{{Name: "t", N: 1, Of: 1, Rate: 1}},
		ByVersion:   []report.Count{{Name: "wmpf 2.0.0", N: 1, Of: 1, Rate: 1}},
	}
	if diff := cmp.Diff(want, one, cmpopts.IgnoreUnexported(report.Report{})); diff != "" {
		t.Errorf("one call (-want +got):\n%s", diff)
	}

	mild := doc()
	if err := mild.Select("", "info"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]report.Count{{Name: "s", N: 1, Of: 1, Rate: 1}, {Name: "t", N: 1, Of: 2, Rate: 0.5}}, mild.Fleet.BySignature); diff != "" {
		t.Errorf("signatures (-want +got):\n%s", diff)
	}
	for room, n := range map[string]int{"a": 1, "b": 1, "77": 1, "": 2} {
		r := doc()
		if err := r.Select(room, "info"); err != nil || r.Summary.Calls != n {
			t.Errorf("room %q: %d calls, want %d: %v", room, r.Summary.Calls, n, err)
		}
	}
	none := doc()
	if err := none.Select("c", ""); err == nil {
		t.Error("a room that no call has is no error")
	}
	if diff := cmp.Diff(doc(), none, cmpopts.IgnoreUnexported(report.Report{})); diff != "" {
		t.Errorf("an error changes the document (-want +got):\n%s", diff)
	}
}

// What two devices have in common is told with the calls that show it, as far as they are selected.
func TestSelectOfDevices(t *testing.T) {
	r := &report.Report{
		Calls: []report.Call{{ID: "call-1"}, {ID: "call-2"}, {ID: "call-3"}},
		Findings: []report.Finding{
			{Signature: "skew", Certainty: "confirmed", Calls: []string{"call-1", "call-2"}},
			{Signature: "other", Certainty: "confirmed", Calls: []string{"call-3"}}, {Signature: "setup"},
		},
	}
	if err := r.Select("call-2", ""); err != nil {
		t.Fatal(err)
	}
	want := []report.Finding{{Signature: "skew", Certainty: "confirmed", Calls: []string{"call-2"}}, {Signature: "setup", Calls: nil}}
	if diff := cmp.Diff(want, r.Findings, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]report.Count{{Name: "skew", N: 1, Of: 1, Rate: 1}}, r.Fleet.BySignature); diff != "" {
		t.Errorf("signatures (-want +got):\n%s", diff)
	}
}
