//go:build browser

package browser_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	shownRows     = `document.querySelectorAll('#calls tbody tr:not([hidden])').length`
	shownSections = `Array.from(document.querySelectorAll('article')).filter(a => a.checkVisibility()).length`
)

// choose sets a filter as a user does.
func choose(name, value string) action {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => { const f = document.forms[0].elements[%q]; f.value = %q; f.dispatchEvent(new Event('input', {bubbles: true})); })()`, name, value))
}

// TestFilters chooses calls by each filter and by words, on one page and in a folder. The address keeps the choice.
func TestFilters(t *testing.T) {
	r := document(t, "logs/en")
	calls := len(r.Calls)
	count := func(match func(i int) bool) int {
		n := 0
		for i := range r.Calls {
			if match(i) {
				n++
			}
		}
		return n
	}
	failed := r.Calls[0]
	for i := range r.Calls {
		if r.Calls[i].Outcome != "completed" && len(r.Calls[i].Findings) > 0 {
			failed = r.Calls[i]
			break
		}
	}
	if len(failed.Findings) == 0 {
		t.Fatal("no call of the document failed")
	}
	signature := failed.Findings[0].Signature
	for _, inFolder := range []bool{false, true} {
		t.Run(fmt.Sprintf("folder %v", inFolder), func(t *testing.T) {
			url := saved(t, r, inFolder)
			p := open(t, url)
			sections := func(n int) int {
				if inFolder {
					return 0
				}
				return n
			}
			check := func(n int) {
				p.Helper()
				want(p, shownRows, n)
				want(p, shownSections, sections(n))
				want(p, `document.querySelector('output').textContent`, fmt.Sprintf("%d of %d calls shown", n, calls))
			}
			want(p, `document.forms[0].checkVisibility()`, true)
			check(calls)

			p.run(choose("outcome", failed.Outcome))
			check(count(func(i int) bool { return r.Calls[i].Outcome == failed.Outcome }))
			p.run(choose("stage", failed.Stage))
			both := count(func(i int) bool { return r.Calls[i].Outcome == failed.Outcome && r.Calls[i].Stage == failed.Stage })
			check(both)
			want(p, `location.hash`, "#?outcome="+failed.Outcome+"&stage="+failed.Stage)

			again := eval[string](p, `location.href`)
			q := open(t, again)
			want(q, shownRows, both)
			want(q, `document.forms[0].elements.stage.value`, failed.Stage)

			p.run(chromedp.Click(chromedp.CSS(`button[type=reset]`)))
			p.run(chromedp.WaitVisible(chromedp.CSS(`#calls`)), chromedp.Poll[chromedp.Void](shownRows+` === `+fmt.Sprint(calls)))
			check(calls)
			want(p, `location.hash`, "")

			p.run(choose("signature", signature))
			if n := eval[int](p, shownRows); n == 0 || n == calls {
				p.Errorf("%d of %d calls with %s", n, calls, signature)
			}
			p.run(choose("signature", ""), choose("q", failed.ID))
			check(1)
			p.run(choose("q", "nothing is called that"))
			check(0)
			p.run(choose("q", ""))
			party := eval[string](p, `document.forms[0].elements.party.options[1].value`)
			p.run(choose("party", party))
			if n := eval[int](p, shownRows); n == 0 {
				p.Errorf("no call of %s", party)
			}
		})
	}
}

// TestHiddenTarget follows a link to a call that the filter hides.
func TestHiddenTarget(t *testing.T) {
	p := open(t, onePage(t, "logs/en")+"#?q=nothing+is+called+that")
	want(p, shownRows, 0)
	p.run(chromedp.Evaluate[chromedp.Void](`location.hash = '#call-1'`), chromedp.Poll[chromedp.Void](`document.getElementById('call-1').checkVisibility()`))
	want(p, `document.forms[0].elements.q.value`, "")
}

// TestEvidence clicks on each piece of evidence and each event of a ladder, and finds its log line in sight.
func TestEvidence(t *testing.T) {
	p := open(t, onePage(t, "logs/en"), media("prefers-reduced-motion", "reduce"))
	n := eval[int](p, `(window.links = Array.from(document.querySelectorAll('.evidence a, .ladder a'))).length`)
	if n < 50 {
		t.Fatalf("%d links to log lines", n)
	}
	for i := range n {
		want(p, fmt.Sprintf(`(() => {
			links[%d].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
			const line = document.querySelector('li:target'), box = line && line.getBoundingClientRect();
			return !!line && line.querySelector('pre').textContent !== '' && box.top >= 0 && box.top < innerHeight;
		})()`, i), true)
	}
}

