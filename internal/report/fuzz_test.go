package report_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/xlogscan/xlogscan/internal/report"
)

// poisoned is a document in which every text from a log or a name is s.
func poisoned(s string) *report.Report {
	evidence := []report.Evidence{{Input: s, Role: "caller", Text: s}, {Input: s, Role: s, Text: s}}
	finding := report.Finding{
		Signature: "join-fail-caller", Severity: "error", Title: s, Certainty: "confirmed", Stage: "join",
		Summary: s, Cause: s, Remedy: s, URL: s, Evidence: evidence, Missing: []string{s},
	}
	kind := "xlog"
	account := &report.Account{LockedBy: &s, Opened: []report.Opened{{Key: s, Blocks: 2}}, Unwritten: &report.Unwritten{}}
	return &report.Report{
		Schema: report.Schema, Status: report.Partial, Lang: "en",
		Tool: report.Tool{Version: s, Rules: report.Rules{Hash: s}},
		Inputs: []report.Input{
			{Name: s, Kind: &kind, Note: &s, Versions: report.Versions{WMPF: &s, Plugin: &s}, LockedBlocks: 1, Account: account},
			{Name: s + "/" + s, Side: &s, Kind: &kind}, {Name: s, Note: &s},
		},
		Damage: []report.Damage{{Input: s, Kind: s, Cause: s, Reason: s}, {Input: s, Kind: s, Whole: true, Harmless: true}},
		Calls: []report.Call{
			{
				ID: s, RoomID: &s, Direction: &s, Stage: "join", Outcome: "join-failed", EndedBy: &s, Cause: &s, Basis: s,
				Ambiguous: []string{s}, Findings: []report.Finding{finding},
				Parties: []report.Party{{Role: "caller", Inputs: []string{s}, Coverage: "full"}, {Role: s, Coverage: "none"}},
				Timeline: []report.TimelineEntry{
					{Role: s, Event: s, Detail: s, Count: 2, Input: s, Text: s},
				},
				Checked: report.Checked{NotEvaluable: []report.NotEvaluable{{Signature: s, Reason: s, Needs: s}}},
			},
			{ID: "2" + s, Stage: s, Outcome: s},
			{ID: "3" + s, Stage: "call", Outcome: "completed", Findings: []report.Finding{finding}},
		},
		Findings: []report.Finding{finding},
		Fleet:    report.Fleet{ByOutcome: []report.Count{{Name: s}}},
		Summary:  report.Summary{Calls: 3, OK: 1, Failed: 1, NotEvaluable: 1},
	}
}

// FuzzRenderings feeds text to every sink of the readable renderings. Whatever it is, nothing but visible characters
// and line ends comes out, no text line is wider than the terminal, no fence is left open, no page has markup of its
// own, and the saved document renders to the same bytes.
func FuzzRenderings(f *testing.F) {
	for _, s := range []string{
		"", "plain", "\x1b[2J\x1b]0;t\x07", "a\r\nb\tc\x00", "\u009b31m\u0085\u2028", "\u202eabc\u2066", "\xff\xfe\xe4",
		"a|b`c```d````", "</script><!--", "![x](y) [a]: b", strings.Repeat("中文，", 60), strings.Repeat("\u0301", 500),
		"'; rm -rf ~", "👨‍👩‍👧❤️🇨🇳", "%s%d%!", "a/b/c", " ", "@me", "~~~", "1. x", "\ufffd",
	} {
		f.Add(s, uint8(80))
	}
	f.Fuzz(func(t *testing.T, s string, width uint8) {
		if len(s) > 512 {
			return
		}
		r := poisoned(s)
		saved, err := report.Read(bytes.NewReader(render(t, r, "json", report.TextOptions{})))
		if err != nil {
			t.Fatal(err)
		}
		for _, opt := range []report.TextOptions{
			{Width: int(width)}, {Lang: "zh", Verbose: true, ASCII: true}, {Width: 40},
		} {
			for format, write := range map[string]func(io.Writer, *report.Report, report.TextOptions) error{
				"text": report.Text, "show": report.Show, "md": report.Markdown, "post": report.Post, "html": report.HTML,
			} {
				out := string(rendered(t, write, r, opt))
				if again := string(rendered(t, write, saved, opt)); again != out {
					t.Fatalf("%s of the saved document differs:\n%s\n%s", format, out, again)
				}
				if !utf8.ValidString(out) {
					t.Fatalf("%s is no UTF-8: %q", format, out)
				}
				if i := strings.IndexFunc(out, invisible); i >= 0 {
					t.Fatalf("%s has %q in %q", format, out[i:i+1], out)
				}
				switch format {
				case "md", "post":
					checkFences(t, out)
					continue
				case "html":
					checkPage(t, format, out)
					continue
				}
				limit := max(opt.Width, 40)
				if opt.Width == 0 {
					limit = 80
				}
				for line := range strings.Lines(out) {
					line = strings.TrimSuffix(line, "\n")
					if n := displaywidth.String(line); n > limit && !unbroken(line) {
						t.Fatalf("%d of %d cells: %q", n, limit, line)
					}
				}
			}
		}
	})
}

func invisible(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}

// unbroken reports whether line is one that Text does not break: a URL or a command.
func unbroken(line string) bool {
	line = strings.TrimSpace(line)
	for _, start := range []string{"See ", "参考", "xlogscan scan ", "xlogscan show ", "xlogscan rules ", "xlogscan info ", "adb pull "} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

// checkFences looks for a fence that its own block does not end, which text in the block could make.
func checkFences(t *testing.T, md string) {
	t.Helper()
	open := ""
	for line := range strings.Lines(md) {
		line = strings.TrimSuffix(line, "\n")
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case open == "" && len(ticks) >= 3 && strings.HasSuffix(line, "`text"):
			open = ticks
		case open != "" && line == open:
			open = ""
		case open != "" && len(ticks) >= len(open):
			t.Fatalf("%q ends a block in\n%s", line, md)
		}
	}
	if open != "" {
		t.Fatalf("a block is open at the end of\n%s", md)
	}
}
