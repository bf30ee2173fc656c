package xlog

import "bytes"

// headed reports whether a line starts with the head that the appender's own
// formatter writes: [L][date or nothing][pid, tid][ (docs/format.md, Text).
func headed(line []byte) bool {
	b := line
	if len(b) < 8 || b[0] != '[' || b[2] != ']' || b[3] != '[' {
		return false
	}
	switch b[1] {
	case 'V', 'D', 'I', 'W', 'E', 'F':
	default:
		return false
	}
	b = b[4:]
	if b[0] != ']' {
		if b = clock(b); len(b) < 4 || b[0] != ']' {
			return false
		}
	}
	if b[1] != '[' {
		return false
	}
	b = digits(b[2:])
	if len(b) < 2 || b[0] != ',' || b[1] != ' ' {
		return false
	}
	b = digits(b[2:])
	if len(b) > 0 && b[0] == '*' {
		b = b[1:]
	}
	return len(b) >= 2 && b[0] == ']' && b[1] == '['
}

// A moment is the time of a line by the clock of the phone.
type moment struct {
	ms   int64 // grows with time, though not evenly: each month counts 31 days
	zone zone
}

// zone is a zone as a head has it.
type zone [7]byte

// stamp gives the time in a line's head, zero if there is none.
func stamp(line []byte) (at moment) {
	const before = len("[I][")
	if !headed(line) || line[before] == ']' {
		return at
	}
	date := line[before : before+bytes.IndexByte(line[before:], ']')]
	day := date[len(date)-len("00:00:00.000"):]
	copy(at.zone[:], date[len(clockShape):len(date)-len(day)-1])
	for _, part := range [...]struct {
		digits []byte
		radix  int64
	}{{date[:4], 1}, {date[5:7], 12}, {date[8:10], 31}, {day[:2], 24}, {day[3:5], 60}, {day[6:8], 60}, {day[9:], 1000}} {
		n := int64(0)
		for _, c := range part.digits {
			n = n*10 + int64(c-'0')
		}
		at.ms = at.ms*part.radix + n
	}
	return at
}

const clockShape = "0000-00-00 "

// clock passes a date, a zone and a time of day. It gives nil if there is none.
func clock(b []byte) []byte {
	if b = shape(b, clockShape); b == nil {
		return nil
	}
	n := bytes.IndexByte(b[:min(len(b), 8)], ' ')
	if n < 0 {
		return nil
	}
	for _, c := range b[:n] {
		if (c < '0' || c > '9') && c != '+' && c != '-' && c != '.' {
			return nil
		}
	}
	return shape(b[n+1:], "00:00:00.000")
}

// shape passes digits where want has a zero and the bytes of want elsewhere.
func shape(b []byte, want string) []byte {
	if len(b) < len(want) {
		return nil
	}
	for i := range len(want) {
		if digit := b[i] >= '0' && b[i] <= '9'; want[i] == '0' && !digit || want[i] != '0' && b[i] != want[i] {
			return nil
		}
	}
	return b[len(want):]
}

// digits passes a number. It gives nil if there is none.
func digits(b []byte) []byte {
	i := 0
	if len(b) > 0 && b[0] == '-' {
		i++
	}
	from := i
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	if i == from {
		return nil
	}
	return b[i:]
}

// remarks are how the appender's own lines start, which have no head.
var remarks = [...]string{
	"^^^^^^^^^^", "$$$$$$$$$$", "~~~~~ ", "get mmap time", "del time out", "MARS_", "log appender mode", "cache dir space",
	"log dir space", "appender has", "\nwrite file error", "[F]log_size", "[F][ sg_buffer", "[F][ last log file", "ERROR!!!",
}

// remarkable are the first bytes of remarks.
var remarkable = func() (set [256]bool) {
	for _, r := range remarks {
		set[r[0]] = true
	}
	return set
}()

func remark(line []byte) bool {
	if len(line) == 0 || !remarkable[line[0]] {
		return false
	}
	for _, r := range remarks {
		if len(line) >= len(r) && string(line[:len(r)]) == r {
			return true
		}
	}
	return false
}

// headsOfWrites is heads for the lines that begin a write. Nearly always these are all
// that matter, and nobody has to search for them.
func headsOfWrites(text []byte, ends []int) (lines, remarks int) {
	start := 0
	for _, end := range ends {
		switch b := text[start:]; {
		case start == end: // nothing was written
		case start > 0 && text[start-1] != '\n': // no line begins here
		case headlike(b):
			lines++
		case remark(b):
			remarks++
		}
		start = end
	}
	return lines, remarks
}

// heads counts the lines of a text that look as if they start with a head, and those
// that are remarks. It looks at a few bytes only.
func heads(text []byte) (lines, remarks int) {
	for len(text) > 0 {
		if headlike(text) {
			lines++
		} else if remark(text) {
			remarks++
		}
		n := bytes.IndexByte(text, '\n')
		if n < 0 {
			break
		}
		text = text[n+1:]
	}
	return lines, remarks
}

// headlike is headed by the brackets, and the separators of the date.
func headlike(b []byte) bool {
	const shortest = len("[I][2024-06-01 0 08:00:00.123")
	if len(b) < shortest+8 || b[0] != '[' || b[2] != ']' || b[3] != '[' {
		return len(b) < shortest+8 && headed(b)
	}
	if b[4] == ']' {
		return b[5] == '['
	}
	if b[8] != '-' || b[11] != '-' || b[14] != ' ' {
		return false
	}
	for i := shortest; i < shortest+6; i++ { // zones are one to six bytes long
		if b[i] == ']' {
			return b[i+1] == '[' && b[i-4] == '.' && b[i-7] == ':'
		}
	}
	return false
}
