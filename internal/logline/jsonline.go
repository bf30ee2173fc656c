package logline

import (
	"bytes"
	"strconv"
	"time"
	"unicode/utf8"
)

// A line that is one JSON object, as pino, winston, zap, bunyan, logrus, docker and journald write. Its members have
// different names everywhere; those below are known. An object without a time is no log line of this kind.
//
// The message may itself be a line of another format, of a container's output for one. The text of the record is the
// message, and behind it, where other members tell more, the object without it: an event may be spread over its members.

// role is what a member is for.
type role uint8

const (
	other role = iota
	roleTime
	roleLevel
	roleMessage
	rolePID
	roleTID
	roleTag
	roleNone   // says nothing of the message
	roleHeader // of Android Studio's .logcat: it holds the other members
	roleRecord // of search engines: it holds all members
)

// roles are the known names. Where two members have one role, the first in the line that can be read counts.
var roles = map[string]role{
	"time": roleTime, "ts": roleTime, "timestamp": roleTime, "@timestamp": roleTime, "date": roleTime, "t": roleTime,
	"datetime": roleTime, "@t": roleTime, "asctime": roleTime, "__REALTIME_TIMESTAMP": roleTime, "eventTime": roleTime, "Timestamp": roleTime,
	"__TIMESTAMP__": roleTime, "__time__": roleTime, "_time": roleTime, "timeUnixNano": roleTime, "Time": roleTime, "logTime": roleTime, "log_time": roleTime,
	"level": roleLevel, "lvl": roleLevel, "severity": roleLevel, "levelname": roleLevel, "log.level": roleLevel, "@l": roleLevel,
	"PRIORITY": roleLevel, "logLevel": roleLevel,
	"msg": roleMessage, "message": roleMessage, "log": roleMessage, "MESSAGE": roleMessage, "@m": roleMessage, "text": roleMessage,
	"__CONTENT__": roleMessage, "content": roleMessage, "_raw": roleMessage, "body": roleMessage, "Body": roleMessage, "Message": roleMessage,
	"pid": rolePID, "_PID": rolePID, "process": rolePID, "tid": roleTID, "_TID": roleTID,
	"name": roleTag, "logger": roleTag, "tag": roleTag, "component": roleTag, "SYSLOG_IDENTIFIER": roleTag,
	"hostname": roleNone, "host": roleNone, "v": roleNone, "caller": roleNone, "stream": roleNone, "thread": roleNone, "file": roleNone,
	"line": roleNone, "func": roleNone, "function": roleNone, "_HOSTNAME": roleNone, "__CURSOR": roleNone, "stack": roleNone,
	"__MONOTONIC_TIMESTAMP": roleNone, "_BOOT_ID": roleNone, "ecs.version": roleNone, "@version": roleNone,
	"applicationId": roleNone, "processName": roleNone, "_index": roleNone, "_id": roleNone, "_score": roleNone, "sort": roleNone,
	"__SOURCE__": roleNone, "__FILENAME__": roleNone, "__HOSTNAME__": roleNone, "__source__": roleNone, "__topic__": roleNone,
	"header": roleHeader, "_source": roleRecord,
}

// parseJSON recognises the line and parses the message in it.
func (p *Parser) parseJSON(line []byte, h *header, depth int) bool {
	end := len(line)
	if line = line[blankLen(line):]; len(line) < 9 || line[0] != '{' {
		return false
	}
	var outer layer
	var message []byte
	var whole, found, inside, studio bool
	var take func(key, value []byte)
	take = func(key, value []byte) {
		switch what := roles[string(key)]; what {
		case roleTime:
			if !outer.has.Has(HasTime) {
				readJSONTime(value, &outer.reading)
			}
		case roleLevel:
			if outer.level == 0 {
				outer.level = jsonLevel(value)
			}
		case roleMessage:
			if !found && value[0] == '"' {
				message, found = value, true
			} else {
				whole = true
			}
		case rolePID:
			outer.pid, _ = readInt(unquoted(value))
		case roleTID:
			outer.tid, _ = readInt(unquoted(value))
		case roleTag:
			if outer.tag == nil && value[0] == '"' {
				outer.tag = unquoted(value)
			}
		case roleNone:
		case roleHeader, roleRecord:
			if inside || value[0] != '{' {
				whole = true
				break
			}
			inside, studio = true, studio || what == roleHeader
			eachMember(value, take)
			inside = false
		default:
			whole = true
		}
	}
	eachMember(line, take)
	if !outer.has.Has(HasTime) {
		return false
	}
	h.text = line
	if found {
		h.text = nil
		p.jsonMessage(message, h, depth)
		if whole {
			h.text = p.around(line, message, h.text)
		}
	}
	h.body = end
	h.under(&outer)
	if studio && h.format == Plain {
		h.format = Logcat
	}
	return true
}

// jsonMessage parses the line that a message is.
func (p *Parser) jsonMessage(message []byte, h *header, depth int) {
	p.room(len(message))
	from := len(p.scratch)
	p.scratch = AppendUnquoted(p.scratch, unquoted(message))
	inner := bytes.TrimRight(p.scratch[from:], "\r\n")
	p.parseMessage(inner, h, depth)
}

// parseMessage parses the line that a message is, in memory that the record keeps.
func (p *Parser) parseMessage(inner []byte, h *header, depth int) {
	p.parseInner(inner, h, depth)
	if h.text == nil {
		h.text = inner[h.body:]
	}
}

// around returns the text of a message with the object it was in, without the message.
func (p *Parser) around(line, message, text []byte) []byte {
	p.room(len(text) + len(line))
	from := len(p.scratch)
	p.scratch = append(append(p.scratch, text...), ' ')
	at := cap(line) - cap(message) // it is a part of the line
	p.scratch = append(append(append(p.scratch, line[:at]...), `""`...), line[at+len(message):]...)
	return p.scratch[from:]
}

