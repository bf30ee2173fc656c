package logline

import (
	"bytes"
	"strings"
	"time"
)

// What a transport put in front of a line. It is taken away layer by layer, so that a line of any format
// is read whatever carried it:
//
//	Nov 20 13:31:51 host prog[815]: message                 syslog, also journalctl and idevicesyslog
//	<30>Nov 20 13:31:51 host prog: message                  syslog on the wire
//	2026-11-20T13:31:51+0800 host prog[815]: message        journalctl -o short-iso
//	2026-11-20T05:31:51.123456789Z stdout F message         Kubernetes, containerd
//	2026-11-20 13:31:51.123 message                         a serial console, tee with time, a phone
//	I1120 13:31:51.123456   815 file.cc:12] message         glog
//	[   12.345678] message, <6>[   12.345678] message       kernel: seconds since boot, no time of day
//
// The stamp of the transport gives the line inside what that leaves out, see adopt.

// maxLayers bounds how many prefixes a line may have.
const maxLayers = 3

// farthest is more bytes than stand in front of the first colon of a stamp that a name begins.
const farthest = 64

// layer is what a prefix says of a line.
type layer struct {
	reading

	level    byte
	pid, tid int64
	tag      []byte
	kernel   bool // it counts from the boot
}

// readLayer reads the prefix of a line and returns its length, 0 if there is none. A stamp without a date or without
// brackets counts only with its fraction: "00:00:05 elapsed" is no stamp.
func readLayer(line []byte, l *layer) int {
	if len(line) < 6 || line[0]|0x20 >= 'a' && line[0]|0x20 <= 'z' && bytes.IndexByte(line[:min(len(line), farthest)], ':') < 0 {
		return 0
	}
	if n := readPriority(line, l); n > 0 {
		if m := readLayer(line[n:], l); m > 0 {
			return n + m
		}
		l.level = 0
		return 0
	}
	if n := readBoot(line, l); n > 0 {
		return n
	}
	if n := readGlog(line, l); n > 0 {
		return n
	}
	n := readLineStamp(line, &l.reading)
	if n == 0 {
		return 0
	}
	if m := readStreamName(line[n:]); m > 0 {
		return n + m
	}
	if m := readProgram(line[n:], l); m > 0 {
		return n + m
	}
	if l.has.Has(HasYear) || !l.has.Has(HasDate) || isDigit(line[0]) {
		return n
	}
	return n + readSyslogTag(line[n:], l)
}

// readPriority reads "<30>", of which the level is the lowest three bits.
func readPriority(b []byte, l *layer) int {
	if b[0] != '<' {
		return 0
	}
	v, n := digits(b[1:], 3)
	if n == 0 || v > 191 || 1+n == len(b) || b[1+n] != '>' {
		return 0
	}
	l.level = syslogLevel(v & 7)
	n += 2
	if bytes.HasPrefix(b[n:], []byte("1 ")) { // the version of RFC 5424
		n += 2
	}
	return n
}

func syslogLevel(n int) byte { return "FFFEWIID"[n&7] }

// readGlog reads "I1120 13:31:51.123456   815 file.cc:12] ".
func readGlog(b []byte, l *layer) int {
	if len(b) < 24 || !isLevel(b[0]) || b[5] != ' ' {
		return 0
	}
	var r reading
	day, n := digits(b[1:5], 4)
	m := readTime(b[6:], &r)
	if n != 4 || m < 9 || !setDay(&r, day/100, day%100) {
		return 0
	}
	n = 6 + m
	end := bytes.Index(b[n:min(len(b), n+200)], []byte("] "))
	tid, m := readInt(b[n+spaces(b[n:]):])
	if m == 0 || end < 0 {
		return 0
	}
	l.reading, l.level, l.tid = r, b[0], tid
	return n + end + 2
}

// readBoot reads "[   12.345678] ".
func readBoot(b []byte, l *layer) int {
	if b[0] != '[' {
		return 0
	}
	n := 1 + spaces(b[1:])
	_, m := digits(b[n:], 9)
	if n += m; m == 0 || n == len(b) || b[n] != '.' {
		return 0
	}
	_, m = digits(b[n+1:], 6)
	if n += 1 + m; n == len(b) || m != 6 && (m != 3 || l.level == 0) {
		return 0
	}
	if bytes.HasPrefix(b[n:], []byte("] ")) {
		l.kernel = true
		return n + 2
	}
	return 0
}

// readLineStamp reads a stamp at the start of a line, behind nothing but brackets and levels, and returns its length with
// the brackets and blanks around it.
func readLineStamp(line []byte, r *reading) int {
	n := 0
	for range 4 { // parts in front
		start := n
		if n < len(line) && (line[n] == '[' || line[n] == '(') {
			n++
		}
		bracket := n > start
		if n == len(line) {
			return 0
		}
		if m := readStampAt(line[n:], r, bracket); m > 0 {
			n += m
			if bracket {
				if n == len(line) || line[n] != ']' && line[n] != ')' {
					if m := fieldEnd(line[n:]); m > 0 { // [2023-08-31 11:04:04 INFO]
						n += m
					} else if n < len(line) && line[n] != ' ' {
						*r = reading{}
						return 0
					}
				} else {
					n++
				}
			} else if n < len(line) && !endsStamp(line[n]) {
				*r = reading{}
				return 0
			}
			return n + gapLen(line[n:])
		}
		n = start + partLen(line[start:])
		if n == start {
			return 0
		}
	}
	return 0
}

