package logline

import "bytes"

// Dates and times of day as people, browsers, phones and servers write them. readLoose takes all of
// them; formats with a fixed stamp have their own readers, which are faster.

// readLoose reads a date and a time of day in any usual order of parts, and the zone behind them, and
// returns their length, 0 if there is none. A stamp without a date is none.
func readLoose(b []byte, r *reading) int {
	var t reading
	n := readLooseDate(b, &t)
	if n == 0 {
		return 0
	}
	gap := separatorLen(b[n:])
	if gap == 0 && !isDaytime(b[n:]) && (b[n-1] < 0x80 || n == len(b) || !isDigit(b[n])) {
		return 0
	}
	n += gap
	m := readClock(b[n:], &t)
	if m == 0 {
		return 0
	}
	n += m
	// A browser puts the year of "Aug 31 2023" there, but C behind the time: "Thu Aug 31 11:04:04 2023".
	if !t.has.Has(HasYear) && n+5 <= len(b) && b[n] == ' ' && readYear(b[n+1:], &t) {
		n += 5
	}
	n += readLooseZone(b[n:], &t)
	*r = t
	return n
}

// separatorLen is the length of what stands between a date and a time.
func separatorLen(b []byte) int {
	if bytes.HasPrefix(b, []byte(" @ ")) { // as Kibana writes
		return 3
	}
	n := 0
	if n < len(b) && b[n] == ',' {
		n++
	}
	switch {
	case n < len(b) && b[n] == ' ':
		n += spaces(b[n:min(len(b), n+4)])
	case n == 0 && len(b) > 1 && (b[0] == 'T' || b[0] == '_' || b[0] == ':' || b[0] == '-') && isDigit(b[1]):
		n = 1
	}
	return n
}

// readLooseZone reads "Z", "+0800", " +08:00", " UTC" and " GMT+0800", the first three as readZone does.
func readLooseZone(b []byte, r *reading) int {
	if n := readZone(b, r); n > 0 {
		return n
	}
	if len(b) == 0 || b[0] != ' ' {
		return 0
	}
	if n := readSpacedZone(b, r); n > 0 {
		return n
	}
	for _, name := range []string{" UTC", " GMT"} {
		if !bytes.HasPrefix(b, []byte(name)) {
			continue
		}
		n := len(name)
		if m := readZone(b[n:], r); m > 1 {
			return n + m
		}
		if n == len(b) || b[n] < '0' {
			r.zone = 0
			r.has |= HasZone
			return n
		}
	}
	return 0
}

// digits reads up to most decimal digits, and returns their value and number, which is 0 where more of them follow.
func digits(b []byte, most int) (v, n int) {
	for n < len(b) && isDigit(b[n]) {
		if n == most {
			return 0, 0
		}
		v = v*10 + int(b[n]-'0')
		n++
	}
	return v, n
}
