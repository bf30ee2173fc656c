package logline

import (
	"bytes"
	"iter"
)

// Skim is Lines for a reader of few records. It yields those in which wanted finds something, the first and the last of
// each minute, and those that are not Mars records with a whole stamp, in order; the others are only counted, in
// Line.Left of the next one. The last record of the text is always yielded. wanted returns where in a text something of
// interest may begin, -1 for nowhere; it may be wrong in the reader's disfavour only.
//
// ends are places in text, in rising order, at which records are likely to end, nil if none are known. They make Skim
// faster and change nothing else.
//
// It exists because a container holds a hundred records of no interest for one of some, and parsing costs as much as
// unpacking.
func (p *Parser) Skim(text []byte, at Pos, ends []int, wanted func(text []byte) int) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		c := p.cursor(text, at)
		hit := beyond(wanted, text, 0) // the next place of interest
		var minute []byte              // how records begin that are of the minute of the last one yielded
		var held cursor                // at the last record left out, if left is not 0
		known := boundaries(ends)
		left := 0
		take := func(c *cursor) bool {
			l := c.next(p)
			l.Left, left = left, 0
			return yield(l)
		}
		for len(c.rest) > 0 {
			pos := len(text) - len(c.rest)
			if sameMinute(c.rest, minute) {
				if n, last := known.row(text, pos, hit, minute); n > 0 {
					c.pass(last-pos, n-1)
					held = c
					c.pass(lineLen(c.rest))
					left += n
					continue
				}
				n, newlines := recordLen(c.rest, minute)
				if hit >= pos+n {
					held = c
					left++
					c.pass(n, newlines)
					continue
				}
			} else if left > 0 {
				left--
				if !take(&held) {
					return
				}
			}
			record := c.rest
			if !take(&c) {
				return
			}
			minute = minuteOf(record, &p.head)
			if end := len(text) - len(c.rest); hit < end {
				hit = beyond(wanted, text, end)
			}
		}
		if left > 0 {
			left--
			take(&held)
		}
	}
}

// beyond returns the next place of interest from position from on, len(text) for none.
func beyond(wanted func([]byte) int, text []byte, from int) int {
	if n := wanted(text[from:]); n >= 0 {
		return from + n
	}
	return len(text)
}

// minuteOf returns the start of a Mars record up to the minute of its stamp, nil where the stamp is not whole.
func minuteOf(record []byte, h *header) []byte {
	const zone = len("[I][2024-06-01 ")
	if h.format != Mars || !h.has.Has(HasTime|HasDate|HasYear|HasZone) || h.has.Has(Inherited) || !isMars(record) {
		return nil
	}
	n := bytes.IndexByte(record[zone:], ' ') // readMarsTime has found it
	return record[:zone+n+len(" 08:01:")]
}

// sameMinute reports whether text begins with a Mars record of that minute, of whatever level.
func sameMinute(text, minute []byte) bool {
	n := len(minute)
	return n > 2 && len(text) >= n && text[0] == '[' && isLevel(text[1]) && string(text[2:n]) == string(minute[2:])
}

// boundaries are places in a text at which records are likely to end, in order.
type boundaries []int

// maxRow is how many records are looked at as one. Where one of them has several lines, the look was for nothing.
const maxRow = 32

// row counts the first records of text[pos:hit], for as long as they end at the boundaries, are of one line each, and
// have a record of the minute behind them. It returns where the last one begins. None of text is looked at twice.
func (b *boundaries) row(text []byte, pos, hit int, minute []byte) (n, last int) {
	ends := *b
	for len(ends) > 0 && ends[0] <= pos {
		ends = ends[1:]
	}
	end := pos
	for n < min(len(ends), maxRow) && ends[n] <= hit && text[ends[n]-1] == '\n' && sameMinute(text[ends[n]:], minute) {
		last, end = end, ends[n]
		n++
	}
	*b = ends[n:]
	if bytes.Count(text[pos:end], newline) != n {
		return 0, 0
	}
	return n, last
}

var newline = []byte{'\n'}

// recordLen returns the length of the Mars record that text begins with, and the line ends in it, as Parser.next does.
func recordLen(text, minute []byte) (n, newlines int) {
	n, newlines = lineLen(text)
	for n < len(text) && !sameMinute(text[n:], minute) && !isStart(text[n:]) {
		m, k := lineLen(text[n:])
		n += m
		newlines += k
	}
	return n, newlines
}
