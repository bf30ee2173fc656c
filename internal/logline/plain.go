package logline

import "bytes"

// parsePlain looks for a time stamp in front of text of no known format, in brackets or not:
//
//	2024-06-01 08:01:00 message
//	[2024-06-01T08:01:00.012+08:00] message
//	10:28:17.165 message
//
// A time without a date counts only with its fraction: "00:00:05 elapsed" is no stamp.
func parsePlain(line []byte, h *header) {
	if parseLabelled(line, h) {
		return
	}
	n := 0
	if len(line) > 0 && line[0] == '[' {
		n = 1
	}
	if n == len(line) || !isDigit(line[n]) {
		return
	}
	var r reading
	if m := readDate(line[n:], &r); m > 0 {
		n += m
		if n == len(line) || line[n] != ' ' && line[n] != 'T' {
			return
		}
		n++
	}
	m := readTime(line[n:], &r)
	if m == 0 || m == 8 && !r.has.Has(HasDate) {
		return
	}
	n += m
	if r.has.Has(HasDate) {
		if z := readZone(line[n:], &r); z > 0 {
			n += z
		} else if n < len(line) && line[n] == ' ' {
			n += readSpacedZone(line[n:], &r)
		}
	}
	if n < len(line) && line[0] == '[' && line[n] == ']' {
		n++
	}
	// What follows must not look like more of a number or word.
	if n < len(line) && line[n] != ' ' && line[n] != '\t' && line[n-1] != ']' {
		return
	}
	n += spaces(line[n:])
	h.reading = r
	h.body = n
}

// readSpacedZone reads " +0800" or " +08:00" and returns its length, 0 if there is none. Two digits, or more
// behind them, are a number of the message.
func readSpacedZone(b []byte, r *reading) int {
	zoned := *r
	n := 1 + readZone(b[1:], &zoned)
	if n < 6 || n < len(b) && b[n] != ' ' && b[n] != ']' {
		return 0
	}
	*r = zoned
	return n
}

// longestLabel is more bytes than the label of parseLabelled takes.
const longestLabel = 32

// parseLabelled reads the line of an app that gave Mars a formatter of its own: a label, the stamp as Mars writes it,
// and the level, as in the public iOS samples:
//
//	ShowStart: 2022-01-09 +8.0 17:03:10.973/E/ message
//
// All of it has to be there, for a message may begin with a label and a time as well.
func parseLabelled(line []byte, h *header) bool {
	n := bytes.IndexByte(line[:min(len(line), longestLabel)], ':')
	if n < 1 || bytes.ContainsAny(line[:n], " \t[{") || n+2 > len(line) || line[n+1] != ' ' {
		return false
	}
	n += 2
	var r reading
	m := readMarsTime(line[n:], &r)
	if n += m; m == 0 || !r.has.Has(HasZone) || n+3 > len(line) || line[n] != '/' || !isLevel(line[n+1]) || line[n+2] != '/' {
		return false
	}
	h.reading, h.level = r, line[n+1]
	n += 3
	h.body = n + spaces(line[n:])
	return true
}
