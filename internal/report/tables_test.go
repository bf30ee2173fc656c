package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// cell is a value of a row as its JSON text.
type cell struct{ key, value string }

// Whatever is in a report: each line of a table has the columns of its definition, in their order and of their types, the
// CSV has the same values, and the stream has the same rows.
func TestTablesLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTables(t, draw(t)) })
}

func TestTablesOfGoldens(t *testing.T) {
	for name, a := range archives(t) {
		t.Run(name, func(t *testing.T) { checkTables(t, read(t, a)) })
	}
}

func checkTables(t fataler, r *report.Report) {
	t.Helper()
	lines, sheets := folder(t, r, "ndjson"), folder(t, r, "csv")
	if len(lines) != len(report.Tables) || len(sheets) != len(report.Tables) {
		t.Fatalf("%d and %d files for %d tables", len(lines), len(sheets), len(report.Tables))
	}
	var stream strings.Builder
	for _, table := range report.Tables {
		text := lines[table.Name+".ndjson"]
		for line := range strings.Lines(text) {
			fmt.Fprintf(&stream, `{"table":%q,%s`, table.Name, line[1:])
		}
		rows := rowsOf(t, text)
		for _, row := range rows {
			checkRow(t, table, row)
		}
		checkSheet(t, table, rows, sheets[table.Name+".csv"])
	}
	if got := string(render(t, r, "ndjson", report.TextOptions{})); got != stream.String() {
		t.Fatalf("the stream differs (-files +stream):\n%s", cmp.Diff(stream.String(), got))
	}
}

// folder renders a report as files.
func folder(t fataler, r *report.Report, format string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, f := range formatNamed(t, format).Files(r, report.TextOptions{}) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[f.Name] = b.String()
	}
	return files
}

func formatNamed(t fataler, name string) report.Format {
	t.Helper()
	i := slices.IndexFunc(report.Formats, func(f report.Format) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no format %q", name)
	}
	return report.Formats[i]
}

func rowsOf(t fataler, text string) [][]cell {
	t.Helper()
	if text != "" && !strings.HasSuffix(text, "\n") {
		t.Fatalf("no line end at the end of %q", text)
	}
	var rows [][]cell
	for line := range strings.Lines(text) {
		d := json.NewDecoder(strings.NewReader(line))
		var row []cell
		_, err := d.Token()
		for err == nil && d.More() {
			var key json.Token
			var value json.RawMessage
			if key, err = d.Token(); err == nil {
				err = d.Decode(&value)
				row = append(row, cell{key.(string), string(value)})
			}
		}
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		rows = append(rows, row)
	}
	return rows
}

func checkRow(t fataler, table report.Table, row []cell) {
	t.Helper()
	if len(row) != len(table.Columns) {
		t.Fatalf("%s has %d keys for %d columns", table.Name, len(row), len(table.Columns))
	}
	for i, c := range table.Columns {
		v := row[i].value
		var ok bool
		switch {
		case v == "null":
			ok = c.Null
		case c.Type == "text":
			ok = v[0] == '"' && (v != `""` || !c.Null)
		case c.Type == "time":
			_, err := time.Parse(`"2006-01-02T15:04:05.000Z07:00"`, v)
			ok = err == nil
		case c.Type == "boolean":
			ok = v == "true" || v == "false"
		case c.Type == "integer":
			ok = !strings.ContainsAny(v, `"{[.eE`)
		case c.Type == "number":
			ok = !strings.ContainsAny(v, `"{[t`)
		}
		if row[i].key != c.Name || !ok {
			t.Fatalf("%s.%s, %s, has %s: %s", table.Name, c.Name, c.Type, row[i].key, v)
		}
	}
}

