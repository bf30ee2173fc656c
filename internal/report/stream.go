package report

import (
	"cmp"
	"fmt"
	"iter"
	"reflect"
)

// stream is where a document has its calls if these are not in memory. They are read again whenever they are needed.
type stream struct {
	read  func(yield func(*Call) bool) error
	texts func() ([]Wording, error)
	open  func() (Scratch, error) // makes a scratch file
	err   *error                  // the first error of reading, of all documents over the same calls
}

// streamed returns a document with the calls and texts that from gives, each time the same.
func streamed(head Report, from stream) *Report {
	from.err = new(error)
	head.Calls, head.Texts, head.stream = nil, nil, &from
	return &head
}

// Streamed reports whether the calls of the document are not in memory. Only formats of which Streams says so can be made
// of it then, and Calls is empty.
func (r *Report) Streamed() bool { return r.stream != nil }

// Load reads the calls of a streamed document into memory if there are no more than most, and reports whether they are
// there then. An error of reading is told when the document is written.
func (r *Report) Load(most int) bool {
	if r.Summary.Calls > most {
		return !r.Streamed()
	}
	if err := r.broken(); err != nil {
		return false
	}
	r.keep(func(int) bool { return true })
	return !r.Streamed()
}

// EachCall yields the calls of the document. What it yields may be changed if the document is streamed, else not.
func (r *Report) EachCall() iter.Seq[*Call] {
	return func(yield func(*Call) bool) {
		if r.stream == nil {
			for i := range r.Calls {
				if !yield(&r.Calls[i]) {
					return
				}
			}
			return
		}
		r.stream.fail(r.stream.read(yield))
	}
}

// wordings returns the texts of the document.
func (r *Report) wordings() []Wording {
	if r.stream == nil {
		return r.Texts
	}
	texts, err := r.stream.texts()
	r.stream.fail(err)
	return texts
}

func (s *stream) fail(err error) {
	if *s.err == nil {
		*s.err = err
	}
}

// broken returns the error of reading calls, if there was one.
func (r *Report) broken() error {
	if r.stream == nil || *r.stream.err == nil {
		return nil
	}
	return fmt.Errorf("read calls: %w", *r.stream.err)
}

// changed has change make other calls of those of a streamed document, whenever they are read.
func (r *Report) changed(change func(*Call) *Call) {
	s := *r.stream
	read := s.read
	s.read = func(yield func(*Call) bool) error {
		return read(func(c *Call) bool { return yield(change(c)) })
	}
	r.stream = &s
}

// rewriteStreamed is [rewritten] for a streamed document, in the same order: its calls are rewritten once, into a scratch
// file, its texts whenever they are read.
func (r *Report) rewriteStreamed(text func(string) string) error {
	file, err := r.stream.open()
	if err != nil {
		return err
	}
	kept := newSpool(file)
	r.parts(func(part reflect.Value) {
		to, _ := rewrite(part, text)
		if c, ok := to.Interface().(Call); ok {
			if err == nil {
				err = kept.add(&c)
			}
			return
		}
		part.Set(to)
	})
	s := *r.stream
	if err == nil {
		s.read, err = kept.reader()
	}
	texts := s.texts
	s.texts = func() ([]Wording, error) {
		list, err := texts()
		return rewritten(list, text), err
	}
	r.stream = &s
	return cmp.Or(err, r.broken())
}

// parts calls f with each field of the document, in its order, and with each call in place of those.
func (r *Report) parts(f func(part reflect.Value)) {
	v := reflect.ValueOf(r).Elem()
	for i := range v.NumField() {
		switch field := v.Type().Field(i); {
		case field.Name == "Calls":
			for c := range r.EachCall() {
				f(reflect.ValueOf(c).Elem())
			}
		case field.IsExported():
			f(v.Field(i))
		}
	}
}
