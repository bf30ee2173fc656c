package scan

import (
	"slices"
	"time"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// Calendar is what all logs of a scan together say of dates and zones, for those that name none.
type Calendar struct {
	Days    []string    `json:"days"`    // on which logs with a year end, sorted, each once
	Offsets map[int]int `json:"offsets"` // how many logs name a zone, by its seconds east of UTC
}

const dayForm = time.DateOnly

// calendarOf returns what the readings say. Later than this, dates and zones that were missing are filled in.
func calendarOf(readings []*reading) Calendar {
	c := newCalendar()
	for _, r := range readings {
		if r.log == nil {
			continue
		}
		if r.log.Stamp.Has(logline.HasYear) {
			c.Days = append(c.Days, r.log.Last.Format(dayForm))
		}
		if r.log.Stamp.Has(logline.HasZone) {
			_, sec := r.log.First.Zone()
			c.Offsets[sec]++
		}
	}
	c.settle()
	return c
}

func newCalendar() Calendar { return Calendar{Offsets: map[int]int{}} }

// settle brings the days into their form.
func (c *Calendar) settle() {
	slices.Sort(c.Days)
	c.Days = slices.Compact(c.Days)
}

// days returns the days as times.
func (c *Calendar) days() []time.Time {
	var list []time.Time
	for _, d := range c.Days {
		if day, err := time.Parse(dayForm, d); err == nil { // else of a year that has another form
			list = append(list, day)
		}
	}
	return list
}

// usual returns the zone of most logs that name one, and how many these are.
func (c *Calendar) usual() (offset, most int) {
	for sec, n := range c.Offsets {
		if n > most || n == most && sec < offset {
			offset, most = sec, n
		}
	}
	return offset, most
}
