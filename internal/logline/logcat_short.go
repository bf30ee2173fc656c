package logline

import "bytes"

// The formats of logcat without a time on each line. "long" has a header line of its own, which the lines of its message
// and an empty one follow; they are one record:
//
//	I/tag     ( 1234): message                      brief
//	I( 1234) message  (tag)                         process
//	I( 1234: 1250) message                          thread
//	I/tag     : message                             tag
//	[ 06-01 08:01:00.012  1234: 1250 I/tag      ]   long
//
// All but "long" are recognised only where no format with a time is.

// parseShort recognises brief, process, thread and tag.
func parseShort(line []byte, h *header) bool {
	if len(line) < 5 || !isLevel(line[0]) && line[0] != 'A' {
		return false
	}
	switch line[1] {
	case '/':
		if n := parseTime(line, h); n > 0 {
			h.format, h.body = Logcat, n
			return true
		}
		return parseTagOnly(line, h)
	case '(':
		return parseProcess(line, h)
	}
	return false
}

// parseTagOnly recognises "I/tag     : message", whose tag is padded to eight bytes or longer than that.
func parseTagOnly(line []byte, h *header) bool {
	n := readTag(line[2:], h)
	if n < len("        : ") || len(h.tag) == 0 || bytes.IndexByte(h.tag, ' ') >= 0 || !readLevel(line[0], h) {
		*h = header{}
		return false
	}
	h.format, h.body = Logcat, 2+n
	return true
}

// parseProcess recognises "I( 1234) message  (tag)" and "I( 1234: 1250) message".
func parseProcess(line []byte, h *header) bool {
	end := bytes.IndexByte(line[:min(len(line), 40)], ')')
	if end < 3 || end+1 == len(line) || line[end+1] != ' ' {
		return false
	}
	ids := line[2:end]
	colon := bytes.LastIndexByte(ids, ':')
	if colon >= 0 {
		first, n := readInt(bytes.TrimLeft(ids[:colon], " "))
		if n == 0 || !readIDs(ids, h) {
			return false
		}
		h.pid, h.tid = first, h.pid
	} else if !readIDs(ids, h) {
		return false
	}
	readLevel(line[0], h)
	h.format, h.body = Logcat, end+2
	if tag := bytes.LastIndex(line, []byte("  (")); tag >= h.body && line[len(line)-1] == ')' {
		h.tag = bytes.TrimRight(line[tag+3:len(line)-1], " ")
		h.text = line[h.body:tag]
	}
	return true
}

// parseLong recognises the header line of "long".
func parseLong(line []byte, h *header) bool {
	if !isLong(line) {
		return false
	}
	n := 2
	m := readLogcatTime(line[n:], &h.reading)
	if m == 0 {
		m = readLogcatSeconds(line[n:], h)
	}
	n += m
	slash := bytes.IndexByte(line[n:], '/')
	if m == 0 || slash < 4 || line[n+slash-2] != ' ' || !readLevel(line[n+slash-1], h) {
		*h = header{}
		return false
	}
	ids := bytes.TrimRight(line[n:n+slash-2], " ")
	colon := bytes.LastIndexByte(ids, ':')
	if colon < 0 || !readIDs(ids, h) {
		*h = header{}
		return false
	}
	h.tid = h.pid
	if !readIDs(ids[:colon], h) {
		*h = header{}
		return false
	}
	h.tag = bytes.TrimRight(line[n+slash+1:len(line)-2], " ")
	h.format, h.body, h.long = Logcat, len(line), true
	return true
}

// isLong reports whether a line has the brackets of a header of "long".
func isLong(line []byte) bool {
	return len(line) > 24 && line[0] == '[' && line[1] == ' ' && line[len(line)-1] == ']' && line[len(line)-2] == ' '
}
