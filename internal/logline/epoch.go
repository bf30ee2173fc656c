package logline

import "time"

// readEpoch reads seconds, milliseconds, microseconds or nanoseconds since 1970, told by their size, with up to nine
// digits of fraction, and returns its length, 0 if there is none. It holds for 2001 to 2286.
func readEpoch(b []byte, r *reading) int {
	n := 0
	var whole int64
	for ; n < len(b) && isDigit(b[n]); n++ {
		if n == 19 {
			return 0
		}
		whole = whole*10 + int64(b[n]-'0')
	}
	var sub time.Duration
	unit := time.Second
	switch {
	case n == 10:
	case n == 13:
		unit = time.Millisecond
	case n == 16:
		unit = time.Microsecond
	case n == 19:
		unit = time.Nanosecond
	default:
		return 0
	}
	if b[0] == '0' {
		return 0
	}
	per := int64(time.Second / unit)
	sub = time.Duration(whole%per) * unit
	if n+1 < len(b) && b[n] == '.' && isDigit(b[n+1]) {
		step := unit / 10
		for n++; n < len(b) && isDigit(b[n]); n++ {
			sub += time.Duration(b[n]-'0') * step
			step /= 10
		}
	}
	r.setUnix(whole/per, sub)
	return n
}

// setUnix sets the reading to an instant, in UTC.
func (r *reading) setUnix(seconds int64, sub time.Duration) {
	t := time.Unix(seconds, int64(sub)).UTC()
	y, m, d := t.Date()
	r.year, r.month, r.day, r.zone = y, int(m), d, 0
	r.ofDay = t.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	r.has = HasTime | HasDate | HasYear | HasZone
}