// TestFolder goes from the index to a call, to the next one, and back.
func TestFolder(t *testing.T) {
	p := open(t, folder(t, "logs/en"))
	p.run(chromedp.Click(chromedp.CSS(`a[href="call-1.html"]`)), chromedp.WaitVisible(chromedp.CSS(`article#call-1`)))
	p.run(chromedp.Click(chromedp.CSS(`nav a[href="call-2.html"]`)), chromedp.WaitVisible(chromedp.CSS(`article#call-2`)))
	p.run(chromedp.Click(chromedp.CSS(`nav a[href="index.html"]`)), chromedp.WaitVisible(chromedp.CSS(`#calls`)))
}

// TestWithoutScript reads a page with JavaScript off: all is there but the filters, which could do nothing.
func TestWithoutScript(t *testing.T) {
	r := document(t, "logs/en")
	p := open(t, saved(t, r, false), command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	want(p, `document.forms[0].checkVisibility()`, false)
	want(p, shownRows, len(r.Calls))
	want(p, shownSections, len(r.Calls))
	want(p, `Array.from(document.querySelectorAll('.lines pre, .card, .ladder svg')).every(e => e.checkVisibility())`, true)
	p.run(chromedp.Click(chromedp.CSS(`.evidence a`)))
	want(p, `document.querySelector('li:target').checkVisibility()`, true)
	// Not by the pointer: the page may still be moving to the line.
	want(p, `(document.querySelector('summary').click(), document.querySelector('details').open)`, true)
}

// TestHostile opens pages of a document that is full of markup and control characters.
func TestHostile(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		r := document(t, "hostile")
		r.Lang = lang
		for i := range r.Calls {
			r.Calls[i].Findings = append(r.Calls[i].Findings, r.Findings...)
			for n := range r.Calls[i].Timeline {
				r.Calls[i].Timeline[n].Text += `</pre></script><script>window.owned = 1</script><img src=x onerror="window.owned = 1">"'` + "\x1b[2J\u202e"
			}
		}
		p := open(t, saved(t, r, false))
		want(p, `typeof window.owned`, "undefined")
		want(p, `document.scripts.length`, 1)
		want(p, `document.images.length`, 0)
	}
}

// TestPolicy tries what the policy of a page forbids.
func TestPolicy(t *testing.T) {
	url := onePage(t, "logs/en")
	for _, c := range []struct{ do, directive string }{
		{`fetch('https://example.invalid/').catch(() => {})`, "connect-src"},
		{`document.body.append(Object.assign(new Image(), {src: 'https://example.invalid/x.png'}))`, "img-src"},
		{`document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.owned = 1'}))`, "script-src-elem"},
		{`document.body.setAttribute('style', 'color: red')`, "style-src-attr"},
	} {
		ctx, closeTab := chromedp.NewContext(chromium) // not a tab: the console is to say so
		err := chromedp.Do(ctx, chromedp.Navigate(url))
		directive := ""
		if err == nil {
			directive, err = chromedp.Run(ctx, chromedp.Evaluate[string](`new Promise(done => {
				addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));
				`+c.do+`;
			})`, chromedp.EvalAwaitPromise))
		}
		closeTab()
		if err != nil || directive != c.directive {
			t.Errorf("%s breaks %q, want %q (%v)", c.do, directive, c.directive, err)
		}
	}
}

// TestKeyboard goes through a page by the tab key and operates it by keys alone.
func TestKeyboard(t *testing.T) {
	p := open(t, onePage(t, "logs/en"))
	stops := eval[int](p, `document.querySelectorAll('a[href], select, input, button, summary, [tabindex="0"]').length`) // of radio buttons one is enough
	p.run(chromedp.Evaluate[chromedp.Void](`window.seen = new Set(); document.addEventListener('focusin', e => seen.add(e.target))`))
	for range stops + 2 {
		p.run(chromedp.KeyEvent(kb.Tab))
	}
	want(p, `Array.from(document.querySelectorAll('a[href], select, input, button, summary, [tabindex="0"]')).filter(e => !seen.has(e) && !(e.type === 'radio' && !e.checked)).map(e => e.outerHTML.slice(0, 90)).join('\n')`, "")

	p = open(t, onePage(t, "logs/en"))
	p.run(chromedp.KeyEvent(kb.Tab))
	want(p, `document.activeElement.className`, "skip")
	want(p, `document.activeElement.getBoundingClientRect().left >= 0`, true)
	p.run(chromedp.Focus(chromedp.CSS(`input[name=q]`)), chromedp.KeyEvent("nothing is called that"), chromedp.Poll[chromedp.Void](shownRows+` === 0`))
	p.run(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter), chromedp.Poll[chromedp.Void](shownRows+` > 0`))
	p.run(chromedp.Focus(chromedp.CSS(`summary`)), chromedp.KeyEvent(kb.Enter))
	want(p, `document.querySelector('details').open`, true)
}
