package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// page is what there is to say about a rule in one language, whatever it is written as.
type page struct {
	id, title string
	facts     []fact
	sections  []section
}

// fact is a short property.
type fact struct{ label, text string }

// section is a heading and what stands under it: a paragraph or lists.
type section struct {
	heading string
	text    string
	lists   []list
}

// list has an introduction, which may be empty, and items below it.
type list struct {
	intro string
	items []item
}

// item is a term and what is said of it, either of which may be empty. Items of depth 1 are part of the one of depth 0
// before them, and so on. Rule says that the term is the id of another rule.
type item struct {
	depth      int
	term, text string
	rule       bool
}

// pageOf fills the page of a rule of a catalogue; samples are those of the rule.
func pageOf(rules *signature.Catalogue, s *signature.Signature, samples []signature.Sample, lang string) page {
	w := &ruleWords
	p := page{id: s.ID, title: s.Title.In(lang), facts: factsOf(s, lang)}
	add := func(heading signature.Text, text string, lists ...list) {
		lists = slices.DeleteFunc(lists, func(l list) bool { return len(l.items) == 0 })
		if text != "" || len(lists) > 0 {
			p.sections = append(p.sections, section{heading.In(lang), text, lists})
		}
	}
	add(w.means, s.Cause.In(lang))
	match := s.Match()
	shows := []list{{items: selectionsOf(s, lang)}, {intro: w.firesIf.In(lang), items: termsOf(&match, lang)}}
	if l := s.Lead(); l != nil {
		shows = append(shows, list{intro: w.leadIf.In(lang), items: termsOf(l, lang)})
	}
	if say := s.Say.In(lang); say != "" {
		shows = append(shows, list{intro: w.says.In(lang), items: []item{{text: say}}})
	}
	if say := s.LeadTitle.In(lang); say != "" {
		shows = append(shows, list{intro: w.leadSays.In(lang), items: []item{{text: say}}})
	}
	add(w.shows, "", shows...)
	var todo []item
	for _, a := range s.Remedy {
		todo = append(todo, item{term: a.AppliesTo.Words().In(lang), text: a.In(lang)})
	}
	if len(todo) > 1 {
		add(w.todo, "", list{items: todo})
	} else {
		add(w.todo, s.Remedy.Text().In(lang))
	}
	add(w.parameters, "", list{items: parametersOf(s, lang)})
	add(w.alike, "", alike(rules, s, lang)...)
	for _, sample := range samples {
		var cases []string
		for _, c := range sample.Cases {
			cases = append(cases, c.Name)
		}
		add(w.samples, sample.Note.In(lang), list{items: []item{{text: strings.Join(cases, " ")}}})
	}
	return p
}

func factsOf(s *signature.Signature, lang string) []fact {
	w := &ruleWords
	logs := w.oneLog
	if s.NeedsBoth {
		logs = w.bothLogs
	}
	blame, ok := blameWords[s.Blame]
	if !ok {
		blame = signature.Text{En: s.Blame}
	}
	facts := []fact{
		{w.severity.In(lang), closed(string(s.Severity), lang)},
		{w.stage.In(lang), closed(string(s.Stage), lang)},
		{w.blame.In(lang), blame.In(lang)},
		{w.logs.In(lang), logs.In(lang)},
	}
	group := s.GroupBy
	if group == "device" && !s.OfDevice() {
		group = "calls of device"
	}
	var bounds []string
	for _, name := range slices.Sorted(maps.Keys(s.AppliesTo)) {
		bounds = append(bounds, name+" "+s.AppliesTo[name].String())
	}
	for _, f := range []fact{
		{w.judged.In(lang), groupWords[group].In(lang)},
		{w.versions.In(lang), strings.Join(bounds, ", ")},
		{w.guide.In(lang), strings.Trim(s.Seed, "-")},
		{w.see.In(lang), s.URL},
		{w.origin.In(lang), s.Origin},
	} {
		if f.text != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

// selectionsOf says what each selection of a rule picks.
func selectionsOf(s *signature.Signature, lang string) []item {
	var items []item
	for _, sel := range s.Selections() {
		events := strings.Join(sel.Events, ", ")
		if events == "" {
			events = ruleWords.anyEvent.In(lang)
		}
		items = append(items, item{term: sel.Name, text: fmt.Sprintf(sideWords[sel.Side].In(lang), events)})
		for _, where := range sel.Where {
			items = append(items, item{depth: 1, text: where.In(lang)})
		}
	}
	return items
}

// termsOf lists the terms of a tree, each before its parts.
func termsOf(t *signature.Term, lang string) []item {
	var items []item
	var walk func(t *signature.Term, depth int)
	walk = func(t *signature.Term, depth int) {
		items = append(items, item{depth: depth, text: t.Text.In(lang)})
		for i := range t.Parts {
			walk(&t.Parts[i], depth+1)
		}
	}
	walk(t, 0)
	return items
}

func parametersOf(s *signature.Signature, lang string) []item {
	var items []item
	for _, p := range s.Params {
		text := p.Default
		if p.Value != p.Default {
			text += fmt.Sprintf(", %s %s", ruleWords.now.In(lang), p.Value)
		}
		items = append(items, item{term: p.Name, text: text})
	}
	return items
}

// alike lists the rules that say something about the same events: those that one of the two explains on the same call,
// and those of the same stage that look at much the same events.
func alike(rules *signature.Catalogue, s *signature.Signature, lang string) []list {
	own := eventsOf(s)
	w := &ruleWords
	explains, explained, same := list{intro: w.supersedes.In(lang)}, list{intro: w.supersededBy.In(lang)}, list{intro: w.sameEvents.In(lang)}
	for _, other := range rules.Signatures {
		it := item{term: other.ID, text: other.Title.In(lang), rule: true}
		switch {
		case other == s:
		case slices.Contains(s.Supersedes(), other.ID):
			explains.items = append(explains.items, it)
		case slices.Contains(other.Supersedes(), s.ID):
			explained.items = append(explained.items, it)
		case other.Stage == s.Stage && muchTheSame(own, eventsOf(other)):
			same.items = append(same.items, it)
		}
	}
	return []list{explains, explained, same}
}

// muchTheSame reports whether at least half of the events of the longer list are in the other.
func muchTheSame(a, b []string) bool {
	common := 0
	for _, e := range a {
		if slices.Contains(b, e) {
			common++
		}
	}
	return common > 0 && 2*common >= max(len(a), len(b))
}
