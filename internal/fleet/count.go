package fleet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// severityWords are the severities, the worst first, and one for what has none.
var severityWords = append(texts(signature.Severities), "")

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// tally counts calls.
type tally struct {
	calls, evaluable, both int
	outcomes               [16]int // by the place in the list
	stages                 [16]int
	verdicts               map[int]int // calls by what the signatures come to on them
}

func (t *tally) add(r *record) {
	if t.verdicts == nil {
		t.verdicts = map[int]int{}
	}
	t.calls++
	if r.both {
		t.both++
	}
	t.verdicts[r.verdicts]++
	if !r.evaluable() {
		return
	}
	t.evaluable++
	t.outcomes[r.outcome]++
	if r.failed() {
		t.stages[r.stage]++
	}
}

// share is a number of calls of those that could have been counted.
type share struct{ n, of int }

// rateKey names a rate.
type rateKey struct{ kind, name string }

// shares gives all rates of a tally by their names.
func (s *Set) shares(t *tally) map[rateKey]share {
	m := map[rateKey]share{{KindAll, Failed}: {t.evaluable - t.outcomes[0], t.evaluable}}
	for i, o := range outcomes[:len(outcomes)-1] {
		m[rateKey{KindOutcome, o}] = share{t.outcomes[i], t.evaluable}
	}
	for i, name := range stages {
		m[rateKey{KindStage, name}] = share{t.stages[i], t.evaluable}
	}
	judged := make([]share, len(s.signatures.names))
	for v, calls := range t.verdicts {
		eachVerdict(s.verdicts.names[v], func(sig int, is verdict) {
			judged[sig].of += calls
			if is == fired {
				judged[sig].n += calls
			}
		})
	}
	for sig, sh := range judged {
		m[rateKey{KindSignature, s.signatures.names[sig]}] = sh
	}
	return m
}

// list names the rates of which some call is counted, in the order of the report: outcomes and stages as they come in a
// call, signatures by severity and number.
func (s *Set) list(all map[rateKey]share) []rateKey {
	var list []rateKey
	for key, sh := range all {
		if sh.n > 0 || key.kind == KindAll && sh.of > 0 {
			list = append(list, key)
		}
	}
	kinds := []string{KindAll, KindOutcome, KindStage, KindSignature}
	slices.SortFunc(list, func(a, b rateKey) int {
		return cmp.Or(
			slices.Index(kinds, a.kind)-slices.Index(kinds, b.kind),
			slices.Index(outcomes, a.name)-slices.Index(outcomes, b.name),
			slices.Index(stages, a.name)-slices.Index(stages, b.name),
			s.rank(a)-s.rank(b),
			all[b].n-all[a].n,
			strings.Compare(a.name, b.name),
		)
	})
	return list
}

// rank is that of the severity of a signature.
func (s *Set) rank(key rateKey) int {
	if key.kind != KindSignature {
		return 0
	}
	return int(s.severities[s.signatures.ids[key.name]])
}

// severity is that of a signature, nil of other rates.
func (s *Set) severity(key rateKey) *string {
	if w := severityWords[s.rank(key)]; key.kind == KindSignature && w != "" {
		return &w
	}
	return nil
}

// rates gives those of list that a tally has.
func (s *Set) rates(t *tally, list []rateKey) []Rate {
	all := s.shares(t)
	var rates []Rate
	for _, key := range list {
		sh := all[key]
		if sh.of == 0 {
			continue
		}
		low, high := wilson(sh.n, sh.of)
		rates = append(rates, Rate{
			Kind: key.kind, Name: key.name, Severity: s.severity(key), N: sh.n, Of: sh.of,
			Rate: rounded(float64(sh.n) / float64(sh.of)), Low: rounded(low), High: rounded(high), Few: sh.of < few,
		})
	}
	return rates
}

