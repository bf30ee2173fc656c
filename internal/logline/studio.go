package logline

import "bytes"

// What Android Studio exports and copies, before and since version Dolphin:
//
//	2024-06-01 08:01:00.012 1234-1250/com.tencent.wmpf:container I/tag: message
//	2024-06-01 08:01:00.012  1234-1250  tag   com.tencent.wmpf   I  message

// parseStudio reads what follows the stamp and returns its length, 0 if it is something else.
func parseStudio(b []byte, h *header) int {
	pid, n := readInt(b)
	if n == 0 || n == len(b) || b[n] != '-' {
		return 0
	}
	n++
	tid, m := readInt(b[n:])
	if m == 0 || n+m == len(b) {
		return 0
	}
	n += m
	if b[n] == '/' {
		m = parseOldStudio(b[n:], h)
	} else {
		m = parseNewStudio(b[n:], h)
	}
	if m == 0 {
		return 0
	}
	h.pid, h.tid = pid, tid
	return n + m
}

// parseOldStudio reads "/process L/TAG: ".
func parseOldStudio(b []byte, h *header) int {
	n := wordLen(b)
	n += spaces(b[n:])
	if n+2 > len(b) || b[n+1] != '/' || !readLevel(b[n], h) {
		return 0
	}
	n += 2
	return n + readTag(b[n:], h)
}

// parseNewStudio reads " TAG package L ". A tag may hold blanks, so the level is the first word of one
// letter that has two words before it.
func parseNewStudio(b []byte, h *header) int {
	n := spaces(b)
	if n == 0 {
		return 0
	}
	tag, process := n, n
	for words := 0; n < len(b); words++ {
		word := wordLen(b[n:])
		if words >= 2 && word == 1 && readLevel(b[n], h) {
			h.tag = bytes.TrimRight(b[tag:process], " ")
			n++
			return n + spaces(b[n:min(n+2, len(b))])
		}
		process = n
		n += word
		n += spaces(b[n:])
	}
	return 0
}
