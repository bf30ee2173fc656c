package logline

import (
	"bytes"
	"iter"
	"time"
	"unicode/utf8"
)

// Options tell what a log leaves out. The zero value is UTC in the year 0.
type Options struct {
	// Location is the zone of stamps that name none; nil means UTC.
	Location *time.Location
	// Date is the day of the first stamp without a date, and its year that of the first stamp
	// without a year. Zero means 0000-01-01, for the caller to shift once the day is known.
	Date time.Time
	// Blocks says that the input is a container: Pos.Offset is then that of the block for all of its
	// records, and Line counts within its text.
	Blocks bool
}

// Parser splits the text of one input, block by block or chunk by chunk, in order.
//
// Between calls it keeps the last time, which records without a stamp inherit, and the day and year
// reached: where a stamp has no date, a time of day more than 12 hours earlier than the one before
// means the next day; where it has no year, January after December means the next year.
// A Parser must not be used by two goroutines at once.
type Parser struct {
	clock   clock
	head    header
	blocks  bool
	foreign bool   // the text at hand is not all UTF-8
	dirty   bool   // the text at hand has NULs or escapes in it
	aside   bool   // the record at hand is one
	scratch []byte // what had to be rewritten of the record at hand
	facts   Facts
	report  bugreport
}

// NewParser returns a Parser for a new input.
func NewParser(opt Options) *Parser { return &Parser{clock: newClock(opt), blocks: opt.Blocks} }

// Lines splits a chunk of a text file, or the text of a block, whose first byte is at at; a Line
// of 0 means 1.
func (p *Parser) Lines(text []byte, at Pos) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for c := p.cursor(text, at); len(c.rest) > 0; {
			if !yield(c.next(p)) {
				return
			}
		}
	}
}

// look tells what of a text has to be looked at line by line.
func (p *Parser) look(text []byte) {
	p.foreign = !p.blocks && !utf8.Valid(text)
	p.dirty = !p.blocks && (bytes.IndexByte(text, 0) >= 0 || bytes.IndexByte(text, 0x1b) >= 0)
}

// cursor is a place in a text between two records.
type cursor struct {
	pos  Pos
	rest []byte
	step int64 // what each byte adds to the offset
}

func (p *Parser) cursor(text []byte, at Pos) cursor {
	p.look(text)
	c := cursor{pos: at, rest: text, step: 1}
	c.pos.Line = max(at.Line, 1)
	if p.blocks {
		c.step = 0
	}
	return c
}

// next parses the record at the cursor and moves behind it.
func (c *cursor) next(p *Parser) Line {
	n, newlines := p.next(c.rest)
	raw := c.rest[:n]
	if p.foreign {
		if utf, ok := recode(raw); ok {
			p.facts.GBK++
			raw = utf
			first, _ := lineLen(raw)
			p.parseHeader(trimEnd(raw[:first]))
		}
	}
	l := p.line(raw)
	l.Pos = c.pos
	c.pass(n, newlines)
	return l
}

// pass moves the cursor behind a record.
func (c *cursor) pass(n, newlines int) {
	c.rest = c.rest[n:]
	c.pos.Offset += c.step * int64(n)
	c.pos.Line += newlines
}

// next parses the header of the record at the start of text and returns the length of the record,
// line end included, and the line ends in it.
func (p *Parser) next(text []byte) (n, newlines int) {
	n, newlines = lineLen(text)
	continues := p.parseHeader(trimEnd(text[:n]))
	for continues && n < len(text) && !isStart(text[n:]) {
		m, k := lineLen(text[n:])
		n += m
		newlines += k
	}
	return n, newlines
}

// line makes a Line of a record whose header was just parsed.
func (p *Parser) line(raw []byte) Line {
	h := &p.head
	l := Line{
		Format: h.format,
		Level:  h.level,
		PID:    h.pid,
		TID:    h.tid,
		Tag:    h.tag,
		Source: h.source,
		Text:   h.text,
		Aside:  p.aside,
		Raw:    raw,
	}
	switch {
	case h.long:
		l.Text = trimLines(raw[min(h.body, len(raw)):])
	case h.text == nil:
		l.Text = trimEnd(raw)[h.body:]
	}
	if !p.aside {
		l.Time, l.Stamp = p.clock.resolve(&h.reading)
	}
	return l
}

// parseHeader finds the format of a line and reports whether lines without a header continue it.
func (p *Parser) parseHeader(line []byte) (continues bool) {
	h := &p.head
	*h = header{}
	if isMars(line) {
		parseMars(line, h)
		return true
	}
	p.scratch = p.scratch[len(p.scratch):] // what stands before it belongs to records that were yielded
	if !p.blocks {
		if p.aside = p.note(line); p.aside {
			return false
		}
	}
	p.parseBare(line)
	p.facts.Monotonic = p.facts.Monotonic || h.monotonic
	if h.has.Has(HasZone) && (h.zone != 0 || !p.facts.Offsets) {
		p.facts.Offset, p.facts.Offsets = h.zone, true
	}
	p.aside = p.report.repeats(&h.reading)
	return h.long
}

// parseBare parses a line that does not begin like a Mars record.
func (p *Parser) parseBare(line []byte) {
	h := &p.head
	plain := line
	if p.dirty {
		plain = p.clean(line)
	}
	p.parseInner(plain, h, 0)
	if len(plain) != len(line) && h.text == nil && !h.long && (h.body > 0 || h.format != Plain) {
		h.text = plain[h.body:] // a line without a header is left as it is
	}
}

// parseInner parses a line, what is in it under as many prefixes as depth leaves, and gives the line inside what they
// say.
func (p *Parser) parseInner(line []byte, h *header, depth int) {
	switch {
	case (depth > 0 || p.dirty) && isMars(line):
		parseMars(line, h)
		return
	case parseAppender(line, h) || parseLogcat(line, h) || parseLinuxSDK(line, h) || parseLabelled(line, h):
		return
	case depth < maxLayers && (p.parseJSON(line, h, depth+1) || p.parseCells(line, h, depth+1)):
		return
	}
	var outer layer
	n := 0
	if depth < maxLayers {
		n = readLayer(line, &outer)
	}
	if n == 0 {
		parseShort(line, h)
		return
	}
	p.parseInner(line[n:], h, depth+1)
	h.body += n
	h.long = false
	h.under(&outer)
}

// isStart reports whether the first line of text ends a Mars record before it. A time stamp alone does not:
// message bodies hold lines that begin with one.
func isStart(text []byte) bool {
	if isMars(text) {
		return true
	}
	switch c := text[0]; {
	case c == '[', c == '-', isDigit(c), appenderByte(c):
	default:
		return false
	}
	var h header
	n, _ := lineLen(text)
	line := trimEnd(text[:n])
	return parseAppender(line, &h) || parseLogcat(line, &h) || parseLinuxSDK(line, &h)
}

// continues reports whether a line begins a record that lines without a header continue.
func continues(line []byte) bool { return isMars(line) || parseLong(trimEnd(line), &header{}) }

// lineLen is the length of the first line of text with its line end, of which there may be none.
func lineLen(text []byte) (n, newlines int) {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1, 1
	}
	return len(text), 0
}

// trimEnd takes one line end away: LF with any CR in front, since a serial console adds one to CR LF. A lone CR is text.
func trimEnd(b []byte) []byte {
	n := len(b)
	if n == 0 || b[n-1] != '\n' {
		return b
	}
	for n--; n > 0 && b[n-1] == '\r'; n-- {
	}
	return b[:n]
}

// trimLines takes away the line ends around the message of a record of several lines.
func trimLines(b []byte) []byte { return bytes.Trim(b, "\r\n") }