// Fleet counts the set, with up to rooms calls to look at.
func (s *Set) Fleet(rooms int) *Fleet {
	var all tally
	groups := make([]tally, len(s.values.names))
	profiles := s.profileLists()
	for i := range s.records {
		all.add(&s.records[i])
		for _, v := range profiles[s.records[i].profile] {
			groups[v].add(&s.records[i])
		}
	}
	list := s.list(s.shares(&all))
	f := &Fleet{
		Schema: Schema, Results: s.results, Repeats: s.repeats, Calls: all.calls, Evaluable: all.evaluable, BothLogs: all.both,
		Rates: s.rates(&all, list), Rooms: s.rooms(rooms),
	}
	known := s.known(profiles)
	for _, by := range Dimensions {
		f.Dimensions = append(f.Dimensions, s.dimension(by, known[by], groups, list))
	}
	f.FirstDay, f.LastDay = s.span(groups)
	return f
}

// profileLists gives the values of each profile.
func (s *Set) profileLists() [][]int {
	lists := make([][]int, len(s.profiles.names))
	for i, p := range s.profiles.names {
		for field := range strings.FieldsSeq(p) {
			v, _ := strconv.Atoi(field) // as Set.profile wrote it
			lists[i] = append(lists[i], v)
		}
	}
	return lists
}

// known counts, by dimension, the calls of which a log tells it.
func (s *Set) known(profiles [][]int) map[string]int {
	calls := make([]int, len(profiles))
	for i := range s.records {
		calls[s.records[i].profile]++
	}
	n := map[string]int{}
	for i, list := range profiles {
		has := map[string]bool{}
		for _, v := range list {
			by, _, _ := strings.Cut(s.values.names[v], " ")
			has[by] = true
		}
		for by := range has {
			n[by] += calls[i]
		}
	}
	return n
}

// maxGroups is how many groups of a dimension are in a report.
const maxGroups = 400

// dimension makes the groups of a fact: versions and days in their order, models by how many calls they have.
func (s *Set) dimension(by string, known int, groups []tally, list []rateKey) Dimension {
	d := Dimension{By: by, Known: known}
	var ids []int
	for id, name := range s.values.names {
		if strings.HasPrefix(name, by+" ") && groups[id].calls > 0 { // a later result may have taken its calls
			ids = append(ids, id)
		}
	}
	if len(ids) > maxGroups {
		slices.SortFunc(ids, func(a, b int) int {
			return cmp.Or(groups[b].calls-groups[a].calls, strings.Compare(s.values.names[a], s.values.names[b]))
		})
		d.More, ids = len(ids)-maxGroups, ids[:maxGroups]
	}
	slices.SortFunc(ids, func(a, b int) int {
		byCalls := 0
		if by == "model" {
			byCalls = groups[b].calls - groups[a].calls
		}
		return cmp.Or(byCalls, compareVersions(s.values.names[a], s.values.names[b]))
	})
	for _, id := range ids {
		t := &groups[id]
		_, value, _ := strings.Cut(s.values.names[id], " ")
		d.Groups = append(d.Groups, Group{Value: value, Calls: t.calls, Evaluable: t.evaluable, BothLogs: t.both, Rates: s.rates(t, list)})
	}
	return d
}

// compareVersions compares texts with the numbers in them as numbers: 2.10.0 comes after 2.9.1.
func compareVersions(a, b string) int {
	rest := [2]string{a, b}
	for rest[0] != "" && rest[1] != "" {
		var number, text [2]string
		for i, r := range rest {
			n := len(r) - len(strings.TrimLeft(r, "0123456789"))
			number[i], text[i] = strings.TrimLeft(r[:n], "0"), r[n:]
		}
		if c := cmp.Or(len(number[0])-len(number[1]), strings.Compare(number[0], number[1])); c != 0 {
			return c
		}
		for i, t := range text {
			n := strings.IndexAny(t, "0123456789")
			if n < 0 {
				n = len(t)
			}
			text[i], rest[i] = t[:n], t[n:]
		}
		if c := strings.Compare(text[0], text[1]); c != 0 {
			return c
		}
	}
	return cmp.Or(len(rest[0])-len(rest[1]), strings.Compare(a, b))
}

// span is the first and the last day of the calls.
func (s *Set) span(groups []tally) (first, last *string) {
	for id, name := range s.values.names {
		d, ok := strings.CutPrefix(name, day+" ")
		if !ok || groups[id].calls == 0 {
			continue
		}
		if first == nil || d < *first {
			first = &d
		}
		if last == nil || d > *last {
			last = &d
		}
	}
	return first, last
}
