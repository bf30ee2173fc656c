package signature_test

import (
	"regexp"
	"testing"
)

// Every part of a tree and every operator has words in both languages.
func TestWords(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	check := func(what, en, zh string) {
		if en == "" || han.MatchString(en) || !han.MatchString(zh) || regexp.MustCompile(`%!|%s`).MatchString(en+zh) {
			t.Errorf("%s is %q and %q", what, en, zh)
		}
	}
	for _, match := range []string{
		"{all: [a, b]}", "{any: [a, b]}", "{sequence: {of: [a, b], within: 2s, longer_than: 1s}}", "{count: {of: a, at_least: 3, within: 1m}}",
		"{absent: {of: a, before: b, after: c, coverage: any}}", "{gap: {of: a, longer_than: 3s}}", "{clock: {apart: 2m}}",
		"{differ: {of: [a, b], field: keepTime, by: 2}}", "{streak: {of: a, at_least: 3, before: b, until: c, ended_by: d}}",
		"{age: {of: a, after: b, within: 2s}}", "{repeat: {of: a, within: 3s, same: [listener]}}", "{next: {first: {absent: {of: a}}, then: b}}",
	} {
		text := matching(t, match).Find("r").Match().Text
		check(match, text.En, text.Zh)
	}
	for _, cond := range []string{
		"abc", "[a, b]", "{contains: a}", "{prefix: a}", "{suffix: a}", "{regex: a}", "{lt: 1}", "{lte: 1}", "{gt: 1}", "{gte: 1}",
		"{exists: true}", "{exists: false}", "{not: a}", "{not: {contains: a}}", "{not: {exists: true}}", "{not: {gt: 1, lt: 3}}",
	} {
		rule := ruleText("r", "  events: {a: {event: calling, where: {keepTime: "+cond+"}}}", "  match: a")
		for _, w := range load(t, rule).Find("r").Selections()[0].Where {
			check(cond, w.En, w.Zh)
		}
	}
}
