package correlate

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// line is what tells an event from all others: a line that is copied is equal to the millisecond, process and thread.
type line struct {
	at   time.Time
	text string
	nth  int // the same line may well come twice in one log: double bindings
	of   int // of a vague log: by which it is told from other logs, above 0
}

func linesOf(l *extract.Log) []line {
	seen := map[line]int{}
	lines := make([]line, len(l.Events))
	for i := range l.Events {
		k := line{at: l.Events[i].Time.UTC(), text: l.Events[i].Text}
		seen[k]++
		k.nth = seen[k]
		lines[i] = k
	}
	return lines
}

// withoutCopies returns the logs with every event told once: a log that was pulled again later, or lies in two
// folders, repeats lines. A log whose events are all in another is left out; where two overlap, the events stay with the
// first. The logs given are not changed.
func withoutCopies(logs []*extract.Log) []*extract.Log {
	holders := map[line][]int{}
	lines := make([][]line, len(logs))
	for i, l := range logs {
		lines[i] = linesOf(l)
	}
	partVague(logs, lines)
	for i := range logs {
		for _, k := range lines[i] {
			holders[k] = append(holders[k], i)
		}
	}
	told := teller{}
	var kept []*extract.Log
	for i, l := range logs {
		// A log that has all events of this one is a larger one, or an equal one that comes first.
		if len(lines[i]) == 0 || !contained(lines[i], holders, func(j int) bool {
			return j != i && (len(lines[j]) > len(lines[i]) || len(lines[j]) == len(lines[i]) && j < i)
		}) {
			kept = append(kept, told.once(l, lines[i]))
		}
	}
	return kept
}

// teller knows the lines that were told already.
type teller map[line]bool

// once returns the log without the events that were told already: the log itself if there are none.
func (t teller) once(l *extract.Log, lines []line) *extract.Log {
	fresh := make([]extract.Event, 0, len(lines))
	for n, k := range lines {
		if !t[k] {
			t[k] = true
			fresh = append(fresh, l.Events[n])
		}
	}
	if len(fresh) == len(l.Events) {
		return l
	}
	c := *l
	c.Events = fresh
	return &c
}

// contained reports whether one log that satisfies other holds all keys.
func contained[K comparable](keys []K, holders map[K][]int, other func(int) bool) bool {
	count := map[int]int{}
	for _, k := range keys {
		for _, j := range holders[k] {
			if other(j) {
				count[j]++
			}
		}
	}
	for _, n := range count {
		if n == len(keys) {
			return true
		}
	}
	return false
}
