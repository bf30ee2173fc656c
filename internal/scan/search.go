package scan

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/source"
)

// A search chooses what is read to find the call of a room, round by round. Day files, as logDay knows them, are read from the
// newest day of their folder back; anything else is read at once. Once the room is seen in a folder, only the days of before
// count there. Nothing but what whole rounds showed decides, so that the timing of readings does not.
//
// A folder is taken for one device, of one clock. One in which the room does not show is read to its end: its clock may be wrong
// by months, so only reading tells that it is not there. So is every folder if the room is the end of an id, or of another kind.
type search struct {
	room    string
	first   []source.Input // of no day by their names
	folders []*folder
	byDir   map[string]*folder
}

// before is how long before the day of a call logs are read. A process names versions when it starts, and rules look at the
// calls before in a row; Mars itself keeps ten days.
const before = 7 * day

// A folder is the day files of one folder.
type folder struct {
	days []dayFiles // the newest first
	read int        // how many of days
	seen time.Time  // the earliest day on which the room was seen, zero for none
}

// dayFiles are the files of one day in a folder.
type dayFiles struct {
	day    time.Time
	inputs []source.Input
}

// newSearch begins a search in inputs, which are in the order of their names. Without a room, all of them are of one round.
func newSearch(room string, inputs []source.Input) *search {
	s := &search{room: room, byDir: map[string]*folder{}}
	if room == "" {
		s.first = inputs
		return s
	}
	for _, in := range inputs {
		d, _, ok := logDay(in.Name)
		if !ok {
			s.first = append(s.first, in)
			continue
		}
		dir := path.Dir(in.Name)
		f := s.byDir[dir]
		if f == nil {
			f = &folder{}
			s.byDir[dir] = f
			s.folders = append(s.folders, f)
		}
		i, known := slices.BinarySearchFunc(f.days, d, func(have dayFiles, d time.Time) int { return d.Compare(have.day) })
		if !known {
			f.days = slices.Insert(f.days, i, dayFiles{day: d})
		}
		f.days[i].inputs = append(f.days[i].inputs, in)
	}
	return s
}

// round returns what is to be read next, in the order of the names, nothing at the end.
func (s *search) round() []source.Input {
	list := s.first
	s.first = nil
	for _, f := range s.folders {
		for n := f.next(); f.read < n; f.read++ {
			list = append(list, f.days[f.read].inputs...)
		}
	}
	slices.SortStableFunc(list, func(a, b source.Input) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// next returns how many days are to be read after the next round. While the room is not found, a round is a day, or a quarter of
// what was read where that is more: it keeps processors busy, and reads no more than a quarter in vain.
func (f *folder) next() int {
	if f.seen.IsZero() {
		return min(f.read+max(1, f.read/4), len(f.days))
	}
	if n := slices.IndexFunc(f.days, func(d dayFiles) bool { return d.day.Before(f.seen.Add(-before)) }); n >= 0 {
		return n
	}
	return len(f.days)
}

// saw takes note of what an input told that was read in this round.
func (s *search) saw(in *source.Input, list []*reading) {
	f := s.byDir[path.Dir(in.Name)]
	if f == nil {
		return
	}
	named, _, ok := logDay(in.Name)
	for _, r := range list {
		// What has no day by its name counts if it is a container too, as a cache is: the clock of a text may be another one.
		if r.log == nil || !ok && (r.account == nil || r.input.Name != in.Name) {
			continue
		}
		for i := range r.log.Events {
			e := &r.log.Events[i]
			if e.RoomID != s.room {
				continue
			}
			d := named
			if at := midnight(wall(e.Time), 0); e.Time.Year() > 1 && (d.IsZero() || at.Before(d)) {
				d = at
			}
			if !d.IsZero() && (f.seen.IsZero() || d.Before(f.seen)) {
				f.seen = d
			}
		}
	}
}

// left returns what was not read.
func (s *search) left() (list []source.Input) {
	for _, f := range s.folders {
		for _, d := range f.days[f.read:] {
			list = append(list, d.inputs...)
		}
	}
	return list
}
