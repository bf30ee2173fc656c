package logline

import "time"

// reading is a time stamp as written, before anything is filled in.
type reading struct {
	year, month, day int
	ofDay            time.Duration
	zone             int // seconds east of UTC
	has              Stamp
}

// header is what a line format finds in front of a message.
type header struct {
	reading

	format    Format
	level     byte
	long      bool // lines without a header of their own are the message, as in logcat's "long"
	monotonic bool // the stamp counts from the boot, and was read over

	pid, tid int64
	tag      []byte
	source   []byte
	body     int // where the message begins in the line

	text []byte // the message, where it is no end of the line
}

// two reads two digits, or returns -1. The caller has checked the length.
func two(b []byte) int {
	hi, lo := b[0]-'0', b[1]-'0'
	if hi > 9 || lo > 9 {
		return -1
	}
	return int(hi)*10 + int(lo)
}

// readDate reads YYYY-MM-DD or YYYY/MM/DD and returns its length, 0 if there is none. No clock is before 1900, and the
// year 1 has the zero time in it.
func readDate(b []byte, r *reading) int {
	if len(b) < 10 || b[4] != '-' && b[4] != '/' {
		return 0
	}
	century, year := two(b), two(b[2:])
	if century < 19 || year < 0 || readMonthDay(b[5:], b[4], r) == 0 {
		return 0
	}
	r.year = century*100 + year
	r.has |= HasYear
	return 10
}

// readMonthDay reads MM-DD, with sep between, and returns its length, 0 if there is none.
func readMonthDay(b []byte, sep byte, r *reading) int {
	if len(b) < 5 || b[2] != sep {
		return 0
	}
	month, day := two(b), two(b[3:])
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return 0
	}
	r.month, r.day = month, day
	r.has |= HasDate
	return 5
}

// readTime reads HH:MM:SS with up to nine digits of fraction after a point or comma, or three after a colon, and returns
// its length, 0 if there is none.
func readTime(b []byte, r *reading) int {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' {
		return 0
	}
	h, m, s := two(b), two(b[3:]), two(b[6:])
	if h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60 {
		return 0
	}
	r.ofDay = time.Duration(h*3600+m*60+s) * time.Second
	r.has |= HasTime
	if len(b) < 10 || !isDigit(b[9]) {
		return 8
	}
	switch b[8] {
	case '.', ',':
	case ':': // some apps write 11:04:04:123
		if ms, n := digits(b[9:], 3); n == 3 && (len(b) == 12 || b[12] != ':') {
			r.ofDay += time.Duration(ms) * time.Millisecond
			return 12
		}
		return 8
	default:
		return 8
	}
	n, unit := 9, 100*time.Millisecond
	for ; n < len(b) && isDigit(b[n]); n++ {
		r.ofDay += time.Duration(b[n]-'0') * unit
		unit /= 10
	}
	return n
}

// readZone reads an ISO 8601 zone, "Z", "+0800", "+08:00" or "+08", and returns its length, 0 if
// there is none.
func readZone(b []byte, r *reading) int {
	if len(b) > 0 && b[0] == 'Z' {
		r.zone = 0
		r.has |= HasZone
		return 1
	}
	if len(b) < 3 || b[0] != '+' && b[0] != '-' {
		return 0
	}
	h, m, n := two(b[1:]), 0, 3
	switch {
	case len(b) >= 6 && b[3] == ':' && two(b[4:]) >= 0:
		m, n = two(b[4:]), 6
	case len(b) >= 5 && two(b[3:]) >= 0:
		m, n = two(b[3:]), 5
	}
	if h < 0 || h > 15 || m > 59 || n < len(b) && isDigit(b[n]) {
		return 0
	}
	r.zone = h*3600 + m*60
	if b[0] == '-' {
		r.zone = -r.zone
	}
	r.has |= HasZone
	return n
}

// readInt reads a decimal number with an optional minus and returns its length, 0 if there is
// none. A pthread pointer above the signed range wraps: it is an identity, not a quantity.
func readInt(b []byte) (v int64, n int) {
	var u uint64
	if n < len(b) && b[n] == '-' {
		n++
	}
	first := n
	for ; n < len(b) && isDigit(b[n]); n++ {
		u = u*10 + uint64(b[n]-'0')
	}
	if n == first {
		return 0, 0
	}
	if first == 1 {
		u = -u
	}
	return int64(u), n //nolint:gosec // wraps on purpose, see above
}

// spaces counts the blanks b begins with.
func spaces(b []byte) int {
	n := 0
	for n < len(b) && b[n] == ' ' {
		n++
	}
	return n
}

func isDigit(c byte) bool { return c-'0' <= 9 }

func isLevel(c byte) bool {
	switch c {
	case 'V', 'D', 'I', 'W', 'E', 'F':
		return true
	}
	return false
}
