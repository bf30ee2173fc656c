package correlate

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// maxRivals bounds with how many logs of which none repeats another a vague log is compared for the sake of one line.
const maxRivals = 16

// vague reports whether the lines of a log do not tell it from others: they show neither a process nor more of the time
// than seconds, so that both parties of a call, say, print the same ones.
func vague(l *extract.Log) bool {
	return !slices.ContainsFunc(l.Events, func(e extract.Event) bool { return e.PID != 0 || e.Time.Nanosecond() != 0 })
}

// partVague marks the lines of vague logs, so that only logs which repeat each other have lines in common.
func partVague(logs []*extract.Log, lines [][]line) {
	groups := make([]int, len(logs)) // numbers above 0 of logs that repeat each other
	rivals := map[line][]int{}       // of the logs with a line, one of each group
	for i, l := range logs {
		if !vague(l) {
			continue
		}
		groups[i] = i + 1
		if j := repeated(i, logs, lines, rivals); j >= 0 {
			groups[i] = groups[j]
		}
		for _, k := range lines[i] {
			ours := func(j int) bool { return groups[j] == groups[i] }
			if len(rivals[k]) < maxRivals && !slices.ContainsFunc(rivals[k], ours) {
				rivals[k] = append(rivals[k], i)
			}
		}
	}
	for i, of := range groups {
		for n := range lines[i] {
			lines[i][n].of = of
		}
	}
}

// repeated returns one of the rivals that the i-th log repeats, -1 if there is none.
func repeated(i int, logs []*extract.Log, lines [][]line, rivals map[line][]int) int {
	seen := map[int]bool{}
	for _, k := range lines[i] {
		for _, j := range rivals[k] {
			if seen[j] {
				continue
			}
			seen[j] = true
			if oneSide(logs[i], logs[j]) && repeats(lines[i], lines[j]) {
				return j
			}
		}
	}
	return -1
}

func oneSide(a, b *extract.Log) bool {
	return a.Side == b.Side || a.Side == extract.UnknownSide || b.Side == extract.UnknownSide
}

// repeats reports whether of the time that two logs have in common both tell the same.
func repeats(a, b []line) bool {
	from, to := bounds(a)
	since, until := bounds(b)
	if since.After(from) {
		from = since
	}
	if until.Before(to) {
		to = until
	}
	both := func(k line) bool { return !k.at.Before(from) && !k.at.After(to) }
	told := map[line]bool{}
	for _, k := range a {
		if both(k) {
			told[k] = true
		}
	}
	for _, k := range b {
		if both(k) && !told[k] {
			return false
		}
		delete(told, k)
	}
	return len(told) == 0
}

// bounds returns the earliest time of lines and the latest.
func bounds(lines []line) (from, to time.Time) {
	from, to = lines[0].at, lines[0].at
	for _, k := range lines {
		if k.at.Before(from) {
			from = k.at
		}
		if k.at.After(to) {
			to = k.at
		}
	}
	return from, to
}
