package report_test

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/xlogscan/xlogscan/internal/report"
)

const schemaFile = "../../docs/report.schema.json"

func schema(t testing.TB) (any, *jsonschema.Schema) {
	t.Helper()
	b, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return doc, s
}

// TestSchemaAccepts holds the golden documents and one in which nothing is set against the schema.
func TestSchemaAccepts(t *testing.T) {
	_, s := schema(t)
	docs := map[string]*report.Report{"empty": {Schema: report.Schema, Status: report.Empty, Lang: "en"}}
	for name, a := range archives(t) {
		docs[name] = read(t, a)
	}
	for name, r := range docs {
		inst, err := jsonschema.UnmarshalJSON(bytes.NewReader(render(t, r, "json", report.TextOptions{})))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Validate(inst); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefuses shows that the schema can say no.
func TestSchemaRefuses(t *testing.T) {
	_, s := schema(t)
	for name, change := range map[string]func(*report.Report){
		"schema":  func(r *report.Report) { r.Schema = "xlogscan.report/v0" },
		"outcome": func(r *report.Report) { r.Calls[0].Outcome = "exploded" },
		"role":    func(r *report.Report) { r.Calls[0].Parties[0].Role = "callee" },
	} {
		r := read(t, archives(t)["two-party"])
		change(r)
		inst, err := jsonschema.UnmarshalJSON(bytes.NewReader(render(t, r, "json", report.TextOptions{})))
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(inst) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSchemaFields compares the fields of the Go types with the properties of the schema, both ways, and asks for a
// description of each and for all of them to be required.
func TestSchemaFields(t *testing.T) {
	doc, _ := schema(t)
	root := doc.(map[string]any)
	defs := root["$defs"].(map[string]any)
	described := map[string]bool{}
	var check func(reflect.Type, map[string]any)
	check = func(typ reflect.Type, object map[string]any) {
		properties := object["properties"].(map[string]any)
		var fields, listed, required []string
		for i := range typ.NumField() {
			if !typ.Field(i).IsExported() {
				continue
			}
			name := typ.Field(i).Tag.Get("json")
			fields = append(fields, name)
			sub := typ.Field(i).Type
			for sub.Kind() == reflect.Slice || sub.Kind() == reflect.Pointer {
				sub = sub.Elem()
			}
			if sub.Kind() == reflect.Struct && sub != reflect.TypeFor[report.Time]() && !described[sub.Name()] {
				described[sub.Name()] = true
				def, ok := defs[sub.Name()].(map[string]any)
				if !ok {
					t.Errorf("%s is not in $defs", sub.Name())
					continue
				}
				check(sub, def)
			}
		}
		for name, p := range properties {
			listed = append(listed, name)
			if d, _ := p.(map[string]any)["description"].(string); d == "" {
				t.Errorf("%s.%s has no description", typ.Name(), name)
			}
		}
		for _, name := range object["required"].([]any) {
			required = append(required, name.(string))
		}
		slices.Sort(listed)
		if diff := cmp.Diff(slices.Sorted(slices.Values(fields)), listed); diff != "" {
			t.Errorf("%s, fields and properties (-Go +schema):\n%s", typ.Name(), diff)
		}
		if diff := cmp.Diff(fields, required); diff != "" {
			t.Errorf("%s, fields and required (-Go +schema):\n%s", typ.Name(), diff)
		}
		if object["additionalProperties"] != false {
			t.Errorf("%s: additionalProperties is not false", typ.Name())
		}
	}
	check(reflect.TypeFor[report.Report](), root)
	for name := range defs {
		if !described[name] {
			t.Errorf("$defs/%s is used by no type", name)
		}
	}
}
