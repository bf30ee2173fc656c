// Package schematest holds documents and the Go types behind them against their JSON schema, in tests.
package schematest

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A Schema is a JSON schema with definitions.
type Schema struct {
	root     map[string]any
	compiled *jsonschema.Schema
}

// Read reads the schema in a file.
func Read(t testing.TB, name string) *Schema {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return Parse(t, text)
}

// Parse takes the text of a schema.
func Parse(t testing.TB, text []byte) *Schema {
	t.Helper()
	const name = "schema.json"
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return &Schema{doc.(map[string]any), compiled}
}

// Definition returns what $defs has under a name.
func (s *Schema) Definition(name string) map[string]any {
	def, _ := s.definitions()[name].(map[string]any)
	return def
}

func (s *Schema) definitions() map[string]any { return s.root["$defs"].(map[string]any) }

// Validate says what the schema has against a document, nil for nothing.
func (s *Schema) Validate(t testing.TB, document []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return s.compiled.Validate(doc)
}

// Fields compares the fields of a Go type, and of all types in it, with the properties of the schema, both ways, and asks
// for a description of each and for all of them to be required. A type that writes its own JSON has no fields.
func (s *Schema) Fields(t testing.TB, of reflect.Type) {
	t.Helper()
	described := map[string]bool{}
	s.fields(t, of, s.root, described)
	for def := range s.definitions() {
		if !described[def] {
			t.Errorf("$defs/%s is used by no type", def)
		}
	}
}

func (s *Schema) fields(t testing.TB, of reflect.Type, object map[string]any, described map[string]bool) {
	t.Helper()
	var fields, listed, required []string
	for field := range of.Fields() {
		if !field.IsExported() {
			continue
		}
		fields = append(fields, field.Tag.Get("json"))
		typ := field.Type
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || typ.Implements(reflect.TypeFor[json.Marshaler]()) || described[typ.Name()] {
			continue
		}
		described[typ.Name()] = true
		if def := s.Definition(typ.Name()); def != nil {
			s.fields(t, typ, def, described)
		} else {
			t.Errorf("%s is not in $defs", typ.Name())
		}
	}
	for name, p := range object["properties"].(map[string]any) {
		listed = append(listed, name)
		if d, _ := p.(map[string]any)["description"].(string); d == "" {
			t.Errorf("%s.%s has no description", of.Name(), name)
		}
	}
	for _, name := range object["required"].([]any) {
		required = append(required, name.(string))
	}
	slices.Sort(listed)
	if diff := cmp.Diff(slices.Sorted(slices.Values(fields)), listed); diff != "" {
		t.Errorf("%s, fields and properties (-Go +schema):\n%s", of.Name(), diff)
	}
	if diff := cmp.Diff(fields, required); diff != "" {
		t.Errorf("%s, fields and required (-Go +schema):\n%s", of.Name(), diff)
	}
	if object["additionalProperties"] != false {
		t.Errorf("%s: additionalProperties is not false", of.Name())
	}
}
