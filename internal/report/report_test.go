package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdownEscapes(t *testing.T) {
	for _, c := range []struct{ in, text, code string }{
		{"a|b", `a\|b`, `a\|b`},
		{"a`b``c", "a\\`b\\`\\`c", "``` a`b``c ```"},
		{"<b>&amp;", `\<b\>\&amp;`, "`<b>&amp;`"},
		{"@me", "&#64;me", "`@me`"},
		{"# h", `\# h`, "`# h`"},
		{"12. x 3.", `12\. x 3.`, "`12. x 3.`"},
		{"2026-11-18", `2026-11-18`, "`2026-11-18`"},
		{"a\nb", `a\\nb`, "`a\\nb`"},
	} {
		if got := MarkdownText(c.in); got != c.text {
			t.Errorf("MarkdownText(%q) = %q, want %q", c.in, got, c.text)
		}
		if got := mdCode(c.in); got != c.code {
			t.Errorf("mdCode(%q) = %q, want %q", c.in, got, c.code)
		}
	}
	if got, want := fenced([]string{"```", "x"}), "````text\n```\nx\n````"; got != want {
		t.Errorf("fenced = %q, want %q", got, want)
	}
	if got, want := MarkdownLink("javascript:alert(1)"), "`javascript:alert(1)`"; got != want {
		t.Errorf("MarkdownLink = %q, want %q", got, want)
	}
}

