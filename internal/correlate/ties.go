package correlate

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

// Folder returns the folder whose logs are told apart no further before all of them are read: the device's, without the
// folders that tools and clients make in it. It may hold logs of several devices. The parts of a prefix, and all logs of a
// device, are in one.
func Folder(input string) string {
	dir, _ := split(input)
	for {
		up, base := split(dir)
		if !slices.Contains(leaves, strings.ToLower(base)) || up == dir {
			return dir
		}
		dir = up
	}
}

// Ties are what may tie a log to logs of other folders. Two logs of which Calls makes anything together share a tie, or one
// names what the other owns, but for calls that time alone joins; that they do says nothing yet, for two that share one may
// have nothing in common. Each list is sorted and holds nothing twice.
type Ties struct {
	Shared []uint64 `json:"shared"` // rooms, media rooms of a day, and lines without a room, which a copy repeats
	Owns   []uint64 `json:"owns"`   // what the log calls its own party; media rooms of a log that has no dates
	Names  []Naming `json:"names"`  // whom its calls are for; media rooms
	First  int64    `json:"first"`  // days since 1970 of the first line and the last
	Last   int64    `json:"last"`
	Dated  bool     `json:"dated"` // else the days say nothing
}

// Naming is an id that a line names, and its day, in days since 1970.
type Naming struct {
	ID  uint64 `json:"id"`
	Day int64  `json:"day"`
}

// TiesOf returns the ties of one log, whose times need not be settled yet.
func TiesOf(l *extract.Log) Ties {
	t := Ties{Dated: l.Stamp.Has(logline.HasYear), First: dayOf(l.First.UTC()), Last: dayOf(l.Last.UTC())}
	for i := range l.Events {
		e := &l.Events[i]
		day := dayOf(e.Time.UTC())
		if e.RoomID != "" {
			t.Shared = append(t.Shared, hashOf("room", e.RoomID))
		} else {
			t.Shared = append(t.Shared, hashOf("line", e.Time.UTC().Format(time.RFC3339Nano), e.Text))
		}
		if m := e.MediaRoomID; m != "" { // numbers come again after days
			id := hashOf("media", m)
			t.Names = append(t.Names, Naming{id, day})
			if t.Dated {
				t.Shared = append(t.Shared, hashOf("media", m, strconv.FormatInt(day, 10)), hashOf("media", m, strconv.FormatInt(day+1, 10)))
			} else {
				t.Owns = append(t.Owns, id)
			}
		}
		if e.ListenerID != "" {
			id := hashOf("id", e.ListenerID)
			t.Names = append(t.Names, Naming{id, day})
			if e.Name == extract.AlertShown {
				t.Owns = append(t.Owns, id)
			}
		}
	}
	for _, list := range []*[]uint64{&t.Shared, &t.Owns} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	slices.SortFunc(t.Names, func(a, b Naming) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Day, b.Day)) })
	t.Names = slices.Compact(t.Names)
	return t
}

// Reach is how many days the day of a naming may be from the days of the logs whose owner it means: one for what attend
// allows, and one for each side's zone, that may not be known yet.
const Reach = 3

// hashOf hashes texts so that no two lists of them are alike.
func hashOf(texts ...string) uint64 {
	h := fnv.New64a()
	for _, s := range texts {
		_, _ = h.Write(binary.AppendUvarint(nil, uint64(len(s)))) // a hash takes everything
		_, _ = h.Write([]byte(s))
	}
	return h.Sum64()
}
