package logline

import (
	"bytes"
	"strings"
)

// A row of a table that was saved as CSV, as log services and spreadsheets do:
//
//	"2024-06-01 08:01:00.012","info","onVoipEvent {""eventName"":""joinFailCaller""}"
//
// One of the cells in front is the time, where it can be read, and one may be the level; the others are the message. A cell with line ends in it
// goes on in lines of its own.

// maxCells is how many cells may stand in front of the time, and of the level.
const maxCells = 8

// quotedKey begins an object in a cell.
var quotedKey = []byte(`{""`)

// parseCells recognises the row and parses the message in it. Rows without a quote are read as lines with a stamp.
func (p *Parser) parseCells(line []byte, h *header, depth int) bool {
	if len(line) == 0 || line[0] != '"' && !bytes.Contains(line, []byte(`""`)) {
		return false
	}
	p.room(len(line) + 1)
	from := len(p.scratch)
	var outer layer
	var parts byte // what stands between cells
	for n, rest := 0, line; len(rest) > 0; n++ {
		start := len(p.scratch)
		size := p.cell(rest, parts)
		if size < 0 {
			return false
		}
		text := p.scratch[start:]
		switch {
		case n < maxCells && !outer.has.Has(HasTime) && (readWholeEpoch(text, &outer.reading) || readWholeStamp(text, &outer.reading)),
			n < maxCells && outer.level == 0 && readWholeLevel(text, &outer.level):
			p.scratch = p.scratch[:start]
		default:
			p.scratch = append(p.scratch, ' ')
		}
		if rest = rest[size:]; len(rest) > 0 {
			parts, rest = rest[0], rest[1:]
		}
	}
	if parts == 0 || !outer.has.Has(HasTime) && !bytes.Contains(line, quotedKey) {
		return false
	}
	p.parseMessage(bytes.TrimRight(p.scratch[from:], " "), h, depth)
	h.body = len(line)
	h.under(&outer)
	return true
}

// cell appends what the cell says that b begins with to the scratch, and returns its length, -1 if it is none. parts is what
// stands behind a cell; 0 is any of the bytes that may.
func (p *Parser) cell(b []byte, parts byte) int {
	marks := ",;\t"
	if parts != 0 {
		marks = string(parts)
	}
	if b[0] != '"' {
		n := bytes.IndexAny(b, marks)
		if n < 0 {
			n = len(b)
		}
		p.scratch = append(p.scratch, b[:n]...)
		return n
	}
	for n := 1; ; {
		m := bytes.IndexByte(b[n:], '"')
		if m < 0 { // it goes on in the next line
			p.scratch = append(p.scratch, b[n:]...)
			return len(b)
		}
		p.scratch = append(p.scratch, b[n:n+m]...)
		n += m + 1
		switch {
		case n == len(b) || strings.IndexByte(marks, b[n]) >= 0:
			return n
		case b[n] != '"':
			return -1
		}
		p.scratch = append(p.scratch, '"')
		n++
	}
}

// readWholeLevel reads a level, and reports whether b is the name of one and nothing else.
func readWholeLevel(b []byte, level *byte) bool {
	if len(b) == 1 && !isLevel(b[0]) {
		return false
	}
	*level = levelOf(b)
	return *level != 0
}
