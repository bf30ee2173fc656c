package logline

import (
	"bytes"
	"time"
)

// Dates and times of day as people, browsers, phones and servers write them. readLoose takes all of
// them; formats with a fixed stamp have their own readers, which are faster.

var (
	months   = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	weekdays = [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
)

// daytimes are what Chinese phones put in front of the hours of a 12-hour clock.
var daytimes = []struct {
	word []byte
	pm   bool
}{
	{[]byte("上午"), false}, {[]byte("下午"), true}, {[]byte("凌晨"), false}, {[]byte("早上"), false},
	{[]byte("清晨"), false}, {[]byte("中午"), true}, {[]byte("傍晚"), true}, {[]byte("晚上"), true},
}

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

// readLooseDate reads a date with or without a year.
func readLooseDate(b []byte, r *reading) int {
	if n := weekdayLen(b); n > 0 {
		if m := readLooseDate(b[n:], r); m > 0 {
			return n + m
		}
		return 0
	}
	if monthOf(b) > 0 {
		return readNamedMonth(b, r)
	}
	if n := readCompactDate(b, r); n > 0 {
		return n
	}
	first, n := digits(b, 4)
	switch {
	case n == 0 || n == len(b):
		return 0
	case n == 4:
		return readYearFirst(b, first, r)
	case n > 2:
		return 0
	}
	if b[n] == '/' && n+4 < len(b) {
		if month := monthOf(b[n+1:]); month > 0 && b[n+4] == '/' { // 31/Aug/2023, as web servers write
			year, m := digits(b[n+5:], 4)
			if m != 4 || year < 1900 || !setDay(r, month, first) {
				return 0
			}
			r.year = year
			r.has |= HasYear
			return n + 9
		}
	}
	return readMonthFirst(b, first, n, r)
}

// readCompactDate reads "20230831".
func readCompactDate(b []byte, r *reading) int {
	v, n := digits(b, 8)
	if n != 8 || v < 1900_00_00 || v > 2199_99_99 || !setDay(r, v/100%100, v%100) {
		return 0
	}
	r.year = v / 1_00_00
	r.has |= HasYear
	return 8
}

// readYearFirst reads "2023-8-31", with - / or . between, and "2023年8月31日".
func readYearFirst(b []byte, year int, r *reading) int {
	n := 4
	if year < 1900 {
		return 0
	}
	afterYear, afterMonth, afterDay := between(b[n:])
	if afterYear == nil {
		return 0
	}
	n += len(afterYear)
	month, m := digits(b[n:], 2)
	if n += m; m == 0 || !bytes.HasPrefix(b[n:], afterMonth) {
		return 0
	}
	n += len(afterMonth)
	day, m := digits(b[n:], 2)
	if n += m; m == 0 || !bytes.HasPrefix(b[n:], afterDay) || !setDay(r, month, day) {
		return 0
	}
	r.year = year
	r.has |= HasYear
	return n + len(afterDay)
}

// between returns what follows the year, the month and the day of a date whose year b follows.
func between(b []byte) (afterYear, afterMonth, afterDay []byte) {
	if bytes.HasPrefix(b, []byte("年")) {
		return []byte("年"), []byte("月"), []byte("日")
	}
	switch b[0] {
	case '-', '/', '.':
		return b[:1], b[:1], nil
	}
	return nil, nil, nil
}

// readMonthFirst reads "08-31", "8/31/2023" and "8月31日". Where the first number cannot be a month and the second can,
// it is the day.
func readMonthFirst(b []byte, month, n int, r *reading) int {
	chinese := bytes.HasPrefix(b[n:], []byte("月"))
	sep := b[n]
	if chinese {
		n += len("月")
	} else if sep == '-' || sep == '/' || sep == '.' {
		n++
	} else {
		return 0
	}
	day, m := digits(b[n:], 2)
	if n += m; m == 0 {
		return 0
	}
	if chinese {
		if !bytes.HasPrefix(b[n:], []byte("日")) || !setDay(r, month, day) {
			return 0
		}
		return n + len("日")
	}
	if n+5 <= len(b) && b[n] == sep && readYear(b[n+1:], r) {
		if month > 12 {
			month, day = day, month
		}
		n += 5
	} else if sep == '.' || m != 2 {
		return 0 // a version, a ratio
	}
	if !setDay(r, month, day) {
		r.has = 0
		return 0
	}
	return n
}

// readNamedMonth reads "Aug 31", "Aug  1", "Aug 31, 2023" and "Aug 31 2023".
func readNamedMonth(b []byte, r *reading) int {
	n := 3
	for n < len(b) && b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' && n < len("September") {
		n++
	}
	blanks := spaces(b[n:])
	n += blanks
	day, m := digits(b[n:], 2)
	if blanks == 0 || blanks > 2 || m == 0 || !setDay(r, monthOf(b), day) {
		return 0
	}
	n += m
	year := n
	if year < len(b) && b[year] == ',' {
		year++
	}
	if year < len(b) && b[year] == ' ' && readYear(b[year+1:], r) {
		return year + 5
	}
	return n
}

