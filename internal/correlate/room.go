package correlate

import (
	"fmt"
	"slices"
	"strings"
)

// leastSuffix is how much of an id stands for the whole, in bytes.
const leastSuffix = 4

// NoRoom is an error that says that an id names no call, or that its end names several.
type NoRoom struct {
	Room string
	Fits []string // ids of calls that end so, two or more; empty: none does
	IDs  []string // of all calls
}

func (e *NoRoom) Error() string {
	switch {
	case len(e.Fits) > 0:
		return fmt.Sprintf("%d calls end in %s, among them %s and %s: give more of the id", len(e.Fits), e.Room, e.Fits[0], e.Fits[1])
	case len(e.IDs) == 0:
		return fmt.Sprintf("no call has the room %s: there is no call in the logs", e.Room)
	case len(e.IDs) == 1:
		return fmt.Sprintf("no call has the room %s: the only one is %s", e.Room, e.IDs[0])
	}
	return fmt.Sprintf("no call has the room %s: the nearest of %d is %s", e.Room, len(e.IDs), nearest(e.IDs, e.Room))
}

// InRoom returns the calls that an id names, as Named has it.
func InRoom(calls []*Call, room string) ([]*Call, error) {
	ids := make([][]string, len(calls))
	for i, c := range calls {
		ids[i] = []string{c.ID, c.RoomID, c.MediaRoomID}
	}
	named, err := Named(room, ids)
	if err != nil {
		return nil, err
	}
	list := make([]*Call, len(named))
	for i, n := range named {
		list[i] = calls[n]
	}
	return list, nil
}

// Named returns which calls have an id, given the ids of each, its own first: a room id, a media room id or the name of a
// call without one, or the end of one such id, as tables show it. The error is a NoRoom.
func Named(room string, ids [][]string) ([]int, error) {
	pick := func(fits func(id string) bool) (list []int) {
		for i, of := range ids {
			if slices.ContainsFunc(of, fits) {
				list = append(list, i)
			}
		}
		return list
	}
	if list := pick(func(id string) bool { return id == room }); len(list) > 0 {
		return list, nil
	}
	end := strings.TrimPrefix(strings.TrimPrefix(room, "…"), "...")
	var list []int
	if len(end) >= leastSuffix {
		list = pick(func(id string) bool { return strings.HasSuffix(id, end) })
	}
	var fits, all []string
	for _, n := range list {
		fits = append(fits, ids[n][0])
	}
	for _, of := range ids {
		all = append(all, of[0])
	}
	if fits = distinct(fits); len(fits) != 1 {
		return nil, &NoRoom{room, fits, distinct(all)}
	}
	return list, nil
}

// distinct returns ids, each once.
func distinct(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// nearest returns the id that has most of its end in common with room, the first of several.
func nearest(ids []string, room string) string {
	best, most := ids[0], -1
	for _, id := range ids {
		n := 0
		for n < min(len(id), len(room)) && id[len(id)-1-n] == room[len(room)-1-n] {
			n++
		}
		if n > most {
			best, most = id, n
		}
	}
	return best
}
