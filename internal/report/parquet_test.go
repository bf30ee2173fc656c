package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

// Whatever is in a report: what is read back of a table is what NDJSON has of it, and written again it has the same bytes.
func TestParquetLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkParquet(t, draw(t)) })
}

func TestParquetOfGoldens(t *testing.T) {
	for name, a := range archives(t) {
		t.Run(name, func(t *testing.T) { checkParquet(t, read(t, a)) })
	}
}

// Tables without rows are files with columns.
func TestParquetEmpty(t *testing.T) {
	checkParquet(t, &report.Report{Schema: report.Schema})
}

func checkParquet(t fataler, r *report.Report) {
	t.Helper()
	files, again, lines := folder(t, r, "parquet"), folder(t, r, "parquet"), folder(t, r, "ndjson")
	if len(files) != len(report.LakeTables) {
		t.Fatalf("%d files for %d tables", len(files), len(report.LakeTables))
	}
	for _, table := range report.LakeTables {
		name := table.Name + ".parquet"
		if files[name] != again[name] {
			t.Fatalf("%s has other bytes when it is written again", name)
		}
		got := readParquet(t, table, files[name])
		for _, row := range got {
			checkRow(t, table, row)
		}
		want, ok := lines[table.Name+".ndjson"]
		if !ok { // a table of which the others have the counts
			checkVerdicts(t, r, got)
			continue
		}
		if diff := cmp.Diff(rowsOf(t, want), got, cmp.AllowUnexported(cell{})); diff != "" {
			t.Fatalf("%s (-ndjson +parquet):\n%s", table.Name, diff)
		}
	}
}

// readParquet gives the rows of a file as rowsOf gives those of lines.
func readParquet(t fataler, table report.Table, text string) [][]cell {
	t.Helper()
	file := openParquet(t, text)
	var all [][]cell
	for _, group := range file.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 7)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				all = append(all, cellsOf(t, table, row))
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if int64(len(all)) != file.NumRows() {
		t.Fatalf("%s: %d of %d rows", table.Name, len(all), file.NumRows())
	}
	return all
}

