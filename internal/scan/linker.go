package scan

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// A Linker finds out which folders have to be judged together: those of one circle. Logs of two circles have nothing to
// do with each other, if parties are joined by ids only. It holds a few bytes for each id and each input.
type Linker struct {
	folders map[string]int32
	names   []string // of the folders
	parent  []int32
	touched []bool
	zones   []string
	without []bool // holds a log without a zone
	spans   []days

	shared map[uint64]int32
	owners map[uint64][]int32 // each folder once
	calls  map[naming]bool
	inputs map[string]dated
}

// naming is a folder with a line that names what another may own.
type naming struct {
	correlate.Naming
	folder  int32
	undated bool
}

// days are those that the logs of a folder span; all, if one has no dates.
type days struct {
	first, last int64
	any         bool
}

// dated is what an input says of dates and zones, in the newest generation that has it.
type dated struct {
	generation, day string
	offset          int
	zoned           bool
}

// NewLinker returns a Linker that knows nothing.
func NewLinker() *Linker {
	return &Linker{folders: map[string]int32{}, shared: map[uint64]int32{}, owners: map[uint64][]int32{}, calls: map[naming]bool{}, inputs: map[string]dated{}}
}

// Add takes in the links of an input, in any order and any number of times. touched says that its circle is to be judged.
func (k *Linker) Add(l *Links, generation string, touched bool) {
	f := k.folder(l.Folder)
	k.touched[f] = k.touched[f] || touched
	k.without[f] = k.without[f] || l.Without
	if l.Zone != "" {
		k.zones[f] = l.Zone
	}
	for _, tie := range l.Shared {
		k.tie(tie, f)
	}
	for _, id := range l.Owns {
		if !slices.Contains(k.owners[id], f) {
			k.owners[id] = append(k.owners[id], f)
		}
	}
	for _, n := range l.Names {
		k.calls[naming{n, f, !l.Dated}] = true
	}
	if l.Log {
		d := &k.spans[f]
		d.first, d.last, d.any = min(d.first, l.First), max(d.last, l.Last), d.any || !l.Dated
	}
	if old, known := k.inputs[l.Input]; !known || old.generation < generation {
		d := dated{generation: generation, day: l.Day}
		if l.Offset != nil {
			d.offset, d.zoned = *l.Offset, true
		}
		k.inputs[l.Input] = d
	}
}

func (k *Linker) folder(name string) int32 {
	f, known := k.folders[name]
	if !known {
		f = int32(len(k.names)) //nolint:gosec // so many do not fit into memory
		k.folders[name] = f
		k.names, k.parent = append(k.names, name), append(k.parent, f)
		k.touched, k.zones, k.without = append(k.touched, false), append(k.zones, ""), append(k.without, false)
		k.spans = append(k.spans, days{first: math.MaxInt64, last: math.MinInt64})
	}
	return f
}

func (k *Linker) tie(tie uint64, f int32) {
	if other, known := k.shared[tie]; known {
		k.join(f, other)
		return
	}
	k.shared[tie] = f
}

func (k *Linker) join(a, b int32) { k.parent[k.root(a)] = k.root(b) }

func (k *Linker) root(f int32) int32 {
	for k.parent[f] != f {
		k.parent[f] = k.parent[k.parent[f]]
		f = k.parent[f]
	}
	return f
}

// Member is a folder of a circle. A circle has the name of its first folder.
type Member struct{ Folder, Circle string }

// Circles returns the members of all circles that were touched, by circle and folder, and what all inputs say of dates and
// zones.
func (k *Linker) Circles() ([]Member, Calendar) {
	for n := range k.calls {
		for _, owner := range k.owners[n.ID] {
			if d := k.spans[owner]; n.undated || d.any || d.first-correlate.Reach <= n.Day && n.Day <= d.last+correlate.Reach {
				k.join(n.folder, owner)
			}
		}
	}
	k.joinZones()
	first := make([]string, len(k.names)) // by root
	touched := make([]bool, len(k.names))
	for f, name := range k.names {
		r := k.root(int32(f)) //nolint:gosec // as above
		if first[r] == "" || name < first[r] {
			first[r] = name
		}
		touched[r] = touched[r] || k.touched[f]
	}
	var list []Member
	for f, name := range k.names {
		if r := k.root(int32(f)); touched[r] { //nolint:gosec // as above
			list = append(list, Member{name, first[r]})
		}
	}
	slices.SortFunc(list, func(a, b Member) int {
		return cmp.Or(strings.Compare(a.Circle, b.Circle), strings.Compare(a.Folder, b.Folder))
	})
	return list, k.calendar()
}

// joinZones joins folders with logs that name no zone and those above them in which a file says what zone the device has.
func (k *Linker) joinZones() {
	for f, name := range k.names {
		if !k.without[f] {
			continue
		}
		for dir, last := name, false; !last; dir = folderOf(dir) {
			if last = dir == folderOf(dir); last {
				dir = "." // as Folder has it
			}
			if above, known := k.folders[dir]; known && k.zones[above] != "" {
				k.join(int32(f), above) //nolint:gosec // as above
			}
		}
	}
}

func (k *Linker) calendar() Calendar {
	c := newCalendar()
	for _, d := range k.inputs {
		if d.day != "" {
			c.Days = append(c.Days, d.day)
		}
		if d.zoned {
			c.Offsets[d.offset]++
		}
	}
	c.settle()
	return c
}
