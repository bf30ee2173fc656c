package logline

import (
	"bytes"
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
