package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
	all.Select("", "")
	if diff := cmp.Diff(doc(), all); diff != "" {
		t.Errorf("nothing selected (-want +got):\n%s", diff)
	}

	one := doc()
	one.Select("77", "error")
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
	if diff := cmp.Diff(want, one); diff != "" {
		t.Errorf("one call (-want +got):\n%s", diff)
	}

	mild := doc()
	mild.Select("", "info")
	if diff := cmp.Diff([]report.Count{{Name: "s", N: 1, Of: 1, Rate: 1}, {Name: "t", N: 1, Of: 2, Rate: 0.5}}, mild.Fleet.BySignature); diff != "" {
		t.Errorf("signatures (-want +got):\n%s", diff)
	}
	for room, n := range map[string]int{"a": 1, "b": 1, "77": 1, "": 2, "c": 0} {
		r := doc()
		r.Select(room, "info")
		if r.Summary.Calls != n {
			t.Errorf("room %q: %d calls, want %d", room, r.Summary.Calls, n)
		}
	}
}
