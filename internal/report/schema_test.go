package report_test

import (
	"reflect"
	"testing"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/schematest"
)

func schema(t testing.TB) *schematest.Schema {
	t.Helper()
	return schematest.Read(t, "../../docs/report.schema.json")
}

// TestSchemaAccepts holds the golden documents and one in which nothing is set against the schema.
func TestSchemaAccepts(t *testing.T) {
	s := schema(t)
	docs := map[string]*report.Report{"empty": {Schema: report.Schema, Status: report.Empty, Lang: "en"}}
	for name, a := range archives(t) {
		docs[name] = read(t, a)
	}
	for name, r := range docs {
		if err := s.Validate(t, render(t, r, "json", report.TextOptions{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaRefuses shows that the schema can say no.
func TestSchemaRefuses(t *testing.T) {
	s := schema(t)
	for name, change := range map[string]func(*report.Report){
		"schema":  func(r *report.Report) { r.Schema = "xlogscan.report/v0" },
		"outcome": func(r *report.Report) { r.Calls[0].Outcome = "exploded" },
		"role":    func(r *report.Report) { r.Calls[0].Parties[0].Role = "callee" },
	} {
		r := read(t, archives(t)["two-party"])
		change(r)
		if s.Validate(t, render(t, r, "json", report.TextOptions{})) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSchemaFields(t *testing.T) { schema(t).Fields(t, reflect.TypeFor[report.Report]()) }