// under fills in what a line leaves out from what carried it.
func (h *header) under(l *layer) {
	h.adopt(&l.reading)
	if h.level == 0 {
		h.level = l.level
	}
	if h.pid == 0 && h.tid == 0 {
		h.pid, h.tid = l.pid, l.tid
	}
	if len(h.tag) == 0 {
		h.tag = l.tag
	}
	h.monotonic = h.monotonic || l.kernel
}

// readJSONTime reads a time in quotes, all of it, a number, or the object of Android Studio's .logcat.
func readJSONTime(value []byte, r *reading) {
	if value[0] == '{' {
		readSeconds(value, r)
		return
	}
	b := unquoted(value)
	if !readWholeEpoch(b, r) && value[0] == '"' {
		readWholeStamp(b, r)
	}
}

// readWholeEpoch reads a time that is a number, and reports whether b is one.
func readWholeEpoch(b []byte, r *reading) bool {
	var t reading
	if n := readEpoch(b, &t); n == 0 || n < len(b) {
		return false
	}
	*r = t
	return true
}

// readWholeStamp reads a date and a time, and reports whether b is that and nothing else.
func readWholeStamp(b []byte, r *reading) bool {
	var t reading
	if len(b) == 0 || readStampAt(b, &t, true) < len(b) || !t.has.Has(HasDate) {
		return false
	}
	*r = t
	return true
}

// readSeconds reads {"seconds": 1717200060, "nanos": 12000000}.
func readSeconds(object []byte, r *reading) {
	var seconds, nanos int64
	eachMember(object, func(key, value []byte) {
		switch string(key) {
		case "seconds":
			seconds, _ = readInt(unquoted(value))
		case "nanos":
			nanos, _ = readInt(value)
		}
	})
	if seconds > 0 && seconds < 1<<33 && nanos >= 0 && nanos < 1e9 {
		r.setUnix(seconds, 0)
		r.ofDay += time.Duration(nanos)
	}
}

// jsonLevel returns the level that a name or number stands for: up to 7 it is of syslog, from 10 on of pino and bunyan.
func jsonLevel(value []byte) byte {
	b := unquoted(value)
	v, n := digits(b, 3)
	switch {
	case n == 0 || n < len(b):
		return levelOf(b)
	case v <= 7:
		return syslogLevel(v)
	case v < 20:
		return 'V'
	case v < 30:
		return 'D'
	case v < 40:
		return 'I'
	case v < 50:
		return 'W'
	case v < 60:
		return 'E'
	}
	return 'F'
}

// eachMember calls f for each member of the object b begins with, up to where it is cut or malformed. A value is as it
// was written and not empty.
func eachMember(b []byte, f func(key, value []byte)) {
	n := 1
	for {
		n += blankLen(b[n:])
		if n >= len(b) || b[n] != '"' {
			return
		}
		m := stringLen(b[n:])
		if m == 0 {
			return
		}
		key := b[n+1 : n+m-1]
		n += m
		n += blankLen(b[n:])
		if n >= len(b) || b[n] != ':' {
			return
		}
		n++
		n += blankLen(b[n:])
		m = valueLen(b[n:])
		if m == 0 {
			return
		}
		f(key, b[n:n+m])
		n += m
		n += blankLen(b[n:])
		if n >= len(b) || b[n] != ',' {
			return
		}
		n++
	}
}

func blankLen(b []byte) int {
	n := 0
	for n < len(b) && isBlank(b[n]) {
		n++
	}
	return n
}

// stringLen is the length of the string in quotes that b begins with, 0 if it has no end.
func stringLen(b []byte) int {
	for n := 1; n < len(b); n++ {
		switch b[n] {
		case '\\':
			n++
		case '"':
			return n + 1
		}
	}
	return 0
}

// valueLen is the length of the value b begins with, 0 if it has no end.
func valueLen(b []byte) int {
	depth := 0
	for n := 0; n < len(b); n++ {
		switch b[n] {
		case '"':
			m := stringLen(b[n:])
			if m == 0 {
				return 0
			}
			n += m - 1
			if depth == 0 {
				return n + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return n
			}
			if depth--; depth == 0 {
				return n + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return n
			}
		}
	}
	return 0
}

func unquoted(b []byte) []byte {
	if len(b) > 1 && b[0] == '"' {
		return b[1 : len(b)-1]
	}
	return b
}

// AppendUnquoted appends the inside of a JSON or JavaScript string with its escapes resolved. An unknown escape stands for
// its character, and a malformed \u for itself.
func AppendUnquoted(dst, s []byte) []byte {
	for len(s) > 0 {
		i := bytes.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		s = s[i:]
		switch s[1] {
		case 'n':
			dst = append(dst, '\n')
		case 't':
			dst = append(dst, '\t')
		case 'r':
			dst = append(dst, '\r')
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'u':
			r, n := escapedRune(s)
			if n > 0 {
				dst = utf8.AppendRune(dst, r)
				s = s[n:]
				continue
			}
			dst = append(dst, s[:2]...)
		default:
			dst = append(dst, s[1])
		}
		s = s[2:]
	}
	return dst
}

// escapedRune reads "\u901a", or two halves of a surrogate pair, and returns its length, 0 if it is malformed.
func escapedRune(s []byte) (r rune, n int) {
	high, ok := hex4(s)
	if !ok {
		return 0, 0
	}
	if low, ok := hex4(s[6:]); ok && high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000 {
		return (high-0xD800)<<10 + (low - 0xDC00) + 0x10000, 12
	}
	return high, 6
}

func hex4(s []byte) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	return rune(v), err == nil //nolint:gosec // 16 bits
}
