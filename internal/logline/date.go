package logline

import "bytes"

// Dates in the orders in which people and programs write their parts.

var (
	months   = [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	weekdays = [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
)

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
