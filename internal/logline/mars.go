package logline

import "bytes"

// The line of the Mars formatter (Tencent/mars, mars/xlog/src/formater.cc):
//
//	[I][2024-06-01 +8.0 08:01:00.012][30773, 31044*][tag][file.cc:137, func][message
//
// Until October 2021 the fifth field was [file.cc, func, 137]. The bracket of the message is never
// closed, the time is empty where the caller gave none, and "*" marks the main thread.

// isMars reports whether text begins like a Mars record, so far that no message is likely to.
func isMars(b []byte) bool {
	if len(b) < 7 || b[0] != '[' || !isLevel(b[1]) || b[2] != ']' || b[3] != '[' {
		return false
	}
	if b[4] == ']' {
		return b[5] == '[' && (isDigit(b[6]) || b[6] == '-')
	}
	return len(b) > 8 && b[8] == '-' && two(b[4:]) >= 0 && two(b[6:]) >= 0
}

// parseMars reads as much of the header as there is: damage cuts lines anywhere, and the message of
// such a line begins where the header stops making sense.
func parseMars(line []byte, h *header) {
	h.format = Mars
	h.level = line[1]
	h.body = 4 + readMarsTime(line[4:], &h.reading)
	n := bytes.IndexByte(line[h.body:], ']')
	if n < 0 {
		return
	}
	h.body += n + 1
	n = readThread(line[h.body:], h)
	if n == 0 {
		return
	}
	h.body += n
	if h.tag, n = readField(line[h.body:]); n == 0 {
		return
	}
	h.body += n
	if h.source, n = readField(line[h.body:]); n == 0 {
		return
	}
	h.body += n
	if h.body < len(line) && line[h.body] == '[' {
		h.body++
	}
}

// readMarsTime reads "2024-06-01 +8.0 08:01:00.012" and returns its length. A field that is something
// else has no time, and length 0.
func readMarsTime(b []byte, r *reading) int {
	var t reading
	n := readDate(b, &t)
	if n == 0 || n == len(b) || b[n] != ' ' {
		return 0
	}
	n++
	if m := readTime(b[n:], &t); m > 0 {
		*r = t
		return n + m
	}
	end := bytes.IndexByte(b[n:min(len(b), n+8)], ' ')
	if end < 0 {
		return 0
	}
	if zone, ok := marsZone(b[n : n+end]); ok {
		t.zone = zone
		t.has |= HasZone
	}
	n += end + 1
	m := readTime(b[n:], &t)
	if m == 0 {
		return 0
	}
	*r = t
	return n + m
}

// marsZone reads the zone of a Mars stamp, in seconds east of UTC.
//
// It is hours with one rounded decimal, "+8.0", "+5.5", "+12.8" for 12:45. Builds of July 2020 to
// October 2021 print tenths of hours without the point, "+80", "0", "+-50", and those of June 2020
// cut the text after three bytes, "+-5.". The appender's own lines have "+0800".
func marsZone(b []byte) (seconds int, ok bool) {
	sign := 1
	for len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		if b[0] == '-' {
			sign = -1
		}
		b = b[1:]
	}
	v, n := readInt(b)
	if n == 0 || n > 4 || v < 0 {
		return 0, false
	}
	hours, minutes := int(v), 0
	switch {
	case n < len(b): // a point, and a digit unless it was cut off
		if b[n] != '.' || len(b) > n+2 {
			return 0, false
		}
		if len(b) == n+2 {
			if !isDigit(b[n+1]) {
				return 0, false
			}
			minutes = tenthMinutes(int(b[n+1] - '0'))
		}
	case n == 4:
		hours, minutes = int(v/100), int(v%100)
	case n > 1:
		hours, minutes = int(v/10), tenthMinutes(int(v%10))
	}
	if hours > 15 || minutes > 59 {
		return 0, false
	}
	return sign * (hours*3600 + minutes*60), true
}

// tenthMinutes undoes the rounding of quarter hours to tenths: no zone is off by another fraction.
func tenthMinutes(tenth int) int {
	switch tenth {
	case 2, 3:
		return 15
	case 7, 8:
		return 45
	default:
		return tenth * 6
	}
}

// readThread reads "[30773, 31044*]" and returns its length, 0 if it is something else.
func readThread(b []byte, h *header) int {
	if len(b) == 0 || b[0] != '[' {
		return 0
	}
	pid, n := readInt(b[1:])
	if n++; n == 1 || n == len(b) || b[n] != ',' {
		return 0
	}
	n++
	n += spaces(b[n:])
	tid, m := readInt(b[n:])
	if m == 0 {
		return 0
	}
	n += m
	if n < len(b) && b[n] == '*' {
		n++
	}
	if n == len(b) || b[n] != ']' {
		return 0
	}
	h.pid, h.tid = pid, tid
	return n + 1
}

// readField reads a bracketed field and returns its length. It ends where the bracket of the next
// field follows, for function names such as -[View tap:] and operator[] hold brackets of their own;
// only in a line that is cut before that does it end at its first closing bracket.
func readField(b []byte) (field []byte, n int) {
	if len(b) == 0 || b[0] != '[' {
		return nil, 0
	}
	first := 0
	for i := 1; ; {
		j := bytes.IndexByte(b[i:], ']')
		if j < 0 {
			break
		}
		i += j + 1
		if first == 0 {
			first = i
		}
		if i < len(b) && b[i] == '[' {
			return b[1 : i-1], i
		}
	}
	if first == 0 {
		return nil, 0
	}
	return b[1 : first-1], first
}
