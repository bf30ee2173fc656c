package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/report"
)

// writeTables writes the page about the tables of a report, of which the columns are made here and the rest is kept, and
// the views by which DuckDB reads the tables and the lake.
func writeTables(t *testing.T, dir string) {
	t.Helper()
	writePart(t, dir, "tables.md", columns())
	writeDoc(t, filepath.Join(dir, "tables.sql"), duckDBViews(t))
	writeDoc(t, filepath.Join(dir, "lake.sql"), lakeViews())
}

// writePart writes a page of docs of which the part between two marks is made and the rest is kept.
func writePart(t *testing.T, dir, name, part string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	const start, end = "<!-- made by make docs -->\n", "<!-- end -->"
	before, rest, ok := strings.Cut(string(page), start)
	_, after, both := strings.Cut(rest, end)
	if !ok || !both {
		t.Fatalf("docs/%s has no place for what is made", name)
	}
	writeDoc(t, filepath.Join(dir, name), []byte(before+start+part+"\n"+end+after))
}

func columns() string {
	var b strings.Builder
	for _, table := range report.LakeTables {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | what it is |\n| --- | --- | --- |\n", table.Name, table.About)
		for _, c := range table.Columns {
			typ := c.Type
			if c.Null {
				typ += " or null"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, typ, c.About)
		}
	}
	return b.String()
}

func duckDBViews(t *testing.T) []byte {
	t.Helper()
	types := map[string]string{"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "time": "TIMESTAMPTZ"}
	var sql bytes.Buffer
	sql.WriteString("-- Views of what xlogscan -f ndjson wrote into the current folder, for DuckDB. Made by make docs.\n")
	for _, table := range report.Tables {
		fmt.Fprintf(&sql, "\nCREATE VIEW %s AS FROM read_ndjson('%[1]s.ndjson', columns = {\n", table.Name)
		for i, c := range table.Columns {
			if types[c.Type] == "" {
				t.Fatalf("%s.%s is a %q", table.Name, c.Name, c.Type)
			}
			if i > 0 {
				sql.WriteString(",\n")
			}
			fmt.Fprintf(&sql, "  %q: '%s'", c.Name, types[c.Type])
		}
		sql.WriteString("\n});\n")
	}
	return sql.Bytes()
}

// lakeViews reads files by the names of their columns, because results of later versions may have more of them.
func lakeViews() []byte {
	var sql bytes.Buffer
	sql.WriteString("-- Views of what xlogscan export -o lake wrote, for DuckDB in the folder that has lake in it. Made by make docs.\n\n")
	sql.WriteString("SET TimeZone = 'UTC'; -- so that a time plus its zone is the time of the log\n")
	for _, table := range report.LakeTables {
		fmt.Fprintf(&sql, "CREATE VIEW %s AS FROM read_parquet('lake/*/%[1]s.parquet', union_by_name = true, hive_types = {'result': VARCHAR});\n", table.Name)
	}
	return sql.Bytes()
}
