package fleet

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/xlogscan/xlogscan/internal/report"
)

// rateTable is a table of rates with a chart in each row, all on one scale.
type rateTable struct {
	ID, Title, About, What, Scale string
	Rows                          []rateRow
	RestTitle                     string
	Rest                          []rateRow // folded
	More                          string
	Matrix                        *matrix
}

type rateRow struct {
	Class, Mark        string // of a severity
	Name, Said         string
	Count, Rate, Range string
	Width, Whisker     string // in hundredths of the scale
	Few                bool
}

// matrix is a table of rates by two things.
type matrix struct {
	Title   string
	Columns []string
	Rows    []matrixRow
}

type matrixRow struct {
	Name  string
	Cells []string
}

func (w *words) rateTable(id, title, about, what string, rates []Rate) rateTable {
	t := rateTable{ID: id, Title: title, About: about, What: what}
	top := 0.0
	for _, r := range rates {
		top = max(top, r.High)
	}
	top = scale(top)
	t.Scale = fmt.Sprintf(w.percent, fmt.Sprintf(w.to, "0", strconv.Itoa(int(math.Round(100*top)))))
	for i := range rates {
		t.Rows = append(t.Rows, w.rateRow(w.name(rates[i].Kind, rates[i].Name), &rates[i], top))
	}
	if len(t.Rows) > pageRates {
		t.Rest, t.Rows = t.Rows[pageRates:], t.Rows[:pageRates]
		t.RestTitle = fmt.Sprintf(w.folded, thousands(len(t.Rest)))
	}
	if len(rates) == 0 {
		t.About = w.nothing
	}
	return t
}

func (w *words) rateRow(name string, r *Rate, top float64) rateRow {
	row := rateRow{Name: name, Count: fmt.Sprintf("%d/%d", r.N, r.Of), Rate: w.per(r.Rate), Range: fmt.Sprintf(w.to, pct(r.Low), pct(r.High)), Few: r.Few}
	if r.Few {
		row.Count += " ~"
	}
	if r.Severity != nil {
		row.Class, row.Mark = *r.Severity, marks[*r.Severity]
	}
	if r.Kind == KindSignature {
		row.Said = w.said(r.Name)
	}
	at := func(x float64) string { return coordinate(100 * x / top) }
	low, high := at(r.Low), at(r.High)
	row.Width = at(r.Rate)
	row.Whisker = "M" + low + " 5H" + high + "M" + low + " 2V8M" + high + " 2V8"
	return row
}

// scale is the end of the axis for rates up to top.
func scale(top float64) float64 {
	for _, end := range []float64{.01, .02, .05, .1, .2, .3, .5} {
		if top <= end {
			return end
		}
	}
	return 1
}

// coordinate writes a place in a picture, the same on every machine.
func coordinate(x float64) string { return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) }

// How much of a fact a page has.
const (
	pageRates   = 16 // that are not folded
	pageGroups  = 40
	pageColumns = 8
)

// dimensionTable has the failed calls by a fact, and the signatures by it.
func (w *words) dimensionTable(f *Fleet, d *Dimension) rateTable {
	var rates []Rate
	groups := d.Groups[:min(len(d.Groups), pageGroups)]
	var names []string
	for i := range groups {
		if failed := of(groups[i].Rates, KindAll); len(failed) > 0 {
			rates = append(rates, failed[0])
			names = append(names, groups[i].Value)
		}
	}
	name := w.dimension(d.By)
	t := w.rateTable("h-"+d.By, fmt.Sprintf(w.by, name), w.failedOf+w.comma+fmt.Sprintf(w.knownOf, thousands(d.Known), thousands(f.Calls)), name, rates)
	for i := range names {
		if i < len(t.Rows) {
			t.Rows[i].Name = names[i]
		} else {
			t.Rest[i-len(t.Rows)].Name = names[i]
		}
	}
	if more := d.More + len(d.Groups) - len(groups); more > 0 {
		t.More = fmt.Sprintf(w.moreGroups, thousands(more))
	}
	if len(d.Groups) == 0 {
		t.About = w.noGroups
	} else if m := w.signatureMatrix(f, d); len(m.Rows) > 0 {
		t.Matrix = m
	}
	return t
}

