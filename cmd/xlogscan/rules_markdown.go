package main

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
)

// markdown writes the page as a Markdown document.
func (p *page) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n**%s**\n", mdText(p.id), mdText(p.title))
	b.WriteString("\n| | |\n|---|---|\n")
	for _, f := range p.facts {
		fmt.Fprintf(&b, "| %s | %s |\n", mdText(f.label), mdText(f.text))
	}
	for i := range p.sections {
		s := &p.sections[i]
		fmt.Fprintf(&b, "\n## %s\n", mdText(s.heading))
		if s.text != "" {
			fmt.Fprintf(&b, "\n%s\n", mdText(s.text))
		}
		for _, l := range s.lists {
			if l.intro != "" {
				fmt.Fprintf(&b, "\n%s:\n", mdText(l.intro))
			}
			b.WriteByte('\n')
			for _, it := range l.items {
				b.WriteString(strings.Repeat("  ", it.depth) + "- " + it.markdown() + "\n")
			}
		}
	}
	return b.String()
}

func (it *item) markdown() string {
	switch {
	case it.term == "":
		return mdText(it.text)
	case it.rule:
		return mdText(it.term) + " – " + mdText(it.text)
	}
	return "**" + mdText(it.term) + "**: " + mdText(it.text)
}

// mdText makes s Markdown that shows as s; an address becomes a link.
func mdText(s string) string {
	if strings.HasPrefix(s, "https://") {
		return report.MarkdownLink(s)
	}
	return report.MarkdownText(s)
}
