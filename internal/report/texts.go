package report

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// Wording is a text of the document in both languages.
type Wording struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// in returns the wording in a language, English for any but zh.
func (w Wording) in(lang string) string {
	if lang == "zh" {
		return w.Zh
	}
	return w.En
}

// compare orders wordings, for one of several with the same text in one language.
func (w Wording) compare(v Wording) int {
	return cmp.Or(strings.Compare(w.En, v.En), strings.Compare(w.Zh, v.Zh))
}

// wordings collects the texts of a document that differ between the languages, by what stands in the document.
type wordings map[string]Wording

// say returns the text for the document, which is in lang, and takes note of it.
func (w wordings) say(t signature.Text, lang string) string {
	both := Wording{t.In("en"), t.In("zh")}
	if both.En != both.Zh {
		w.add(both, lang)
	}
	return both.in(lang)
}

// add takes note of a wording.
func (w wordings) add(both Wording, lang string) {
	said := both.in(lang)
	if old, known := w[said]; !known || both.compare(old) < 0 {
		w[said] = both
	}
}

// list gives the wordings in the order of the document's own.
func (w wordings) list() []Wording {
	var list []Wording
	for _, said := range slices.Sorted(maps.Keys(w)) {
		list = append(list, w[said])
	}
	return list
}

// In returns the document in a language: r itself if that is its own, else a copy. Texts that only have the language they
// were made in, as in documents of earlier versions, stay.
func (r *Report) In(lang string) *Report {
	if lang == r.Lang || lang == "" {
		return r
	}
	other := map[string]string{}
	for _, t := range r.Texts {
		other[t.in(r.Lang)] = t.in(lang)
	}
	doc := *r
	doc.Texts = nil
	doc = rewritten(doc, func(s string) string {
		if to, ok := other[s]; ok {
			return to
		}
		return s
	})
	doc.Lang, doc.Texts = lang, slices.Clone(r.Texts)
	slices.SortFunc(doc.Texts, func(a, b Wording) int { return strings.Compare(a.in(lang), b.in(lang)) })
	return &doc
}

// prune leaves out the wordings of what is not in the document any more.
func (r *Report) prune() {
	if r.stream != nil {
		return // they are read when they are written
	}
	texts := r.Texts
	r.Texts = nil
	used := map[string]bool{}
	r.parts(func(part reflect.Value) {
		eachText(part, func(text reflect.Value) { used[text.String()] = true })
	})
	r.Texts = slices.DeleteFunc(slices.Clone(texts), func(w Wording) bool { return !used[w.in(r.Lang)] })
}
