package main

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// ruleFilter picks rules; its zero value picks all.
type ruleFilter struct {
	stage, severity, search string
	needsBoth               bool
}

func (a *app) rulesListCommand() *cobra.Command {
	var (
		filter       ruleFilter
		rules        ruleFlags
		out          output
		format, lang string
	)
	c := &cobra.Command{
		Use:   "list",
		Short: "List rules, one per row",
		Long: `list writes one row for each rule that all filters let through, in the order of
their ids.`,
		Example: `  xlogscan rules list --stage join
  xlogscan rules list --search voipToken --lang zh
  xlogscan rules list -f ndjson | jq -r 'select(.needsBoth) | .id'`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := out.check(); err != nil {
				return err
			}
			lang = a.language(lang, format == "ndjson")
			catalogue, err := rules.catalogue(a.params)
			if err != nil {
				return err
			}
			list := slices.DeleteFunc(slices.Clone(catalogue.Signatures), func(s *signature.Signature) bool { return !filter.lets(s) })
			return out.write(a.stdout, func(w io.Writer) error {
				if format == "ndjson" {
					return ruleLines(w, list, lang)
				}
				return ruleTable(w, list, a.textOptions(&out, lang))
			})
		},
	}
	f := c.Flags()
	f.SortFlags = false
	choiceVar(f, &filter.stage, "stage", "", stages(), "only rules of `STAGE`: "+strings.Join(stages(), ", "))
	choiceVar(f, &filter.severity, "severity", "", severities, "only rules of `SEVERITY`: critical, error, warning or info")
	f.BoolVar(&filter.needsBoth, "needs-both", false, "only rules that need the logs of both parties")
	f.StringVar(&filter.search, "search", "", "only rules that have `WORD` in their id, texts or events, in either language")
	formatFlag(f, &format,
		report.Format{Name: "table", Help: "for the terminal"},
		report.Format{Name: "ndjson", Help: "one rule per line"})
	out.flags(f)
	rules.flags(f)
	langFlag(f, &lang)
	return c
}

// stages are those of rules, with a word for none.
func stages() []string {
	var list []string
	for _, s := range signature.Stages {
		list = append(list, closed(string(s), "en"))
	}
	return list
}

func (f *ruleFilter) lets(s *signature.Signature) bool {
	return (f.stage == "" || f.stage == closed(string(s.Stage), "en")) &&
		(f.severity == "" || f.severity == string(s.Severity)) &&
		(!f.needsBoth || s.NeedsBoth) &&
		(f.search == "" || f.finds(s))
}

func (f *ruleFilter) finds(s *signature.Signature) bool {
	texts := []string{s.ID}
	for _, t := range []signature.Text{s.Title, s.Cause, s.Remedy.Text(), s.Say, s.LeadTitle} {
		texts = append(texts, t.En, t.Zh)
	}
	texts = append(texts, eventsOf(s)...)
	word := strings.ToLower(f.search)
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), word) })
}

// eventsOf lists the events that a rule looks at, each once.
func eventsOf(s *signature.Signature) []string {
	var names []string
	for _, sel := range s.Selections() {
		names = append(names, sel.Events...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func ruleTable(w io.Writer, list []*signature.Signature, opt report.TextOptions) error {
	heads := []signature.Text{{En: "id", Zh: "编号"}, {En: "severity", Zh: "级别"}, {En: "stage", Zh: "阶段"}, {En: "title", Zh: "标题"}}
	rows := [][]string{nil}
	for _, h := range heads {
		rows[0] = append(rows[0], h.In(opt.Lang))
	}
	for _, s := range list {
		rows = append(rows, []string{
			cells.Visible(s.ID), closed(string(s.Severity), opt.Lang), closed(string(s.Stage), opt.Lang), s.Title.In(opt.Lang)})
	}
	text, err := table(rows, opt.Width, ellipsis(opt.ASCII))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// table lays rows out in columns no wider than width together; the last one is clipped, the others are whole.
func table(rows [][]string, width int, ellipsis string) (string, error) {
	if len(rows) == 0 {
		return "", nil
	}
	left := width
	for i := range len(rows[0]) - 1 {
		widest := 0
		for _, row := range rows {
			widest = max(widest, cells.Width(row[i]))
		}
		left -= widest + len(cells.Gap)
	}
	var b bytes.Buffer
	t := cells.NewTable(&b)
	for _, row := range rows {
		row = slices.Clone(row)
		row[len(row)-1] = cells.Clip(row[len(row)-1], left, ellipsis)
		if err := t.Append(row); err != nil {
			return "", err
		}
	}
	if err := t.Render(); err != nil {
		return "", err
	}
	var out strings.Builder
	for l := range strings.Lines(b.String()) {
		out.WriteString(strings.TrimRight(l, " \n") + "\n")
	}
	return out.String(), nil
}

func ellipsis(ascii bool) string {
	if ascii {
		return "..."
	}
	return "…"
}

// ruleLine is a rule as NDJSON has it. Names and order are part of the interface.
type ruleLine struct {
	ID         string             `json:"id"`
	Severity   signature.Severity `json:"severity"`
	Stage      *string            `json:"stage"` // null: any
	NeedsBoth  bool               `json:"needsBoth"`
	AppliesTo  map[string]string  `json:"appliesTo"`
	Title      string             `json:"title"`
	Cause      string             `json:"cause"`
	Remedy     string             `json:"remedy"`
	URL        string             `json:"url"`
	Events     []string           `json:"events"`
	Supersedes []string           `json:"supersedes"`
	Rules      *string            `json:"rules"` // the folder of --rules that it comes from
}

func ruleLines(w io.Writer, list []*signature.Signature, lang string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, s := range list {
		l := ruleLine{ID: s.ID, Severity: s.Severity, NeedsBoth: s.NeedsBoth, AppliesTo: map[string]string{},
			Title: s.Title.In(lang), Cause: s.Cause.In(lang), Remedy: s.Remedy.Text().In(lang), URL: s.URL,
			Events: append([]string{}, eventsOf(s)...), Supersedes: append([]string{}, s.Supersedes()...),
			Stage: report.Known(s.Stage), Rules: report.Known(s.Origin)}
		for name, bounds := range s.AppliesTo {
			l.AppliesTo[name] = bounds.String()
		}
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
