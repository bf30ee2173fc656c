package report

import (
	"io"
	"maps"
)

// Page is a page that another package fills: its head, its policy, its style, its switch of languages and its sink are
// those of the pages of a report.
type Page struct {
	Lang      string // that it shows first: en, zh
	Style     string // CSS behind that of all pages
	Templates string // which define "page"; those of page.tmpl stand beside them, top and bottom among them

	Texts func(lang string) map[string]string // which the templates name with t
	Data  func(lang string) any               // which the templates show; top needs the fields Title, Header and Own
}

// Write writes the page in both languages.
func (p *Page) Write(w io.Writer) error {
	other := "zh"
	if p.Lang == other {
		other = "en"
	}
	return writeBoth(w, p.Lang, other, func(w io.Writer, lang string) error {
		texts := pageTexts(wordsFor(lang))
		maps.Copy(texts, p.Texts(lang))
		return writePage(w, newTemplates(pageStyle+p.Style, texts, pageTemplate+p.Templates), "page", p.Data(lang))
	})
}
