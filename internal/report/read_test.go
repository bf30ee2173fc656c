package report_test

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

func TestReadRefuses(t *testing.T) {
	const head = `{"schema":"xlogscan.report/v1"`
	for _, c := range []struct{ in, want string }{
		{"", "empty: there is no report in it"},
		{" \n", "empty: there is no report in it"},
		{"{", "cut off: the JSON ends too early, at byte 1"},
		{head + `,"calls":[{"id":"x`, "cut off: the JSON ends too early, at byte 48"},
		{"2026-11-20 log line", "no JSON at byte 5: invalid character '-' after top-level value"},
		{"{x", "no JSON at byte 2: invalid character 'x'"},
		{"[]", "JSON, but no report: it is one array and no object"},
		{"7", "JSON, but no report: it is one number and no object"},
		{"{}", "JSON, but no report: it has no schema xlogscan.report/v1"},
		{"null", "JSON, but no report: it has no schema xlogscan.report/v1"},
		{`{"schema":7}`, "no report of xlogscan.report/v1: schema cannot be one number"},
		{`{"schema":"xlogscan.report/v2","calls":7}`, `its schema is "xlogscan.report/v2", and this version reads xlogscan.report/v1 only`},
		{head + `,"calls":7}`, "no report of xlogscan.report/v1: calls cannot be one number"},
		{head + "} {}", "no JSON at byte 33: invalid character '{' after top-level value"},
		{head + `,"inputs":[{"firstTime":"today"}]}`, `no report of xlogscan.report/v1: time "today" is not RFC 3339`},
		{"\xff\xfe{\x00}\x00", "UTF-16, as some shells redirect: write the report with -o FILE instead"},
		{head + `,"x":` + strings.Repeat("[", 20000), "no JSON at byte 10035: invalid character '[' exceeded max depth"},
	} {
		_, err := report.Read(strings.NewReader(c.in))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("Read(%.60s): %v, want %q", c.in, err, c.want)
		}
	}
	broken := errors.New("broken")
	if _, err := report.Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("read error: %v", err)
	}
}

// A byte order mark, and keys that a later version may add, do not keep a document from being read.
func TestReadForgives(t *testing.T) {
	r, err := report.Read(strings.NewReader("\ufeff" + `{"schema":"xlogscan.report/v1","later":[{}],"calls":[{"id":"a","later":1}]}`))
	if err != nil || len(r.Calls) != 1 || r.Calls[0].ID != "a" || r.Damage == nil {
		t.Errorf("%+v, %v", r, err)
	}
}

// Whatever is in a report, what Read makes of the text JSON wrote is written as the same text.
func TestReadLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := draw(t)
		text := render(t, r, "json", report.TextOptions{})
		saved, err := report.Read(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if again := render(t, saved, "json", report.TextOptions{}); !bytes.Equal(again, text) {
			t.Fatal(cmp.Diff(string(text), string(again)))
		}
	})
}

// No beginning of a document is taken for a document.
func TestReadPrefixes(t *testing.T) {
	text := bytes.TrimSpace(archives(t)["one-sided"].Files[0].Data)
	for n := 0; n < len(text); n += 41 {
		if _, err := report.Read(bytes.NewReader(text[:n])); err == nil || n > 0 && !strings.HasPrefix(err.Error(), "cut off") {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// draw makes a report in which every field has any value its type allows.
func draw(t *rapid.T) *report.Report {
	r := &report.Report{}
	fill(t, reflect.ValueOf(r).Elem())
	r.Schema = report.Schema
	return r
}

func fill(t *rapid.T, v reflect.Value) {
	if v.Type() == reflect.TypeFor[report.Time]() {
		ms := rapid.Int64Range(-62135596799999, 253402200000000).Draw(t, "ms") // the years that RFC 3339 can write
		zone := time.FixedZone("", 900*rapid.IntRange(-48, 56).Draw(t, "zone"))
		v.Set(reflect.ValueOf(report.Time{Time: time.UnixMilli(ms).In(zone)}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(drawText(t))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "n"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(-math.MaxFloat64, math.MaxFloat64).Draw(t, "x"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "b"))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "known") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem())
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(t, "len")
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(t, v.Field(i))
			}
		}
	default:
		t.Fatalf("no values for %s", v.Type())
	}
}

// drawText favours what formats have trouble with.
func drawText(t *rapid.T) string {
	return rapid.OneOf(
		rapid.StringN(0, 8, 20),
		rapid.SampledFrom([]string{
			"", "=1+1", "+8", "-1", "@x", "'", "\t", "a,b", `"`, "a\r\nb", "\r", "\x1b[2J", "\xff", "\u2028", "</script>", "中文", "null", "\\",
		}),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 6), func(b []byte) string { return string(b) }),
	).Draw(t, "text")
}
