package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
)

// maxItem bounds what Items holds of a result at once, in bytes: one call, finding or other value.
const maxItem = 64 << 20

// maxNested bounds how deep a value may lie in others, as encoding/json does where it reads a value as a whole.
const maxNested = 10_000

// Item is a call of a result, or a finding of it that belongs to no call; the other one is nil.
type Item struct {
	Call    *Call
	Finding *Finding
}

// Items yields the calls and findings of a saved result in the order in which they stand there, in memory that depends
// on the largest of them and not on their number. It reads what JSON wrote and what PartSchema describes, and refuses what
// is cut off, followed by something else, or of another schema. An error is the last thing it yields: one sentence that
// says what is wrong with the result, without its name. Items belong to the caller.
func Items(r io.Reader) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		s := newStreamer(r, yield)
		if err := s.result(); err != nil && !s.stopped {
			yield(Item{}, s.sentence(err))
		}
	}
}

// streamer reads a result token by token.
type streamer struct {
	*json.Decoder
	from    *bounded
	yield   func(Item, error) bool
	stopped bool // by who asked
}

func newStreamer(r io.Reader, yield func(Item, error) bool) *streamer {
	b := bufio.NewReaderSize(r, 64<<10)
	if head, _ := b.Peek(3); string(head) == "\ufeff" {
		_, _ = b.Discard(len(head))
	}
	from := &bounded{r: b}
	return &streamer{Decoder: json.NewDecoder(from), from: from, yield: yield}
}

// bounded is a reader of which no value may take more than maxItem bytes.
type bounded struct {
	r    io.Reader
	read int // since a value began
	any  bool
	wide bool // it begins as UTF-16 does
}

var errTooLong = fmt.Errorf("a value in it is longer than %d bytes", maxItem)

func (b *bounded) Read(p []byte) (int, error) {
	if b.read > maxItem {
		return 0, errTooLong
	}
	n, err := b.r.Read(p)
	if head := p[:n]; !b.any && n > 0 {
		b.wide = bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	}
	b.any = b.any || n > 0
	b.read += n
	return n, err
}

var (
	errStopped = errors.New("stopped")
	errNoKeys  = errors.New("JSON, but no report: it is no object")
)

// result reads a whole result, of which the schema says the form.
func (s *streamer) result() error {
	if err := s.open('{'); err != nil {
		return err
	}
	schema := ""
	for s.More() {
		key, err := s.key()
		if err != nil {
			return err
		}
		switch {
		case key == "schema":
			if err := s.value(&schema); err != nil {
				return err
			}
			if schema != Schema && schema != PartSchema {
				return fmt.Errorf("its schema is %q, and this version reads %s and %s only", schema, Schema, PartSchema)
			}
		case schema == "":
			return fmt.Errorf("JSON, but no report: it does not begin with a schema %s", Schema)
		case schema == Schema && key == "calls":
			err = each(s, func(c *Call) error { return s.give(Item{Call: c}) })
		case schema == Schema && key == "findings":
			err = each(s, func(f *Finding) error { return s.give(Item{Finding: f}) })
		default:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
	if _, err := s.token(); err != nil { // the end of the object
		return err
	}
	if schema == "" {
		return fmt.Errorf("JSON, but no report: it does not begin with a schema %s", Schema)
	}
	if schema == PartSchema {
		return s.lines()
	}
	if _, err := s.token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end of the report in it")
	}
	return nil
}

// lines reads the objects of a part behind its first.
func (s *streamer) lines() error {
	for {
		var line struct {
			Schema  string          `json:"schema"` // of another part behind the first
			Input   json.RawMessage `json:"input"`
			Texts   json.RawMessage `json:"texts"`
			Call    *Call           `json:"call"`
			Finding *Finding        `json:"finding"`
		}
		switch err := s.value(&line); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case line.Call != nil && line.Finding == nil && line.Input == nil, line.Finding != nil && line.Call == nil && line.Input == nil:
			if err := s.give(Item{line.Call, line.Finding}); err != nil {
				return err
			}
		case line.Schema != PartSchema && line.Input == nil && line.Texts == nil || line.Call != nil || line.Finding != nil:
			return fmt.Errorf("no part of %s: an object ends at byte %d that has not one of the keys input, call, finding, texts", PartSchema, s.InputOffset())
		}
	}
}

// give hands an item over.
func (s *streamer) give(it Item) error {
	if !s.yield(it, nil) {
		s.stopped = true
		return errStopped
	}
	return nil
}

// each reads a list, element by element.
func each[T any](s *streamer, f func(*T) error) error {
	if err := s.open('['); err != nil {
		return err
	}
	for s.More() {
		v := new(T)
		if err := s.value(v); err != nil {
			return err
		}
		if err := f(v); err != nil {
			return err
		}
	}
	_, err := s.token()
	return err
}

// token and value are those of the decoder, each with the whole of the bound.
func (s *streamer) token() (json.Token, error) {
	s.from.read = 0
	return s.Token()
}

func (s *streamer) value(v any) error {
	s.from.read = 0
	return s.Decode(v)
}

func (s *streamer) open(delim json.Delim) error {
	t, err := s.token()
	if err == nil && t != delim {
		if delim == '{' {
			return errNoKeys
		}
		return fmt.Errorf("no report of %s: there is no list at byte %d", Schema, s.InputOffset())
	}
	return err
}

func (s *streamer) key() (string, error) {
	t, err := s.token()
	key, _ := t.(string) // the decoder gives nothing else there
	return key, err
}

// skip passes over a value.
func (s *streamer) skip() error {
	for depth := 0; ; {
		t, err := s.token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxNested {
				return fmt.Errorf("no report of %s: values lie more than %d deep in each other", Schema, maxNested)
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// sentence says for users what an error of the decoder means.
func (s *streamer) sentence(err error) error {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("no report of %s: %s cannot be one %s, at byte %d", Schema, e.Field, e.Value, s.InputOffset())
	}
	_, syntax := errors.AsType[*json.SyntaxError](err)
	switch {
	case s.from.wide:
		return errUTF16
	case syntax:
		return fmt.Errorf("no JSON behind byte %d: %w", s.InputOffset(), err)
	case !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case s.InputOffset() == 0:
		return errNoReport
	}
	return fmt.Errorf("cut off: the JSON ends too early, behind byte %d", s.InputOffset())
}

var result = regexp.MustCompile(`^\x{feff}?\s*\{\s*"schema"\s*:\s*"xlogscan\.(report|part)/`)

// IsResult reports whether a file that begins with head is one for Items.
func IsResult(head []byte) bool { return result.Match(head) }
