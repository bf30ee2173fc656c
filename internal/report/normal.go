package report

import (
	"reflect"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// normal returns v in the form the document is written in: lists are there even when empty, and bytes that are no UTF-8
// are written as \xNN, as Visible shows them. encoding/json would write null and U+FFFD instead. What has that form
// already is shared with v, not copied.
func normal[T any](v T) T {
	return rewritten(v, logline.ValidUTF8)
}

// rewritten is [rewrite] for a value of a type.
func rewritten[T any](v T, text func(string) string) T {
	to, _ := rewrite(reflect.ValueOf(&v).Elem(), text)
	return to.Interface().(T)
}

func normalise(v reflect.Value) reflect.Value {
	v, _ = rewrite(v, logline.ValidUTF8)
	return v
}

// rewrite returns v with each text below it as text gives it, in the order of the document, and with empty lists in place
// of nil ones. It copies only what is on the way to a change, and says whether there was one.
func rewrite(v reflect.Value, text func(string) string) (reflect.Value, bool) {
	if v.Type() == reflect.TypeFor[Time]() {
		return v, false
	}
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); s != "" {
			if to := text(s); to != s {
				return reflect.ValueOf(to).Convert(v.Type()), true
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			if to, changed := rewrite(v.Elem(), text); changed {
				p := reflect.New(v.Type().Elem())
				p.Elem().Set(to)
				return p, true
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			return reflect.MakeSlice(v.Type(), 0, 0), true
		}
		return rewriteParts(v, v.Len(), reflect.Value.Index, text)
	case reflect.Struct:
		return rewriteParts(v, v.NumField(), reflect.Value.Field, text)
	}
	return v, false
}

// rewriteParts is [rewrite] for the n parts of a list or a struct.
func rewriteParts(v reflect.Value, n int, part func(reflect.Value, int) reflect.Value, text func(string) string) (reflect.Value, bool) {
	changed := false
	for i := range n {
		to, other := rewrite(part(v, i), text)
		if !other {
			continue
		}
		if !changed {
			v, changed = copyOf(v), true
		}
		part(v, i).Set(to)
	}
	return v, changed
}

// copyOf copies a list or a struct, whose parts can be set then, and nothing below it.
func copyOf(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Slice {
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(s, v)
		return s
	}
	s := reflect.New(v.Type()).Elem()
	s.Set(v)
	return s
}
