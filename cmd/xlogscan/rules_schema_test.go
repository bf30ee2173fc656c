package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/schematest"
	"github.com/xlogscan/xlogscan/internal/signature"
)

const catalogueDir = "../../internal/signature/catalogue"

// partsAbout say of each part when it is true, as docs/design.md does.
var partsAbout = map[string]string{
	"sequence": "an event of each selection comes, in this order, the time between the first and the last within the limits, and the last of the same process as the first or, for ended, when that had ended",
	"count":    "so many events come in one log",
	"absent":   "no such event in the window that the first event of before and of after bound",
	"gap":      "two such events in a row lie further apart, and the log covers the time between",
	"clock":    "the clocks of the two parties are surely further apart",
	"differ":   "the field of one event of each selection, in one log, differs by more",
	"streak":   "calls in a row of one device have such an event with one native code",
	"age":      "the event comes at one and the same age of an earlier call, in several calls",
	"repeat":   "over the calls of a device, the event comes again within the time, in the next call or the same, with equal fields",
	"next":     "over the calls of a device, first holds on a call and then on the one after it",
}

// argumentTypes are the definitions of the schema for the arguments of parts.
var argumentTypes = map[string]string{
	"of": "name", "before": "name", "after": "name", "until": "name", "ended_by": "name", "field": "field", "by": "amount",
	"within": "duration", "longer_than": "duration", "apart": "duration",
	"at_least": "number", "coverage": "coverage", "process": "lives", "same": "fields", "first": "tree", "then": "tree",
}

// ruleSchemaText fills the schema of rule files with the words that the engine knows.
func ruleSchemaText(t *testing.T) []byte {
	t.Helper()
	var events []string
	for _, name := range extractNames(t) {
		if extract.KnownName(extract.Name(name)) {
			events = append(events, name)
		}
	}
	var buf bytes.Buffer
	tmpl := template.Must(template.New("rule.schema.json.tmpl").Funcs(template.FuncMap{
		"json": func(v any) (string, error) {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			err := e.Encode(v)
			return strings.TrimSpace(b.String()), err
		},
		"about": func(part string) (string, error) {
			if partsAbout[part] == "" {
				return "", fmt.Errorf("no description of %s", part)
			}
			return partsAbout[part], nil
		},
		"arguments": func(p signature.Part) []string { return slices.Concat(p.Required, p.Allowed) },
		"reference": func(part, argument string) (string, error) {
			typ := argumentTypes[argument]
			if (part == "sequence" || part == "differ") && argument == "of" {
				typ = "names"
			}
			if typ == "" {
				return "", fmt.Errorf("no type of %s", argument)
			}
			return "#/$defs/" + typ, nil
		},
	}).ParseFiles("testdata/rule.schema.json.tmpl"))
	err := tmpl.Execute(&buf, map[string]any{
		"Severities": signature.Severities, "Stages": signature.Stages, "Blames": signature.Blames, "Sides": signature.Sides, "Parts": signature.Parts, "Lives": signature.Lives, "Groups": signature.Groups,
		"Versions": slices.Sorted(slices.Values(literals(t, "signature/version.go", "versionNames"))),
		"Events":   events, "Fields": slices.Sorted(slices.Values(literals(t, "extract/event.go", "fields"))),
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, buf.Bytes(), "", "  "); err != nil {
		t.Fatalf("%v in\n%s", err, buf.Bytes())
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// literals gives the keys of a map, or the elements of a slice, of strings that a file below internal defines.
func literals(t *testing.T, file, variable string) []string {
	t.Helper()
	var list []string
	for _, spec := range specs(t, file) {
		if len(spec.Names) != 1 || spec.Names[0].Name != variable || len(spec.Values) != 1 {
			continue
		}
		for _, e := range spec.Values[0].(*ast.CompositeLit).Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Key
			}
			list = append(list, unquoted(t, e))
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s has no %s", file, variable)
	}
	return list
}

// extractNames gives the names of events, in the order in which package extract defines them.
func extractNames(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, spec := range specs(t, "extract/event.go") {
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Name" && len(spec.Values) == 1 {
			list = append(list, unquoted(t, spec.Values[0]))
		}
	}
	if len(list) == 0 {
		t.Fatal("no events")
	}
	return list
}

func specs(t *testing.T, file string) []*ast.ValueSpec {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../../internal", file), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var list []*ast.ValueSpec
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok {
			for _, s := range g.Specs {
				if v, ok := s.(*ast.ValueSpec); ok {
					list = append(list, v)
				}
			}
		}
	}
	return list
}

