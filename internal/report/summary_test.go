package report_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

// TestSummaryOfGoldens holds the laws of checkSummary for every golden document.
func TestSummaryOfGoldens(t *testing.T) {
	for _, a := range archives(t) {
		checkSummary(t, read(t, a))
	}
}

// TestSummaryFits holds them for documents of any size.
func TestSummaryFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkSummary(t, drawReport(t)) })
}

var (
	summaryRow  = regexp.MustCompile(`(?m)^(?:FAIL|WARN|info|OK  |\?\?\?\?|[✗!?·✓]) +(critical|error|warning|info|failed|unknown|严重|错误|警告|提示|失败|未知)  +[0-9,-]+  `)
	summaryRest = regexp.MustCompile(`(?m)^(?:and (\S+) more|(\S+) found|另有 (\S+) 项|发现 (\S+) 项)(?: ?\(|（)`)
	showCommand = regexp.MustCompile(`(?m)^  xlogscan show (\S+) `)
)

// checkSummary holds that a summary fits on a terminal of 24 lines of 80 cells, in each language and manner of drawing;
// that it has or counts all there is, the gravest first; and that the room it tells to show names one call.
func checkSummary(t fataler, r *report.Report) {
	t.Helper()
	for _, opt := range []report.TextOptions{{Lang: "en"}, {Lang: "zh"}, {Lang: "en", ASCII: true}, {Lang: "zh", ASCII: true}} {
		text := string(render(t, r, "text", opt))
		if n := strings.Count(text, "\n"); n > 24 {
			t.Fatalf("%+v: %d lines:\n%s", opt, n, text)
		}
		for line := range strings.Lines(text) {
			if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Fatalf("%+v: %d cells: %q", opt, n, line)
			}
		}
		told, last := 0, 0
		for _, m := range summaryRow.FindAllStringSubmatch(text, -1) {
			rank := map[string]int{"critical": 1, "严重": 1, "warning": 3, "警告": 3, "info": 4, "提示": 4}[m[1]]
			if rank == 0 {
				rank = 2
			}
			if rank < last {
				t.Fatalf("%+v: the gravest does not come first:\n%s", opt, text)
			}
			told, last = told+1, rank
		}
		if m := summaryRest.FindStringSubmatch(text); m != nil {
			n, err := strconv.Atoi(strings.ReplaceAll(m[1]+m[2]+m[3]+m[4], ",", ""))
			if err != nil {
				t.Fatal(err)
			}
			told += n
		}
		if want := matters(r); told != want {
			t.Fatalf("%+v: %d of %d things told:\n%s", opt, told, want, text)
		}
		if m := showCommand.FindStringSubmatch(text); m != nil && !strings.Contains(m[1], "'") {
			doc := *r
			if err := doc.Select(m[1], ""); err != nil {
				t.Fatalf("%s: %v", m[0], err)
			}
		}
	}
}

// matters counts the signatures found, proven and not, and the ways in which calls failed that none explains.
func matters(r *report.Report) int {
	seen := map[string]bool{}
	for _, f := range r.Findings {
		seen[f.Signature+f.Certainty] = true
	}
	for _, c := range r.Calls {
		for _, f := range c.Findings {
			seen[f.Signature+f.Certainty] = true
		}
		if len(c.Findings) == 0 && c.Outcome != "completed" {
			way := c.Stage + " " + c.Outcome
			for _, p := range c.Parties {
				if p.Coverage == "none" {
					way += " " + p.Role
				}
			}
			seen[way] = true
		}
	}
	return len(seen)
}

