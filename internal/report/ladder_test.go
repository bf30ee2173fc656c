package report_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

// drawings are the files an archive of testdata/ladder may hold beside report.json.
var drawings = map[string]struct {
	render func(io.Writer, *report.Report, report.TextOptions) error
	opt    report.TextOptions
}{
	"en.txt":      {report.Show, report.TextOptions{}},
	"zh.txt":      {report.Show, report.TextOptions{Lang: "zh"}},
	"ascii.txt":   {report.Show, report.TextOptions{ASCII: true}},
	"wide.txt":    {report.Show, report.TextOptions{Width: 120}},
	"narrow.txt":  {report.Show, report.TextOptions{Width: 60}},
	"en.md":       {report.Markdown, report.TextOptions{}},
	"zh.md":       {report.Markdown, report.TextOptions{Lang: "zh"}},
	"post.txt":    {report.Post, report.TextOptions{}},
	"post.zh.txt": {report.Post, report.TextOptions{Lang: "zh"}},
}

func TestLadderGolden(t *testing.T) {
	names, err := filepath.Glob("testdata/ladder/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, a)
		for i, f := range a.Files {
			got := render(t, r, "json", report.TextOptions{})
			if f.Name != "report.json" {
				how, ok := drawings[f.Name]
				if !ok {
					t.Fatalf("%s: %s is no drawing", name, f.Name)
				}
				got = rendered(t, how.render, r, how.opt)
			}
			if *update {
				a.Files[i].Data = got
			} else if diff := cmp.Diff(string(f.Data), string(got)); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", name, f.Name, diff)
			}
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func rendered(t rapid.TB, render func(io.Writer, *report.Report, report.TextOptions) error, r *report.Report, opt report.TextOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := render(&b, r, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// someCall draws a call with whatever events, gaps and stages, in whatever order and with or without times.
func someCall(t *rapid.T) report.Call {
	roles := rapid.SampledFrom([]string{"caller", "listener"})
	at := rapid.Custom(func(t *rapid.T) *report.Time {
		if rapid.IntRange(0, 9).Draw(t, "none") == 0 {
			return nil
		}
		zone := time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		s := rapid.Int64Range(1_763_600_000_000, 1_763_600_000_000+rapid.SampledFrom([]int64{1000, 100_000, 200_000_000}).Draw(t, "range")).Draw(t, "at")
		return &report.Time{Time: time.UnixMilli(s).In(zone)}
	})
	text := rapid.SampledFrom([]string{
		"", "status=other", "api=initByCaller isSuccess=false", "errMsg=房间已经结束，不能再加入这个房间", strings.Repeat("errMsg=x", 40),
		strings.Repeat("长", 200), "a\x1b[2Jb\u202ec", "errMsg=join success but room is end",
	})
	event := rapid.SampledFrom([]string{
		"callRequest", "callResult", "joinedRoomByCaller", "alertShown", "hangOnVoip", "calling", "abortVoip", "hangUpVoip", "timeout",
		"busy", "endVoip", "事件", strings.Repeat("longEvent", 5),
	})
	c := report.Call{
		ID: "r", Stage: "join", Outcome: rapid.SampledFrom([]string{"join-failed", "aborted", "no-answer", "completed", "?"}).Draw(t, "outcome"),
		Start: at.Draw(t, "start"),
	}
	for range rapid.IntRange(0, 80).Draw(t, "events") {
		c.Timeline = append(c.Timeline, report.TimelineEntry{
			Time: at.Draw(t, "time"), Role: roles.Draw(t, "role"), Event: event.Draw(t, "event"), Detail: text.Draw(t, "detail"),
			Count: rapid.SampledFrom([]int{1, 33, 1_000_000}).Draw(t, "count"), Order: rapid.SampledFrom([]string{"sure", "within-offset"}).Draw(t, "order"),
		})
	}
	for _, role := range []string{"caller", "listener"} {
		p := report.Party{Role: role, Coverage: rapid.SampledFrom([]string{"full", "partial", "none"}).Draw(t, "coverage")}
		for range rapid.IntRange(0, 3).Draw(t, "gaps") {
			p.Gaps = append(p.Gaps, report.Gap{From: at.Draw(t, "from"), To: at.Draw(t, "to")})
		}
		if rapid.Bool().Draw(t, "side") {
			side := rapid.SampledFrom([]string{"device", "phone", strings.Repeat("side", 9)}).Draw(t, "side")
			p.Side = &side
		}
		c.Parties = append(c.Parties, p)
	}
	for range rapid.IntRange(0, 5).Draw(t, "stages") {
		seconds := rapid.Float64Range(-1e6, 1e6).Draw(t, "seconds")
		c.Stages = append(c.Stages, report.Stage{
			Stage: rapid.SampledFrom([]string{"join", "listener-wait"}).Draw(t, "stage"), Role: roles.Draw(t, "role"),
			From: at.Draw(t, "from"), Seconds: &seconds, How: rapid.SampledFrom([]string{"seen", "inferred"}).Draw(t, "how"),
		})
	}
	if rapid.Bool().Draw(t, "clock") {
		low := rapid.Int64Range(-100_000_000, 100_000_000).Draw(t, "low")
		high := low + rapid.Int64Range(0, 5000).Draw(t, "width")
		middle := (low + high) / 2
		c.Clock = &report.Clock{OffsetMs: &middle, LowMs: &low, HighMs: &high, Pairs: 2}
	}
	return c
}

// TestLadderLaw holds for any call: no line is wider than asked for, no event is lost, all lanes stand in the same
// columns, and the saved call draws the same.
func TestLadderLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &report.Report{Schema: report.Schema, Calls: []report.Call{someCall(t)}}
		saved, err := report.Read(bytes.NewReader(rendered(t, func(w io.Writer, r *report.Report, _ report.TextOptions) error { return report.JSON(w, r) }, r, report.TextOptions{})))
		if err != nil {
			t.Fatal(err)
		}
		for _, opt := range []report.TextOptions{
			{Verbose: true}, {Lang: "zh"}, {ASCII: true, Verbose: true}, {Width: 133}, {Width: 47, Verbose: true},
		} {
			out := string(rendered(t, report.Show, r, opt))
			if again := string(rendered(t, report.Show, saved, opt)); out != again {
				t.Fatalf("the saved call draws differently:\n%s\n%s", out, again)
			}
			width := max(opt.Width, 80)
			if opt.Width == 47 {
				width = 47
			}
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if n := displaywidth.String(line); n > width && !unbroken(line) {
					t.Fatalf("%+v: %d cells: %q", opt, n, line)
				}
			}
			if opt.Verbose && opt.Width == 0 {
				checkEvents(t, out, r.Calls[0].Timeline)
			}
			if opt.ASCII {
				checkLanes(t, out)
			}
		}
		post := string(rendered(t, report.Post, r, report.TextOptions{}))
		for _, block := range strings.Split(post, "```")[1:] {
			for line := range strings.Lines(block) {
				if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > 80 && strings.HasPrefix(block, "text") {
					t.Fatalf("%d cells in a post: %q", n, line)
				}
			}
		}
	})
}

