package correlate

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Hole is a span of time in which no log of a party was recording, in the party's clock. A zero end is open: the log
// begins, or ends, at the other one.
type Hole struct{ From, To time.Time }

// holes returns when none of the logs was recording, as far as that touches the time between from and to, in order.
func holes(logs []*extract.Log, from, to time.Time) []Hole {
	var spans []extract.Span
	for _, l := range logs {
		if !l.First.IsZero() {
			spans = append(spans, recorded(l)...)
		}
	}
	if len(spans) == 0 {
		return nil
	}
	slices.SortFunc(spans, func(a, b extract.Span) int { return a.From.Compare(b.From) })
	var holes []Hole
	var end time.Time
	for _, s := range spans {
		if s.From.After(end) {
			holes = append(holes, Hole{end, s.From})
		}
		if s.To.After(end) {
			end = s.To
		}
	}
	holes = append(holes, Hole{From: end})
	return slices.DeleteFunc(holes, func(h Hole) bool {
		return !h.From.Before(to) || !h.To.IsZero() && !h.To.After(from)
	})
}

// recorded returns the spans between the gaps of a log, in order.
func recorded(l *extract.Log) []extract.Span {
	gaps := slices.Clone(l.Gaps)
	slices.SortStableFunc(gaps, func(a, b extract.Gap) int { return a.From.Compare(b.From) })
	var spans []extract.Span
	at := l.First
	for _, g := range gaps {
		if g.From.After(at) {
			spans = append(spans, extract.Span{From: at, To: g.From})
		}
		if g.To.IsZero() {
			return spans
		}
		if g.To.After(at) {
			at = g.To
		}
	}
	if !l.Last.Before(at) {
		spans = append(spans, extract.Span{From: at, To: l.Last})
	}
	return spans
}
