//go:build browser

package browser_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// faint lists texts whose contrast with what is behind them is less than AA asks for: 4.5, or 3 for large ones. Text of
// a drawing stands on the rectangles that are painted under it.
const faint = `(() => {
	const rgba = s => { const m = s.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
	const light = c => c.slice(0, 3).map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; })
		.reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
	const contrast = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + .05) / (Math.min(x, y) + .05); };
	const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255]; };
	const under = e => {
		const box = e.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
		const rects = Array.from(e.closest('svg').querySelectorAll('rect')).filter(r => {
			const b = r.getBoundingClientRect();
			return b.left <= x && x <= b.right && b.top <= y && y <= b.bottom;
		});
		return rects.length ? rgba(getComputedStyle(rects[rects.length - 1]).fill) : behind(e);
	};
	const faint = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let n = 0;
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('script')) continue;
		n++;
		const style = getComputedStyle(e), svg = e instanceof SVGElement;
		const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
		const c = contrast(rgba(svg ? style.fill : style.color), svg ? under(e) : behind(e));
		if (c < (large ? 3 : 4.5)) faint.push(c.toFixed(2) + ' ' + walk.currentNode.data.trim().slice(0, 40));
	}
	if (n < 50) faint.push('only ' + n + ' texts');
	return [...new Set(faint)].join('\n');
})()`

func TestContrast(t *testing.T) {
	for _, name := range []string{"logs/en", "two-party", "one-sided", "losses", "ladder/gap"} {
		for _, scheme := range []action{nil, dark()} {
			p := blank(t)
			if scheme != nil {
				p.run(scheme)
			}
			p.run(chromedp.Navigate(onePage(t, name)))
			if !strings.HasPrefix(name, "logs/") {
				want(p, strings.Replace(faint, "n < 50", "n < 5", 1), "")
				continue
			}
			want(p, faint, "")
		}
	}
}

// TestPhone finds nothing wider than the screen but what scrolls by itself.
func TestPhone(t *testing.T) {
	for _, name := range []string{"logs/en", "logs/zh", "hostile", "chinese", "losses", "locked"} {
		p := open(t, onePage(t, name), phone())
		want(p, `document.documentElement.scrollWidth`, 320)
	}
}

// TestNames has the browser compute the name of all that can be operated and of every region, from its tree for screen
// readers. Headings do not skip a level.
func TestNames(t *testing.T) {
	for _, url := range []string{onePage(t, "logs/en"), folder(t, "logs/en"), onePage(t, "logs/zh")} {
		p := open(t, url)
		tree, err := chromedp.Run(p.ctx, func(ctx context.Context, t *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
			return cdp.Call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		for _, n := range tree.Nodes {
			if n.Ignored || n.Role == nil {
				continue
			}
			role := strings.Trim(string(n.Role.Value), `"`)
			switch role {
			case "link", "button", "combobox", "searchbox", "textbox", "region", "navigation", "heading", "search", "DisclosureTriangle", "image":
				seen[role]++
				if n.Name == nil || strings.Trim(string(n.Name.Value), `" `) == "" {
					t.Errorf("%s: a %s has no name", url, role)
				}
			}
		}
		for _, role := range []string{"link", "button", "combobox", "searchbox", "region", "heading", "search"} {
			if seen[role] == 0 {
				t.Errorf("%s: no %s among %v", url, role, seen)
			}
		}
		want(p, `(() => {
			let last = 0, wrong = [];
			for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
				const level = Number(h.tagName[1]);
				if (level > last + 1) wrong.push(h.textContent);
				last = level;
			}
			return wrong.join('\n');
		})()`, "")
		want(p, `document.documentElement.lang !== '' && document.title !== '' && document.querySelectorAll('main').length === 1`, true)
	}
}
