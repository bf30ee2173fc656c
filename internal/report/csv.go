package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// csvFiles are the tables as CSV by RFC 4180, UTF-8 without a mark, a header first. A cell holds what NDJSON has there;
// null is an empty cell. Texts are made visible, so that a row is one line that can be printed, and none begins with a
// character by which a spreadsheet takes it for a formula.
func csvFiles(r *Report, _ TextOptions) []File {
	var files []File
	for _, t := range Tables {
		files = append(files, File{Name: t.Name + ".csv", Write: func(w io.Writer) error { return t.csv(w, r) }})
	}
	return files
}

func (t *Table) csv(w io.Writer, r *Report) error {
	out := newOutput(w)
	c := csv.NewWriter(out.w)
	c.UseCRLF = true
	record := make([]string, len(t.Columns))
	write := func() {
		if out.err == nil {
			out.err = c.Write(record)
		}
	}
	for i, column := range t.Columns {
		record[i] = column.Name
	}
	write()
	t.rows(r, func(row any) {
		v := reflect.ValueOf(row)
		for i := range record {
			record[i] = csvCell(v.Field(i))
		}
		write()
	})
	c.Flush()
	out.fail(r.broken())
	return out.close()
}

func csvCell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.String {
		return inert(cells.Visible(v.String()))
	}
	b, err := json.Marshal(v.Interface())
	if err != nil {
		panic(err) // numbers, booleans and times have JSON; a number that has none is in no document
	}
	return strings.Trim(string(b), `"`)
}

// inert keeps a spreadsheet from taking s for a formula: an apostrophe goes before the characters that start one. It also
// goes before an apostrophe, so that who reads the cells back takes one away wherever there is one.
func inert(s string) string {
	if strings.IndexAny(s, "=+-@'＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}
