package report

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// What an index holds at most, so that it stays small where there are thousands of devices.
const (
	maxPageItems = 200 // of a list
	maxParties   = 500 // to filter by
	maxExamples  = 3   // calls named beside a signature
)

// overviewPage is the index of a folder, or all of a report on one page.
type overviewPage struct {
	Title, Header, Own      string // Own is the language to begin with
	Counts, Facts           []string
	HasCalls                bool
	Filters                 []htmlFilter
	Rows                    iter.Seq[overviewRow]
	MoreCalls               string
	General                 []findingCard
	GeneralLines            *linePage
	Groups                  []findingGroup
	Sections                iter.Seq[*callSection]
	Logs                    [][]string
	MoreLogs                string
	Notes, Clocks, Coverage []string
	Checked                 *checkedPage
	Next                    []nextStep
}

// htmlFilter is a choice that the script offers; rows have the indices of its options.
type htmlFilter struct {
	Label, Name string
	Options     []htmlOption
	index       map[string]int
}

type htmlOption struct{ Value, Text string }

// overviewRow is a row of the table of calls.
type overviewRow struct {
	Filters                                                                 string // the options of each filter
	Class, Mark, Ref, Room, Full, Start, StageText, OutcomeText, Talk, Main string
}

// findingGroup is a signature that fired on calls.
type findingGroup struct {
	Class, Mark, Title, Signature, Calls string
	Rooms                                []callRef

	rank, count int
}

type callRef struct{ Ref, Room string }

type nextStep struct {
	Why      string
	Commands []string
}

func (s *site) overview() *overviewPage {
	v := s.v
	o := &overviewPage{
		Title: "xlogscan", Header: s.brief(s.header(v)), Own: s.first, HasCalls: len(v.rows) > 0, Groups: s.groups(),
		Clocks: s.listed(len(v.clocks), func(i int) string { return s.clock(v.clocks[i]) }), Coverage: s.coverageItems(),
		Sections: s.sections(),
	}
	if o.HasCalls {
		o.Counts = s.callCounts(v.r.Summary)
		for _, fact := range s.spread(&v.r.Fleet) {
			o.Facts = append(o.Facts, s.brief(fact))
		}
		o.Checked = s.judged(v)
	}
	if text := s.verdict(v); text != "" {
		o.Facts = append(o.Facts, text)
	}
	o.Filters = s.filters()
	o.Rows = s.overviewRows(o.Filters)
	left := 0
	for _, shown := range s.shown {
		if !shown {
			left++
		}
	}
	if left > 0 {
		o.MoreCalls = fmt.Sprintf(s.html.moreCalls, s.count(left, s.nCalls))
	}
	lines := s.newLinePage("general")
	for i := range v.r.Findings {
		if i == maxPageItems {
			break
		}
		for _, shared := range v.shared {
			if shared.Finding == &v.r.Findings[i] {
				o.General = append(o.General, s.card(shared.Finding, s.brief(s.where(shared)), lines))
			}
		}
	}
	o.GeneralLines = lines.page()
	s.logTable(o)
	for _, st := range v.next {
		if st.kind != attach { // this is one
			o.Next = append(o.Next, nextStep{s.why(st), st.commands})
		}
	}
	return o
}

// listed returns the first items of a list and how many are left out.
func (s *site) listed(n int, item func(int) string) []string {
	var out []string
	for i := range n {
		if i == maxPageItems {
			return append(out, fmt.Sprintf(s.more, thousands(n-i)))
		}
		out = append(out, s.long(item(i)))
	}
	return out
}

// sections are the calls of a report that is one page, made one by one.
func (s *site) sections() iter.Seq[*callSection] {
	return func(yield func(*callSection) bool) {
		for n := range s.v.rows {
			if !s.folder && s.shown[n] && !yield(s.section(n)) {
				return
			}
		}
	}
}

func (s *site) coverageItems() []string {
	v, c := s.v, s.v.coverage
	items := []string{s.coveredAndSkipped(v)}
	items = append(items, s.listed(len(c.lost), func(i int) string { return s.lostText(v, &c.lost[i]) })...)
	items = append(items, s.adviceTexts(c)...)
	items = append(items, s.listed(len(c.unwritten), func(i int) string { return s.unwrittenText(v, c.unwritten[i]) })...)
	items = append(items, s.listed(len(c.locked), func(i int) string { return s.lockedText(c.locked[i]) })...)
	if text := s.openedText(c); text != "" {
		items = append(items, s.long(text))
	}
	return append(items, s.listed(len(v.unread), func(i int) string { return s.unreadText(&v.unread[i]) })...)
}

func (s *site) logTable(o *overviewPage) {
	var notes []string
	for i, g := range s.v.logs {
		notes = append(notes, g.notes...)
		if i >= maxPageItems {
			continue
		}
		from, to := s.dash, s.dash
		if g.first != nil && g.last != nil {
			from, to = g.first.Format("2006-01-02 15:04:05 -07:00"), g.last.Format("2006-01-02 15:04:05 -07:00")
		}
		side := s.dash
		if g.side != "" {
			side = s.brief(s.say(g.side))
		}
		o.Logs = append(o.Logs, []string{
			side, s.brief(g.label), thousands(len(g.inputs)), bytesOf(g.bytes), from, to, s.brief(strings.Join(g.versions(), s.comma)),
		})
	}
	notes = distinct(notes)
	o.Notes = s.listed(len(notes), func(i int) string { return notes[i] })
	if rest := s.v.logs[len(o.Logs):]; len(rest) > 0 {
		files := 0
		for _, g := range rest {
			files += len(g.inputs)
		}
		o.MoreLogs = fmt.Sprintf(s.html.moreLogs, s.count(len(rest), s.nFolders), s.count(files, s.nFiles))
	}
}

