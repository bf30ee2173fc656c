package report_test

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/report"
)

// onTerminal are the renderings that a terminal shows.
var onTerminal = map[string]func(io.Writer, *report.Report, report.TextOptions) error{
	"text": report.Text, "calls": report.CallTable, "show": report.Show,
}

func drawn(t *testing.T, draw func(io.Writer, *report.Report, report.TextOptions) error, r *report.Report, opt report.TextOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := draw(&b, r, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestColorSaysNothing holds that colour comes beside the words and marks and never in their place.
func TestColorSaysNothing(t *testing.T) {
	color := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for name, a := range archives(t) {
		r := read(t, a)
		for how, draw := range onTerminal {
			for _, opt := range []report.TextOptions{{}, {Lang: "zh"}, {ASCII: true}, {Verbose: true}} {
				plain := drawn(t, draw, r, opt)
				opt.Color = true
				colored := drawn(t, draw, r, opt)
				if diff := cmp.Diff(plain, color.ReplaceAllString(colored, "")); diff != "" {
					t.Errorf("%s, %s, %+v (-plain +colored):\n%s", name, how, opt, diff)
				}
				if how == "text" && colored == plain {
					t.Errorf("%s, %+v has no colour", name, opt)
				}
			}
		}
	}
}

// TestASCII holds that the English renderings draw with ASCII alone: other characters are those of the document.
func TestASCII(t *testing.T) {
	for name, a := range archives(t) {
		r := read(t, a)
		own := string(render(t, r, "json", report.TextOptions{}))
		for how, draw := range onTerminal {
			for _, verbose := range []bool{false, true} {
				for _, c := range drawn(t, draw, r, report.TextOptions{ASCII: true, Verbose: verbose}) {
					if c > '~' && !strings.ContainsRune(own, c) {
						t.Errorf("%s: %s draws %q", name, how, c)
					}
				}
			}
		}
	}
}