// drawReport draws a document of up to thousands of calls.
func drawReport(t *rapid.T) *report.Report {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	known := func(name string, of ...string) *string {
		s := pick(name, append(of, "")...)
		if s == "" {
			return nil
		}
		return &s
	}
	roles, sides := []string{"caller", "listener"}, []string{"device", "phone"}
	text := func(name string) string {
		return strings.Repeat(pick(name, "word ", "长", "（中文），", "unbroken", "é", "\x1b[1m"), rapid.IntRange(1, 60).Draw(t, "length"))
	}
	var pool []report.Finding
	for i := range rapid.IntRange(0, 60).Draw(t, "signatures") {
		pool = append(pool, report.Finding{
			Signature: pick("prefix", "join-already-in-room", "x", "call-a-very-long-name-of-a-signature-of-somebody-else") + strconv.Itoa(i),
			Severity:  pick("severity", "critical", "error", "warning", "info"), Certainty: pick("certainty", "confirmed", "lead"),
			Title: text("title"), Remedy: text("remedy"), Stage: pick("stage", "join", "listener-wait", "setup"), Role: known("role", roles...),
		})
	}
	r := &report.Report{
		Schema: report.Schema, Status: report.Status(pick("status", "complete", "partial")), Lang: "en",
		Tool: report.Tool{Version: "1", Rules: report.Rules{Count: 113}},
	}
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	low, high := int64(4000), int64(5000)
	times := rapid.SampledFrom([]int{0, 1, 40, 600}).Draw(t, "times")
	for i := range rapid.IntRange(0, 6).Draw(t, "kinds of calls") {
		kind := report.Call{
			Stage: pick("stage", "join", "listener-wait", "call"), Outcome: pick("outcome", "completed", "join-failed", "no-answer", "unknown"),
			Cause: known("cause", "errMsg"), Start: &report.Time{Time: start}, Basis: "room-id",
			Clock: &report.Clock{LowMs: &low, HighMs: &high},
		}
		for _, role := range roles {
			kind.Parties = append(kind.Parties, report.Party{Role: role, Coverage: pick("coverage", "full", "none"), Inputs: []string{role + strconv.Itoa(i)}})
		}
		found, id := [3][]report.Finding{}, "wx0000000000000000WmpfVoip1%012d"
		for n := range found {
			if len(pool) > 0 {
				for range rapid.IntRange(0, 3).Draw(t, "findings") {
					found[n] = append(found[n], pool[rapid.IntRange(0, len(pool)-1).Draw(t, "finding")])
				}
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "no room") == 0 {
			id = "logs/" + text("name") + "@%d:1"
		}
		for n := range times {
			c := kind
			c.ID, c.Findings = fmt.Sprintf(id, len(r.Calls)), found[n%len(found)]
			r.Calls = append(r.Calls, c)
			switch c.Outcome {
			case "completed":
				r.Summary.OK++
			case "unknown":
				r.Summary.NotEvaluable++
			default:
				r.Summary.Failed++
			}
		}
	}
	r.Summary.Calls = len(r.Calls)
	r.Findings = append(r.Findings, pool[:min(len(pool), rapid.IntRange(0, 5).Draw(t, "of devices"))]...)
	for range rapid.IntRange(0, 30).Draw(t, "inputs") {
		r.Inputs = append(r.Inputs, report.Input{
			Name: pick("folder", "logs/", "a/b/", "") + text("name"), Kind: known("kind", "xlog", "logcat", "linux-sdk", "text"), Side: known("side", sides...), Lines: 5,
			FirstTime: &report.Time{Time: start}, LastTime: &report.Time{Time: start.Add(time.Hour)}, Versions: report.Versions{WMPF: known("wmpf", "1.2.0", "2.0.0")},
			LockedBlocks: rapid.IntRange(0, 2).Draw(t, "locked"), Note: known("note", "no log lines"),
			Account: &report.Account{LockedBy: known("why", "no-key", "wrong-key", "bad-client-key"), Opened: []report.Opened{{Key: text("key"), Blocks: 1}}},
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "damage") {
		r.Damage = append(r.Damage, report.Damage{Input: text("input"), Kind: "bad-end", Cause: "cut-copy", Length: 100})
	}
	for _, kind := range []string{"openid", "sn", "device", "name", "wechat", "phone", "ip", "mac", "user", "location", "secret"}[:rapid.IntRange(0, 11).Draw(t, "redacted")] {
		r.Redaction.Counts = append(r.Redaction.Counts, report.RedactedKind{Kind: kind, Values: 1000, Places: 5000})
	}
	if rapid.Bool().Draw(t, "unredacted") {
		r.Redaction.Stamp = report.Known(report.Unredacted)
	}
	return r
}
