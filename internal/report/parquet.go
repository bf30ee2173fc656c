package report

import (
	"io"
	"reflect"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// maxRowGroup bounds the values of a row group, which is held until it is complete, in bytes.
const maxRowGroup = 16 << 20

// parquetFiles are the tables as Parquet, and one more: which signatures were judged on which call, with what verdict.
// Columns that repeat themselves cost nothing there, which in text would be most of a report.
func parquetFiles(r *Report, _ TextOptions) []File {
	var files []File
	for _, t := range LakeTables {
		files = append(files, File{
			Name:  t.Name + ".parquet",
			Write: func(w io.Writer) error { return t.parquet(w, r) },
			Text:  func(w io.Writer) error { return t.texts(w, r) },
		})
	}
	return files
}

// LakeTables are the tables of formats that store a column as such: the others, and what they only count.
var LakeTables = append(slices.Clip(Tables), table("checked", "In Parquet only: what came of each signature on each call.", checkedRows))

// parquet writes the rows of a table in their order. Nothing but the document decides its bytes. That is why no column has
// a dictionary: the library cuts the runs of its indices in other places where the processor has AVX2, and compression
// makes texts that repeat themselves as small.
func (t *Table) parquet(w io.Writer, r *Report) error {
	out := newOutput(w)
	schema := t.schema()
	file := parquet.NewWriter(out, schema,
		parquet.CreatedBy("xlogscan", r.Tool.Version, r.Tool.Rules.Hash),
		parquet.KeyValueMetadata("schema", Schema),
		parquet.Compression(&parquet.Zstd),
		parquet.DataPageStatistics(false), // the index of the pages has them
		parquet.SkipPageBounds("text"),    // what a line of a log begins with says nothing, and the bounds are as long as the lines
	)
	held := 0
	var row parquet.Row
	t.rows(r, func(v any) {
		if out.err != nil {
			return
		}
		row = t.values(row[:0], reflect.ValueOf(v))
		_, err := file.WriteRows([]parquet.Row{row})
		for _, value := range row {
			held += 8
			if value.Kind() == parquet.ByteArray {
				held += len(value.ByteArray())
			}
		}
		if err == nil && held > maxRowGroup {
			err, held = file.Flush(), 0
		}
		out.fail(err)
	})
	out.fail(file.Close())
	out.fail(r.broken())
	return out.close()
}

// zoned is the name of the column that has the zone of a column of times.
func zoned(name string) string { return name + "Zone" }

// schema has the columns of the table in their order. A time is two of them: the instant, and the zone of its log in
// minutes east of UTC, for a timestamp of Parquet has no zone.
func (t *Table) schema() *parquet.Schema {
	root := columns{Group: parquet.Group{}}
	add := func(c *Column, name string, node parquet.Node) {
		if c.Null {
			node = parquet.Optional(node)
		}
		root.Group[name] = node
		root.names = append(root.names, name)
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		switch c.Type {
		case "text":
			add(c, c.Name, parquet.String())
		case "integer":
			add(c, c.Name, parquet.Int(64))
		case "number":
			add(c, c.Name, parquet.Leaf(parquet.DoubleType))
		case "boolean":
			add(c, c.Name, parquet.Leaf(parquet.BooleanType))
		case "time":
			add(c, c.Name, parquet.Timestamp(parquet.Millisecond))
			add(c, zoned(c.Name), parquet.Int(32))
		default:
			panic("a column of type " + c.Type)
		}
	}
	return parquet.NewSchema(t.Name, root)
}

// columns is a group that keeps the order of its columns; that of the library sorts them by name.
type columns struct {
	parquet.Group
	names []string
}

// Fields implements [parquet.Node].
func (c columns) Fields() []parquet.Field {
	fields := c.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int {
		return slices.Index(c.names, a.Name()) - slices.Index(c.names, b.Name())
	})
	return fields
}

// values appends the values of a row by the schema.
func (t *Table) values(row parquet.Row, v reflect.Value) parquet.Row {
	for i := range t.Columns {
		field, defined := v.Field(i), 0
		if t.Columns[i].Null {
			if field.IsNil() {
				row = append(row, parquet.NullValue().Level(0, 0, len(row)))
				if t.Columns[i].Type == "time" {
					row = append(row, parquet.NullValue().Level(0, 0, len(row)))
				}
				continue
			}
			field, defined = field.Elem(), 1
		}
		if at, ok := field.Interface().(Time); ok {
			_, zone := at.Zone()
			row = append(row, parquet.Int64Value(at.UnixMilli()).Level(0, defined, len(row)))
			row = append(row, parquet.Int32Value(int32(zone/60)).Level(0, defined, len(row)))
			continue
		}
		row = append(row, parquet.ValueOf(field.Interface()).Level(0, defined, len(row)))
	}
	return row
}

// texts writes all texts of a table, each with a line end.
func (t *Table) texts(w io.Writer, r *Report) error {
	out := newOutput(w)
	t.rows(r, func(row any) {
		eachText(reflect.ValueOf(row), func(text reflect.Value) { out.put(text.String(), "\n") })
	})
	return out.close()
}
