package logline

import "bytes"

// The lines of Android's logcat (AOSP, system/logging/liblog/logprint.cpp), "threadtime" and "time" with the modifiers
// year, zone, usec, nsec, uid, epoch and monotonic; logcat_short.go has the formats without a time and "long":
//
//	06-01 08:01:00.012  1234  1250 I tag     : message
//	2024-06-01 08:01:00.012345 +0800 u0_a7  1234  1250 I tag     : message
//	1717200060.012  1234  1250 I tag     : message
//	06-01 08:01:00.012 I/tag     ( 1234): message
//
// Every line of a message has the header, so nothing is joined. A monotonic stamp counts from the boot and is read over:
// it is no time of day.

var logcatSeparator = []byte("--------- ")

// parseLogcat recognises the formats above, the separators between buffers, and those of studio.go.
func parseLogcat(line []byte, h *header) bool {
	if bytes.HasPrefix(line, logcatSeparator) {
		h.format = Logcat
		return true
	}
	n := readLogcatTime(line, &h.reading)
	if n == 0 {
		n = readLogcatSeconds(line, h)
	}
	if n > 0 {
		m := parseThreadTime(line[n:], h)
		if m == 0 {
			m = parseTime(line[n:], h)
		}
		if m == 0 {
			m = parseStudio(line[n:], h)
		}
		if m > 0 {
			h.format = Logcat
			h.body = n + m
			return true
		}
	}
	*h = header{}
	return parseLong(line, h)
}

// readLogcatSeconds reads the stamp of the modifiers epoch and monotonic, and the blanks behind it.
func readLogcatSeconds(line []byte, h *header) int {
	n := spaces(line[:min(len(line), 8)])
	whole := n
	for n < len(line) && isDigit(line[n]) {
		n++
	}
	point := n
	for n++; n < len(line) && isDigit(line[n]); n++ {
	}
	if point == whole || point-whole > 10 || point >= len(line) || line[point] != '.' || n-point < 4 || n >= len(line) || line[n] != ' ' {
		return 0
	}
	if point-whole == 10 {
		readEpoch(line[whole:n], &h.reading)
	} else {
		h.monotonic = true
	}
	return n + spaces(line[n:])
}

// readLogcatTime reads the stamp and the blanks behind it, and returns their length.
func readLogcatTime(line []byte, r *reading) int {
	if len(line) < 15 || !isDigit(line[0]) {
		return 0
	}
	n := readMonthDay(line, '-', r)
	if n == 0 {
		n = readDate(line, r)
	}
	if n == 0 || line[n] != ' ' {
		return 0
	}
	n++
	m := readTime(line[n:], r)
	if m < 9 { // all of these formats have a fraction
		return 0
	}
	n += m
	blanks := spaces(line[n:])
	if blanks == 0 {
		return 0
	}
	n += blanks
	if zone := readZone(line[n:], r); zone > 0 {
		n += zone
		n += spaces(line[n:])
	}
	return n
}

// parseThreadTime reads "[UID ]PID TID L TAG: " and returns its length, 0 if it is something else.
func parseThreadTime(b []byte, h *header) int {
	var ids [3]int64 // a uid may be a name; it is read over
	var numeric [3]bool
	n := 0
	for i := range len(ids) + 1 {
		word := wordLen(b[n:])
		if i >= 2 && word == 1 && readLevel(b[n], h) {
			if !numeric[i-1] || !numeric[i-2] {
				return 0
			}
			h.pid, h.tid = ids[i-2], ids[i-1]
			n++
			n += min(1, spaces(b[n:]))
			return n + readTag(b[n:], h)
		}
		if word == 0 || i == len(ids) {
			return 0
		}
		v, digits := readInt(b[n : n+word])
		ids[i], numeric[i] = v, digits == word
		n += word
		n += spaces(b[n:])
	}
	return 0
}

// parseTime reads "L/TAG( PID): " and returns its length, 0 if it is something else.
func parseTime(b []byte, h *header) int {
	if len(b) < 2 || b[1] != '/' {
		return 0
	}
	end := bytes.Index(b, []byte("): "))
	if end < 0 {
		if end = len(b) - 2; end < 2 || b[end] != ')' || b[end+1] != ':' {
			return 0
		}
	}
	open := bytes.LastIndexByte(b[:end], '(')
	if open < 2 || bytes.Contains(b[2:open], []byte(": ")) { // then the parentheses are those of a message behind a tag alone
		return 0
	}
	if !readIDs(b[open+1:end], h) || !readLevel(b[0], h) {
		return 0
	}
	h.tag = bytes.TrimRight(b[2:open], " ")
	return min(end+3, len(b))
}

// readIDs reads "1234", "1234:1250", and both with a uid in front, a number or a name: "u0_a7: 1234". Where two numbers
// could be either, they are a uid and a process, as in the formats with a tag.
func readIDs(b []byte, h *header) bool {
	if i := bytes.LastIndexByte(b, ':'); i >= 0 {
		b = b[i+1:]
	}
	id := bytes.TrimLeft(b, " ")
	pid, n := readInt(id)
	if n == 0 || n != len(id) {
		return false
	}
	h.pid = pid
	return true
}

// readTag reads "TAG: " with its padding and returns its length. Without a colon there is no tag.
func readTag(b []byte, h *header) int {
	n := bytes.Index(b, []byte(": "))
	if n < 0 {
		if n = len(b) - 1; n < 0 || b[n] != ':' {
			return 0
		}
	}
	h.tag = bytes.TrimRight(b[:n], " ")
	return min(n+2, len(b))
}

// readLevel reads a level letter. A is what old Androids print for F.
func readLevel(c byte, h *header) bool {
	if c == 'A' {
		c = 'F'
	}
	if !isLevel(c) {
		return false
	}
	h.level = c
	return true
}

// wordLen is the length of the word b begins with.
func wordLen(b []byte) int {
	if i := bytes.IndexByte(b, ' '); i >= 0 {
		return i
	}
	return len(b)
}
