package logline

import "bytes"

// The line of the WMPF VoIP SDK for Linux, which has neither date nor zone:
//
//	[17:01:38.813][I][WMPF][3539:3566][a/wmpf.cc:669][wx_voip_session_new]: message
//
// What the application prints in between has no header and is no part of the message.

// parseLinuxSDK recognises the line by its first four fields.
func parseLinuxSDK(line []byte, h *header) bool {
	if len(line) < 2 || line[0] != '[' || !isDigit(line[1]) {
		return false
	}
	n := 1 + readTime(line[1:], &h.reading)
	ok := n > 1 && n < len(line) && line[n] == ']'
	if ok {
		n++
		level, m := readField(line[n:])
		tag, k := readField(line[n+m:])
		id := readProcess(line[n+m+k:], h)
		ok = m > 0 && k > 0 && id > 0 && len(level) > 0 && readLevel(level[0], h)
		h.tag = tag
		n += m + k + id
	}
	if !ok {
		*h = header{}
		return false
	}
	h.format = LinuxSDK
	h.body = n
	if n < len(line) && line[n] == '[' {
		if end := bytes.Index(line[n:], []byte("]: ")); end > 0 {
			h.source = line[n+1 : n+end]
			h.body = n + end + 3
		} else if line[len(line)-1] == ':' && line[len(line)-2] == ']' {
			h.source = line[n+1 : len(line)-2]
			h.body = len(line)
		}
	}
	return true
}

// readProcess reads "[3539:3566]" and returns its length, 0 if it is something else.
func readProcess(b []byte, h *header) int {
	if len(b) == 0 || b[0] != '[' {
		return 0
	}
	pid, n := readInt(b[1:])
	if n++; n == 1 || n == len(b) || b[n] != ':' {
		return 0
	}
	n++
	tid, m := readInt(b[n:])
	if n += m; m == 0 || n == len(b) || b[n] != ']' {
		return 0
	}
	h.pid, h.tid = pid, tid
	return n + 1
}
