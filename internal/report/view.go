package report

import (
	"slices"
	"unicode/utf8"
)

// view is what the readable renderings show, grouped once from the document. It holds the document's own strings:
// who prints them makes them visible.
type view struct {
	r         *Report
	logs      []logGroup
	unread    []Input // inputs that are no log, or could not be read as one
	clocks    []clockFact
	coverage  coverage
	rows      []row // every call, in the order of the document
	moreDays  bool  // calls start on more than one day
	sections  []section
	shared    []sharedFinding // on several calls, or on none
	completed []sharedFinding // on completed calls only
	unshown   int             // calls that did not complete and have no section, not even as one of many
	checked   checkedFacts
	next      []step

	labels map[string]string // input name to the label of its log
}

// row is a call in the table.
type row struct {
	call    *Call
	room    string // short form of the id, see shortIDs
	mark    string // severity word, ok or unknown
	main    *Finding
	missing []string // roles whose log is missing
}

// section is a call that did not complete, with its own findings, worst first. Findings told in view.shared are not in
// it. alike are further calls of the same kind that are only named.
type section struct {
	row
	findings []*Finding
	alike    []row
}

// sharedFinding is a finding told once for all the calls it is on.
type sharedFinding struct {
	*Finding
	calls []row
}

// maxSections is how many calls get a section of their own. Beyond that, calls with the same main finding, or the same
// stage and outcome where there is none, share the section of the first of them, and of those sections as many are
// shown, the worst and most frequent first.
const maxSections = 8

// newView groups r, in the form it would be saved in, so that a saved report looks the same. With all set, every call
// has its own section.
func newView(r *Report, all bool) *view {
	doc := normal(*r)
	r = &doc
	v := &view{r: r, labels: map[string]string{}}
	v.groupLogs()
	v.boundClocks()
	v.coverage = newCoverage(r)
	v.makeRows()
	v.splitFindings(all)
	v.checked = newChecked(r)
	v.suggest(anyPath)
	return v
}

// Marks of a call besides the severities.
const (
	markOK      = "ok"
	markUnknown = "unknown"
)

func (v *view) makeRows() {
	ids := make([]string, len(v.r.Calls))
	for i := range v.r.Calls {
		ids[i] = v.r.Calls[i].ID
	}
	short := shortIDs(ids)
	day := ""
	for i := range v.r.Calls {
		c := &v.r.Calls[i]
		rw := row{call: c, room: short[i], main: mainFinding(c)}
		for _, p := range c.Parties {
			if p.Coverage == "none" {
				rw.missing = append(rw.missing, p.Role)
			}
		}
		rw.mark = markOf(c, rw.main)
		v.rows = append(v.rows, rw)
		if c.Start != nil {
			d := c.Start.Format("2006-01-02")
			v.moreDays = v.moreDays || day != "" && d != day
			day = d
		}
	}
}

// markOf is the symbol of a call: ok and unknown come from the outcome, else the worst finding says how bad it is, and
// without any the failure itself is an error. A completed call stays ok with a warning that is about its set-up.
func markOf(c *Call, main *Finding) string {
	switch {
	case c.Outcome == "completed" && (main == nil || main.Severity == "info" || !grave(main) && main.Stage != c.Stage):
		return markOK
	case c.Outcome == "unknown":
		return markUnknown
	case main == nil:
		return "error"
	case main.Certainty == "lead":
		return markUnknown
	}
	return main.Severity
}

// mainFinding is the cause among the findings of c, which come in that order.
func mainFinding(c *Call) *Finding {
	if len(c.Findings) == 0 {
		return nil
	}
	return &c.Findings[0]
}

// grave reports whether a finding is an error or worse.
func grave(f *Finding) bool { return severityRank(f.Severity) <= severityRank("error") }

// severities in falling order.
var severities = []string{"critical", "error", "warning", "info"}

func severityRank(s string) int {
	if i := slices.Index(severities, s); i >= 0 {
		return i
	}
	return len(severities)
}

// shortIDs returns the ends of ids, with "…" in front: room ids share their beginning and differ in their last digits.
// They are as long as it takes to tell all ids apart, at least 8 runes and at most 24.
func shortIDs(ids []string) []string {
	distinct := map[string]bool{}
	for _, id := range ids {
		distinct[id] = true
	}
	n := 8
	for ; n < 24; n++ {
		seen := map[string]bool{}
		for id := range distinct {
			seen[lastRunes(id, n)] = true
		}
		if len(seen) == len(distinct) {
			break
		}
	}
	short := make([]string, len(ids))
	for i, id := range ids {
		short[i] = id
		if end := lastRunes(id, n); len(end)+1 < len(id) {
			short[i] = "…" + end
		}
	}
	return short
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}
