package logline

import (
	"bytes"
	"iter"
)

// LinesAt yields, as Lines would, the records that hold the bytes at hits, which are indices into text
// in ascending order. A search for words is many times faster than parsing every header of a log.
//
// What lies between hits is passed over where it is Mars records. Stamps passed over there do not
// move the day and year of stamps without a date, which matters only in a file that mixes formats.
// After the last hit the parser continues as if the rest of text had been parsed.
func (p *Parser) LinesAt(text []byte, at Pos, hits iter.Seq[int]) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		c := p.cursor(text, at)
		for hit := range hits {
			hit -= len(text) - len(c.rest)
			if hit < 0 {
				continue // in the record before
			}
			if hit >= len(c.rest) {
				break
			}
			if n := lastStamped(c.rest, hit); n > 0 {
				c.skip(n, bytes.Count(c.rest[:n], []byte{'\n'}))
				hit -= n
			}
			for len(c.rest) > 0 {
				before := len(c.rest)
				l := c.next(p)
				if hit -= before - len(c.rest); hit < 0 {
					if !yield(l) {
						return
					}
					break
				}
			}
		}
		if n := lastStamped(c.rest, len(c.rest)); n > 0 {
			c.skip(n, 0)
		}
		for len(c.rest) > 0 {
			c.next(p)
		}
	}
}

// lastStamped finds the last Mars record with a time of its own that begins before end: nothing in front of
// it bears on what follows. It returns 0 if there is none.
func lastStamped(text []byte, end int) int {
	for end > 0 {
		start := bytes.LastIndexByte(text[:end], '\n') + 1
		if isMars(text[start:]) {
			n, _ := lineLen(text[start:])
			var r reading
			if readMarsTime(text[start+4:start+n], &r) > 0 {
				return start
			}
		}
		end = start - 1
	}
	return 0
}
