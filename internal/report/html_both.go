package report

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page holds both languages: it is made in each, and where the two differ both stand, each marked with its language.
// The style shows one of them (page.css, the end), by two radio buttons that work without the script. What cannot stand
// twice, as a label in an attribute, is in the language of the document, and the script changes it.

// Classes of what is in one language.
const (
	classOf = "in-" // before the language

	// bothAttr lists the attributes of an element, and "text" for its text, that are in data-en-NAME and data-zh-NAME.
	bothAttr = "data-both"
	textName = "text"
)

// manyNodes is how many rows of a table are told in both languages. The table of an index of ten thousand calls stays in
// that of the document, or it would be of twice the size.
const manyNodes = 2 * 2000 // and the white space between them

// both merges two renderings of a page, of which the first is in the language of the document, and writes the page.
func both(w io.Writer, lang, other string, page, translated []byte) error {
	a, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return err
	}
	b, err := html.Parse(bytes.NewReader(translated))
	if err != nil {
		return err
	}
	m := merger{lang, other}
	m.children(a, b)
	var out bytes.Buffer
	if err := html.Render(&out, a); err != nil {
		return err
	}
	_, err = optionalTags.WriteString(w, out.String()+"\n")
	return err
}

// optionalTags leaves out end tags that HTML does not need, which are a tenth of a long table. Text has no "<".
var optionalTags = strings.NewReplacer("</td>", "", "</tr>", "", "</option>", "", "</li>", "")

type merger struct{ lang, other string }

// element takes what differs of b, an element of the same kind, into a.
func (m *merger) element(a, b *html.Node) {
	for i := range a.Attr {
		at := &a.Attr[i]
		if to, ok := attribute(b, at.Key); ok && to != at.Val && at.Key != "lang" {
			m.note(a, at.Key, at.Val, to)
		}
	}
	switch a.DataAtom {
	case atom.Script, atom.Style, atom.Title:
		return
	case atom.Option:
		if from, to := textOf(a), textOf(b); from != to {
			m.note(a, textName, from, to)
		}
		return
	}
	m.children(a, b)
}

// note keeps what an attribute, or the text, of an element is in each language.
func (m *merger) note(n *html.Node, name, val, to string) {
	list, _ := attribute(n, bothAttr)
	set(n, bothAttr, strings.TrimSpace(list+" "+name))
	set(n, "data-"+m.lang+"-"+name, val)
	set(n, "data-"+m.other+"-"+name, to)
}

// children merges the children of b into a: one by one if they are of the same kinds, else all of them twice.
func (m *merger) children(a, b *html.Node) {
	mine, theirs := slices.Collect(a.ChildNodes()), slices.Collect(b.ChildNodes())
	if len(mine) > manyNodes && a.DataAtom == atom.Tbody {
		set(a, "lang", tagOf(m.lang))
		return
	}
	if !slices.EqualFunc(mine, theirs, alike) {
		for _, n := range mine {
			m.mark(n, m.lang, false)
		}
		for _, n := range theirs {
			b.RemoveChild(n)
			a.AppendChild(n)
			m.mark(n, m.other, true)
		}
		return
	}
	for i, n := range mine {
		t := theirs[i]
		switch {
		case n.Type == html.ElementNode:
			m.element(n, t)
		case n.Type == html.TextNode && n.Data != t.Data:
			m.text(a, n, t.Data)
		}
	}
}

// alike reports whether two nodes are of one kind.
func alike(a, b *html.Node) bool {
	return a.Type == b.Type && (a.Type != html.ElementNode || a.Data == b.Data && a.Namespace == b.Namespace)
}

// text has a text of n, a child of parent, stand in both languages. Text of a picture stands in elements of its own kind.
func (m *merger) text(parent, n *html.Node, to string) {
	tag := "span"
	if parent.Namespace == "svg" {
		tag = "tspan"
	}
	for _, in := range []struct{ lang, text string }{{m.lang, n.Data}, {m.other, to}} {
		e := &html.Node{Type: html.ElementNode, Data: tag, DataAtom: atom.Lookup([]byte(tag)), Namespace: parent.Namespace}
		set(e, "class", classOf+in.lang)
		set(e, "lang", tagOf(in.lang))
		e.AppendChild(&html.Node{Type: html.TextNode, Data: in.text})
		parent.InsertBefore(e, n)
	}
	parent.RemoveChild(n)
}

// mark has a node be in one language. Of what stands twice, the second loses its ids.
func (m *merger) mark(n *html.Node, lang string, second bool) {
	if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
		e := &html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span}
		n.Parent.InsertBefore(e, n)
		n.Parent.RemoveChild(n)
		e.AppendChild(n)
		n = e
	}
	if n.Type != html.ElementNode {
		return
	}
	class, _ := attribute(n, "class")
	set(n, "class", strings.TrimSpace(class+" "+classOf+lang))
	set(n, "lang", tagOf(lang))
	if second {
		dropIDs(n)
	}
}

func dropIDs(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "id" })
	for c := range n.ChildNodes() {
		dropIDs(c)
	}
}

// tagOf is the language tag of HTML.
func tagOf(lang string) string { return wordsFor(lang).html.language }

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func set(n *html.Node, key, val string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = val
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: val})
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
