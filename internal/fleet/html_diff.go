package fleet

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/xlogscan/xlogscan/internal/report"
)

// DiffHTML writes a comparison as one page.
func DiffHTML(w io.Writer, d *Diff, opt report.TextOptions) error {
	p := report.Page{
		Lang: opt.Lang, Style: style, Templates: diffTemplate, Texts: pageTexts,
		Data: func(lang string) any { return newDiffPage(d, lang, opt.Lang) },
	}
	return p.Write(w)
}

// diffPage is what the page of a comparison shows.
type diffPage struct {
	Title, Header, Own string
	Facts              []string
	Sections           []diffSection
	Notes              []string
}

// diffSection is the rows of some verdicts, all on one scale.
type diffSection struct {
	ID, Title, Scale string
	Rows             []diffRow
}

type diffRow struct {
	Verdict          *swatch
	Name, Said       string
	A, B, Difference string
	X, Whisker       string // in hundredths; 50 is no difference
}

func newDiffPage(d *Diff, lang, own string) *diffPage {
	w := wordsFor(lang)
	p := &diffPage{
		Title: "xlogscan" + w.colon + w.diffTitle, Header: w.diffTitle, Own: own,
		Facts: []string{w.sideFacts("A", &d.A, w.dot), w.sideFacts("B", &d.B, w.dot)},
		Notes: []string{w.readDiff, w.readRates, w.readLeads},
	}
	if d.Shared > 0 {
		p.Facts = append(p.Facts, w.sharedCalls(d))
	}
	p.Facts = append(p.Facts, fmt.Sprintf(w.chance, thousands(d.Sure), thousands(d.Judged)))
	for _, s := range []struct {
		id, title string
		verdicts  []string
	}{{"h-sure", w.different, []string{Lower, Higher}}, {"h-unsure", w.unsure, []string{Unsure}}, {"h-few", w.tooFew, []string{TooFew}}} {
		if rows := having(d.Rows, s.verdicts...); len(rows) > 0 {
			p.Sections = append(p.Sections, w.diffSection(s.id, s.title, rows))
		}
	}
	return p
}

// having gives the rows of some verdicts.
func having(rows []Row, verdicts ...string) []*Row {
	var list []*Row
	for i := range rows {
		for _, v := range verdicts {
			if rows[i].Verdict == v {
				list = append(list, &rows[i])
			}
		}
	}
	return list
}

func (w *words) diffSection(id, title string, rows []*Row) diffSection {
	top := 0.0
	for _, r := range rows {
		if r.Difference != nil {
			top = max(top, math.Abs(*r.Low), math.Abs(*r.High))
		}
	}
	top = scale(top)
	end := strconv.Itoa(int(math.Round(100 * top)))
	s := diffSection{ID: id, Title: title, Scale: fmt.Sprintf(w.span, "−"+end, "+"+end)}
	for _, r := range rows {
		s.Rows = append(s.Rows, w.diffRow(r, top))
	}
	return s
}

func (w *words) diffRow(r *Row, top float64) diffRow {
	name, said := w.rateOf(r)
	row := diffRow{Name: name, Said: said, A: w.shareText(&r.A), B: w.shareText(&r.B), Difference: "–"}
	switch r.Verdict {
	case Lower:
		row.Verdict = &swatch{"lower", "▼ " + w.lower}
	case Higher:
		row.Verdict = &swatch{"higher", "▲ " + w.higher}
	}
	if row.Verdict != nil && !r.bad() {
		row.Verdict.Class = "m"
	}
	if r.Difference != nil {
		at := func(x float64) string { return coordinate(50 + 50*x/top) }
		low, high := at(*r.Low), at(*r.High)
		row.Difference = w.signed(*r.Difference) + fmt.Sprintf(" (%s)", fmt.Sprintf(w.span, w.signed(*r.Low), w.signed(*r.High)))
		row.X = coordinate(49.4 + 50**r.Difference/top)
		row.Whisker = "M" + low + " 5H" + high + "M" + low + " 2V8M" + high + " 2V8"
	}
	return row
}

// shareText is a rate of one side.
func (w *words) shareText(s *Share) string {
	if s.Rate == nil {
		return fmt.Sprintf("%d/%d", s.N, s.Of)
	}
	return fmt.Sprintf("%d/%d %s", s.N, s.Of, w.per(*s.Rate))
}
