package correlate

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Process is one lifetime of a process of a device: its id, and how often one with that id had begun by then. Where a log
// has no ids, every start is that of the process.
type Process struct {
	PID int64
	Nth int
}

// starting is how long the system and the process itself go on telling of one start.
const starting = time.Minute

// lifetimes knows the processes of a device.
type lifetimes struct {
	begins map[int64][]time.Time // when a lifetime begins, by process, in order; of 0 all starts
	boots  []time.Time           // when all begin, in order
	first  map[Process]time.Time // when each printed first and last
	last   map[Process]time.Time
}

// ProcessOf returns the process that an event of the device is of: that which printed it or, of one that says what became
// of a process, that which it names.
func (d *Device) ProcessOf(e *extract.Event) Process {
	return d.lives().of(e)
}

// Outlived reports whether b shows that the process of a had ended: b says that it died, or that another or the system
// began, or is of another that had printed nothing before a; and that of a printed nothing from b on.
func (d *Device) Outlived(a, b *extract.Event) bool {
	l := d.lives()
	was, is := l.of(a), l.of(b)
	if l.last[was].After(b.Time) {
		return false
	}
	switch b.Name {
	case extract.ProcessDied:
		return was == is
	case extract.ProcessStarted, extract.DeviceBooted:
		return was != is
	}
	return was != is && !l.first[is].Before(a.Time)
}

func (d *Device) lives() *lifetimes {
	if d.lifetimes == nil {
		d.lifetimes = newLifetimes(d)
	}
	return d.lifetimes
}

func newLifetimes(d *Device) *lifetimes {
	l := &lifetimes{begins: map[int64][]time.Time{}, first: map[Process]time.Time{}, last: map[Process]time.Time{}}
	starts, deaths := map[int64][]time.Time{}, map[int64][]time.Time{}
	d.each(func(e *extract.Event) {
		switch e.Name {
		case extract.DeviceBooted:
			l.boots = append(l.boots, e.Time)
		case extract.ProcessStarted:
			starts[e.PID] = append(starts[e.PID], e.Time)
			l.begins[0] = append(l.begins[0], e.Time)
		case extract.ProcessDied:
			deaths[e.PID] = append(deaths[e.PID], e.Time.Add(1)) // what it printed at that time was before
		}
	})
	delete(starts, 0)
	delete(deaths, 0)
	for pid, times := range starts {
		l.begins[pid] = apart(times)
	}
	for pid, times := range deaths {
		l.begins[pid] = append(l.begins[pid], times...)
	}
	for _, times := range l.begins {
		slices.SortFunc(times, time.Time.Compare)
	}
	slices.SortFunc(l.boots, time.Time.Compare)
	d.each(func(e *extract.Event) {
		switch e.Name {
		case extract.ProcessStarted, extract.ProcessDied, extract.ProcessHung, extract.DeviceBooted:
			return
		}
		p := l.of(e)
		if t, known := l.first[p]; !known || e.Time.Before(t) {
			l.first[p] = e.Time
		}
		if e.Time.After(l.last[p]) {
			l.last[p] = e.Time
		}
	})
	return l
}

// each calls f with every event of the device that has a time.
func (d *Device) each(f func(*extract.Event)) {
	for _, log := range d.Logs {
		for i := range log.Events {
			if !log.Events[i].Time.IsZero() {
				f(&log.Events[i])
			}
		}
	}
}

// apart returns the starts of a process, in order, without those that tell of one that was told already.
func apart(starts []time.Time) []time.Time {
	slices.SortFunc(starts, time.Time.Compare)
	return slices.CompactFunc(starts, func(a, b time.Time) bool { return b.Sub(a) <= starting })
}

func (l *lifetimes) of(e *extract.Event) Process {
	return Process{e.PID, upTo(l.begins[e.PID], e.Time) + upTo(l.boots, e.Time)}
}

// upTo returns how many of the times, in order, are not after t.
func upTo(times []time.Time, t time.Time) int {
	n, _ := slices.BinarySearchFunc(times, t, func(begin, t time.Time) int {
		if begin.After(t) {
			return 1
		}
		return -1
	})
	return n
}
