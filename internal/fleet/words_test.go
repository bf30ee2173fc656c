package fleet

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// TestWords holds the languages against each other: nothing is missing, formats take the same arguments, and each is in
// its language.
func TestWords(t *testing.T) {
	han, latin, verbs := regexp.MustCompile(`\p{Han}`), regexp.MustCompile(`[A-Za-z]`), regexp.MustCompile(`%.`)
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	for i := range en.NumField() {
		name, a, b := en.Type().Field(i).Name, en.Field(i).String(), zh.Field(i).String()
		if a == "" || b == "" {
			t.Errorf("%s is %q and %q", name, a, b)
		}
		if !slices.Equal(verbs.FindAllString(a, -1), verbs.FindAllString(b, -1)) {
			t.Errorf("%s takes other arguments: %q and %q", name, a, b)
		}
		if han.MatchString(a) {
			t.Errorf("Chinese in %s: %q", name, a)
		}
		if bare := verbs.ReplaceAllString(b, ""); name != "lang" && latin.MatchString(bare) && !han.MatchString(bare) {
			t.Errorf("no Chinese in %s: %q", name, b)
		}
	}
	for _, by := range Dimensions {
		if english.dimension(by) == "" || chinese.dimension(by) == "" {
			t.Errorf("%s has no name", by)
		}
	}
	for _, o := range slices.Concat(outcomes, stages) {
		if !han.MatchString(chinese.name(KindOutcome, o)) {
			t.Errorf("no Chinese for %s", o)
		}
	}
}
