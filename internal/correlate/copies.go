package correlate

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// withoutCopies returns the logs with every event told once: a log that was pulled again later, or lies in two
// folders, repeats lines that are equal to the millisecond, process and thread. A log whose events are all in another
// is left out; where two overlap, the events stay with the first. The logs given are not changed.
func withoutCopies(logs []*extract.Log) []*extract.Log {
	type line struct {
		at   time.Time
		text string
		nth  int // the same line may well come twice in one log: double bindings
	}
	keysOf := func(l *extract.Log) []line {
		seen := map[line]int{}
		keys := make([]line, len(l.Events))
		for i := range l.Events {
			k := line{at: l.Events[i].Time.UTC(), text: l.Events[i].Text}
			seen[k]++
			k.nth = seen[k]
			keys[i] = k
		}
		return keys
	}
	holders := map[line][]int{}
	keys := make([][]line, len(logs))
	for i, l := range logs {
		keys[i] = keysOf(l)
		for _, k := range keys[i] {
			holders[k] = append(holders[k], i)
		}
	}
	// inside[i] is the log that has all events of log i: a larger one, or an equal one that comes first.
	whole := make([]bool, len(logs))
	for i := range logs {
		whole[i] = len(keys[i]) == 0 || !contained(keys[i], holders, func(j int) bool {
			return j != i && (len(keys[j]) > len(keys[i]) || len(keys[j]) == len(keys[i]) && j < i)
		})
	}
	told := map[line]bool{}
	var kept []*extract.Log
	for i, l := range logs {
		if !whole[i] {
			continue
		}
		c := *l
		c.Events = make([]extract.Event, 0, len(l.Events))
		for n, k := range keys[i] {
			if !told[k] {
				told[k] = true
				c.Events = append(c.Events, l.Events[n])
			}
		}
		kept = append(kept, &c)
	}
	return kept
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
