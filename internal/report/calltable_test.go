package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"
)

func TestCallTable(t *testing.T) {
	at := func(s string) *Time {
		when, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return &Time{when}
	}
	seconds := 3723.9
	r := &Report{Calls: []Call{
		{ID: "wx0000000000000000WmpfVoip100000000000000001", Start: at("2026-11-20T09:01:00+08:00"), Stage: "call", Outcome: "completed", TalkSeconds: &seconds},
		{ID: "日志/设备一/甲乙丙.xlog@0:2", Start: at("2026-11-21T09:01:00+08:00"), Stage: "listener-wait", Outcome: "initiate-failed",
			Findings: []Finding{{Signature: "first-cause", Severity: "error", Certainty: "confirmed"}, {Signature: "second-cause", Severity: "error", Certainty: "lead"}}},
		{ID: "short", Outcome: "unknown"},
	}}
	for width, want := range map[int]string{
		80: `   room       start           stage          outcome          findings
✓  …00000001  11-20 09:01:00  call           completed
✗  …xlog@0:2  11-21 09:01:00  listener-wait  initiate-failed  first-cause secon…
?  short      –                              unknown
`,
		120: `   room       start           stage          outcome          talk     findings
✓  …00000001  11-20 09:01:00  call           completed        1:02:03
✗  …xlog@0:2  11-21 09:01:00  listener-wait  initiate-failed  –        first-cause second-cause?
?  short      –                              unknown          –
`,
	} {
		var b bytes.Buffer
		if err := CallTable(&b, r, TextOptions{Width: width}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, b.String()); diff != "" {
			t.Errorf("width %d (-want +got):\n%s", width, diff)
		}
		for line := range strings.Lines(b.String()) {
			if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("a line of %d cells in a width of %d: %q", n, width, line)
			}
		}
	}
}
