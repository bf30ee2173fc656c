package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"sync"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// maxOnOnePage is how many calls have a section on a page that is all of the report; those that failed come first.
const maxOnOnePage = 100

// HTML writes the report as one page that needs nothing else: no file, no network, and no script but for filters. It is
// in both languages, and shows that of the document first.
func HTML(w io.Writer, r *Report, _ TextOptions) error {
	return newPages(r, false).write(w, func(s *site) (string, any) { return "overview", s.overview() })
}

// htmlFiles writes the report as an index and a page for each call.
func htmlFiles(r *Report, _ TextOptions) []File {
	p := newPages(r, true)
	files := []File{{Name: "index.html", Write: func(w io.Writer) error {
		return p.write(w, func(s *site) (string, any) { return "overview", s.overview() })
	}}}
	for n := range p.own.v.rows {
		files = append(files, File{Name: p.own.ref(n), Write: func(w io.Writer) error {
			return p.write(w, func(s *site) (string, any) { return "callpage", s.callPage(n) })
		}})
	}
	return files
}

// pages makes the pages of a report in its own language and in the other.
type pages struct{ own, other *site }

func newPages(r *Report, folder bool) *pages {
	other := "zh"
	if r.Lang == other {
		other = "en"
	}
	return &pages{newSite(r, folder, r.Lang), newSite(r.In(other), folder, r.Lang)}
}

// write writes a page, of which of gives the template and what it shows.
func (p *pages) write(w io.Writer, of func(*site) (string, any)) error {
	return writeBoth(w, p.own.lang, p.other.lang, func(w io.Writer, lang string) error {
		s := p.own
		if lang != s.lang {
			s = p.other
		}
		page, data := of(s)
		return writePage(w, pageTemplates[lang](), page, data)
	})
}

// writeBoth writes a page that render writes in each of two languages.
func writeBoth(w io.Writer, lang, other string, render func(w io.Writer, lang string) error) error {
	var rendered [2]bytes.Buffer
	for i, l := range []string{lang, other} {
		if err := render(&rendered[i], l); err != nil {
			return err
		}
	}
	out := newOutput(w)
	if err := both(out, lang, other, rendered[0].Bytes(), rendered[1].Bytes()); err != nil && out.err == nil {
		out.err = err
	}
	return out.close()
}

// generator stands in the head of each page.
const generator = `name="generator" content="xlogscan"`

var pageName = regexp.MustCompile(`^call-[1-9][0-9]*\.html$`)

// isPage reports whether a file is the page of a call of some report.
func isPage(name string, head []byte) bool {
	return pageName.MatchString(name) && bytes.Contains(head, []byte(generator))
}

// site makes the pages of a report. All of them are made from one view, each when it is written.
type site struct {
	phrases
	v      *view
	folder bool
	first  string                // language of the page when it is opened
	about  map[string][]*Finding // by the id of a call, what is found of its two devices
	shown  []bool                // calls that have a page or section
}

func newSite(r *Report, folder bool, first string) *site {
	s := &site{phrases: newPhrases(TextOptions{Lang: r.Lang}), v: newView(r, true), folder: folder, first: first, about: map[string][]*Finding{}}
	for i := range s.v.r.Findings {
		f := &s.v.r.Findings[i]
		for _, id := range f.Calls {
			s.about[id] = append(s.about[id], f)
		}
	}
	s.shown = make([]bool, len(s.v.rows))
	left := maxOnOnePage
	for _, fine := range []bool{false, true} {
		for n := range s.v.rows {
			if (s.v.rows[n].mark == markOK) == fine && (folder || left > 0) {
				s.shown[n] = true
				left--
			}
		}
	}
	return s
}

// ref is the address of a call, "" if it has none.
func (s *site) ref(n int) string {
	switch {
	case n < 0 || n >= len(s.shown) || !s.shown[n]:
		return ""
	case s.folder:
		return callID(n) + ".html"
	}
	return "#" + callID(n)
}

// callID is the id of the section of a call.
func callID(n int) string { return fmt.Sprintf("call-%d", n+1) }

var (
	//go:embed html/page.css
	pageStyle string
	//go:embed html/page.js
	pageScript string
	//go:embed html/page.tmpl
	pageTemplate string
)

// pageHead forbids everything but the style and the script that are in the page, by their hashes. They are put together
// here because the hash is of every byte between the tags.
func pageHead(style string) template.HTML {
	return template.HTML(`<meta ` + generator + `>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '` + hashOf(style) + //nolint:gosec // no text of a log is in it
		`'; script-src '` + hashOf(pageScript) + `'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<style>` + style + `</style>`)
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// pageTemplates are the templates by language.
var pageTemplates = map[string]func() *template.Template{
	"en": sync.OnceValue(func() *template.Template { return parsePages("en") }),
	"zh": sync.OnceValue(func() *template.Template { return parsePages("zh") }),
}

func parsePages(lang string) *template.Template {
	return newTemplates(pageStyle, pageTexts(wordsFor(lang)), pageTemplate)
}

// newTemplates parses templates of a page with a style and the texts that they name.
func newTemplates(style string, texts map[string]string, templates string) *template.Template {
	head := pageHead(style)
	return template.Must(template.New("").Funcs(template.FuncMap{
		"head": func() template.HTML { return head },
		"foot": func() template.HTML { return template.HTML("<script>" + pageScript + "</script>") }, //nolint:gosec // ours
		"t": func(name string) (string, error) {
			if text, ok := texts[name]; ok {
				return text, nil
			}
			return "", fmt.Errorf("no text %q", name)
		},
	}).Parse(templates))
}

// pageTexts are the fixed texts that the templates name.
func pageTexts(w *words) map[string]string {
	h := &w.html
	return map[string]string{
		"language": h.language, "skip": h.skip, "summary": h.summary, "filter": h.filter, "all": h.all, "search": h.search,
		"reset": h.reset, "shown": h.shown, "rawLines": h.rawLines, "asList": h.asList, "toIndex": h.toIndex,
		"previous": h.previous, "following": h.following, "signature": h.signature, "onThis": h.onThis, "sample": h.sample,
		"calls": title(w.calls), "findings": title(w.findings), "checked": title(w.checked), "next": title(w.next),
		"logs": w.logs, "clocks": w.clocks, "coverage": w.coverage, "room": w.room, "start": w.start, "stage": w.stage,
		"outcome": w.outcome, "talk": w.talk, "mainFinding": w.mainFinding, "see": w.see, "evidence": w.evidence,
		"timeline": w.timeline, "side": w.side, "log": w.log, "files": w.files, "size": w.size, "from": w.from, "to": w.to,
		"versions": w.versions,
	}
}

// writePage writes a page by a template.
func writePage(w io.Writer, t *template.Template, page string, data any) error {
	out := newOutput(w)
	sink := &pageSink{output: out}
	if err := t.ExecuteTemplate(sink, page, data); err != nil && out.err == nil {
		out.err = err
	}
	return out.close()
}

// pageSink makes visible what goes through it, line by line. Templates escape what HTML would take for markup; this is
// for what a browser would show as something else, or not at all.
type pageSink struct {
	*output
	line bytes.Buffer
}

func (p *pageSink) Write(b []byte) (int, error) {
	n := len(b)
	for {
		head, rest, found := bytes.Cut(b, []byte{'\n'})
		p.line.Write(head)
		if !found {
			return n, p.err
		}
		p.flush()
		b = rest
	}
}

// flush writes the line that is complete.
func (p *pageSink) flush() {
	p.put(cells.Visible(p.line.String()), "\n")
	p.line.Reset()
}
