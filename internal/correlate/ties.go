package correlate

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
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

// Ties are what may tie a log to logs of other folders, each as a hash. Two logs of which Calls makes anything together
// share a tie, or one names whom the other owns, but for calls that time alone joins; that they do says nothing yet, for
// two that share one may have nothing in common. Each list is sorted and holds nothing twice.
type Ties struct {
	Shared []uint64 `json:"shared"` // rooms, media rooms, and lines without a room, which a copy repeats
	Owns   []uint64 `json:"owns"`   // what the log calls its own party
	Names  []uint64 `json:"names"`  // whom its calls are for
}

// TiesOf returns the ties of one log.
func TiesOf(l *extract.Log) Ties {
	var t Ties
	for i := range l.Events {
		e := &l.Events[i]
		if e.RoomID != "" {
			t.Shared = append(t.Shared, hashOf("room", e.RoomID))
		} else {
			t.Shared = append(t.Shared, hashOf("line", e.Time.UTC().Format(time.RFC3339Nano), e.Text))
		}
		if e.MediaRoomID != "" {
			t.Shared = append(t.Shared, hashOf("media", e.MediaRoomID))
		}
		if e.ListenerID != "" {
			id := hashOf("id", e.ListenerID)
			t.Names = append(t.Names, id)
			if e.Name == extract.AlertShown {
				t.Owns = append(t.Owns, id)
			}
		}
	}
	for _, list := range []*[]uint64{&t.Shared, &t.Owns, &t.Names} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return t
}

// hashOf hashes texts so that no two lists of them are alike.
func hashOf(texts ...string) uint64 {
	h := fnv.New64a()
	for _, s := range texts {
		_, _ = h.Write(binary.AppendUvarint(nil, uint64(len(s)))) // a hash takes everything
		_, _ = h.Write([]byte(s))
	}
	return h.Sum64()
}