// signatureMatrix has the rates of signatures by a fact: of its values those with the most calls.
func (w *words) signatureMatrix(f *Fleet, d *Dimension) *matrix {
	m := &matrix{Title: fmt.Sprintf(w.signaturesBy, w.dimension(d.By))}
	groups := most(d.Groups, pageColumns)
	for _, g := range groups {
		m.Columns = append(m.Columns, g.Value)
	}
	for _, r := range of(f.Rates, KindSignature) {
		row := matrixRow{Name: r.Name}
		for _, g := range groups {
			row.Cells = append(row.Cells, w.cell(g, r.Name))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// cell is the rate of a signature in a group, a dash where it could be judged on no call.
func (w *words) cell(g *Group, signature string) string {
	for _, r := range g.Rates {
		if r.Kind == KindSignature && r.Name == signature {
			if r.Few {
				return fmt.Sprintf("%d/%d ~", r.N, r.Of)
			}
			return fmt.Sprintf("%d/%d %s", r.N, r.Of, w.per(r.Rate))
		}
	}
	return "–"
}

// most gives the n groups with the most calls, in their order.
func most(groups []Group, n int) []*Group {
	var list []*Group
	for i := range groups {
		list = append(list, &groups[i])
	}
	if len(list) <= n {
		return list
	}
	byCalls := slices.Clone(list)
	slices.SortStableFunc(byCalls, func(a, b *Group) int { return b.Calls - a.Calls })
	return slices.DeleteFunc(list, func(g *Group) bool { return !slices.Contains(byCalls[:n], g) })
}

// days is the chart of calls by day.
type days struct {
	Legend []swatch
	Rows   []dayRow
	Matrix *matrix
}

type swatch struct{ Class, Text string }

type dayRow struct {
	Name, Calls string
	Parts       []dayPart
}

type dayPart struct{ Class, X, Width string }

// dayChart stacks the calls of each day by outcome, and has the numbers in a table beside.
func (w *words) dayChart(f *Fleet, d *Dimension) *days {
	if len(d.Groups) == 0 {
		return nil
	}
	chart := &days{Matrix: &matrix{Title: w.days + w.colon + w.byDay}}
	var shown []int // outcomes that some call has
	largest := 0
	for i, o := range outcomes {
		if slices.ContainsFunc(f.Rates, func(r Rate) bool { return r.Kind == KindOutcome && r.Name == o }) || i == len(outcomes)-1 && f.Calls > f.Evaluable {
			shown = append(shown, i)
			chart.Legend = append(chart.Legend, swatch{fmt.Sprintf("o%d", i), report.Word(o, w.lang)})
			chart.Matrix.Columns = append(chart.Matrix.Columns, report.Word(o, w.lang))
		}
	}
	for i := range d.Groups {
		largest = max(largest, d.Groups[i].Calls)
	}
	for i := range d.Groups {
		g := &d.Groups[i]
		row, cells, x := dayRow{Name: g.Value, Calls: thousands(g.Calls)}, matrixRow{Name: g.Value}, 0.0
		for _, o := range shown {
			n := outcomeCount(g, o)
			cells.Cells = append(cells.Cells, thousands(n))
			if n > 0 {
				width := 100 * float64(n) / float64(largest)
				row.Parts = append(row.Parts, dayPart{fmt.Sprintf("o%d", o), coordinate(x), coordinate(width)})
				x += width
			}
		}
		chart.Rows = append(chart.Rows, row)
		chart.Matrix.Rows = append(chart.Matrix.Rows, cells)
	}
	return chart
}

// outcomeCount is how many calls of a group have an outcome.
func outcomeCount(g *Group, outcome int) int {
	if outcome == len(outcomes)-1 {
		return g.Calls - g.Evaluable
	}
	for _, r := range g.Rates {
		if r.Kind == KindOutcome && r.Name == outcomes[outcome] {
			return r.N
		}
	}
	return 0
}