func setDay(r *reading, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	r.month, r.day = month, day
	r.has |= HasDate
	return true
}

// readYear reads four digits that no digit, colon or point follows.
func readYear(b []byte, r *reading) bool {
	year, n := digits(b, 4)
	if n != 4 || year < 1900 || year > 2199 || len(b) > 4 && (isDigit(b[4]) || b[4] == ':' || b[4] == '.') {
		return false
	}
	r.year = year
	r.has |= HasYear
	return true
}

// readClock reads "11:04:04.123", "9:04:04", "上午11:04:04", "11:04:04 PM" and "11时04分04秒".
func readClock(b []byte, r *reading) int {
	half, pm, n := false, false, 0
	for _, d := range daytimes {
		if bytes.HasPrefix(b, d.word) {
			half, pm, n = true, d.pm, len(d.word)
			n += spaces(b[n:min(len(b), n+1)])
			break
		}
	}
	m := readTime(b[n:], r)
	if m == 0 {
		m = readShortHour(b[n:], r)
	}
	if m == 0 {
		m = readCompactTime(b[n:], r)
	}
	if m == 0 {
		if m = readChineseTime(b[n:], r); m == 0 {
			return 0
		}
	}
	n += m
	// Browsers of today put a narrow blank in front of AM.
	at := n
	for _, blank := range []string{" ", "\u202f", "\u00a0"} {
		if bytes.HasPrefix(b[at:], []byte(blank)) {
			at += len(blank)
			break
		}
	}
	if !half && at+2 <= len(b) && (b[at]|0x20 == 'a' || b[at]|0x20 == 'p') && b[at+1]|0x20 == 'm' && (at+2 == len(b) || b[at+2] < 'A') {
		half, pm, n = true, b[at]|0x20 == 'p', at+2
	}
	if half {
		// A Chinese phone may write 下午 in front of hours that go to 23 all the same.
		switch h := r.ofDay / time.Hour; {
		case pm && h < 12:
			r.ofDay += 12 * time.Hour
		case !pm && h == 12:
			r.ofDay -= 12 * time.Hour
		}
	}
	return n
}

// readShortHour reads "9:04:04".
func readShortHour(b []byte, r *reading) int {
	if len(b) < 7 || !isDigit(b[0]) || b[1] != ':' {
		return 0
	}
	var padded [24]byte
	padded[0] = '0'
	n := copy(padded[1:], b)
	if m := readTime(padded[:1+n], r); m > 0 {
		return m - 1
	}
	return 0
}

// readCompactTime reads "110404".
func readCompactTime(b []byte, r *reading) int {
	v, n := digits(b, 6)
	if n != 6 || v/1_00_00 > 23 || v/100%100 > 59 || v%100 > 60 {
		return 0
	}
	r.ofDay = time.Duration(v/1_00_00*3600+v/100%100*60+v%100) * time.Second
	r.has |= HasTime
	return 6
}

// readChineseTime reads "11时04分04秒", of which the seconds may be left out.
func readChineseTime(b []byte, r *reading) int {
	var parts [3]int
	n := 0
	for i, units := range [...][]string{{"时", "時", "点"}, {"分"}, {"秒"}} {
		v, m := digits(b[n:], 2)
		unit := 0
		for _, u := range units {
			if bytes.HasPrefix(b[n+m:], []byte(u)) {
				unit = len(u)
			}
		}
		if m == 0 || unit == 0 {
			if i < 2 {
				return 0
			}
			break
		}
		parts[i] = v
		n += m + unit
	}
	if parts[0] > 23 || parts[1] > 59 || parts[2] > 60 {
		return 0
	}
	r.ofDay = time.Duration(parts[0]*3600+parts[1]*60+parts[2]) * time.Second
	r.has |= HasTime
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

// monthOf returns the number of the month whose name b begins with, 0 if there is none.
func monthOf(b []byte) int { return 1 + nameIndex(b, months[:]) }

// weekdayLen is the length of the weekday b begins with, with what parts it from the date.
func weekdayLen(b []byte) int {
	if nameIndex(b, weekdays[:]) < 0 {
		return 0
	}
	n := 3
	for n < len(b) && b[n] >= 'a' && b[n] <= 'z' {
		n++
	}
	if n < len(b) && b[n] == ',' {
		n++
	}
	if blanks := spaces(b[n:]); blanks == 1 {
		return n + 1
	}
	return 0
}

// nameIndex returns the index of the name of three letters that b begins with in whatever case, or -1.
func nameIndex(b []byte, names []string) int {
	if len(b) < 3 || b[0]|0x20 < 'a' || b[0]|0x20 > 'z' {
		return -1
	}
	for i, name := range names {
		if b[0]|0x20 == name[0] && b[1]|0x20 == name[1] && b[2]|0x20 == name[2] {
			return i
		}
	}
	return -1
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

func isDaytime(b []byte) bool {
	for _, d := range daytimes {
		if bytes.HasPrefix(b, d.word) {
			return true
		}
	}
	return false
}

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
