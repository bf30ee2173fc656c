//go:build browser

package browser_test

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	heading = `document.getElementById('h-calls').innerText`
	shownIn = `Array.from(document.querySelectorAll('.in-en, .in-zh')).filter(e => e.checkVisibility()).map(e => e.getAttribute('lang')).filter((l, i, all) => all.indexOf(l) === i).join()`
)

// TestLanguageSwitch changes the language of a page and back, by the pointer and by keys. What stands in attributes and
// options changes too, and the next page of the folder is in the language chosen.
func TestLanguageSwitch(t *testing.T) {
	p := open(t, folder(t, "logs/en"))
	want(p, heading, "Calls")
	want(p, shownIn, "en")
	p.run(chromedp.Click(chromedp.CSS(`input[value=zh]`)))
	want(p, heading, "通话")
	want(p, shownIn, "zh-CN")
	want(p, `document.documentElement.lang`, "zh-CN")
	want(p, `document.querySelector('output').textContent.includes('显示')`, true)
	want(p, `document.forms[0].elements.outcome.options[0].text`, "全部")
	p.run(chromedp.KeyEvent(kb.ArrowLeft))
	want(p, heading, "Calls")
	want(p, shownIn, "en")
	want(p, `document.forms[0].elements.outcome.options[0].text`, "all")
	p.run(chromedp.KeyEvent(kb.ArrowRight))
	p.run(chromedp.Click(chromedp.CSS(`a[href="call-1.html"]`)), chromedp.WaitVisible(chromedp.CSS(`article#call-1`)))
	want(p, shownIn, "zh-CN")
	want(p, `document.querySelector('.ladder').getAttribute('aria-label')`, eval[string](p, `document.querySelector('.ladder').getAttribute('data-zh-aria-label')`))
	p.run(chromedp.Click(chromedp.CSS(`input[value=en]`))) // for the other tests of this browser
	want(p, shownIn, "en")
}

// TestLanguageWithoutScript changes the language where there is no script.
func TestLanguageWithoutScript(t *testing.T) {
	off := command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, name := range []string{"logs/en", "logs/zh"} {
		p := open(t, onePage(t, name), off)
		for _, lang := range []struct{ value, tag string }{{"zh", "zh-CN"}, {"en", "en"}} {
			p.run(chromedp.Click(chromedp.CSS(`input[value=` + lang.value + `]`)))
			want(p, shownIn, lang.tag)
		}
	}
}
