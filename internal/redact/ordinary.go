package redact

import (
	"strings"
	"unicode/utf8"
)

// maxValue bounds a value, in bytes. What is longer is dropped by its key or its shape, or is no value.
const maxValue = 512

// Values below these lengths, in bytes, stand for too much to be looked for without their key.
const (
	minValue  = 3
	minNumber = 6
)

// ownWords are the words of pseudonyms, and those that programs print where a value is missing.
const ownWords = `openid sn device wechat phone name ip mac user location secret dropped
null undefined nil none unknown true false nan empty error fail failed ok object array string number invalid missing`

// words are common words in lower case. Text that is not ASCII has no spaces between words, so it is kept as a whole.
type words struct {
	set  map[string]bool
	text strings.Builder
}

func (w *words) add(text string) {
	for word := range strings.FieldsFuncSeq(text, noLetter) {
		word = fold(word)
		w.set[word] = true
		if !ascii(word) {
			w.text.WriteString(word + " ")
		}
	}
}

func (w *words) has(word string) bool {
	return w.set[word] || !ascii(word) && strings.Contains(w.text.String(), word)
}

// noLetter reports whether a rune stands between words.
func noLetter(c rune) bool { return c < utf8.RuneSelf && !isAlnum(byte(c)) } //nolint:gosec // below RuneSelf

// ordinary reports whether a canonical value must not be looked for without its key: it is too short, or a date, or made
// of common words.
func (r *Redactor) ordinary(v string) bool {
	switch {
	case len(v) < minValue || len(v) > maxValue || !utf8.ValidString(v) || strings.ContainsAny(v, "\n\r"):
		return true
	case digits(v) && (len(v) < minNumber || isDate(v)):
		return true
	case pseudonymous(v):
		return true
	}
	return r.commonOnly(v)
}

// isDate reports whether digits are a date such as 20261120, with or without a time of day.
func isDate(v string) bool {
	if len(v) != 8 && len(v) != 12 && len(v) != 14 {
		return false
	}
	return v[:2] == "20" && v[4:6] >= "01" && v[4:6] <= "12" && v[6:8] >= "01" && v[6:8] <= "31"
}

// looksSerial reports whether a part of a path is a serial number by its looks: letters and digits, or many digits.
func looksSerial(part string) bool {
	n := count(part, "0123456789")
	switch {
	case len(part) < 8 || n < 4 || isDate(part) || pseudonymous(part) || len(keptSpans(part)) > 0:
		return false
	case digits(part):
		return len(part) >= 9
	}
	return !strings.Contains(part, "-") || n >= 8 && !isDashedDate(part)
}

// isDashedDate reports whether a part of a path begins with a date such as 2026-11-20.
func isDashedDate(part string) bool {
	return len(part) >= 10 && part[4] == '-' && part[7] == '-' && isDate(part[:4]+part[5:7]+part[8:10])
}

// commonOnly reports whether a canonical value is made of common words alone.
func (r *Redactor) commonOnly(v string) bool {
	for word := range strings.FieldsFuncSeq(v, noLetter) {
		if !r.common.has(word) {
			return false
		}
	}
	return true
}
