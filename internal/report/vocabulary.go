package report

import (
	"reflect"
	"strings"
)

// Vocabulary returns what renderings write of their own, words of a language and names of fields, with spaces between:
// a value that is one of them is nobody's in a rendering.
func Vocabulary() string {
	var b strings.Builder
	for _, w := range []*words{&english, &chinese} {
		eachWord(reflect.ValueOf(w).Elem(), &b)
	}
	eachField(reflect.TypeFor[Report](), &b)
	for _, t := range Tables {
		b.WriteString(t.Name + " ")
		for _, c := range t.Columns {
			b.WriteString(c.Name + " ")
		}
	}
	return b.String()
}

func eachWord(v reflect.Value, b *strings.Builder) {
	switch v.Kind() {
	case reflect.String:
		b.WriteString(v.String() + " ")
	case reflect.Struct:
		for i := range v.NumField() {
			eachWord(v.Field(i), b)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachWord(v.Index(i), b)
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			b.WriteString(it.Key().String() + " ")
			eachWord(it.Value(), b)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachWord(v.Elem(), b)
		}
	}
}

func eachField(t reflect.Type, b *strings.Builder) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[Time]() {
		return
	}
	for i := range t.NumField() {
		b.WriteString(t.Field(i).Tag.Get("json") + " ")
		eachField(t.Field(i).Type, b)
	}
}
