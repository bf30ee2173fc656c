package logline

import "time"

// midnight is how far the time of day must fall back to mean the next day rather than a clock that
// was set or threads that overtook each other.
const midnight = 12 * time.Hour

// late is how far around midnight a line of the day before may come after one of the new day.
const late = time.Minute

// clock turns readings into times and carries what they leave out from record to record.
type clock struct {
	location *time.Location

	last  time.Time // of the last record with a stamp of its own
	stamp Stamp

	year, month int           // of the last stamp with a date and no year
	day         int64         // of the last stamp without a date, since 1970-01-01
	rolled      bool          // day is not the first one any more
	ofDay       time.Duration // of the last stamp without a date

	known Stamp         // what later stamps may leave out, since a whole date was taken
	whole time.Duration // time of day of the last stamp with a whole date,
	fresh bool          // which none without one has followed

	date  [3]int // year, month, day of the last full date, and
	since int64  // its days since 1970-01-01: almost every record has the date of the one before
	zones map[int]*time.Location
}

func newClock(opt Options) clock {
	c := clock{location: opt.Location, zones: map[int]*time.Location{}}
	if c.location == nil {
		c.location = time.UTC
	}
	y, m, d := opt.Date.Date()
	if opt.Date.IsZero() {
		y, m, d = 0, 1, 1
	}
	c.year = y
	c.day = daysSince(y, int(m), d)
	return c
}

// resolve gives a stamp its time, or the last record's time to a record without a stamp.
func (c *clock) resolve(r *reading) (time.Time, Stamp) {
	if !r.has.Has(HasTime) {
		if c.stamp == 0 {
			return time.Time{}, 0
		}
		return c.last, c.stamp | Inherited
	}
	day := c.dayOf(r)
	if r.has.Has(HasZone) {
		c.last = at(day, r.ofDay, r.zone).In(c.zone(r.zone))
	} else if c.location == time.UTC {
		c.last = at(day, r.ofDay, 0).In(time.UTC)
	} else {
		y, m, d := at(day, 0, 0).UTC().Date()
		c.last = time.Date(y, m, d, 0, 0, int(r.ofDay/time.Second), int(r.ofDay%time.Second), c.location)
	}
	c.stamp = r.has
	if r.has.Has(HasDate) || c.known.Has(HasDate) {
		c.stamp |= c.known
	}
	return c.last, c.stamp
}

// dayOf gives the day of a stamp since 1970-01-01.
func (c *clock) dayOf(r *reading) int64 {
	switch {
	case r.has.Has(HasYear):
		if date := [3]int{r.year, r.month, r.day}; date != c.date {
			c.date = date
			c.since = daysSince(r.year, r.month, r.day)
		}
		c.whole, c.fresh = r.ofDay, true
		return c.since
	case r.has.Has(HasDate):
		if c.fresh {
			c.takeYear(r)
		}
		// Only the turn of the year is told from the months; any other jump may be a gap.
		switch {
		case c.month == 12 && r.month == 1:
			c.year++
		case c.month == 1 && r.month == 12:
			c.year--
		}
		c.month = r.month
		return daysSince(c.year, r.month, r.day)
	}
	if c.fresh {
		c.takeDay(r)
	}
	if c.rolled && c.ofDay <= late && r.ofDay >= 24*time.Hour-late {
		return c.day - 1
	}
	if r.ofDay < c.ofDay-midnight {
		c.day++
		c.rolled = true
	}
	c.ofDay = r.ofDay
	return c.day
}

// near is how far a stamp without a date may be from the one with a date before it that dates it. A message, too, may
// begin with a date.
const near = 10 * time.Minute

// takeYear takes the year of the last stamp that has one, if that is of the same day or one beside it.
func (c *clock) takeYear(r *reading) {
	c.fresh = false
	days := daysSince(c.date[0], r.month, r.day) - c.since
	if days = max(days, -days); days > 1 && days < 364 {
		return
	}
	c.year, c.month = c.date[0], c.date[1] // the turn of the year is seen from these
	c.known |= HasYear
}

// takeDay takes the day of the last stamp that has one, if that is of the same moment.
func (c *clock) takeDay(r *reading) {
	c.fresh = false
	day, ahead := c.since, r.ofDay-c.whole
	switch {
	case ahead < -midnight:
		day, ahead = day+1, ahead+24*time.Hour
	case ahead > midnight:
		day, ahead = day-1, ahead-24*time.Hour
	}
	if ahead.Abs() <= near {
		c.day, c.ofDay, c.known = day, r.ofDay, HasDate|HasYear
		c.rolled = true // lines of the day before may come late
	}
}

// zone returns the location of an offset. Offsets are whole minutes within a day, so the map is bounded.
func (c *clock) zone(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	l := c.zones[seconds]
	if l == nil {
		l = time.FixedZone("", seconds)
		c.zones[seconds] = l
	}
	return l
}

// at is the instant of a local time of day, zone seconds east of UTC.
func at(day int64, ofDay time.Duration, zone int) time.Time {
	return time.Unix(day*86400+int64(ofDay/time.Second)-int64(zone), int64(ofDay%time.Second))
}

func daysSince(y, m, d int) int64 {
	// Seconds before 1970 divide exactly too: the time is a midnight of UTC.
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}
