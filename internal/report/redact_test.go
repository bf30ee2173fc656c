package report

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/redact"
)

// TestRedactReachesEveryText fills each text of a document with a phone number of its own, and asks for none of them to
// be left: a new field is redacted without anybody having to think of it.
func TestRedactReachesEveryText(t *testing.T) {
	n := 0
	var fill func(v reflect.Value, field string)
	fill = func(v reflect.Value, field string) {
		if v.Type() == reflect.TypeFor[Time]() {
			return
		}
		switch v.Kind() {
		case reflect.String:
			n++
			v.SetString(fmt.Sprintf("call 1380000%04d", n))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), field)
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			for i := range v.Len() {
				fill(v.Index(i), field)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					fill(v.Field(i), f.Name)
				}
			}
		case reflect.Map, reflect.Interface, reflect.Array:
			t.Fatalf("%s is a %s, which Redact does not go into", field, v.Kind())
		}
	}
	var r Report
	fill(reflect.ValueOf(&r).Elem(), "")
	if n < 80 {
		t.Fatalf("only %d texts were filled", n)
	}
	doc, err := Redact(&r, redact.New(nil))
	if err != nil {
		t.Fatal(err)
	}
	eachText(reflect.ValueOf(doc).Elem(), func(text reflect.Value) {
		if strings.Contains(text.String(), "1380000") {
			t.Errorf("%q is not redacted", text)
		}
	})
	if !strings.Contains(r.Calls[0].ID, "1380000") {
		t.Error("Redact changed the document that it was given")
	}
}

// TestRedactKeepsRooms has a media room whose number looks like that of a phone.
func TestRedactKeepsRooms(t *testing.T) {
	const media = "13812345678"
	r := Report{Calls: []Call{{
		ID: "x", MediaRoomID: Known(media),
		Timeline: []TimelineEntry{{Offset: 7, Line: 3, Text: `joined ` + media + ` with {"sn":"A77Z123"}`}},
	}}}
	doc, err := Redact(&r, redact.New(nil))
	if err != nil {
		t.Fatal(err)
	}
	got := doc.Calls[0].Timeline[0]
	if want := `joined ` + media + ` with {"sn":"sn#1"}`; got.Text != want || got.Offset != 7 || got.Line != 3 {
		t.Errorf("got %+v, want the text %q", got, want)
	}
	if got := *doc.Calls[0].MediaRoomID; got != media {
		t.Errorf("the media room is %s", got)
	}
	want := Redaction{Mode: "share", Counts: []RedactedKind{{"sn", 1, 1}}}
	if !reflect.DeepEqual(doc.Redaction, want) {
		t.Errorf("redaction is %+v, want %+v", doc.Redaction, want)
	}
}