// filters are what the calls can be chosen by: in the order of the calls' frequency for parties, by name else.
func (s *site) filters() []htmlFilter {
	outcomes, stages, signatures, parties := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, rw := range s.v.rows {
		outcomes[rw.call.Outcome]++
		stages[rw.call.Stage]++
		for _, id := range s.signaturesOf(rw.call) {
			signatures[id]++
		}
		for _, label := range s.partiesOf(rw.call) {
			parties[label]++
		}
	}
	return []htmlFilter{
		s.filter(s.outcome, "outcome", outcomes), s.filter(s.stage, "stage", stages),
		s.filter(s.html.signature, "signature", signatures), s.filter(s.html.party, "party", parties),
	}
}

func (s *site) filter(label, name string, values map[string]int) htmlFilter {
	f := htmlFilter{Label: label, Name: name, index: map[string]int{}}
	for value := range values {
		f.Options = append(f.Options, htmlOption{Value: value})
	}
	slices.SortFunc(f.Options, func(a, b htmlOption) int {
		return cmp.Or(values[b.Value]-values[a.Value], strings.Compare(a.Value, b.Value))
	})
	f.Options = f.Options[:min(len(f.Options), maxParties)]
	slices.SortFunc(f.Options, func(a, b htmlOption) int { return strings.Compare(a.Value, b.Value) })
	for i := range f.Options {
		option := &f.Options[i]
		f.index[option.Value] = i
		option.Text = s.clip(s.say(option.Value), 60)
		option.Value = s.clip(option.Value, 60)
	}
	return f
}

// of gives the indices of values as a row has them.
func (f *htmlFilter) of(values ...string) string {
	var out []string
	for _, value := range values {
		if n, ok := f.index[value]; ok {
			out = append(out, strconv.Itoa(n))
		}
	}
	return strings.Join(out, " ")
}

// signaturesOf names the signatures that fired on a call or its devices, each once.
func (s *site) signaturesOf(c *Call) []string {
	var ids []string
	for _, f := range s.found(c) {
		ids = append(ids, f.Signature)
	}
	return distinct(ids)
}

// partiesOf names the logs of both sides of a call.
func (s *site) partiesOf(c *Call) []string {
	var labels []string
	for _, p := range c.Parties {
		if label := s.v.label(c, p.Role); label != "" {
			labels = append(labels, label)
		}
	}
	return distinct(labels)
}

// overviewRows are the rows of the table, made one by one.
func (s *site) overviewRows(filters []htmlFilter) iter.Seq[overviewRow] {
	return func(yield func(overviewRow) bool) {
		for n, rw := range s.v.rows {
			c := rw.call
			out := overviewRow{
				Filters: strings.Join([]string{
					filters[0].of(c.Outcome), filters[1].of(c.Stage), filters[2].of(s.signaturesOf(c)...), filters[3].of(s.partiesOf(c)...),
				}, ","),
				Class: rw.mark, Mark: s.mark[rw.mark], Ref: s.ref(n), Room: cells.ClipHead(s.id(rw.room), 40, s.ellipsis),
				Start: s.clockTime(c.Start, s.v.moreDays), StageText: s.clip(s.say(c.Stage), 40),
				OutcomeText: s.clip(s.say(c.Outcome), 40), Talk: s.talked(c), Main: s.clip(s.mainText(rw), 80),
			}
			if c.ID != rw.room {
				out.Full = s.clip(c.ID, 80)
			}
			if !yield(out) {
				return
			}
		}
	}
}

// groups are the signatures that fired on calls, the worst and most frequent first.
func (s *site) groups() []findingGroup {
	var groups []findingGroup
	at := map[string]int{}
	for n, rw := range s.v.rows {
		seen := map[int]bool{}
		for i := range rw.call.Findings {
			f := &rw.call.Findings[i]
			key := f.Signature + "\x00" + f.Certainty
			g, ok := at[key]
			if !ok {
				g = len(groups)
				at[key] = g
				groups = append(groups, findingGroup{
					Class: s.classOf(f), Mark: s.markOfFinding(f), Title: s.brief(s.groupTitle(f)), Signature: s.brief(f.Signature),
					rank: severityRank(f.Severity),
				})
			}
			if seen[g] {
				continue
			}
			seen[g] = true
			groups[g].count++
			if len(groups[g].Rooms) < maxExamples {
				groups[g].Rooms = append(groups[g].Rooms, callRef{s.ref(n), cells.ClipHead(s.id(rw.room), 40, s.ellipsis)})
			}
		}
	}
	for i := range groups {
		groups[i].Calls = thousands(groups[i].count)
	}
	slices.SortStableFunc(groups, func(a, b findingGroup) int { return cmp.Or(a.rank-b.rank, b.count-a.count) })
	return groups[:min(len(groups), maxPageItems)]
}

// groupTitle is the title of a finding, with a word where it is a lead.
func (s *site) groupTitle(f *Finding) string {
	if f.Certainty == "lead" {
		return s.title(f) + fmt.Sprintf(s.aside, s.lead)
	}
	return s.title(f)
}
