package report

import (
	"reflect"

	"github.com/xlogscan/xlogscan/internal/redact"
)

// Unredacted is the stamp of a document, in every rendering, that holds log text as it is.
const Unredacted = "UNREDACTED"

// Redaction says what stands for personal data in the document. Its zero value says nothing.
type Redaction struct {
	Mode   string         `json:"mode"`   // share, none; empty if it is not known
	Stamp  *string        `json:"stamp"`  // UNREDACTED with mode none
	Counts []RedactedKind `json:"counts"` // by kind
}

// RedactedKind counts what was replaced of a kind.
type RedactedKind struct {
	Kind   string `json:"kind"`
	Values int    `json:"values"` // different ones
	Places int    `json:"places"`
}

// Redact returns r to share, in which pseudonyms stand for personal data. It reaches every text of the document, so a new
// field is redacted too. Offsets and lines are those of the logs. r stays as it is; what has nothing to replace is shared
// with it. Values of named, which the logs name in lines that the document may not show, are replaced too. The calls of a
// streamed document are put into its scratch file.
func Redact(r *Report, red *redact.Redactor, named ...redact.Value) (*Report, error) {
	doc := normal(*r)
	for c := range doc.EachCall() {
		for _, id := range []*string{c.RoomID, c.MediaRoomID} {
			if id != nil {
				red.Keep(*id)
			}
		}
	}
	for i := range doc.Inputs {
		if err := red.LearnPath(doc.Inputs[i].Name); err != nil {
			return nil, err
		}
	}
	var err error
	learnt := memo[bool]{} // most texts of a document stand in it often
	doc.parts(func(part reflect.Value) {
		eachText(part, func(text reflect.Value) {
			if s := text.String(); err == nil && !learnt[s] {
				learnt.set(s, true)
				err = red.Learn(s)
			}
		})
	})
	if err != nil {
		return nil, err
	}
	red.LearnNamed(named)
	clean := memo[bool]{}
	made := memo[string]{} // a line that stands in the document twice is held once
	replace := func(s string) string {
		if clean[s] {
			return s
		}
		to := red.Replace(s) // which counts each place
		if to == s {
			clean.set(s, true)
			return s
		}
		if have, ok := made[s]; ok && have == to {
			return have
		}
		made.set(s, to)
		return to
	}
	texts := doc.Texts // say again what stands elsewhere, which is not to be counted
	doc.Texts = nil
	if doc.Streamed() {
		if err := doc.rewriteStreamed(replace); err != nil {
			return nil, err
		}
	} else {
		doc = rewritten(doc, replace)
	}
	counts := red.Counts()
	doc.Texts = rewritten(texts, replace)
	doc.Redaction = Redaction{Mode: "share"}
	for _, c := range counts {
		doc.Redaction.Counts = append(doc.Redaction.Counts, RedactedKind{string(c.Kind), c.Values, c.Places})
	}
	return &doc, nil
}

// memo remembers what came of a text, for so many texts as fit well into memory.
type memo[T any] map[string]T

func (m memo[T]) set(text string, to T) {
	if len(m) >= maxMemo {
		clear(m)
	}
	m[text] = to
}

const maxMemo = 1 << 16

// AsItIs returns a copy of r that is stamped as not redacted.
func AsItIs(r *Report) *Report {
	doc := *r
	doc.Redaction = Redaction{Mode: "none", Stamp: Known(Unredacted)}
	return &doc
}

// eachText calls f with every text below v, in the order of the document.
func eachText(v reflect.Value, f func(text reflect.Value)) {
	if v.Type() == reflect.TypeFor[Time]() {
		return
	}
	switch v.Kind() {
	case reflect.String:
		f(v)
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachText(v.Field(i), f)
		}
	}
}
