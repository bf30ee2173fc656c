package report

import (
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// leastEnd is how much of an id stands for the whole, in bytes.
const leastEnd = 4

// Find returns the ids of the calls that room names: by their id, room id or media room, or else by the end of one of
// these, as tables show it. More than one means that the end is not enough.
func (r *Report) Find(room string) []string {
	if whole := r.callIDs(func(id string) bool { return id == room }); len(whole) > 0 {
		return whole
	}
	end := strings.TrimPrefix(strings.TrimPrefix(room, "…"), "...")
	if len(end) < leastEnd {
		return nil
	}
	return r.callIDs(func(id string) bool { return strings.HasSuffix(id, end) })
}

// callIDs returns the ids of the calls of which an id is as asked, each once.
func (r *Report) callIDs(ok func(string) bool) []string {
	var ids []string
	for i := range r.Calls {
		c := &r.Calls[i]
		named := func(id *string) bool { return id != nil && ok(*id) }
		if (ok(c.ID) || named(c.RoomID) || named(c.MediaRoomID)) && !slices.Contains(ids, c.ID) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Rooms returns for each call what Find takes for it: the shortest end of its id that tells it from the others, visible.
func (r *Report) Rooms() []string {
	ids := make([]string, len(r.Calls))
	for i := range r.Calls {
		ids[i] = r.Calls[i].ID
	}
	for i, short := range shortIDs(ids) {
		ids[i] = cells.Visible(strings.TrimPrefix(short, "…"))
	}
	return ids
}