func openParquet(t fataler, text string) *parquet.File {
	t.Helper()
	file, err := parquet.OpenFile(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func cellsOf(t fataler, table report.Table, row parquet.Row) []cell {
	t.Helper()
	var out []cell
	n := 0
	for _, c := range table.Columns {
		v := row[n]
		n++
		var zone parquet.Value
		if c.Type == "time" {
			zone = row[n]
			n++
		}
		var as any
		switch {
		case v.IsNull():
			if c.Type == "time" && !zone.IsNull() {
				t.Fatalf("%s.%s: a zone without a time", table.Name, c.Name)
			}
		case c.Type == "text":
			as = string(v.ByteArray())
		case c.Type == "integer":
			as = v.Int64()
		case c.Type == "number":
			as = v.Double()
		case c.Type == "boolean":
			as = v.Boolean()
		case c.Type == "time":
			as = report.Time{Time: time.UnixMilli(v.Int64()).In(time.FixedZone("", 60*int(zone.Int32())))}
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(as); err != nil {
			t.Fatal(err)
		}
		out = append(out, cell{c.Name, strings.TrimSuffix(b.String(), "\n")})
	}
	if n != len(row) {
		t.Fatalf("%s: %d values for %d columns", table.Name, len(row), n)
	}
	return out
}

// checkVerdicts holds that each call has a row for each signature that it was judged by.
func checkVerdicts(t fataler, r *report.Report, rows [][]cell) {
	t.Helper()
	got, want := map[string]int{}, map[string]int{}
	for _, row := range rows {
		got[row[2].value]++
	}
	for _, c := range r.Calls {
		for _, f := range c.Findings {
			if f.Certainty == "lead" {
				want[`"lead"`]++
			} else {
				want[`"fired"`]++
			}
		}
		if n := len(c.Checked.Clear); n > 0 {
			want[`"clear"`] += n
		}
		if n := len(c.Checked.NotEvaluable); n > 0 {
			want[`"not-evaluable"`] += n
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("verdicts (-document +table):\n%s", diff)
	}
}

// TestParquetSchema shows what readers find: columns in the order of the table, and their logical types.
func TestParquetSchema(t *testing.T) {
	const want = `message damage {
	required binary input (STRING);
	required int64 byteOffset (INT(64,true));
	required int64 length (INT(64,true));
	required binary kind (STRING);
	required int64 blocksBefore (INT(64,true));
	required int64 salvagedBytes (INT(64,true));
	required boolean harmless;
	optional int64 timeFrom (TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS));
	optional int32 timeFromZone (INT(32,true));
	optional int64 timeTo (TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS));
	optional int32 timeToZone (INT(32,true));
	required binary reason (STRING);
}`
	r := read(t, archives(t)["two-party"])
	file := openParquet(t, folder(t, r, "parquet")["damage.parquet"])
	if diff := cmp.Diff(want, file.Schema().String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if by, want := file.Metadata().CreatedBy, "xlogscan version "+r.Tool.Version+"(build "+r.Tool.Rules.Hash+")"; by != want {
		t.Errorf("created by %q, want %q", by, want)
	}
}

// The bytes of a file are the same on every machine, with the tag purego too. They change with the tables, and may with a
// version of the library: then this is to be changed as a golden file is.
func TestParquetBytes(t *testing.T) {
	const want = "3b646702e152685fd709086a12ccade96cc84f913ae2deba57218771e5e67906"
	r := read(t, archives(t)["two-party"])
	var call report.Call
	for _, name := range strings.Split("abcdefghaaaabbbb", "") { // what an index is written in two ways of
		call.Timeline = append(call.Timeline, report.TimelineEntry{Input: name})
	}
	r.Calls = append([]report.Call{call}, r.Calls...)
	files := folder(t, r, "parquet")
	sum := sha256.New()
	for _, table := range report.LakeTables {
		io.WriteString(sum, files[table.Name+".parquet"])
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		t.Errorf("the files have the sum %s, want %s", got, want)
	}
}

// Texts that are far longer than what a row group may hold are written in groups of bounded size, and the end of the
// file, which readers hold, does not grow with them.
func TestParquetLong(t *testing.T) {
	const rows, long = 40, 2 << 20
	var r report.Report
	call := report.Call{ID: "c"}
	for i := range rows {
		text := strings.Repeat("通话"+strconv.Itoa(i), long/8)
		call.Timeline = append(call.Timeline, report.TimelineEntry{Text: text})
	}
	r.Calls = []report.Call{call}
	text := folder(t, &r, "parquet")["events.parquet"]
	file := openParquet(t, text)
	groups := file.Metadata().RowGroups
	for i, group := range groups {
		if group.TotalByteSize > 20<<20 {
			t.Errorf("group %d of %d holds %d bytes", i, len(groups), group.TotalByteSize)
		}
	}
	if len(groups) < 2 {
		t.Errorf("%d groups", len(groups))
	}
	if end := binary.LittleEndian.Uint32([]byte(text[len(text)-8:])); end > 64<<10 {
		t.Errorf("%d bytes at the end", end)
	}
	checkParquet(t, &r)
}

// The texts of a file are what its self-test searches: each text that can be read out of the file is among them.
func TestParquetTexts(t *testing.T) {
	r := read(t, archives(t)["two-party"])
	for i, f := range formatNamed(t, "parquet").Files(r, report.TextOptions{}) {
		var texts, whole bytes.Buffer
		if err := errors.Join(f.Text(&texts), f.Write(&whole)); err != nil {
			t.Fatal(err)
		}
		for _, row := range readParquet(t, report.LakeTables[i], whole.String()) {
			for _, c := range row {
				var s string
				if json.Unmarshal([]byte(c.value), &s) == nil && !strings.Contains(texts.String(), s) && !isTime(s) {
					t.Errorf("%s: %q is not among the texts", f.Name, s)
				}
			}
		}
	}
}

func isTime(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return err == nil
}
