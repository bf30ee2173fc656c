package report

import (
	"reflect"
	"strings"
	"unicode/utf8"
)

// normal returns a copy of v in the form the document is written in: lists are there even when empty, and bytes that
// are no UTF-8 are written as \xNN, as Visible shows them. encoding/json would write null and U+FFFD instead.
func normal[T any](v T) T {
	return normalise(reflect.ValueOf(&v).Elem()).Interface().(T)
}

func normalise(v reflect.Value) reflect.Value {
	if v.Type() == reflect.TypeFor[Time]() {
		return v
	}
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return reflect.ValueOf(validUTF8(v.String())).Convert(v.Type())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(normalise(v.Elem()))
			return p
		}
	case reflect.Slice:
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			s.Index(i).Set(normalise(v.Index(i)))
		}
		return s
	case reflect.Struct:
		s := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			s.Field(i).Set(normalise(v.Field(i)))
		}
		return s
	}
	return v
}

const hexDigits = "0123456789abcdef"

func validUTF8(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteString(`\x`)
			b.WriteByte(hexDigits[s[i]>>4])
			b.WriteByte(hexDigits[s[i]&15])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}
