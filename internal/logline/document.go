package logline

import (
	"bytes"
	"encoding/json"
)

// A document is a text that is one JSON value as a whole and has its records in an array of objects: what consoles and log
// services export, and Android Studio as .logcat. It makes each of these objects a line, and changes no length.
//
// The array may be in an object, as in {"logcatMessages": [{"message": "message"}]}; what is outside of it stays as it is.
type document struct {
	over    bool // what follows is no part of it
	depth   int  // of braces and brackets
	records int  // the depth in the array of records, 0 outside
	opened  bool // an array, and nothing is in it yet
	quoted  bool
	escaped bool
}

// maxPrelude is how many tokens may stand in front of the records.
const maxPrelude = 1 << 10

// documentOf returns what makes lines of a text, nil if the text is no document. head is its beginning. Objects that are
// lines already are no document, whatever arrays are in them.
func documentOf(head []byte) *document {
	value := head[blankLen(head):]
	if len(value) == 0 || value[0] != '{' && value[0] != '[' {
		return nil
	}
	if n := valueLen(value); n > 0 && (n+blankLen(value[n:]) < len(value) || NewParser(Options{}).parseJSON(value, &header{}, maxLayers)) {
		return nil
	}
	tokens := json.NewDecoder(bytes.NewReader(value))
	var last json.Token
	for range maxPrelude {
		token, err := tokens.Token()
		if err != nil {
			return nil
		}
		if last == json.Delim('[') && token == json.Delim('{') {
			if _, err := tokens.Token(); err != nil { // no key
				return nil
			}
			return &document{}
		}
		last = token
	}
	return nil
}

// lines makes lines of the next piece of the text.
func (d *document) lines(b []byte) {
	open := -1 // where the last array begins, if that is in b
	for i := 0; i < len(b) && !d.over; i++ {
		c := b[i]
		if d.quoted {
			d.string(c)
			continue
		}
		opened := d.opened
		d.opened = opened && isBlank(c)
		switch {
		case c == '"':
			d.quoted = true
		case c == '{' || c == '[':
			if d.records == 0 && c == '{' && opened {
				d.records = d.depth
				d.bound(b, open)
			}
			d.depth++
			if c == '[' {
				d.opened, open = true, i
			}
		case c == '}' || c == ']':
			if d.depth == d.records {
				if c == '}' {
					d.over = true // it is no JSON any more
					break
				}
				d.bound(b, i)
				d.records = 0
			}
			d.depth--
			d.over = d.depth <= 0
		case c == ',' && d.depth == d.records:
			b[i] = '\n'
		case d.records > 0 && isBlank(c):
			b[i] = ' '
		}
	}
}

// bound parts the records from what is around them. There is nothing around an array that is the whole document.
func (d *document) bound(b []byte, i int) {
	switch {
	case i < 0:
	case d.records == 1:
		b[i] = ' '
	default:
		b[i] = '\n'
	}
}

// string passes a byte of a string.
func (d *document) string(c byte) {
	switch {
	case d.escaped:
		d.escaped = false
	case c == '\\':
		d.escaped = true
	case c == '"':
		d.quoted = false
	case c == '\n':
		d.over = true // JSON has no such string
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
