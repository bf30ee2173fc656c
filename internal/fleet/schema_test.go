package fleet_test

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
)

// schemas has the documents by the names of their schemas in docs.
func schemas(t *testing.T) map[string]any {
	none := fleet.NewSet()
	return map[string]any{
		"fleet.schema.json":      []any{weeks(t, "last-week", "this-week").Fleet(fleet.TopRooms), none.Fleet(0)},
		"fleet-diff.schema.json": []any{compared(t), fleet.Compare(none, none)},
	}
}

func schema(t *testing.T, name string) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	b, err := os.ReadFile("../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return doc.(map[string]any), s
}

func validate(t *testing.T, s *jsonschema.Schema, of any) error {
	t.Helper()
	inst, err := jsonschema.UnmarshalJSON(bytes.NewReader(render(t, "json", of, report.TextOptions{})))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(inst)
}

func TestSchemaAccepts(t *testing.T) {
	for name, list := range schemas(t) {
		_, s := schema(t, name)
		for _, of := range list.([]any) {
			if err := validate(t, s, of); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestSchemaRefuses shows that the schemas can say no.
func TestSchemaRefuses(t *testing.T) {
	_, s := schema(t, "fleet.schema.json")
	for name, change := range map[string]func(*fleet.Fleet){
		"schema":  func(f *fleet.Fleet) { f.Schema = "xlogscan.fleet/v0" },
		"rate":    func(f *fleet.Fleet) { f.Rates[0].Rate = 1.5 },
		"outcome": func(f *fleet.Fleet) { f.Rooms[0].Outcome = "exploded" },
	} {
		f := weeks(t, "last-week").Fleet(fleet.TopRooms)
		change(f)
		if validate(t, s, f) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	_, s = schema(t, "fleet-diff.schema.json")
	d := compared(t)
	d.Rows[0].Verdict = "better"
	if validate(t, s, d) == nil {
		t.Error("verdict: accepted")
	}
}

// TestSchemaFields compares the fields of the Go types with the properties of the schemas, both ways, and asks for a
// description of each and for all of them to be required.
func TestSchemaFields(t *testing.T) {
	for name, typ := range map[string]reflect.Type{"fleet.schema.json": reflect.TypeFor[fleet.Fleet](), "fleet-diff.schema.json": reflect.TypeFor[fleet.Diff]()} {
		root, _ := schema(t, name)
		defs := root["$defs"].(map[string]any)
		described := map[string]bool{}
		checkFields(t, typ, root, defs, described)
		for def := range defs {
			if !described[def] {
				t.Errorf("%s: $defs/%s is used by no type", name, def)
			}
		}
	}
}

func checkFields(t *testing.T, typ reflect.Type, object, defs map[string]any, described map[string]bool) {
	t.Helper()
	properties := object["properties"].(map[string]any)
	var fields, listed, required []string
	for i := range typ.NumField() {
		fields = append(fields, typ.Field(i).Tag.Get("json"))
		sub := typ.Field(i).Type
		for sub.Kind() == reflect.Slice || sub.Kind() == reflect.Pointer {
			sub = sub.Elem()
		}
		if sub.Kind() == reflect.Struct && !described[sub.Name()] {
			described[sub.Name()] = true
			def, ok := defs[sub.Name()].(map[string]any)
			if !ok {
				t.Errorf("%s is not in $defs", sub.Name())
				continue
			}
			checkFields(t, sub, def, defs, described)
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
