package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/report"
)

// streamed collects what Items yields.
func streamed(r io.Reader) (calls []report.Call, findings []report.Finding, err error) {
	for it, err := range report.Items(r) {
		switch {
		case err != nil:
			return calls, findings, err
		case it.Call != nil:
			calls = append(calls, *it.Call)
		default:
			findings = append(findings, *it.Finding)
		}
	}
	return calls, findings, nil
}

// TestItems holds the stream of a document, and of the same as a part, against the document read as a whole.
func TestItems(t *testing.T) {
	for name, a := range archives(t) {
		whole := read(t, a)
		for form, text := range map[string]string{"document": string(a.Files[0].Data), "part": part(t, whole), "with a mark": "\ufeff" + string(a.Files[0].Data)} {
			calls, findings, err := streamed(iotest.OneByteReader(strings.NewReader(text)))
			if err != nil {
				t.Fatalf("%s as %s: %v", name, form, err)
			}
			got := &report.Report{Calls: calls, Findings: findings}
			want := &report.Report{Calls: whole.Calls, Findings: whole.Findings}
			if diff := cmp.Diff(render(t, want, "json", report.TextOptions{}), render(t, got, "json", report.TextOptions{})); diff != "" {
				t.Errorf("%s as %s (-whole +stream):\n%s", name, form, diff)
			}
			if !report.IsResult([]byte(text)) {
				t.Errorf("%s as %s is not taken for a result", name, form)
			}
		}
	}
}

// part writes a document as a part.
func part(t *testing.T, r *report.Report) string {
	var b strings.Builder
	put := func(v any) {
		line, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	put(struct {
		Schema string `json:"schema"`
		More   []int  `json:"more"`
	}{report.PartSchema, []int{1}})
	for i := range r.Inputs {
		put(map[string]any{"input": r.Inputs[i]})
	}
	for i := range r.Calls {
		put(map[string]any{"call": r.Calls[i]})
	}
	for i := range r.Findings {
		put(map[string]any{"finding": r.Findings[i]})
	}
	return b.String()
}

func TestStreamStops(t *testing.T) {
	for range report.Items(bytes.NewReader(archives(t)["two-party"].Files[0].Data)) {
		break
	}
}

func TestStreamRefuses(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "empty: there is no report in it"},
		{"a text", "hello", "no JSON behind byte 0"},
		{"a list", "[]", "it is no object"},
		{"another object", `{"calls": []}`, "does not begin with a schema"},
		{"an empty object", `{}`, "does not begin with a schema"},
		{"a later version", `{"schema": "xlogscan.report/v2"}`, `its schema is "xlogscan.report/v2"`},
		{"a cut", `{"schema": "xlogscan.report/v1", "calls": [{"id": "a"`, "cut off: the JSON ends too early, behind byte 43"},
		{"a cut between", `{"schema": "xlogscan.report/v1", "calls": [{"id": "a"}`, "cut off: the JSON ends too early"},
		{"a tail", `{"schema": "xlogscan.report/v1"} {}`, "something follows"},
		{"calls that are none", `{"schema": "xlogscan.report/v1", "calls": 1}`, "there is no list"},
		{"a call that is none", `{"schema": "xlogscan.report/v1", "calls": [{"id": 1}]}`, "id cannot be one number"},
		{"a well", `{"schema": "xlogscan.report/v1", "more": ` + strings.Repeat("[", 20_000), "values lie more than 10000 deep"},
		{"UTF-16", "\xff\xfe{\x00", "UTF-16"},
		{"a line of two", `{"schema": "xlogscan.part/v1"}` + "\n" + `{"call": {}, "finding": {}}`, "has not one of the keys"},
		{"a line of none", `{"schema": "xlogscan.part/v1"}` + "\n" + `{}`, "has not one of the keys"},
		{"a cut part", `{"schema": "xlogscan.part/v1"}` + "\n" + `{"call": {`, "cut off"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, _, err := streamed(strings.NewReader(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
	broken := errors.New("the disk is gone")
	if _, _, err := streamed(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v of a reader that fails", err)
	}
}

// endless is a document without an end, made of a head and then the same again and again.
type endless struct {
	head, again string
	left        int // bytes
	at          int
}

func (e *endless) Read(p []byte) (n int, err error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	if e.head != "" {
		n = copy(p, e.head)
		e.head = e.head[n:]
	} else {
		n = copy(p, e.again[e.at:])
		e.at = (e.at + n) % len(e.again)
	}
	e.left -= n
	return n, nil
}

// TestStreamBounds streams far more than is held of it: many calls, and a text without an end.
func TestStreamBounds(t *testing.T) {
	const size = 100 << 20
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	var most uint64
	for it, err := range report.Items(&endless{head: `{"schema": "xlogscan.report/v1", "calls": [{}`, again: `,{"id": "` + strings.Repeat("x", 10_000) + `"}`, left: size}) {
		if err != nil {
			if !strings.Contains(err.Error(), "cut off") {
				t.Error(err)
			}
			break
		}
		if n++; it.Call != nil && n%2000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc)
		}
	}
	if n < size/11_000 || most > before.HeapAlloc+10<<20 {
		t.Errorf("%d calls with up to %d bytes more", n, most-before.HeapAlloc)
	}
	_, _, err := streamed(&endless{head: `{"schema": "xlogscan.report/v1", "inputs": "`, again: "x", left: 1 << 30})
	if want := fmt.Sprintf("longer than %d bytes", 64<<20); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q in it", err, want)
	}
}
