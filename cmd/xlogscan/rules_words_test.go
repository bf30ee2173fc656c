package main

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/xlogscan/xlogscan/internal/report/cells"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// TestRuleWords asks for both languages of everything that is said about rules.
func TestRuleWords(t *testing.T) {
	words := reflect.ValueOf(ruleWords)
	for i := range words.NumField() {
		f := words.Field(i)
		complete(t, words.Type().Field(i).Name, signature.Text{En: f.Field(0).String(), Zh: f.Field(1).String()})
	}
	for _, side := range signature.Sides {
		complete(t, side, sideWords[side])
	}
	for _, blame := range signature.Blames {
		complete(t, "blame "+blame, blameWords[blame])
	}
	for _, s := range signature.Stages {
		complete(t, string(s), signature.Text{En: closed(string(s), "en"), Zh: closed(string(s), "zh")})
	}
	for _, s := range severities {
		complete(t, s, signature.Text{En: s, Zh: closed(s, "zh")})
	}
}

func complete(t *testing.T, what string, text signature.Text) {
	t.Helper()
	if text.En == "" || chinese(text.En) || !chinese(text.Zh) {
		t.Errorf("%s lacks a language: %q", what, text)
	}
	if strings.Count(text.En, "%") != strings.Count(text.Zh, "%") {
		t.Errorf("%s does not say the same in both languages: %q", what, text)
	}
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// TestRulesShow holds that each rule has a page in both languages, with all its texts and no line wider than a terminal.
func TestRulesShow(t *testing.T) {
	for _, s := range signature.Default().Signatures {
		for _, lang := range []string{"en", "zh"} {
			var stdout, stderr bytes.Buffer
			status := run(context.Background(), []string{"rules", "show", s.ID, "--lang", lang}, nil, &stdout, &stderr, func(string) string { return "" })
			if status != statusDone || stderr.Len() > 0 {
				t.Fatalf("%s: exit status %d, %s", s.ID, status, stderr.String())
			}
			shown := unwrapped(stdout.String())
			texts := map[string]signature.Text{"title": s.Title, "cause": s.Cause, "say": s.Say, "lead_title": s.LeadTitle}
			for i, a := range s.Remedy {
				texts[fmt.Sprintf("remedy %d", i)], texts[fmt.Sprintf("versions of remedy %d", i)] = a.Text, a.AppliesTo.Words()
			}
			for name, text := range texts {
				if text == (signature.Text{}) {
					continue
				}
				if want := map[string]string{"en": text.En, "zh": text.Zh}[lang]; want == "" || chinese(want) != (lang == "zh") && !strings.HasPrefix(name, "versions") {
					t.Errorf("%s: the %s in %s is %q", s.ID, name, lang, want)
				} else if !strings.Contains(shown, unwrapped(want)) {
					t.Errorf("%s: rules show --lang %s lacks the %s", s.ID, lang, name)
				}
			}
			for line := range strings.Lines(stdout.String()) {
				if n := cells.Width(strings.TrimSuffix(line, "\n")); n > minWidth && !strings.Contains(line, "https://") {
					t.Errorf("%s: a line of %d cells: %s", s.ID, n, line)
				}
			}
		}
	}
}

// TestRulesShowChinese holds that the Chinese page is Chinese throughout: what is not are words of code.
func TestRulesShowChinese(t *testing.T) {
	rules, samples := signature.Default(), signature.BuiltinSamples()
	english := regexp.MustCompile(`[A-Za-z']+(?: [A-Za-z']+){2,}`) // three words in a row
	for _, s := range rules.Signatures {
		code := map[string]bool{}
		var quotes strings.Builder // of logs, in the conditions of the rule
		for _, sel := range s.Selections() {
			code[sel.Name] = true
			for _, w := range sel.Where {
				quotes.WriteString(w.En + "\n")
			}
		}
		for _, p := range s.Params {
			code[p.Default] = true
		}
		p := pageOf(rules, s, samplesOf(samples, s.ID), "zh")
		check := func(where, text string) {
			if text == "" || code[text] || caseNames.MatchString(text) {
				return
			}
			if !chinese(text) {
				t.Errorf("%s: %s of the Chinese page is %q", s.ID, where, text)
			}
			for _, run := range english.FindAllString(text, -1) {
				if !strings.Contains(quotes.String(), run) && !slices.Contains(quoted, run) {
					t.Errorf("%s: %s of the Chinese page has %q", s.ID, where, run)
				}
			}
		}
		check("the title", p.title)
		for _, f := range p.facts {
			check("a label", f.label)
		}
		for _, sec := range p.sections {
			check("a heading", sec.heading)
			check(sec.heading, sec.text)
			for _, l := range sec.lists {
				check("an introduction", l.intro)
				for _, it := range l.items {
					check(sec.heading, it.text)
				}
			}
		}
	}
}

var caseNames = regexp.MustCompile(`^(?:(?:hit|lead|miss|unknown)-\d+ ?)+$`)

// quoted are words of logs and of code that Chinese texts quote.
var quoted = []string{
	"callpage room status is not equal loading", "room status is abort", "emmc write fail", "hmac check fail", "Already in room or joining",
	"adb shell dumpsys audio", "adb shell am force", "adb shell dumpsys media",
}

// unwrapped is text without the spaces that wrapping changes.
func unwrapped(s string) string { return strings.Join(strings.Fields(s), "") }
