package fleet

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// TopRooms is how many calls to look at a report has.
const TopRooms = 10

// perCause is how many of them have one cause.
const perCause = 2

// rooms chooses up to n failed calls to look at: of each signature that is the cause of some, the gravest and then the most
// frequent first, those that are most like the others of that cause. Alike means that the same signatures fired; of
// calls that are equally so, those with both logs and the latest come first.
func (s *Set) rooms(n int) []Room {
	if n == 0 {
		return nil
	}
	like := map[[2]int]int{} // calls by cause and verdicts that fired
	byCause := map[int][]int{}
	firing := s.firing()
	for i := range s.records {
		if r := &s.records[i]; r.cause >= 0 && r.failed() && severityWords[s.severities[r.cause]] != string(signature.Info) {
			like[[2]int{r.cause, firing[r.verdicts]}]++
			byCause[r.cause] = append(byCause[r.cause], i)
		}
	}
	var causes []int
	for sig := range byCause {
		causes = append(causes, sig)
	}
	slices.SortFunc(causes, func(a, b int) int {
		return cmp.Or(
			int(s.severities[a])-int(s.severities[b]), len(byCause[b])-len(byCause[a]),
			strings.Compare(s.signatures.names[a], s.signatures.names[b]),
		)
	})
	days := s.days()
	typical := func(a, b int) int {
		x, y := &s.records[a], &s.records[b]
		return cmp.Or(
			like[[2]int{y.cause, firing[y.verdicts]}]-like[[2]int{x.cause, firing[x.verdicts]}],
			boolRank(x.both)-boolRank(y.both),
			strings.Compare(days[y.profile], days[x.profile]),
			strings.Compare(x.room, y.room),
		)
	}
	chosen := []Room{}
	for _, sig := range causes {
		calls := slices.DeleteFunc(byCause[sig], func(i int) bool { return s.records[i].room == "" })
		slices.SortFunc(calls, typical)
		for _, i := range calls[:min(perCause, len(calls), n-len(chosen))] {
			chosen = append(chosen, s.room(&s.records[i], days))
		}
	}
	return chosen
}

// boolRank is 0 for true, which comes first.
func boolRank(b bool) int {
	if b {
		return 0
	}
	return 1
}

// firing numbers the lists of signatures that fired, by the verdicts.
func (s *Set) firing() []int {
	var lists symbols
	ids := make([]int, len(s.verdicts.names))
	for i, v := range s.verdicts.names {
		var only []byte
		eachVerdict(v, func(sig int, is verdict) {
			if is == fired {
				only = setVerdict(only, sig, fired)
			}
		})
		ids[i] = lists.id(string(only))
	}
	return ids
}

// days gives the day of each profile, "" where it has none.
func (s *Set) days() []string {
	days := make([]string, len(s.profiles.names))
	for i, list := range s.profileLists() {
		for _, v := range list {
			if d, ok := strings.CutPrefix(s.values.names[v], day+" "); ok {
				days[i] = d
			}
		}
	}
	return days
}

func (s *Set) room(r *record, days []string) Room {
	room := Room{
		Room: r.room, Outcome: outcomes[r.outcome], BothLogs: r.both,
		Cause: s.signatures.names[r.cause], Severity: severityWords[s.severities[r.cause]],
	}
	if int(r.stage) < len(stages) {
		room.Stage = stages[r.stage]
	}
	if d := days[r.profile]; d != "" {
		room.Day = &d
	}
	eachVerdict(s.verdicts.names[r.verdicts], func(sig int, is verdict) {
		if is == fired {
			room.Signatures = append(room.Signatures, s.signatures.names[sig])
		}
	})
	slices.Sort(room.Signatures)
	return room
}
