package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// matter is one row of the summary: the signature that calls failed of or that is about devices, or, without a finding, a
// way in which calls ended that no signature explains.
type matter struct {
	finding *Finding
	mark    string // as of a row
	calls   []row
	failed  int // calls that failed, of which this is the main finding
}

// matters are the rows of the summary, what matters most first, and what was found beside them: findings that come with
// another cause, or that are mild and on completed calls. A critical finding is never among those.
func (v *view) matters() (list []matter, beside []*Finding) {
	at := map[string]int{}
	add := func(f *Finding, rw row, key string) {
		n, ok := at[key]
		if !ok {
			n = len(list)
			at[key] = n
			list = append(list, matter{finding: f, mark: rw.mark})
		}
		if seen := list[n].calls; rw.call != nil && (len(seen) == 0 || seen[len(seen)-1].call != rw.call) {
			list[n].calls = append(list[n].calls, rw)
			if f == rw.main && failed(rw.call) {
				list[n].failed++
			}
		}
	}
	byID := map[string]row{}
	for _, rw := range v.rows {
		byID[rw.call.ID] = rw
		if rw.mark != markOK && rw.main == nil {
			add(nil, rw, strings.Join(append([]string{rw.call.Stage, rw.call.Outcome}, rw.missing...), "\x00"))
		}
		for i := range rw.call.Findings {
			f := &rw.call.Findings[i]
			if rw.mark != markOK && f == rw.main || f.Severity == "critical" {
				add(f, rw, matterKey(f))
			}
		}
	}
	for i := range v.r.Findings {
		f := &v.r.Findings[i]
		add(f, row{}, matterKey(f))
		for _, id := range f.Calls {
			if rw, ok := byID[id]; ok {
				add(f, rw, matterKey(f))
			}
		}
	}
	seen := map[string]bool{}
	for _, rw := range v.rows {
		for i := range rw.call.Findings {
			f := &rw.call.Findings[i]
			key := matterKey(f)
			if _, ok := at[key]; !ok && !seen[key] {
				seen[key] = true
				beside = append(beside, f)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b matter) int { return cmp.Or(a.rank()-b.rank(), b.failed-a.failed, len(b.calls)-len(a.calls)) })
	slices.SortStableFunc(beside, func(a, b *Finding) int { return severityRank(a.Severity) - severityRank(b.Severity) })
	return list, beside
}

// matterKey is equal for findings that are one row: of one signature, proven or not.
func matterKey(f *Finding) string { return f.Signature + "\x00" + f.Certainty }

// rank orders by severity, of one severity what is proven first. A failure without a finding is an error that nothing
// proves.
func (m matter) rank() int {
	if m.finding == nil {
		return 2*severityRank("error") + 1
	}
	rank := 2 * severityRank(m.finding.Severity)
	if m.finding.Certainty == "lead" {
		rank++
	}
	return rank
}

// failed reports whether a call did not complete as far as that is known, as Summary counts.
func failed(c *Call) bool {
	return c.Outcome != string(correlate.Completed) && c.Outcome != string(correlate.UnknownOutcome)
}

// most is the signature that most of the failed calls failed of, of several the gravest; false if no signature says why
// any call failed.
func most(list []matter) (m matter, ok bool) {
	for _, other := range list {
		if other.finding != nil && other.failed > m.failed {
			m = other
		}
	}
	return m, m.failed > 0
}

// named gives the id by which show finds a call: its end, if that is enough.
func (v *view) named(rw row) string {
	end := cells.Visible(strings.TrimPrefix(rw.room, "…"))
	if _, err := correlate.Named(end, v.r.callIDs()); err != nil || strings.HasPrefix(end, "-") {
		end = cells.Visible(rw.call.ID)
	}
	return shellWord(end)
}

// anyPath stands in commands for what was scanned, where that is not known or none of the reader's business.
const anyPath = "PATH"

// scanned gives, for a shell, what was scanned, and the keys that opened something of it.
func (v *view) scanned() string {
	paths := v.paths()
	for _, o := range v.coverage.opened {
		if !strings.HasSuffix(o.Key, ")") { // a number that tells it from another file of that name
			paths += " --key " + shellWord(o.Key)
		}
	}
	return paths
}

// paths gives, for a shell, the paths that hold the inputs: the folder that all are in, or a few, or anyPath where a
// pseudonym or standard input is in the way.
func (v *view) paths() string {
	var paths [][]string
	seen := map[string]bool{}
	for i := range v.r.Inputs {
		name, _, _ := strings.Cut(v.r.Inputs[i].Name, "!") // of a file in an archive, the archive
		if seen[name] {
			continue
		}
		seen[name] = true
		if name == "-" || strings.HasPrefix(name, "-") || v.pseudonym(name) {
			return anyPath
		}
		paths = append(paths, strings.Split(name, "/"))
	}
	if len(paths) == 0 {
		return anyPath
	}
	const short = 40
	common := paths[0]
	if len(paths) == 1 && len(v.r.Inputs) == 1 && len(v.r.Inputs[0].Name) > short { // the name of a log is long, and its folder is enough
		common = common[:len(common)-1]
	}
	for _, p := range paths[1:] {
		n := 0
		for n < min(len(common), len(p)-1) && common[n] == p[n] {
			n++
		}
		common = common[:n]
	}
	if path := strings.Join(common, "/"); path != "" {
		return shellWord(path)
	}
	const few = 3
	var first []string
	for _, p := range paths {
		if word := shellWord(p[0]); p[0] != "" && !slices.Contains(first, word) {
			first = append(first, word)
		}
	}
	switch {
	case len(common) > 0 || len(first) == 0: // the root of the file system
		return anyPath
	case len(first) > few:
		return "."
	}
	return strings.Join(first, " ")
}

// pseudonym reports whether a name of a file was redacted, so that no file has it.
func (v *view) pseudonym(name string) bool {
	return strings.Contains(name, "<dropped ") || slices.ContainsFunc(v.r.Redaction.Counts, func(c RedactedKind) bool {
		return strings.Contains(name, c.Kind+"#")
	})
}