func unquoted(t *testing.T, e ast.Expr) string {
	t.Helper()
	s, err := strconv.Unquote(e.(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON reads a rule as a program that knows nothing of rules does.
func asJSON(t *testing.T, rule []byte) []byte {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(rule, &v); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRuleSchemaAccepts(t *testing.T) {
	s := schematest.Parse(t, ruleSchemaText(t))
	files, _ := filepath.Glob(catalogueDir + "/*/*.yaml")
	if len(files) != len(signature.Default().Signatures) {
		t.Fatalf("%d files of %d rules", len(files), len(signature.Default().Signatures))
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(t, asJSON(t, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRuleSchemaRefuses(t *testing.T) {
	s := schematest.Parse(t, ruleSchemaText(t))
	const sound = `{id: x, severity: error, title: {en: a, zh: b}, cause: {en: a, zh: b}, remedy: {en: a, zh: b}, url: "https://example.org/",
events: {a: {event: calling, side: caller, where: {keepTime: {gt: 3}}}}, match: {sequence: {of: [a, a], within: 5s}}}`
	if err := s.Validate(t, asJSON(t, []byte(sound))); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ old, new string }{
		{"id: x", "name: x"},
		{"severity: error", "severity: fatal"},
		{"severity: error", "severity: error, stage: middle"},
		{"title: {en: a, zh: b}", "title: {en: a}"},
		{"event: calling", "event: ringing"},
		{"side: caller", "side: left"},
		{"severity: error", "severity: error, group_by: room"},
		{"keepTime: {gt: 3}", "keepTimes: {gt: 3}"},
		{"keepTime: {gt: 3}", "keepTime: {above: 3}"},
		{"{of: [a, a], within: 5s}", "{of: [a], within: 5s}"},
		{"{of: [a, a], within: 5s}", "{of: [a, a, a, a], within: 5s}"},
		{"{of: [a, a], within: 5s}", "{of: [a, a], within: 5}"},
		{"{of: [a, a], within: 5s}", "{of: [a, a], before: a}"},
		{"{of: [a, a], within: 5s}", "{of: [a, a], process: other}"},
		{"{sequence: {of: [a, a], within: 5s}}", "{all: [a], any: [a]}"},
		{"{sequence: {of: [a, a], within: 5s}}", "{none: [a]}"},
		{"url: ", "applies_to: {android: <9}, url: "},
		{"remedy: {en: a, zh: b}", "remedy: []"},
		{"remedy: {en: a, zh: b}", "remedy: [{en: a, zh: b}, {applies_to: {android: <9}, en: a, zh: b}]"},
		{"remedy: {en: a, zh: b}", "remedy: {applies_to: {wmpf: <9}, en: a, zh: b}"},
	} {
		bad := strings.Replace(sound, tt.old, tt.new, 1)
		if bad == sound {
			t.Fatalf("%q is not in the rule", tt.old)
		}
		if s.Validate(t, asJSON(t, []byte(bad))) == nil {
			t.Errorf("%q instead of %q is accepted", tt.new, tt.old)
		}
	}
}

// TestRuleSchemaOperators compares what the template has by hand with what the engine knows.
func TestRuleSchemaOperators(t *testing.T) {
	condition := schematest.Parse(t, ruleSchemaText(t)).Definition("condition")["anyOf"].([]any)[1].(map[string]any)
	var listed []string
	for name := range condition["properties"].(map[string]any) {
		listed = append(listed, name)
	}
	slices.Sort(listed)
	if diff := cmp.Diff(slices.Sorted(slices.Values(literals(t, "signature/condition.go", "operators"))), listed); diff != "" {
		t.Errorf("operators (-engine +schema):\n%s", diff)
	}
}
