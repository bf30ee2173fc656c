//go:build browser

package browser_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// paper has a page drawn as it is printed, for a user who prefers a scheme.
func paper(scheme string) action {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// TestPrint finds on paper all that is on the page but what can only be operated: no filters and no ways to other pages;
// what is folded is open, for paper cannot be clicked; black on white, whatever the scheme of the screen.
func TestPrint(t *testing.T) {
	r := document(t, "logs/en")
	const folded = `Array.from(document.querySelectorAll('details > :not(summary)')).map(e => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 0)`
	for _, scheme := range []string{"light", "dark"} {
		p := open(t, saved(t, r, false))
		want(p, `document.forms[0].checkVisibility()`, true)
		want(p, folded+`.length > 3`, true)
		want(p, folded+`.some(Boolean)`, false)

		p.run(paper(scheme))
		want(p, `Array.from(document.querySelectorAll('form, nav, .skip, .langs')).some(e => e.checkVisibility())`, false)
		want(p, folded+`.every(Boolean)`, true)
		want(p, `Array.from(document.querySelectorAll('.lines pre, .card, .ladder svg')).every(e => e.checkVisibility())`, true)
		want(p, `getComputedStyle(document.body).color + getComputedStyle(document.documentElement).backgroundColor`, "rgb(0, 0, 0)rgb(255, 255, 255)")
		want(p, faint, "")

		p = open(t, folder(t, "logs/en"))
		p.run(chromedp.Click(chromedp.CSS(`a[href="call-1.html"]`)), chromedp.WaitVisible(chromedp.CSS(`nav`)), paper(scheme))
		want(p, `Array.from(document.querySelectorAll('nav')).some(e => e.checkVisibility())`, false)
	}
}