// checkEvents counts the times that are drawn: each event that has one and is not folded into the one before shows it.
func checkEvents(t *rapid.T, out string, timeline []report.TimelineEntry) {
	drawing, _, _ := strings.Cut(out[strings.Index(out, "\n\n")+2:], "\n\n")
	for i, e := range timeline {
		if i > 0 && timeline[i-1].Role == e.Role && timeline[i-1].Event == e.Event && timeline[i-1].Detail == e.Detail {
			continue
		}
		if e.Time != nil && !strings.Contains(drawing, e.Time.Format("15:04:05.000")) {
			t.Fatalf("no event at %s in\n%s", e.Time, drawing)
		}
	}
}

// checkLanes finds the lane of the caller in column 27 and that of the listener in column 66 of each row of a drawing.
func checkLanes(t *rapid.T, out string) {
	_, drawing, ok := strings.Cut(out, "clock        total")
	if !ok {
		return
	}
	drawing, _, _ = strings.Cut(drawing, "  total, step: ")
	for line := range strings.Lines(drawing[strings.IndexByte(drawing, '\n')+1:]) {
		line = strings.TrimSuffix(line, "\n")
		if strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			continue // columns are no bytes
		}
		if len(line) < 67 || strings.IndexByte("|:+<>", line[27]) < 0 || strings.IndexByte("|:+<>", line[66]) < 0 {
			t.Fatalf("lanes are not in their columns: %q", line)
		}
	}
}

// TestRooms selects each call by what Rooms says of it.
func TestRooms(t *testing.T) {
	doc := func() *report.Report {
		return &report.Report{Calls: []report.Call{
			{ID: "wx01WmpfVoip1001"}, {ID: "wx01WmpfVoip2001"}, {ID: "wx01WmpfVoip12001"}, {ID: "001"}, {ID: "logs/device.xlog@0:1"},
		}}
	}
	for i, room := range doc().Rooms() {
		r := doc()
		if err := r.Select(room, ""); err != nil {
			t.Errorf("%q: %v", room, err)
		} else if len(r.Calls) != 1 || r.Calls[0].ID != doc().Calls[i].ID {
			t.Errorf("%q selects %v", room, r.Calls)
		}
	}
}

// TestFindingsOfDevices finds in both what two devices have in common and the call shows.
func TestFindingsOfDevices(t *testing.T) {
	r := &report.Report{
		Calls: []report.Call{{ID: "1", Outcome: "aborted", Stage: "call", Findings: []report.Finding{{Title: "the cause", Certainty: "confirmed"}}}},
		Findings: []report.Finding{
			{Title: "two clocks", Certainty: "confirmed", Calls: []string{"1"}}, {Title: "of another", Calls: []string{"2"}}, {Title: "of a device"},
		},
	}
	for name, render := range map[string]func(io.Writer, *report.Report, report.TextOptions) error{"show": report.Show, "post": report.Post} {
		out := string(rendered(t, render, r, report.TextOptions{}))
		if !strings.Contains(out, "the cause") || !strings.Contains(out, "two clocks") || strings.Contains(out, "of another") || strings.Contains(out, "of a device") {
			t.Errorf("%s:\n%s", name, out)
		}
	}
}

func TestSaved(t *testing.T) {
	for head, want := range map[string]bool{
		`{"schema":"xlogscan.report/v1","status`:               true,
		"\ufeff {\n  \"schema\" : \"xlogscan.report/v2\"":      true,
		`{"schema":"other/v1"`:                                 false,
		`{"time":1,"msg":"\"schema\":\"xlogscan.report/v1\""}`: false,
		"": false, "[I][2026-11-20 +8.0 14:03:22.000]": false,
	} {
		if got := report.Saved([]byte(head)); got != want {
			t.Errorf("Saved(%q) = %t", head, got)
		}
	}
}
