package scan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// A document that was made in one language is, in the other, the one that would have been made there.
func TestReportInOtherLanguage(t *testing.T) {
	for _, paths := range [][]string{{samples + "/two-parties"}, {samples + "/two-parties/device"}, {samples + "/two-parties/phone"}, {samples + "/modes"}} {
		in := map[string]*report.Report{}
		for _, lang := range []string{"en", "zh"} {
			in[lang] = run(t, scan.Options{Paths: paths, Lang: lang}).Report
		}
		for from, doc := range in {
			for to, want := range in {
				if diff := cmp.Diff(bytesOf(t, &scan.Result{Report: want}), bytesOf(t, &scan.Result{Report: doc.In(to)})); diff != "" {
					t.Errorf("%s made in %s, in %s (-want +got):\n%s", paths, from, to, diff)
				}
			}
		}
	}
}
