package logline

import (
	"bytes"
	"strings"
)

// A bug report of Android (AOSP, frameworks/native/cmds/dumpstate) is text in sections, some of which are logs:
//
//	== dumpstate: 2024-08-23 13:31:51
//	------ SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v) ------
//	08-23 13:31:40.012  1000  1234  1250 I tag     : message
//	------ 0.123s was the duration of 'SYSTEM LOG' ------
//	------ SYSTEM PROPERTIES (getprop) ------
//	[persist.sys.timezone]: [Asia/Shanghai]
//
// Lines of the other sections are asides: they name times and hold words of any kind, and are no records. LAST LOGCAT is
// what was kept over a restart; of it, what is not older than the logs before is an aside too, since they have it.

// Facts are what a text says of all its lines.
type Facts struct {
	// Dumped is when a bug report was made, of which only year, month and day are set, as UTC. 0 stands for none.
	Year, Month, Day int
	// Zone is the name of the device's zone, as "Asia/Shanghai", "" if it is not told.
	Zone string
	// Monotonic says that lines have seconds since the boot, and no time of day.
	Monotonic bool
	// Offset is the zone of stamps that name one, in seconds east of UTC, for those that name none, where Offsets is set: that of
	// the last stamp that is not in UTC, which is what containers write.
	Offset  int
	Offsets bool
	// GBK is how many records were in GBK or GB 18030 and are given in UTF-8.
	GBK int
}

// Facts returns what the text said so far.
func (p *Parser) Facts() Facts { return p.facts }

// bugreport is where in a bug report a parser is.
type bugreport struct {
	on    bool // this is one
	aside bool // the section is no log
	last  bool // the section repeats what was kept over a restart
	seen  bool // there was a time in a log section
	first reading
}

var (
	dumpstate   = []byte("== dumpstate: ")
	sectionMark = []byte("------ ")
	zoneMarks   = [][]byte{
		[]byte("[persist.sys.timezone]: ["), // getprop
		[]byte("persist.sys.timezone="),     // build.prop
		[]byte("Time zone: "),               // timedatectl
	}
)

// note looks for facts in a line, and reports whether it is an aside.
func (p *Parser) note(line []byte) (aside bool) {
	b := &p.report
	if len(line) == 0 {
		return b.aside
	}
	switch line[0] {
	case '=':
		var r reading
		if bytes.HasPrefix(line, dumpstate) && readDate(line[len(dumpstate):], &r) > 0 {
			*b = bugreport{on: true, aside: true}
			p.facts.Year, p.facts.Month, p.facts.Day = r.year, r.month, r.day
			return true
		}
	case '-':
		if b.on && bytes.HasPrefix(line, sectionMark) && bytes.HasSuffix(line, sectionMark[:6]) {
			b.section(line[len(sectionMark):])
			return true
		}
	case '[':
		if len(line) > 1 && line[1] == 'p' {
			p.zoneName(line)
		}
	case 'p', 'T', ' ':
		p.zoneName(bytes.TrimLeft(line, " "))
	}
	return b.aside
}

// section reads the title of one.
func (b *bugreport) section(title []byte) {
	name, command, _ := bytes.Cut(title, []byte(" ("))
	b.last = bytes.HasPrefix(name, []byte("LAST "))
	b.aside = !bytes.HasPrefix(command, []byte("logcat ")) || !bytes.HasSuffix(name, []byte(" LOG")) && !bytes.HasPrefix(name, []byte("LAST LOGCAT"))
}

// repeats takes note of the time of a record, and reports whether the logs before have it.
func (b *bugreport) repeats(r *reading) bool {
	if !b.on || !r.has.Has(HasTime|HasDate) {
		return false
	}
	if b.last {
		return b.seen && !r.before(&b.first)
	}
	if !b.seen || r.before(&b.first) {
		b.first, b.seen = *r, true
	}
	return false
}

// before compares two stamps that may have no year: then they are taken to be less than half a year apart.
func (r *reading) before(s *reading) bool {
	days := (r.month*31 + r.day) - (s.month*31 + s.day)
	if r.has.Has(HasYear) && s.has.Has(HasYear) {
		days += (r.year - s.year) * 12 * 31
	} else if days > 6*31 {
		days -= 12 * 31
	} else if days < -6*31 {
		days += 12 * 31
	}
	if days != 0 {
		return days < 0
	}
	return r.ofDay < s.ofDay
}

// zoneName reads the zone of the device.
func (p *Parser) zoneName(line []byte) {
	for _, mark := range zoneMarks {
		if !bytes.HasPrefix(line, mark) {
			continue
		}
		name := line[len(mark):]
		n := 0
		for n < len(name) && n < 64 && (name[n]|0x20 >= 'a' && name[n]|0x20 <= 'z' || isDigit(name[n]) || strings.IndexByte("/_+-", name[n]) >= 0) {
			n++
		}
		if n > 0 && bytes.IndexByte(name[:n], '/') > 0 {
			p.facts.Zone = string(name[:n])
		}
	}
}
