package fleet

import (
	_ "embed"
	"fmt"
	"io"
	"slices"

	"github.com/xlogscan/xlogscan/internal/report"
)

var (
	//go:embed html/fleet.css
	style string
	//go:embed html/fleet.tmpl
	fleetTemplate string
	//go:embed html/diff.tmpl
	diffTemplate string
)

// HTML writes the report as one page, in both languages, that needs nothing else.
func HTML(w io.Writer, f *Fleet, opt report.TextOptions) error {
	p := report.Page{
		Lang: opt.Lang, Style: style, Templates: fleetTemplate, Texts: pageTexts,
		Data: func(lang string) any { return newPage(f, lang, opt.Lang) },
	}
	return p.Write(w)
}

// pageTexts are the fixed texts that the templates name.
func pageTexts(lang string) map[string]string {
	w := wordsFor(lang)
	return map[string]string{
		"days": w.days, "day": w.day, "calls": w.calls, "byDay": w.byDay, "rooms": w.rooms, "look": w.look, "none": w.none, "notes": w.notes,
		"rate": w.rate, "interval": w.interval, "what": w.what, "difference": w.difference,
	}
}

// page is what the page of a fleet shows.
type page struct {
	Title, Header, Own string
	Counts, Facts      []string
	Tables             []rateTable
	Days               *days
	HasRooms           bool
	Rooms              []pageRoom
	Notes              []string
}

type pageRoom struct{ Class, Mark, Room, About string }

func newPage(f *Fleet, lang, own string) *page {
	w := wordsFor(lang)
	p := &page{
		Title: "xlogscan" + w.colon + w.title, Header: w.title, Own: own, HasRooms: f.Rooms != nil,
		Counts: []string{
			fmt.Sprintf(w.nCalls, thousands(f.Calls)), fmt.Sprintf(w.evaluable, thousands(f.Evaluable)),
			fmt.Sprintf(w.both, thousands(f.BothLogs)), fmt.Sprintf(w.nResults, thousands(f.Results)),
		},
		Notes: []string{w.readRates, w.readLeads, w.fewNote},
	}
	if span := w.daysOf(f.FirstDay, f.LastDay); span != "" {
		p.Header += w.dot + span
	}
	if text := w.waitingText(f.Waiting); text != "" {
		p.Facts = append(p.Facts, text)
	}
	if f.Repeats > 0 {
		p.Facts = append(p.Facts, fmt.Sprintf(w.repeats, thousands(f.Repeats)))
	}
	p.Tables = []rateTable{
		w.rateTable("h-outcomes", w.outcomes, w.ofEvaluable, w.outcome, slices.Concat(of(f.Rates, KindOutcome), of(f.Rates, KindAll))),
		w.rateTable("h-stages", w.stages, w.ofEvaluable, w.stage, of(f.Rates, KindStage)),
		w.rateTable("h-signatures", w.signatures, w.ofJudged, w.signature, of(f.Rates, KindSignature)),
	}
	for i := range f.Dimensions {
		d := &f.Dimensions[i]
		switch {
		case d.By == day:
			p.Days = w.dayChart(f, d)
		default:
			p.Tables = append(p.Tables, w.dimensionTable(f, d))
		}
	}
	for i := range f.Rooms {
		r := &f.Rooms[i]
		p.Rooms = append(p.Rooms, pageRoom{r.Severity, marks[r.Severity], r.Room, w.about(r, w.dot)})
	}
	return p
}

// of gives the rates of a kind.
func of(rates []Rate, kind string) []Rate {
	var list []Rate
	for _, r := range rates {
		if r.Kind == kind {
			list = append(list, r)
		}
	}
	return list
}

// marks of severities, beside the colours.
var marks = map[string]string{"critical": "✗", "error": "✗", "warning": "!", "info": "·"}
