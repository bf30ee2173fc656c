package fleet_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

// pages are those of a fleet and of a comparison.
func pages(t *testing.T) map[string][]byte {
	return map[string][]byte{
		"fleet": render(t, "html", weeks(t, "last-week", "this-week").Fleet(fleet.TopRooms), report.TextOptions{Lang: "en"}),
		"diff":  render(t, "html", compared(t), report.TextOptions{Lang: "zh"}),
	}
}

// A page needs nothing from elsewhere, its policy allows nothing else, and attributes hold no style of their own, which the
// policy would not allow.
func TestSelfContained(t *testing.T) {
	for name, page := range pages(t) {
		for _, bad := range []string{" src=", " style=", "url(", "@import", "http:", "https:", " onload", " onclick"} {
			if bytes.Contains(page, []byte(bad)) {
				t.Errorf("%s has %q", name, bad)
			}
		}
		if !regexp.MustCompile(`default-src &#39;none&#39;|default-src 'none'`).Match(page) {
			t.Errorf("%s has no policy", name)
		}
	}
}

// A page is in both languages, has a heading for each section that names it, a header for each column, and numbers beside
// each picture, which readers of the screen are not shown.
func TestAccessible(t *testing.T) {
	for name, page := range pages(t) {
		doc, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		ids, pictures := map[string]bool{}, 0
		for n := range doc.Descendants() {
			if id := attr(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s has the id %s twice", name, id)
				}
				ids[id] = true
			}
		}
		for n := range doc.Descendants() {
			switch {
			case n.DataAtom == atom.Svg:
				pictures++
				if attr(n, "aria-hidden") != "true" {
					t.Errorf("%s has a picture that is read aloud", name)
				}
			case n.DataAtom == atom.Section && !ids[attr(n, "aria-labelledby")]:
				t.Errorf("%s has a section without a heading", name)
			case n.DataAtom == atom.Th && attr(n, "scope") == "":
				t.Errorf("%s has a header of nothing", name)
			}
		}
		if pictures < 10 {
			t.Errorf("%s has %d pictures", name, pictures)
		}
		for _, text := range []string{">A rate is ", "比率是"} {
			if !bytes.Contains(page, []byte(text)) {
				t.Errorf("%s does not say %q", name, text)
			}
		}
	}
}

// Every picture stays in its box.
func TestCoordinates(t *testing.T) {
	number := regexp.MustCompile(`[0-9.]+`)
	for name, page := range pages(t) {
		for _, d := range regexp.MustCompile(` d="([^"]*)"`).FindAllSubmatch(page, -1) {
			if strings.Contains(string(d[1]), "-") {
				t.Errorf("%s: %s", name, d[1])
			}
			for _, x := range number.FindAll(d[1], -1) {
				if len(bytes.Split(x, []byte("."))[0]) > 2 && string(x) != "100" {
					t.Errorf("%s: %s in %s", name, x, d[1])
				}
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
