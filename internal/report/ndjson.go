package report

import (
	"io"
	"strings"
)

// NDJSON writes the tables one after the other as lines of JSON. The first key of each line is the name of its table.
func NDJSON(w io.Writer, r *Report) error {
	out := newOutput(w)
	for _, t := range Tables {
		out.lines(`{"table":"`+t.Name+`",`, &t, r)
	}
	return out.close()
}

// ndjsonFiles are the tables as files of lines of JSON. All lines of a file have all its columns as keys.
func ndjsonFiles(r *Report, _ TextOptions) []File {
	var files []File
	for _, t := range Tables {
		files = append(files, File{Name: t.Name + ".ndjson", Write: func(w io.Writer) error {
			out := newOutput(w)
			out.lines("{", &t, r)
			return out.close()
		}})
	}
	return files
}

// lines writes the rows of a table, each an object that begins with start.
func (o *output) lines(start string, t *Table, r *Report) {
	t.rows(r, func(row any) { o.put(start, strings.TrimPrefix(o.json(row), "{"), "\n") })
	o.fail(r.broken())
}
