package logline

import "bytes"

// The lines of Android's logcat (AOSP, system/logging/liblog/logprint.cpp): "threadtime", its modifiers
// "year", "zone", "usec", "nsec" and "uid", and "time":
//
//	06-01 08:01:00.012  1234  1250 I tag     : message
//	2024-06-01 08:01:00.012345 +0800 u0_a7  1234  1250 I tag     : message
//	06-01 08:01:00.012 I/tag     ( 1234): message
//
// Every line of a message has the header, so nothing is joined.

var logcatSeparator = []byte("--------- ")

// parseLogcat recognises the formats above, the separators between buffers, and those of studio.go.
func parseLogcat(line []byte, h *header) bool {
	if bytes.HasPrefix(line, logcatSeparator) {
		h.format = Logcat
		return true
	}
	n := readLogcatTime(line, &h.reading)
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
	return false
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
	if open < 2 {
		return 0
	}
	digits := bytes.TrimLeft(b[open+1:end], " ")
	pid, n := readInt(digits)
	if n == 0 || n != len(digits) || !readLevel(b[0], h) {
		return 0
	}
	h.pid = pid
	h.tag = bytes.TrimRight(b[2:open], " ")
	return min(end+3, len(b))
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
