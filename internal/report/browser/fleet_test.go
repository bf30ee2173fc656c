//go:build browser

package browser_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

// fleetPage saves the page of the made-up fleet of testdata, or of its comparison, and gives its address.
func fleetPage(t *testing.T, compared bool, lang string) string {
	t.Helper()
	read := func(patterns ...string) *fleet.Set {
		set := fleet.NewSet()
		for _, pattern := range patterns {
			names, err := filepath.Glob("../../../testdata/fleet/" + pattern)
			if err != nil || len(names) == 0 {
				t.Fatalf("no results %s: %v", pattern, err)
			}
			for _, name := range names {
				f, err := os.Open(name)
				if err != nil {
					t.Fatal(err)
				}
				if err := set.Read(f); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
		return set
	}
	name := filepath.Join(t.TempDir(), "fleet.html")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	opt := report.TextOptions{Lang: lang}
	if compared {
		err = fleet.DiffHTML(f, fleet.Compare(read("last-week/*"), read("this-week/*")), opt)
	} else {
		err = fleet.HTML(f, read("last-week/*", "this-week/*").Fleet(fleet.TopRooms), opt)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return "file://" + name
}

// TestFleet opens both pages in both languages and schemes: texts can be read, nothing is wider than a phone but what
// scrolls by itself, the policy of the page lets its own style through, and it works without a script.
func TestFleet(t *testing.T) {
	for _, compared := range []bool{false, true} {
		for _, lang := range []string{"en", "zh"} {
			url := fleetPage(t, compared, lang)
			for _, scheme := range []string{"light", "dark"} {
				p := open(t, url, media("prefers-color-scheme", scheme))
				p.run(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('details').forEach(d => d.open = true)`))
				want(p, faint, "")
				want(p, `getComputedStyle(document.querySelector('.rates .frame')).fill === getComputedStyle(document.querySelector('.rates .fill')).fill`, false)
				want(p, `[...document.querySelectorAll('.rates td.c svg')].filter(s => s.getBoundingClientRect().width < 60).length`, 0)
			}
			p := open(t, url, phone())
			want(p, `document.documentElement.scrollWidth`, 320)

			p = open(t, url, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
			p.run(chromedp.Click(chromedp.CSS(`input[value=` + map[string]string{"en": "zh", "zh": "en"}[lang] + `]`)))
			want(p, `document.querySelector('h1 + p .in-`+lang+`, h1 + p.in-`+lang+`').checkVisibility()`, false)
		}
	}
}
