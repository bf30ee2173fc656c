package logline

import (
	"bytes"
	"strings"
)

// The stamp that a transport puts at the start of a line, with the brackets and levels around it.

// readLineStamp reads a stamp at the start of a line, behind nothing but brackets and levels, and returns its length with
// the brackets and blanks around it.
func readLineStamp(line []byte, r *reading) int {
	n := 0
	for range 4 { // parts in front
		start := n
		if n < len(line) && (line[n] == '[' || line[n] == '(') {
			n++
		}
		bracket := n > start
		if n == len(line) {
			return 0
		}
		if m := readStampAt(line[n:], r, bracket); m > 0 {
			n += m
			if bracket {
				if n == len(line) || line[n] != ']' && line[n] != ')' {
					if m := fieldEnd(line[n:]); m > 0 { // [2023-08-31 11:04:04 INFO]
						n += m
					} else if n < len(line) && line[n] != ' ' {
						*r = reading{}
						return 0
					}
				} else {
					n++
				}
			} else if n < len(line) && !endsStamp(line[n]) {
				*r = reading{}
				return 0
			}
			return n + gapLen(line[n:])
		}
		n = start + partLen(line[start:])
		if n == start {
			return 0
		}
	}
	return 0
}

// gapLen is the length of what parts a stamp from the message: blanks and one mark of its own.
func gapLen(b []byte) int {
	n := spaces(b)
	if n < len(b) && strings.IndexByte("-|>:,", b[n]) >= 0 && (n+1 == len(b) || b[n+1] == ' ') {
		n++
		n += spaces(b[n:])
	}
	return n
}

// readStampAt reads a stamp in the forms of this file and of readLoose.
func readStampAt(b []byte, r *reading, bracket bool) int {
	switch c := b[0]; {
	case isDigit(c):
		if n := readTime(b, r); n > 0 && (n > 8 || bracket && n < len(b) && b[n] == ']') {
			return n
		}
		*r = reading{}
		var t reading
		if n := readDate(b, &t); n > 0 && n+9 <= len(b) && (b[n] == ' ' || b[n] == 'T') {
			if m := readTime(b[n+1:], &t); m > 0 {
				n += 1 + m
				if z := readLooseZone(b[n:], &t); z > 0 {
					n += z
				}
				if !(n+3 <= len(b) && b[n] == ' ' && (b[n+1]|0x20 == 'a' || b[n+1]|0x20 == 'p') && b[n+2]|0x20 == 'm') {
					*r = t
					return n
				}
			}
		}
		if n := readLoose(b, r); n > 0 {
			return n
		}
		if n := readEpoch(b, r); n >= 13 && b[0] == '1' && b[1] >= '5' && (n == len(b) || b[n] == ' ' || b[n] == ']' || b[n] == '\t' || b[n] == ',') {
			return n
		}
		*r = reading{}
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		return readLoose(b, r)
	case c == daytimes[0].word[0], c == daytimes[2].word[0], c == daytimes[3].word[0], c == daytimes[7].word[0]:
		if isDaytime(b) {
			return readClock(b, r)
		}
	}
	return 0
}

// endsStamp reports whether c can follow a stamp that is not in brackets. More of a number or word cannot.
func endsStamp(c byte) bool {
	switch c {
	case ' ', '\t', ']', ')', '|', ',', ';', '[', '>':
		return true
	case ':':
		return true
	}
	return c >= 0x80
}

// fieldEnd returns the length of the rest of a bracketed field that is short.
func fieldEnd(b []byte) int {
	if len(b) == 0 || b[0] != ' ' && b[0] != ',' && b[0] != '|' {
		return 0
	}
	if i := bytes.IndexByte(b[:min(len(b), 24)], ']'); i >= 0 {
		return i + 1
	}
	return 0
}

// partLen is the length of a bracketed field or a level at the start of b with what parts it from the next, 0 if there is
// none. Only these may stand in front of a stamp: a message names times too.
func partLen(b []byte) int {
	n := 0
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '[':
		end := bytes.IndexByte(b[:min(len(b), 40)], ']')
		if end < 0 {
			return 0
		}
		n = end + 1
	default:
		for n < len(b) && n < 8 && b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' {
			n++
		}
		if levelOf(b[:n]) == 0 || n == len(b) || !endsStamp(b[n]) && b[n] != '/' {
			return 0
		}
	}
	for n < len(b) && (b[n] == ' ' || b[n] == '\t' || b[n] == '|' || b[n] == ':' || b[n] == '-' || b[n] == ',' || b[n] == '/') {
		n++
	}
	return n
}
