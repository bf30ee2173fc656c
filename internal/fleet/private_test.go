package fleet_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

// planted are personal data as logs have them.
var planted = []string{
	"Zhang Wei", "张伟的音箱", "13912345678", "+86 139 1234 5678", "zhang.wei@example.com", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M",
	"SN20231105A0012345", "192.168.1.23", "/home/zhangwei/pull/wmpf.xlog", "110101199003071233", "token=eyJhbGciOiJIUzI1NiJ9", "a4:5e:60:c2:11:07",
	"<script>alert(1)</script>",
}

// TestPrivate plants personal data in every text of a result, each in its turn in the whole of it, beside calls that are
// sound, and looks for them in everything that is written.
func TestPrivate(t *testing.T) {
	for _, secret := range planted {
		set, other := fleet.NewSet(), fleet.NewSet()
		for _, s := range []*fleet.Set{set, other} {
			for _, word := range []string{"", "aborted"} { // a word where one belongs lets the rest of a call count
				var doc report.Report
				fields := plant(reflect.ValueOf(&doc).Elem(), secret)
				if fields < 100 {
					t.Fatalf("only %d texts were set", fields)
				}
				doc.Schema = report.Schema
				if word != "" {
					c, severity := &doc.Calls[0], "error"
					c.ID += word
					c.Outcome, c.Stage, c.Parties[0].Role = word, "join", "caller"
					c.Findings[0].Certainty, c.Findings[0].Severity = "confirmed", severity
					doc.Findings[0].Certainty = "confirmed"
				}
				var text bytes.Buffer
				if err := report.JSON(&text, &doc); err != nil {
					t.Fatal(err)
				}
				if !bytes.Contains(text.Bytes(), []byte(strings.ReplaceAll(secret, `"`, `\"`))) {
					t.Fatalf("%s is not in the result", secret)
				}
				if err := s.Read(&text); err != nil {
					t.Fatal(err)
				}
			}
		}
		f := set.Fleet(fleet.TopRooms)
		if f.Calls != 2 || f.Evaluable != 1 {
			t.Fatalf("%d calls, %d evaluable", f.Calls, f.Evaluable)
		}
		for _, format := range fleet.Formats {
			for _, of := range []any{f, fleet.Compare(set, other)} {
				for _, lang := range []string{"en", "zh"} {
					out := render(t, format.Name, of, report.TextOptions{Lang: lang, Verbose: true})
					if strings.Contains(string(out), secret) && !strings.Contains(secret, "<script") {
						t.Errorf("%s of %T has %q", format.Name, of, secret)
					}
					if strings.Contains(string(out), "alert(1)") {
						t.Errorf("%s of %T has a script", format.Name, of)
					}
				}
			}
		}
	}
}

// plant sets every text below v, with one element in each list, and says how many it has set.
func plant(v reflect.Value, secret string) (n int) {
	if v.Type() == reflect.TypeFor[report.Time]() {
		_ = v.Addr().Interface().(*report.Time).UnmarshalJSON([]byte(`"2026-11-20T09:00:00+08:00"`))
		return 0
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(secret)
		return 1
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return plant(v.Elem(), secret)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return plant(v.Index(0), secret)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n += plant(v.Field(i), secret)
			}
		}
	case reflect.Int, reflect.Int64, reflect.Float64, reflect.Bool:
	default:
		panic(fmt.Sprintf("a field of kind %s", v.Kind()))
	}
	return n
}

// What may leave does: room ids, but on request.
func TestRooms(t *testing.T) {
	set := weeks(t, "last-week")
	for _, format := range fleet.Formats {
		with, without := render(t, format.Name, set.Fleet(fleet.TopRooms), report.TextOptions{}), render(t, format.Name, set.Fleet(0), report.TextOptions{})
		if !bytes.Contains(with, []byte("WmpfVoip")) || bytes.Contains(without, []byte("WmpfVoip")) || bytes.Contains(with, []byte("kitchen")) {
			t.Errorf("%s has no room, or one too many, or a name of an input", format.Name)
		}
	}
}
