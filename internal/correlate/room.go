package correlate

import (
	"fmt"
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

// IDs are those of a call.
type IDs struct{ ID, RoomID, MediaRoomID string }

// IDs returns those of the call.
func (c *Call) IDs() IDs { return IDs{c.ID, c.RoomID, c.MediaRoomID} }

// InRoom returns the indexes of the calls with an id: a room id, a media room id or the name of a call without one, or
// the end of one such id, as tables show it. The error is a NoRoom.
func InRoom(calls []IDs, room string) ([]int, error) {
	pick := func(fits func(id string) bool) (list []int) {
		for i, c := range calls {
			if fits(c.RoomID) || fits(c.MediaRoomID) || fits(c.ID) {
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
	var picked []IDs
	for _, i := range list {
		picked = append(picked, calls[i])
	}
	if ids := idsOf(picked); len(ids) != 1 {
		return nil, &NoRoom{room, ids, idsOf(calls)}
	}
	return list, nil
}

// idsOf lists the ids of calls, each once.
func idsOf(calls []IDs) []string {
	var ids []string
	seen := map[string]bool{}
	for _, c := range calls {
		if !seen[c.ID] {
			seen[c.ID] = true
			ids = append(ids, c.ID)
		}
	}
	return ids
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
