package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/xlogscan/xlogscan/internal/report"
)

// A page that was made in one language shows, in the other, what the page made in that shows.
func TestPagesInBothLanguages(t *testing.T) {
	differ := 0
	for name, a := range archives(t) {
		r := read(t, a)
		for _, lang := range []string{"en", "zh"} {
			own := textIn(t, render(t, r.In(lang), "html", report.TextOptions{}), lang)
			for _, made := range []string{"en", "zh"} {
				if diff := cmp.Diff(own, textIn(t, render(t, r.In(made), "html", report.TextOptions{}), lang)); diff != "" {
					t.Errorf("%s made in %s, in %s (-want +got):\n%s", name, made, lang, diff)
				}
			}
		}
		page := render(t, r, "html", report.TextOptions{})
		if textIn(t, page, "en") != textIn(t, page, "zh") {
			differ++
		}
	}
	if differ == 0 {
		t.Error("the languages are the same everywhere")
	}
}

// textIn returns the text and the labels that a page shows in a language, a line for each.
func textIn(t *testing.T, page []byte, lang string) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		get := func(key string) string {
			for _, a := range n.Attr {
				if a.Key == key {
					return a.Val
				}
			}
			return ""
		}
		classes := strings.Fields(get("class"))
		switch {
		case n.Type == html.TextNode:
			if text := strings.TrimSpace(n.Data); text != "" {
				out.WriteString(text + "\n")
			}
			return
		case n.Data == "script", n.Data == "style", n.Data == "fieldset",
			lang == "en" && slices.Contains(classes, "in-zh"), lang == "zh" && slices.Contains(classes, "in-en"):
			return
		}
		both := strings.Fields(get("data-both"))
		for _, name := range []string{"aria-label", "data-format", "text"} {
			value := get(name)
			if slices.Contains(both, name) {
				value = get("data-" + lang + "-" + name)
			}
			if value != "" {
				out.WriteString(value + "\n")
			}
			if name == "text" && slices.Contains(both, name) {
				return
			}
		}
		for c := range n.ChildNodes() {
			visit(c)
		}
	}
	visit(root)
	return out.String()
}
