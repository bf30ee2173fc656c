package signature_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// equivalent lists mutants that no sample can tell from their rule, with the reason.
var equivalent = map[string]string{
	"answer-too-late: lead.all without part 1":             citesOnly,
	"call-peer-vanished: lead.any.2.all without part 1":    citesOnly,
	"join-slow-until-abort: lead.any.2.all without part 1": citesOnly,
	"wait-no-answer: lead.any.3.all without part 1":        citesOnly,
}

const citesOnly = "where the match is not evaluable and the other part holds, so does this one; it is the lead's evidence"

// TestMutations drops each term of each rule and expects that a sample of the rule comes out differently: a term that no
// sample needs is either superfluous or untested.
func TestMutations(t *testing.T) {
	samples := map[string]signature.Sample{}
	for _, s := range signature.BuiltinSamples() {
		samples[s.ID] = s
	}
	files, err := filepath.Glob("catalogue/*/*.yaml")
	if err != nil || len(files) != len(signature.Default().Signatures) {
		t.Fatalf("%d rule files, %d rules, %v", len(files), len(signature.Default().Signatures), err)
	}
	seen := map[string]bool{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(name), ".yaml")
		for i := 0; ; i++ {
			mutant, text, ok := mutate(t, data, i)
			if !ok {
				break
			}
			mutant = id + ": " + mutant
			if seen[mutant] {
				t.Errorf("two mutants are called %q", mutant)
			}
			seen[mutant] = true
			rules, err := signature.Default().With(fstest.MapFS{id + ".yaml": {Data: text}}, "mutant")
			if err != nil {
				t.Errorf("%s: %v", mutant, err)
				continue
			}
			lives := slices.Equal(came(rules, samples[id]), came(signature.Default(), samples[id]))
			switch reason := equivalent[mutant]; {
			case lives && reason == "":
				t.Errorf("%s: every sample still comes out as it should", mutant)
			case !lives && reason != "":
				t.Errorf("%s: listed as equivalent, and a sample tells it apart", mutant)
			}
		}
	}
	for mutant := range equivalent {
		if !seen[mutant] {
			t.Errorf("%s: listed as equivalent, and there is no such mutant", mutant)
		}
	}
}

// came says what each case of a sample comes to.
func came(rules *signature.Catalogue, s signature.Sample) (got []string) {
	for _, r := range rules.Test(s) {
		got = append(got, r.Got)
	}
	return got
}

// mutation is a way to change a rule.
type mutation struct {
	name  string
	apply func()
}

// mutate gives the i-th mutant of a rule file, and false past the last.
func mutate(t *testing.T, data []byte, i int) (name string, text []byte, ok bool) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	list := mutations(doc.Content[0])
	if i >= len(list) {
		return "", nil, false
	}
	list[i].apply()
	text, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return list[i].name, text, true
}

// mutations lists those of a rule: each loses one term.
func mutations(rule *yaml.Node) []mutation {
	var list []mutation
	each(rule, func(key string, value *yaml.Node) {
		switch key {
		case "applies_to":
			each(value, func(version string, _ *yaml.Node) { list = append(list, drop(value, "applies_to", version)) })
		case "events":
			each(value, func(name string, selection *yaml.Node) { list = append(list, ofSelection(name, selection)...) })
		case "group_by":
			list = append(list, drop(rule, "", key))
		case "match":
			list = append(list, ofTree("match", value)...)
		case "lead":
			list = append(list, mutation{"without lead", func() {
				drop(rule, "", "lead").apply()
				drop(rule, "", "lead_title").apply()
			}})
			list = append(list, ofTree("lead", value)...)
		}
	})
	return list
}

func ofSelection(name string, selection *yaml.Node) []mutation {
	var list []mutation
	each(selection, func(key string, value *yaml.Node) {
		switch key {
		case "side":
			if value.Value != "any" {
				list = append(list, drop(selection, name, "side"))
			}
		case "where":
			each(value, func(field string, cond *yaml.Node) {
				list = append(list, drop(value, name+".where", field))
				if cond.Kind == yaml.MappingNode && len(cond.Content) > 2 {
					each(cond, func(op string, _ *yaml.Node) { list = append(list, drop(cond, name+".where."+field, op)) })
				}
			})
		}
	})
	return list
}

// weakest are values with which a required limit lets everything through.
var weakest = map[string]string{"at_least": "1", "longer_than": "1ns", "apart": "1ns", "within": "1000h"}

func ofTree(place string, tree *yaml.Node) []mutation {
	if tree.Kind != yaml.MappingNode {
		return nil
	}
	kind, arg := tree.Content[0].Value, tree.Content[1]
	place += "." + kind
	var list []mutation
	if arg.Kind == yaml.SequenceNode { // all, any
		for i, part := range arg.Content {
			if len(arg.Content) > 1 {
				list = append(list, mutation{fmt.Sprintf("%s without part %d", place, i+1), func() { arg.Content = slices.Delete(arg.Content, i, i+1) }})
			}
			list = append(list, ofTree(fmt.Sprintf("%s.%d", place, i+1), part)...)
		}
		return list
	}
	required := signature.Parts[slices.IndexFunc(signature.Parts, func(p signature.Part) bool { return p.Name == kind })].Required
	each(arg, func(key string, value *yaml.Node) {
		switch {
		case key == "first" || key == "then":
			list = append(list, ofTree(place+"."+key, value)...)
		case key == "of" && kind == "sequence" && len(value.Content) > 2:
			for i := range value.Content {
				list = append(list, mutation{fmt.Sprintf("%s without step %d", place, i+1), func() { value.Content = slices.Delete(value.Content, i, i+1) }})
			}
		case slices.Contains(required, key) && weakest[key] != "" && value.Value != weakest[key]:
			list = append(list, mutation{place + " with the weakest " + key, func() { value.Value = weakest[key] }})
		case !slices.Contains(required, key):
			list = append(list, drop(arg, place, key))
		}
	})
	return list
}

// drop takes a key out of a mapping.
func drop(n *yaml.Node, place, key string) mutation {
	return mutation{strings.TrimPrefix(place+" without "+key, " "), func() {
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				n.Content = slices.Delete(n.Content, i, i+2)
				return
			}
		}
	}}
}

func each(n *yaml.Node, do func(key string, value *yaml.Node)) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		do(n.Content[i].Value, n.Content[i+1])
	}
}