// gapLen is the length of what parts a stamp from the message: blanks and one mark of its own.
func gapLen(b []byte) int {
	n := spaces(b)
	if n < len(b) && strings.IndexByte("-|>:,", b[n]) >= 0 && (n+1 == len(b) || b[n+1] == ' ') {
		n++
		n += spaces(b[n:])
	}
	return n
}

// readStampAt reads a stamp in the forms of this file and of readLoose.
func readStampAt(b []byte, r *reading, bracket bool) int {
	switch c := b[0]; {
	case isDigit(c):
		if n := readTime(b, r); n > 0 && (n > 8 || bracket && n < len(b) && b[n] == ']') {
			return n
		}
		*r = reading{}
		var t reading
		if n := readDate(b, &t); n > 0 && n+9 <= len(b) && (b[n] == ' ' || b[n] == 'T') {
			if m := readTime(b[n+1:], &t); m > 0 {
				n += 1 + m
				if z := readLooseZone(b[n:], &t); z > 0 {
					n += z
				}
				if !(n+3 <= len(b) && b[n] == ' ' && (b[n+1]|0x20 == 'a' || b[n+1]|0x20 == 'p') && b[n+2]|0x20 == 'm') {
					*r = t
					return n
				}
			}
		}
		if n := readLoose(b, r); n > 0 {
			return n
		}
		if n := readEpoch(b, r); n >= 13 && b[0] == '1' && b[1] >= '5' && (n == len(b) || b[n] == ' ' || b[n] == ']' || b[n] == '\t' || b[n] == ',') {
			return n
		}
		*r = reading{}
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return readLoose(b, r)
	case c == daytimes[0].word[0], c == daytimes[2].word[0], c == daytimes[3].word[0], c == daytimes[7].word[0]:
		if isDaytime(b) {
			return readClock(b, r)
		}
	}
	return 0
}

// endsStamp reports whether c can follow a stamp that is not in brackets. More of a number or word cannot.
func endsStamp(c byte) bool {
	switch c {
	case ' ', '\t', ']', ')', '|', ',', ';', '[', '>':
		return true
	case ':':
		return true
	}
	return c >= 0x80
}

// fieldEnd returns the length of the rest of a bracketed field that is short.
func fieldEnd(b []byte) int {
	if len(b) == 0 || b[0] != ' ' && b[0] != ',' && b[0] != '|' {
		return 0
	}
	if i := bytes.IndexByte(b[:min(len(b), 24)], ']'); i >= 0 {
		return i + 1
	}
	return 0
}

// partLen is the length of a bracketed field or a level at the start of b with what parts it from the next, 0 if there is
// none. Only these may stand in front of a stamp: a message names times too.
func partLen(b []byte) int {
	n := 0
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '[':
		end := bytes.IndexByte(b[:min(len(b), 40)], ']')
		if end < 0 {
			return 0
		}
		n = end + 1
	default:
		for n < len(b) && n < 8 && b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' {
			n++
		}
		if levelOf(b[:n]) == 0 || n == len(b) || !endsStamp(b[n]) && b[n] != '/' {
			return 0
		}
	}
	for n < len(b) && (b[n] == ' ' || b[n] == '\t' || b[n] == '|' || b[n] == ':' || b[n] == '-' || b[n] == ',' || b[n] == '/') {
		n++
	}
	return n
}

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

// sameMoment is how long a transport may hold a line back.
const sameMoment = 4 * time.Minute

// adopt fills in what the stamp of a line leaves out from that of its transport, of the same moment: the time itself, the
// year, the date, and the zone where the two differ by quarters of an hour and the transport names its own.
func (r *reading) adopt(outer *reading) {
	if !outer.has.Has(HasTime) || r.has.Has(HasTime|HasDate|HasYear|HasZone) {
		return
	}
	if !r.has.Has(HasTime) {
		*r = *outer
		return
	}
	if !outer.has.Has(HasDate) {
		return
	}
	ahead := r.ofDay - outer.ofDay
	switch {
	case ahead > 12*time.Hour:
		ahead -= 24 * time.Hour
	case ahead <= -12*time.Hour:
		ahead += 24 * time.Hour
	}
	zone := ahead.Round(15 * time.Minute)
	if !r.has.Has(HasZone) && outer.has.Has(HasZone) && (ahead-zone).Abs() <= sameMoment {
		if east := outer.zone + int(zone/time.Second); east >= -12*3600 && east <= 14*3600 {
			r.zone = east
			r.has |= HasZone
		}
	}
	if !r.has.Has(HasDate) {
		year := outer.year
		if !outer.has.Has(HasYear) {
			year = 2000 // any leap year
		}
		day := time.Date(year, time.Month(outer.month), outer.day, 0, 0, 0, 0, time.UTC).Add(outer.ofDay + ahead)
		y, m, d := day.Date()
		r.year, r.month, r.day = y, int(m), d
		r.has |= outer.has & (HasDate | HasYear)
		return
	}
	if !r.has.Has(HasYear) && outer.has.Has(HasYear) {
		r.year = outer.year
		switch {
		case r.month == 12 && outer.month == 1:
			r.year--
		case r.month == 1 && outer.month == 12:
			r.year++
		}
		r.has |= HasYear
	}
}
