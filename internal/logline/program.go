package logline

import "bytes"

// The host, the program and the process that a transport names in front of a message.

// readStreamName reads "stdout F " of a container runtime.
func readStreamName(b []byte) int {
	if bytes.HasPrefix(b, []byte("stdout ")) || bytes.HasPrefix(b, []byte("stderr ")) {
		if n := len("stdout "); n+1 < len(b) && (b[n] == 'F' || b[n] == 'P') && b[n+1] == ' ' {
			return n + 2
		}
	}
	return 0
}

// readProgram reads "host prog[815]: ", "prog[815:2307] " of an Apple log and "host prog(lib)[815] <Notice>: ", and
// returns its length, 0 if there is none. The number has to be there: a message has colons too.
func readProgram(b []byte, l *layer) int {
	const longest = 96
	head := b[:min(len(b), longest)]
	n := 0
	for range 2 { // a host, a program
		word := wordLen(head[n:])
		if word == 0 {
			return 0
		}
		if open := bytes.IndexByte(head[n:n+word], '['); open > 0 {
			if m := readProgramAt(head[n:], open, n > 0, l); m > 0 {
				return n + m
			}
			return 0
		}
		n += word
		if n == len(head) {
			return 0
		}
		n += spaces(head[n:])
	}
	return 0
}

// readProgramAt reads the program whose process stands in the bracket at open.
func readProgramAt(b []byte, open int, host bool, l *layer) int {
	pid, m := readInt(b[open+1:])
	n := open + 1 + m
	if m == 0 || n == len(b) {
		return 0
	}
	var tid int64
	if b[n] == ':' { // a thread, which some print in hexadecimal
		end := bytes.IndexByte(b[n:], ']')
		if end < 0 {
			return 0
		}
		tid, _ = readInt(b[n+1 : n+end])
		n += end
	}
	if n == len(b) || b[n] != ']' {
		return 0
	}
	n++
	if end := bytes.IndexByte(b[n:], '>'); bytes.HasPrefix(b[n:], []byte(" <")) && end < 12 && end > 0 {
		l.level = levelOf(b[n+2 : n+end])
		n += end + 1
	}
	switch {
	case n < len(b) && b[n] == ':':
		n++
	case host || n < len(b) && b[n] != ' ':
		return 0
	}
	l.pid, l.tid, l.tag = pid, tid, b[:open]
	return n + spaces(b[n:min(len(b), n+1)])
}

// readSyslogTag reads "host prog: " behind a stamp of syslog, which has neither year nor fraction.
func readSyslogTag(b []byte, l *layer) int {
	host := wordLen(b)
	if host == 0 || host == len(b) || bytes.IndexByte(b[:host], ':') >= 0 {
		return 0
	}
	n := host + 1
	word := wordLen(b[n:])
	if word < 2 || b[n+word-1] != ':' {
		return 0
	}
	l.tag = b[n : n+word-1]
	n += word
	return n + spaces(b[n:min(len(b), n+1)])
}

// levelOf returns the level that a word names, 0 for none.
func levelOf(word []byte) byte {
	if len(word) == 1 {
		var h header
		if readLevel(word[0]&^0x20, &h) {
			return h.level
		}
		return 0
	}
	for _, l := range [...]struct {
		name  string
		level byte
	}{
		{"trace", 'V'}, {"verbose", 'V'}, {"silly", 'V'}, {"debug", 'D'}, {"info", 'I'}, {"information", 'I'}, {"log", 'I'}, {"notice", 'I'},
		{"default", 'I'}, {"warn", 'W'}, {"warning", 'W'}, {"error", 'E'}, {"err", 'E'}, {"fault", 'F'}, {"fatal", 'F'}, {"critical", 'F'},
		{"crit", 'F'}, {"panic", 'F'}, {"dpanic", 'F'}, {"alert", 'F'}, {"emerg", 'F'}, {"assert", 'F'},
	} {
		if len(word) == len(l.name) && bytes.EqualFold(word, []byte(l.name)) {
			return l.level
		}
	}
	return 0
}