func checkSheet(t fataler, table report.Table, rows [][]cell, sheet string) {
	t.Helper()
	if n := strings.Count(sheet, "\r\n"); n != len(rows)+1 || n != strings.Count(sheet, "\n") || n != strings.Count(sheet, "\r") {
		t.Fatalf("%s: %d lines for %d rows", table.Name, n, len(rows))
	}
	records, err := csv.NewReader(strings.NewReader(sheet)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range table.Columns {
		if records[0][i] != c.Name {
			t.Fatalf("%s: column %d is %q, want %q", table.Name, i, records[0][i], c.Name)
		}
		for n, row := range rows {
			got := records[n+1][i]
			if c.Type == "text" && strings.ContainsAny(first(got), "=+-@＝＋－＠") {
				t.Fatalf("%s.%s: a spreadsheet runs %q", table.Name, c.Name, got)
			}
			want := row[i].value
			switch {
			case want == "null":
				want = ""
			case c.Type == "text", c.Type == "time":
				var s string
				if err := json.Unmarshal([]byte(want), &s); err != nil {
					t.Fatal(err)
				}
				want, got = cells.Visible(s), strings.TrimPrefix(got, "'")
			}
			if got != want {
				t.Fatalf("%s.%s: CSV has %q, NDJSON %s", table.Name, c.Name, got, row[i].value)
			}
		}
	}
}

func first(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// The ids that tables join by are there on both sides.
func TestTablesJoin(t *testing.T) {
	for name, a := range archives(t) {
		files := folder(t, read(t, a), "ndjson")
		ids := func(table, column string) []string {
			var list []string
			for _, row := range rowsOf(t, files[table+".ndjson"]) {
				i := slices.IndexFunc(row, func(c cell) bool { return c.key == column })
				list = append(list, row[i].value)
			}
			return list
		}
		for _, join := range []struct{ one, many, by string }{
			{"calls", "events", "call"}, {"calls", "findings", "call"}, {"findings", "evidence", "finding"}, {"files", "damage", "input"},
		} {
			known := ids(join.one, join.by)
			if sorted := slices.Sorted(slices.Values(known)); len(slices.Compact(sorted)) != len(known) {
				t.Errorf("%s: %s.%s is no id", name, join.one, join.by)
			}
			for _, id := range ids(join.many, join.by) {
				if id != "null" && !slices.Contains(known, id) {
					t.Errorf("%s: %s of %s is not in %s", name, id, join.many, join.one)
				}
			}
		}
	}
}

// Every column says what it is, and has a name that SQL takes without quotes.
func TestColumns(t *testing.T) {
	reserved := strings.Fields("all and as asc case check column default desc distinct do else end false for from group having in into is join " +
		"limit not null offset on or order primary references select table then to true union unique user using when where with")
	for _, table := range report.LakeTables {
		seen := map[string]bool{}
		for _, c := range table.Columns {
			low := strings.ToLower(c.Name)
			if c.About == "" || seen[low] || slices.Contains(reserved, low) {
				t.Errorf("%s.%s: about %q", table.Name, c.Name, c.About)
			}
			seen[low] = true
		}
	}
}

// The time until the answer is by one clock, or by two of which the difference is known.
func TestAnswerSeconds(t *testing.T) {
	at := func(seconds float64) *report.Time {
		return report.At(time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC).Add(time.Duration(seconds * float64(time.Second))))
	}
	ms := func(n int64) *int64 { return &n }
	contradicted := "bounds contradict each other"
	started := report.TimelineEntry{Time: at(1), Role: "caller", Event: "startVoip"}
	alerted := report.TimelineEntry{Time: at(5), Role: "listener", Event: "onShowAlert"}
	set := report.TimelineEntry{Time: at(6), Role: "listener", Event: "clockSet"}
	answered := report.TimelineEntry{Time: at(8.25), Role: "listener", Event: "hangOnVoip"}
	for _, tt := range []struct {
		name string
		call report.Call
		want string
	}{
		{"both logs", report.Call{Start: at(1), Answered: at(8.25), Clock: &report.Clock{ms(2000), ms(1900), ms(2100), 2, nil}, Timeline: []report.TimelineEntry{started, alerted, answered}}, "5.25"},
		{"clocks that are not bounded", report.Call{Start: at(1), Answered: at(8.25), Clock: &report.Clock{LowMs: ms(1900), Pairs: 1}, Timeline: []report.TimelineEntry{started, answered}}, "null"},
		{"bounds that contradict", report.Call{Start: at(1), Answered: at(8.25), Clock: &report.Clock{ms(2000), ms(1900), ms(2100), 2, &contradicted}, Timeline: []report.TimelineEntry{started, answered}}, "null"},
		{"the listener's log alone", report.Call{Start: at(5), Answered: at(8.25), Timeline: []report.TimelineEntry{alerted, answered}}, "3.25"},
		{"a clock that was set", report.Call{Start: at(5), Answered: at(8.25), Timeline: []report.TimelineEntry{alerted, set, answered}}, "null"},
		{"no answer", report.Call{Start: at(1), Timeline: []report.TimelineEntry{started, alerted}}, "null"},
	} {
		got := ""
		for _, c := range rowsOf(t, folder(t, &report.Report{Calls: []report.Call{tt.call}}, "ndjson")["calls.ndjson"])[0] {
			if c.key == "answerSeconds" {
				got = c.value
			}
		}
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
