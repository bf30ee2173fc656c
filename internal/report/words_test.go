package report

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"testing"
)

var han = regexp.MustCompile(`\p{Han}`)

// TestClosedWords asks the Chinese renderings for every word of the schema that they show.
func TestClosedWords(t *testing.T) {
	text, err := os.ReadFile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]struct{ Enum []*string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	shown := map[string][]string{
		"Input": {"side"}, "Party": {"role", "side"}, "Finding": {"severity", "role", "stage"}, "Stage": {"stage", "role"}, "Evidence": {"role"},
		"Call": {"direction", "stage", "outcome", "endedBy", "basis"},
	}
	for def, fields := range shown {
		for _, field := range fields {
			words := schema.Defs[def].Properties[field].Enum
			if len(words) == 0 {
				t.Errorf("the schema has no words of %s.%s", def, field)
			}
			for _, word := range words {
				if word == nil || *word == "" || *word == "one-sided" { // a call with one side is not said to be joined
					continue
				}
				if zh := Word(*word, "zh"); !han.MatchString(zh) {
					t.Errorf("%s of %s.%s is %q in Chinese", *word, def, field, zh)
				}
				if en := Word(*word, "en"); en != *word {
					t.Errorf("%s of %s.%s is %q in English", *word, def, field, en)
				}
			}
		}
	}
}

// TestCauseWords asks for both languages of every cause of damage, and of the advice where there is one.
func TestCauseWords(t *testing.T) {
	for name, c := range causes {
		if c.is.En == "" || han.MatchString(c.is.En) || !han.MatchString(c.is.Zh) {
			t.Errorf("%s is %q and %q", name, c.is.En, c.is.Zh)
		}
		if (c.advice.En == "") != (c.advice.Zh == "") || han.MatchString(c.advice.En) || c.advice.Zh != "" && !han.MatchString(c.advice.Zh) {
			t.Errorf("the advice on %s is %q and %q", name, c.advice.En, c.advice.Zh)
		}
	}
}

// TestChineseWords finds English that was left in the Chinese words, ladder and post among them: a text that has a
// word in it and no Chinese.
func TestChineseWords(t *testing.T) {
	names := []string{"zh", "zh-CN", "appId", "roomId"} // the language, and names of fields that Chinese texts use
	for _, c := range textsOf(&chinese) {
		bare := regexp.MustCompile(`%.`).ReplaceAllString(c, "")
		if regexp.MustCompile(`[A-Za-z]`).MatchString(bare) && !han.MatchString(bare) && !slices.Contains(names, bare) {
			t.Errorf("no Chinese in %q", c)
		}
	}
	for _, c := range textsOf(&english) {
		if han.MatchString(c) {
			t.Errorf("Chinese in %q", c)
		}
	}
}

// textsOf lists the texts of a language, in no order.
func textsOf(w *words) []string {
	var list []string
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			list = append(list, v.String())
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Map:
			for it := v.MapRange(); it.Next(); {
				walk(it.Value())
			}
		}
	}
	walk(reflect.ValueOf(w).Elem())
	return list
}
