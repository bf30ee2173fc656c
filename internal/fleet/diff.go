package fleet

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// DiffSchema names the version of a [Diff].
const DiffSchema = "xlogscan.fleet-diff/v1"

// Diff compares the rates of two sets of calls, B with A. docs/fleet-diff.schema.json describes its JSON.
type Diff struct {
	Schema string `json:"schema"`
	A      Side   `json:"a"`
	B      Side   `json:"b"`
	Shared int    `json:"shared"` // calls that were in both: see Compare and Split
	Sure   int    `json:"sure"`   // rows that are lower or higher
	Judged int    `json:"judged"` // rows that are not too few: about one in 20 of those without a difference looks sure by chance
	Rows   []Row  `json:"rows"`   // the strongest evidence first
}

// Side is one of the two sets.
type Side struct {
	By        *string `json:"by"` // what its calls have in common, as "wmpf=2.0"; null where it is all of the results
	Results   int     `json:"results"`
	Repeats   int     `json:"repeats"`
	Calls     int     `json:"calls"`
	Evaluable int     `json:"evaluable"`
	BothLogs  int     `json:"bothLogs"`
	FirstDay  *string `json:"firstDay"`
	LastDay   *string `json:"lastDay"`
}

// Share is a rate of one side; what cannot be said where Of is 0 is null.
type Share struct {
	N    int      `json:"n"`
	Of   int      `json:"of"`
	Rate *float64 `json:"rate"`
	Low  *float64 `json:"low"` // Wilson's interval of 95 %
	High *float64 `json:"high"`
}

// Row is a rate of both sides.
type Row struct {
	Kind       string   `json:"kind"`
	Name       string   `json:"name"`
	Severity   *string  `json:"severity"` // of a signature
	Verdict    string   `json:"verdict"`  // lower, higher, no-sure-difference, too-few: of B against A
	A          Share    `json:"a"`
	B          Share    `json:"b"`
	Difference *float64 `json:"difference"` // B minus A, null where one of them has no rate
	Low        *float64 `json:"low"`        // Newcombe's interval of 95 %
	High       *float64 `json:"high"`
}

// Verdicts on a row.
const (
	Lower  = "lower"
	Higher = "higher"
	Unsure = "no-sure-difference"
	TooFew = "too-few"
)

// Compare compares two sets. Calls that are in both are those of A only: the sides of a comparison share no call, and of
// results one after the other A has the earlier.
func Compare(a, b *Set) *Diff {
	shared := 0
	own := func(i callKey) bool {
		_, ok := a.index[i]
		if ok {
			shared++
		}
		return !ok
	}
	keep := make([]bool, len(b.records))
	for key, i := range b.index {
		keep[i] = own(key)
	}
	return diff(a.part(func(int) bool { return true }), b.part(func(i int) bool { return keep[i] }), shared)
}

// Split compares the calls of a set that have one value with those that have another. Calls that have both are of neither.
func (s *Set) Split(a, b By) *Diff {
	profiles := s.profileLists()
	inA, inB := s.having(a, profiles), s.having(b, profiles)
	shared := 0
	for i := range s.records {
		if p := s.records[i].profile; inA[p] && inB[p] {
			shared++
		}
	}
	of := func(this, other []bool) func(int) bool {
		return func(i int) bool { p := s.records[i].profile; return this[p] && !other[p] }
	}
	d := diff(s.part(of(inA, inB)), s.part(of(inB, inA)), shared)
	d.A.By, d.B.By = new(a.String()), new(b.String())
	return d
}

// part is some of the calls of a set.
type part struct {
	s   *Set
	all tally
	Side
}

func (s *Set) part(has func(i int) bool) *part {
	p := &part{s: s}
	groups := make([]tally, len(s.values.names))
	profiles := s.profileLists()
	for i := range s.records {
		if has(i) {
			p.all.add(&s.records[i])
			for _, v := range profiles[s.records[i].profile] {
				groups[v].calls++
			}
		}
	}
	p.Side = Side{Results: s.results, Repeats: s.repeats, Calls: p.all.calls, Evaluable: p.all.evaluable, BothLogs: p.all.both}
	p.FirstDay, p.LastDay = s.span(groups)
	return p
}

// diff compares all rates of which either side counts a call.
func diff(a, b *part, shared int) *Diff {
	d := &Diff{Schema: DiffSchema, A: a.Side, B: b.Side, Shared: shared}
	sharesA, sharesB := a.s.shares(&a.all), b.s.shares(&b.all)
	severity := map[rateKey]*string{}
	var keys []rateKey
	for _, side := range []struct {
		s   *Set
		all map[rateKey]share
	}{{a.s, sharesA}, {b.s, sharesB}} {
		for _, key := range side.s.list(side.all) {
			if key == (rateKey{KindOutcome, outcomes[0]}) { // says the same as the failed
				continue
			}
			if _, have := severity[key]; !have {
				severity[key] = side.s.severity(key)
				keys = append(keys, key)
			}
		}
	}
	evidence := map[rateKey]float64{}
	for _, key := range keys {
		row := Row{Kind: key.kind, Name: key.name, Severity: severity[key], Verdict: TooFew}
		x, y := sharesA[key], sharesB[key]
		row.A, row.B = x.share(), y.share()
		if x.of > 0 && y.of > 0 {
			difference, low, high := newcombe(x.n, x.of, y.n, y.of)
			row.Difference, row.Low, row.High = new(rounded(difference)), new(rounded(low)), new(rounded(high))
			row.Verdict, evidence[key] = judge(x, y, difference, low, high)
		}
		d.count(&row)
		d.Rows = append(d.Rows, row)
	}
	slices.SortStableFunc(d.Rows, func(a, b Row) int {
		return cmp.Or(
			boolRank(a.Verdict != TooFew)-boolRank(b.Verdict != TooFew),
			cmp.Compare(evidence[rateKey{b.Kind, b.Name}], evidence[rateKey{a.Kind, a.Name}]),
			strings.Compare(a.Kind, b.Kind), strings.Compare(a.Name, b.Name),
		)
	})
	return d
}

// judge says what a difference shows. The evidence is how far it is from none, in parts of the way to the end of the
// interval that lies on that side: above 1 the interval does not hold 0.
func judge(a, b share, difference, low, high float64) (verdict string, evidence float64) {
	toZero := difference - low
	if difference < 0 {
		toZero = high - difference
	}
	evidence = rounded(math.Abs(difference) / toZero)
	switch {
	case a.of < few || b.of < few:
		return TooFew, evidence
	case high < 0:
		return Lower, evidence
	case low > 0:
		return Higher, evidence
	}
	return Unsure, evidence
}

func (d *Diff) count(row *Row) {
	switch row.Verdict {
	case TooFew:
		return
	case Lower, Higher:
		d.Sure++
	}
	d.Judged++
}

func (s share) share() Share {
	if s.of == 0 {
		return Share{N: s.n}
	}
	low, high := wilson(s.n, s.of)
	return Share{s.n, s.of, new(rounded(float64(s.n) / float64(s.of))), new(rounded(low)), new(rounded(high))}
}
