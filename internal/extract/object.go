package extract

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// value is a value as programs print it: JSON, JavaScript inspection ({ key: 'text', data: Error: text }), or the
// toString of a Java map ({key=text}).
type value struct {
	kind   kind
	text   string // of text, number, boolean as printed
	fields []field
}

type field struct {
	key   string
	value value
}

type kind uint8

const (
	null kind = iota
	text
	number
	boolean
	object
	array
)

const (
	maxDepth  = 24
	maxFields = 512
	maxTries  = 64 // objects begun in one line
)

// parseObject reads the object that begins at s[0] == '{' and returns it with the number of bytes it took. A cut or
// malformed object is none: what is missing could change what the rest means.
func parseObject(s []byte) (value, int, bool) {
	p := parser{s: s}
	v, ok := p.value(array, 0)
	return v, p.i, ok && v.kind == object
}

type parser struct {
	s []byte
	i int
}

func (p *parser) space() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\t' || p.s[p.i] == '\n' || p.s[p.i] == '\r') {
		p.i++
	}
}

func (p *parser) peek() byte {
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

func (p *parser) value(in kind, depth int) (value, bool) {
	p.space()
	switch p.peek() {
	case '{':
		return p.members(object, '}', depth)
	case '[':
		if !bytes.HasPrefix(p.s[p.i:], []byte("[Object")) && !bytes.HasPrefix(p.s[p.i:], []byte("[Array")) {
			return p.members(array, ']', depth)
		}
	case '"', '\'', '`':
		t, ok := p.quoted()
		return value{kind: text, text: t}, ok
	case 0, ',', '}', ']':
		return value{}, false
	}
	return bareValue(p.bare(in)), true
}

// members reads the fields of an object, or the elements of an array with empty keys.
func (p *parser) members(k kind, end byte, depth int) (value, bool) {
	v := value{kind: k}
	if depth == maxDepth {
		return v, false
	}
	p.i++
	for {
		p.space()
		if p.peek() == end {
			p.i++
			return v, true
		}
		if len(v.fields) == maxFields {
			return v, false
		}
		var f field
		var ok bool
		if k == object {
			if f.key, ok = p.key(); !ok {
				return v, false
			}
		}
		if f.value, ok = p.value(k, depth+1); !ok {
			return v, false
		}
		v.fields = append(v.fields, f)
		p.space()
		switch p.peek() {
		case ',', ';':
			p.i++
		case end:
		default:
			return v, false
		}
	}
}

// key reads a quoted or bare key and the ':' or '=' behind it.
func (p *parser) key() (string, bool) {
	var k string
	if c := p.peek(); c == '"' || c == '\'' {
		t, ok := p.quoted()
		if !ok {
			return "", false
		}
		k = t
	} else {
		start := p.i
		for p.i < len(p.s) && (isIdent(p.s[p.i]) || p.s[p.i] == '-' || p.s[p.i] == '.') {
			p.i++
		}
		if p.i == start {
			return "", false
		}
		k = string(p.s[start:p.i])
	}
	p.space()
	if c := p.peek(); c != ':' && c != '=' {
		return "", false
	}
	p.i++
	return k, true
}

func (p *parser) quoted() (string, bool) {
	quote := p.s[p.i]
	p.i++
	start := p.i
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case quote:
			t := unescape(p.s[start:p.i])
			p.i++
			return t, true
		case '\\':
			p.i++
		}
		p.i++
	}
	return "", false
}

// bare reads an unquoted value: a number, a word, or the text of an Error. In an object it ends before a comma only if
// another key stands behind it, for the text of an Error may hold commas.
func (p *parser) bare(in kind) string {
	start := p.i
	if rest := p.s[p.i:]; bytes.HasPrefix(rest, []byte("[Object")) || bytes.HasPrefix(rest, []byte("[Array")) {
		if n := bytes.IndexByte(rest, ']'); n > 0 {
			p.i += n + 1
			return ""
		}
	}
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case '}', ']', '\n':
			return strings.TrimSpace(string(p.s[start:p.i]))
		case ',':
			if in == array || p.keyAt(p.i+1) {
				return strings.TrimSpace(string(p.s[start:p.i]))
			}
		}
		p.i++
	}
	return strings.TrimSpace(string(p.s[start:p.i]))
}

// keyAt reports whether a key, or the end of the object, follows at i.
func (p *parser) keyAt(i int) bool {
	q := parser{s: p.s, i: i}
	q.space()
	if q.peek() == '}' {
		return true
	}
	_, ok := q.key()
	return ok
}

func bareValue(t string) value {
	switch t {
	case "true", "false":
		return value{kind: boolean, text: t}
	case "null", "undefined", "NaN", "":
		return value{kind: null}
	}
	if _, err := strconv.ParseFloat(t, 64); err == nil {
		return value{kind: number, text: t}
	}
	return value{kind: text, text: t}
}

// unescape resolves the escapes of a string.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 {
		return string(b)
	}
	return string(logline.AppendUnquoted(make([]byte, 0, len(b)), b))
}

// get returns the value of the first field whose key is one of keys, whatever the case.
func (v *value) get(keys ...string) (*value, bool) {
	for _, k := range keys {
		for i := range v.fields {
			if strings.EqualFold(v.fields[i].key, k) {
				return &v.fields[i].value, true
			}
		}
	}
	return nil, false
}

// str returns the text of the first field among keys that is text or a number; "" else.
func (v *value) str(keys ...string) string {
	for _, k := range keys {
		if f, ok := v.get(k); ok && (f.kind == text || f.kind == number) {
			return f.text
		}
	}
	return ""
}

// integer returns the first field among keys that is a whole number, printed bare or quoted.
func (v *value) integer(keys ...string) *int {
	for _, k := range keys {
		if f, ok := v.get(k); ok && (f.kind == number || f.kind == text) {
			if n, err := strconv.Atoi(f.text); err == nil {
				return &n
			}
			if x, err := strconv.ParseFloat(f.text, 64); err == nil && x > -1e9 && x < 1e9 {
				n := int(x)
				return &n
			}
		}
	}
	return nil
}

// truth returns the first field among keys that is a boolean.
func (v *value) truth(keys ...string) *bool {
	for _, k := range keys {
		if f, ok := v.get(k); ok {
			switch strings.ToLower(f.text) {
			case "true":
				b := true
				return &b
			case "false":
				b := false
				return &b
			}
		}
	}
	return nil
}

// placed is an object and where in the line it stands.
type placed struct {
	value
	start, end int
}

// objects returns the outermost complete objects of line, in order.
func objects(line []byte) []placed {
	var found []placed
	for i, tries := 0, 0; i < len(line) && tries < maxTries; tries++ {
		n := bytes.IndexByte(line[i:], '{')
		if n < 0 {
			break
		}
		i += n
		v, size, ok := parseObject(line[i:])
		if !ok {
			i++
			continue
		}
		found = append(found, placed{v, i, i + size})
		i += size
	}
	return found
}
