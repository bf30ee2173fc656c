package logline

import "bytes"

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