func TestDistinctParts(t *testing.T) {
	for _, c := range []struct{ in, want []string }{
		{[]string{"a/b"}, []string{"a/b"}},
		{[]string{"pulls/a/xlog"}, []string{"pulls/a"}},
		{[]string{"w/a/xlog", "w/b", "w"}, []string{"a", "b", "w"}},
		{[]string{"pulls/a/xlog", "pulls/b/xlog"}, []string{"a", "b"}},
		{[]string{"pulls/a/xlog", "pulls/b/log"}, []string{"a", "b/log"}},
		{[]string{"a", "a/b"}, []string{"a", "a/b"}},
		{[]string{"x/a", "x/a"}, []string{"x/a", "x/a"}},
		{[]string{"x/a", "x/b", "a"}, []string{"x/a", "b", "a"}},
	} {
		if diff := cmp.Diff(c.want, distinctParts(c.in)); diff != "" {
			t.Errorf("distinctParts(%q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestShortIDs(t *testing.T) {
	in := []string{"room1234567890", "room9934567890", "short", "room1234567890", "x.log@中文10:20:30"}
	want := []string{"…234567890", "…934567890", "short", "…234567890", "…文10:20:30"}
	if diff := cmp.Diff(want, shortIDs(in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestClockSentences(t *testing.T) {
	n := func(i int64) *int64 { return &i }
	p := newPhrases(TextOptions{})
	for _, c := range []struct {
		low, high *int64
		jumped    bool
		want      string
	}{
		{n(1810), n(2030), false, "is ahead of caller by 1.92 s ± 0.11 s"},
		{n(-2030), n(-1810), false, "is behind caller by 1.92 s ± 0.11 s"},
		{n(-300), n(400), false, "and caller agree within 0.40 s"},
		{n(-400), n(300), false, "and caller agree within 0.40 s"},
		{n(500), nil, false, "is ahead of caller by at least 0.50 s"},
		{nil, n(-500), false, "is behind caller by at least 0.50 s"},
		{nil, n(500), false, "is ahead of caller by at most 0.50 s"},
		{n(-500), nil, false, "is behind caller by at most 0.50 s"},
		{n(28_801_900), n(28_802_100), false, "is ahead of caller by 8 h 0 min 2.0 s ± 0.10 s"},
		{n(1000), n(61_000), true, "is ahead of caller by 1.00 s to 1 min 1.0 s"},
	} {
		got := p.clock(clockFact{low: c.low, high: c.high, calls: 1, jumped: c.jumped})
		if want := "listener " + c.want + " (1 call)"; !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestJSONIsComplete finds no null for a list, and bytes that are no UTF-8 as they are shown elsewhere.
func TestJSONIsComplete(t *testing.T) {
	r := &Report{Schema: Schema, Calls: []Call{{ID: "a\xff", Stages: []Stage{{}}}}}
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	if r.Damage != nil || r.Calls[0].ID != "a\xff" {
		t.Error("JSON changed the document")
	}
	if !strings.Contains(b.String(), `"id": "a\\xff"`) {
		t.Errorf("invalid UTF-8:\n%s", &b)
	}
	again, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	var lists func(reflect.Value, string)
	lists = func(v reflect.Value, name string) {
		switch {
		case v.Kind() == reflect.Slice:
			if v.IsNil() {
				t.Errorf("%s is null", name)
			}
			for i := range v.Len() {
				lists(v.Index(i), name)
			}
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[Time]():
			for i := range v.NumField() {
				lists(v.Field(i), name+"."+v.Type().Field(i).Name)
			}
		}
	}
	lists(reflect.ValueOf(*again), "report")
}

// failing fails after n bytes.
type failing struct{ n int }

func (f *failing) Write(b []byte) (int, error) {
	if f.n -= len(b); f.n < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(b), nil
}

func TestWriteErrors(t *testing.T) {
	r := &Report{Schema: Schema, Inputs: make([]Input, 100)}
	for _, f := range Formats {
		if f.Render != nil {
			if err := f.Render(&failing{n: 10}, r, TextOptions{}); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
		if f.Files == nil {
			continue
		}
		if err := f.Files(r, TextOptions{})[0].Write(&failing{n: 10}); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s in a folder: %v", f.Name, err)
		}
	}
}

// TestWords holds the languages against each other: nothing is missing, and formats take the same arguments.
func TestWords(t *testing.T) {
	verbs := regexp.MustCompile(`%.`)
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	check := func(name, a, b string) {
		if a == "" || b == "" {
			t.Errorf("%s: %q, %q", name, a, b)
		}
		if fmt.Sprint(verbs.FindAllString(a, -1)) != fmt.Sprint(verbs.FindAllString(b, -1)) {
			t.Errorf("%s takes other arguments: %q, %q", name, a, b)
		}
	}
	var compare func(name string, a, b reflect.Value)
	compare = func(name string, a, b reflect.Value) {
		switch a.Kind() {
		case reflect.String:
			check(name, a.String(), b.String())
		case reflect.Struct:
			for i := range a.NumField() {
				compare(name+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
			}
		case reflect.Map:
			if name == ".closed" { // English shows these words as they are
				return
			}
			if a.Len() != b.Len() {
				t.Errorf("%s has %d and %d texts", name, a.Len(), b.Len())
			}
			for _, key := range a.MapKeys() {
				compare(name+"."+key.String(), a.MapIndex(key), b.MapIndex(key))
			}
		default:
			t.Errorf("%s is no text", name)
		}
	}
	compare("", en, zh)
}

// TestSymptoms finds words for the symptom of every call there can be.
func TestSymptoms(t *testing.T) {
	for _, outcome := range []string{"completed", "no-answer", "cancelled", "rejected", "busy", "join-failed", "aborted", "initiate-failed", "unknown"} {
		for _, stage := range []string{"setup", "initiate", "alert", "join", "wait", "answer", "listener-wait", "call", "end"} {
			c := Call{Outcome: outcome, Stage: stage}
			if englishPost.symptoms[symptomOf(&c)] == "" {
				t.Errorf("no symptom of %s in %s", outcome, stage)
			}
		}
	}
}

// What was skipped is said with the ends of the time asked for, of which either may be open, or by how much it is older than a call.
func TestSelectionText(t *testing.T) {
	at := func(s string) *string { return &s }
	counts := Selection{Inputs: 1000, SkippedInputs: 998, SkippedBlocks: 3412}
	for _, tt := range []struct {
		since, until *string
		en, zh       string
	}{
		{
			at("2026-11-20T10:00:00.000"), at("2026-11-20T11:00:00.500"),
			"skipped: 998 of 1,000 files, 3,412 blocks outside 2026-11-20 10:00:00 to 11:00:00.500",
			"已跳过：998 / 1,000 个文件，3,412 个块，不在 2026-11-20 10:00:00 至 11:00:00.500 之内",
		},
		{
			at("2026-11-20T10:00:00.000+08:00"), at("2026-11-21T11:00:00.000+08:00"),
			"skipped: 998 of 1,000 files, 3,412 blocks outside 2026-11-20 10:00:00 +08:00 to 2026-11-21 11:00:00 +08:00",
			"已跳过：998 / 1,000 个文件，3,412 个块，不在 2026-11-20 10:00:00 +08:00 至 2026-11-21 11:00:00 +08:00 之内",
		},
		{
			at("2026-11-20T10:00:00.000"), nil,
			"skipped: 998 of 1,000 files, 3,412 blocks before 2026-11-20 10:00:00", "已跳过：998 / 1,000 个文件，3,412 个块，在 2026-11-20 10:00:00 之前",
		},
		{
			nil, at("2026-11-20T10:00:00.000Z"),
			"skipped: 998 of 1,000 files, 3,412 blocks from 2026-11-20 10:00:00 Z on", "已跳过：998 / 1,000 个文件，3,412 个块，在 2026-11-20 10:00:00 Z 及之后",
		},
	} {
		s := counts
		s.Since, s.Until = tt.since, tt.until
		for lang, want := range map[string]string{"en": tt.en, "zh": tt.zh} {
			if got := s.Text(lang); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
	s := counts
	s.Since, s.SkippedLines = at("2026-11-20T10:00:00.000"), 12
	if got, want := s.Text("en"), "skipped: 998 of 1,000 files, 3,412 blocks, 12 lines before 2026-11-20 10:00:00"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s = Selection{Room: at("wx000WmpfVoip1000011"), MarginSeconds: 7 * 24 * 60 * 60, Inputs: 1000, SkippedInputs: 985}
	for lang, want := range map[string]string{
		"en": "skipped: 985 of 1,000 files, from more than 7 days before the call", "zh": "已跳过：985 / 1,000 个文件，比该通话早 7 天以上",
	} {
		if got := s.Text(lang); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
