package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) rulesShowCommand() *cobra.Command {
	var (
		rules        ruleFlags
		out          output
		format, lang string
	)
	c := &cobra.Command{
		Use:   "show ID...",
		Short: "Show what rules mean and what to do about their findings",
		Long: `show writes the page of each rule: what a finding means, by which events and
under which conditions the rule fires, what to do, to which versions it applies,
which rules look alike, and what its samples show. docs/signatures has the same
pages.`,
		Example: `  xlogscan rules show alert-delayed
  xlogscan rules show alert-delayed --lang zh`,
		ValidArgsFunction: completeRules,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("xlogscan rules list shows the ids", "show needs the id of a rule")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			lang = a.language(lang, false)
			catalogue, list, samples, err := rules.sampled(args, a.params)
			if err != nil {
				return err
			}
			return out.write(a.stdout, func(w io.Writer) error {
				for i, s := range list {
					if i > 0 {
						_, _ = io.WriteString(w, "\n")
					}
					p := pageOf(catalogue, s, samplesOf(samples, s.ID), lang)
					text := p.text(a.textOptions(&out, lang))
					if format == "md" {
						text = p.markdown()
					}
					if _, err := io.WriteString(w, text); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format,
		report.Format{Name: "text", Help: "for the terminal"},
		report.Format{Name: "md", Help: "GitHub-flavoured Markdown"})
	out.flags(f)
	rules.flags(f)
	langFlag(f, &lang)
	return c
}

// sampled gives the catalogue, its rules of those ids, and all samples.
func (r *ruleFlags) sampled(ids []string, params []param) (*signature.Catalogue, []*signature.Signature, []signature.Sample, error) {
	catalogue, err := r.catalogue(params)
	if err != nil {
		return nil, nil, nil, err
	}
	list, err := picked(catalogue, ids)
	if err != nil {
		return nil, nil, nil, err
	}
	samples, err := r.samples()
	return catalogue, list, samples, err
}

// samples gives those of the program's own rules, and in their place, or after them, those of the user's folders.
func (r *ruleFlags) samples() ([]signature.Sample, error) {
	list := signature.BuiltinSamples()
	for _, dir := range r.dirs {
		more, err := signature.Samples(os.DirFS(dir))
		if err != nil {
			return nil, usage("", "%w", inFolder(dir, err))
		}
		for _, s := range more {
			s.File = filepath.Join(dir, s.File)
			list = append(without(list, s.ID), s)
		}
	}
	return list, nil
}

func without(list []signature.Sample, id string) []signature.Sample {
	var rest []signature.Sample
	for _, s := range list {
		if s.ID != id {
			rest = append(rest, s)
		}
	}
	return rest
}

func samplesOf(list []signature.Sample, id string) []signature.Sample {
	var own []signature.Sample
	for _, s := range list {
		if s.ID == id {
			own = append(own, s)
		}
	}
	return own
}

// text writes the page for a terminal.
func (p *page) text(opt report.TextOptions) string {
	var b strings.Builder
	block := func(first string, text string) {
		indent := cells.Width(first)
		lines := cells.Wrap(text, opt.Width-indent)
		if strings.HasPrefix(text, "https://") { // stays whole, to be copied
			lines = []string{cells.Visible(text)}
		}
		for _, l := range lines {
			b.WriteString(strings.TrimRight(first+l, " ") + "\n")
			first = strings.Repeat(" ", indent)
		}
	}
	block("", p.id)
	block("", p.title)
	b.WriteByte('\n')
	label := 0
	for _, f := range p.facts {
		label = max(label, cells.Width(f.label))
	}
	for _, f := range p.facts {
		block(cells.Pad(f.label, label+2), f.text)
	}
	for i := range p.sections {
		s := &p.sections[i]
		fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(s.heading))
		block("  ", s.text)
		for _, l := range s.lists {
			indent := "  "
			if l.intro != "" {
				block(indent, l.intro)
				indent += "  "
			}
			term := l.termWidth()
			for _, it := range l.items {
				first := indent + strings.Repeat("  ", it.depth)
				if it.term != "" {
					first += cells.Pad(cells.Visible(it.term), term+2)
				} else if it.depth > 0 && term > 0 {
					first = indent + strings.Repeat(" ", term+4)
				}
				block(first, it.text)
			}
		}
	}
	return b.String()
}

// termWidth is that of the widest term.
func (l *list) termWidth() int {
	n := 0
	for _, it := range l.items {
		n = max(n, cells.Width(cells.Visible(it.term)))
	}
	return n
}
