package report

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// JSON writes the document. Objects and lists that hold only scalars stand on one line, so that a timeline entry or a
// piece of evidence is one line to grep for; everything else is indented by two spaces. List elements are encoded one
// at a time, so the text of the document is never in memory as a whole.
func JSON(w io.Writer, r *Report) error {
	p := jsonPrinter{output: newOutput(w)}
	p.document(reflect.ValueOf(*r), func(element func(reflect.Value)) {
		for c := range r.EachCall() {
			element(reflect.ValueOf(c).Elem())
		}
	})
	p.fail(r.broken())
	return p.close()
}

// WriteJSON writes a document that is a struct of another package as JSON writes a report. Each field has a tag json with a
// name and nothing else, and empty lists are written as such.
func WriteJSON[T any](w io.Writer, doc *T) error {
	p := jsonPrinter{output: newOutput(w)}
	p.document(reflect.ValueOf(*doc), nil)
	return p.close()
}

// jsonPrinter writes the document piece by piece.
type jsonPrinter struct {
	*output
	compact bytes.Buffer
}

// document writes a document, of which calls gives the elements of the list Calls, if it is not nil.
func (p *jsonPrinter) document(v reflect.Value, calls func(element func(reflect.Value))) {
	before := "{\n  "
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		p.put(before + `"` + field.Tag.Get("json") + `": `)
		before = ",\n  "
		switch f := v.Field(i); {
		case field.Name == "Calls" && calls != nil:
			p.list(calls)
		case f.Kind() == reflect.Slice:
			p.list(func(element func(reflect.Value)) {
				for i := range f.Len() {
					element(f.Index(i))
				}
			})
		default:
			p.value(f, 1)
		}
	}
	p.put("\n}\n")
}

// list writes the elements of a list of the document itself.
func (p *jsonPrinter) list(each func(element func(reflect.Value))) {
	before, after := "[", "]"
	each(func(v reflect.Value) {
		p.put(before, "\n    ")
		p.value(v, 2)
		before, after = ",", "\n  ]"
	})
	if after == "]" {
		p.put("[")
	}
	p.put(after)
}

// value writes v, laid out as a value depth levels down.
func (p *jsonPrinter) value(v reflect.Value, depth int) {
	if p.err != nil {
		return
	}
	p.compact.Reset()
	e := json.NewEncoder(&p.compact)
	e.SetEscapeHTML(false)
	if p.err = e.Encode(normalise(v).Interface()); p.err != nil {
		return
	}
	l := jsonLayout{src: strings.TrimSpace(p.compact.String()), out: p.output}
	l.value(depth)
}

// jsonLayout writes compact, valid JSON with line breaks.
type jsonLayout struct {
	src string
	i   int
	out *output
}

// value writes the value at i and leaves i behind it.
func (l *jsonLayout) value(depth int) {
	switch l.src[l.i] {
	case '{', '[':
		l.container(depth)
	default:
		start := l.i
		l.scalar()
		l.out.put(l.src[start:l.i])
	}
}

func (l *jsonLayout) container(depth int) {
	between := " "
	broken := !l.flat()
	if broken {
		between = "\n" + strings.Repeat("  ", depth+1)
	}
	l.copyByte()
	if broken {
		l.out.put(between)
	}
	for {
		switch l.src[l.i] {
		case '}', ']':
			if broken {
				l.out.put(between[:len(between)-2])
			}
			l.copyByte()
			return
		case ',':
			l.copyByte()
			l.out.put(between)
		case ':':
			l.copyByte()
			l.out.put(" ")
		default:
			l.value(depth + 1)
		}
	}
}

func (l *jsonLayout) copyByte() {
	l.out.put(l.src[l.i : l.i+1])
	l.i++
}

// flat reports whether the container at i holds no other container that has elements.
func (l *jsonLayout) flat() bool {
	probe := jsonLayout{src: l.src, i: l.i + 1}
	for {
		switch probe.src[probe.i] {
		case '}', ']':
			return true
		case ',', ':':
			probe.i++
		case '{', '[':
			if next := probe.src[probe.i+1]; next != '}' && next != ']' {
				return false
			}
			probe.i += 2
		default:
			probe.scalar()
		}
	}
}

// scalar moves i behind a string, number or word.
func (l *jsonLayout) scalar() {
	if l.src[l.i] == '"' {
		for l.i++; l.src[l.i] != '"'; l.i++ {
			if l.src[l.i] == '\\' {
				l.i++
			}
		}
		l.i++
		return
	}
	for l.i < len(l.src) && strings.IndexByte(",:]}", l.src[l.i]) < 0 {
		l.i++
	}
}
