package fleet_test

import (
	"reflect"
	"testing"

	"github.com/xlogscan/xlogscan/internal/fleet"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/schematest"
)

// schemas has the documents by the names of their schemas in docs.
func schemas(t *testing.T) map[string][]any {
	none := fleet.NewSet()
	return map[string][]any{
		"fleet.schema.json":      {weeks(t, "last-week", "this-week").Fleet(fleet.TopRooms), none.Fleet(0)},
		"fleet-diff.schema.json": {compared(t), fleet.Compare(none, none)},
	}
}

func schema(t *testing.T, name string) *schematest.Schema {
	t.Helper()
	return schematest.Read(t, "../../docs/"+name)
}

func TestSchemaAccepts(t *testing.T) {
	for name, list := range schemas(t) {
		s := schema(t, name)
		for _, of := range list {
			if err := s.Validate(t, render(t, "json", of, report.TextOptions{})); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestSchemaRefuses shows that the schemas can say no.
func TestSchemaRefuses(t *testing.T) {
	s := schema(t, "fleet.schema.json")
	for name, change := range map[string]func(*fleet.Fleet){
		"schema":  func(f *fleet.Fleet) { f.Schema = "xlogscan.fleet/v0" },
		"rate":    func(f *fleet.Fleet) { f.Rates[0].Rate = 1.5 },
		"outcome": func(f *fleet.Fleet) { f.Rooms[0].Outcome = "exploded" },
	} {
		f := weeks(t, "last-week").Fleet(fleet.TopRooms)
		change(f)
		if s.Validate(t, render(t, "json", f, report.TextOptions{})) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	s = schema(t, "fleet-diff.schema.json")
	d := compared(t)
	d.Rows[0].Verdict = "better"
	if s.Validate(t, render(t, "json", d, report.TextOptions{})) == nil {
		t.Error("verdict: accepted")
	}
}

func TestSchemaFields(t *testing.T) {
	schema(t, "fleet.schema.json").Fields(t, reflect.TypeFor[fleet.Fleet]())
	schema(t, "fleet-diff.schema.json").Fields(t, reflect.TypeFor[fleet.Diff]())
}
