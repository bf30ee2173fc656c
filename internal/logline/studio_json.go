package logline

import (
	"bytes"
	"strings"
	"time"
)

// What Android Studio exports as .logcat since version Dolphin: one object, a member a line, as its writer indents it.
// The lines in front of "message" hold the header of the record, which is on that line.
//
//	  "logcatMessages": [
//	    {
//	      "header": {
//	        "logLevel": "INFO",
//	        "pid": 1234,
//	        "tid": 1250,
//	        "applicationId": "com.tencent.wmpf",
//	        "processName": "com.tencent.wmpf:container",
//	        "tag": "tag",
//	        "timestamp": {
//	          "seconds": 1717200060,
//	          "nanos": 12000000
//	        }
//	      },
//	      "message": "message"

// studio is what the lines of a header said.
type studio struct {
	on bool
	layer
	tags  [64]byte
	nanos int64
	secs  int64
}

var studioMark = []byte(`"logcatMessages"`)

// parseStudioJSON takes in a line of such a file, and reports whether it is one.
func (p *Parser) parseStudioJSON(line []byte, h *header) bool {
	s := &p.studio
	indent := spaces(line)
	member := line[indent:]
	if !s.on {
		s.on = bytes.HasPrefix(member, studioMark)
		if s.on {
			h.format, h.body = Logcat, len(line)
		}
		return s.on
	}
	if len(member) == 0 || member[0] != '"' {
		return len(member) == 0 || strings.IndexByte("{}[]", member[0]) >= 0
	}
	n := stringLen(member)
	if n == 0 || n == len(member) || member[n] != ':' {
		return false
	}
	value := member[n+1:]
	value = value[blankLen(value):]
	h.format, h.body = Logcat, len(line)
	v, _ := readInt(value)
	switch string(member[1 : n-1]) {
	case "header":
		*s = studio{on: true}
	case "logLevel":
		s.level = levelOf(bytes.TrimRight(unquotedTo(value), " "))
	case "pid":
		s.pid = v
	case "tid":
		s.tid = v
	case "tag":
		s.tag = s.tags[:copy(s.tags[:], unquotedTo(value))]
	case "seconds":
		s.secs = v
	case "nanos":
		s.nanos = v
	case "message":
		p.studioMessage(value, h)
	}
	return true
}

// studioMessage makes the record of a header and its message.
func (p *Parser) studioMessage(value []byte, h *header) {
	s := &p.studio
	p.room(len(value))
	from := len(p.scratch)
	p.scratch = AppendUnquoted(p.scratch, unquotedTo(value))
	h.text = p.scratch[from:]
	h.level, h.pid, h.tid = s.level, s.pid, s.tid
	from = len(p.scratch)
	p.scratch = append(p.scratch, s.tag...)
	h.tag = p.scratch[from:]
	if s.secs > 0 && s.secs < 1<<33 && s.nanos >= 0 && s.nanos < 1e9 {
		var r reading
		r.setUnix(s.secs, 0)
		r.ofDay += time.Duration(s.nanos)
		h.reading = r
	}
}

// unquotedTo returns the inside of the string b begins with, to the end of b where that is cut.
func unquotedTo(b []byte) []byte {
	if len(b) == 0 || b[0] != '"' {
		return nil
	}
	if n := stringLen(b); n > 0 {
		return b[1 : n-1]
	}
	return b[1:]
}
