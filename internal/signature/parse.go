package signature

import (
	"hash/fnv"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// Stages that a signature can be of; "" is any.
var Stages = []correlate.Stage{"", correlate.Setup, correlate.Initiate, correlate.Alert, correlate.Join, correlate.Wait,
	correlate.Answer, correlate.ListenerWait, correlate.InCall, correlate.End}

// Blames are the words for where a cause lies; "" is nobody's side.
var Blames = []string{"", "caller", "listener", "here", "there", "shown", "ender"}

// parseRule reads a rule; set gives parameters other values than the rule does.
func parseRule(n *yaml.Node, set map[string]string) (*Signature, error) {
	s := &Signature{node: n}
	b := build{set: set}
	var match, lead, group *yaml.Node
	keep := func(to **yaml.Node) func(*yaml.Node) error {
		return func(v *yaml.Node) error { *to = v; return nil }
	}
	text := func(to *Text) func(*yaml.Node) error {
		return func(v *yaml.Node) error {
			return fields(v, map[string]func(*yaml.Node) error{"en": decodeTo(&to.En), "zh": decodeTo(&to.Zh)})
		}
	}
	err := fields(n, map[string]func(*yaml.Node) error{
		"id": decodeTo(&s.ID), "seed": decodeTo(&s.Seed), "severity": decodeTo(&s.Severity), "stage": decodeTo(&s.Stage),
		"blame": decodeTo(&s.Blame), "needs_both": decodeTo(&s.NeedsBoth), "url": decodeTo(&s.URL),
		"title": text(&s.Title), "cause": text(&s.Cause),
		"remedy": func(v *yaml.Node) (err error) {
			s.Remedy, err = parseRemedy(v)
			return err
		},
		"say": text(&s.Say), "lead_title": text(&s.LeadTitle),
		"applies_to": decodeTo(&s.AppliesTo), "supersedes": decodeTo(&s.supersedes),
		"params": b.parameters, "events": b.events,
		"match": keep(&match), "lead": keep(&lead), "group_by": keep(&group),
	})
	if err != nil {
		return nil, err
	}
	if match == nil {
		return nil, at(n, "match is missing")
	}
	if s.match, err = b.whole(match); err != nil {
		return nil, err
	}
	if err := s.group(group); err != nil {
		return nil, err
	}
	if lead != nil {
		if s.lead, err = b.whole(lead); err != nil {
			return nil, err
		}
	}
	s.selections, s.Params = b.selections, b.params
	h := fnv.New64a()
	h.Write([]byte(s.ID))
	s.hash = h.Sum64()
	s.anyway = s.match.has(func(n *node) bool { return n.kind == "clock" })
	return s, s.check(n)
}

// group reads what the rule is judged on: a call or a device, for a series the calls of one device or process. n is nil
// for a rule that does not say.
func (s *Signature) group(n *yaml.Node) error {
	allowed := []string{byCall, byDevice}
	switch {
	case s.series():
		allowed = []string{byDevice, byProcess}
	case s.Stage == correlate.Setup:
		allowed = []string{byDevice}
	}
	if s.GroupBy = allowed[0]; n == nil {
		return nil
	}
	if s.GroupBy = n.Value; !slices.Contains(allowed, n.Value) {
		return at(n, "this rule cannot be grouped by %q, only by %s", n.Value, strings.Join(allowed, " or "))
	}
	s.match.process = n.Value == byProcess
	return nil
}

// check holds a rule to what every rule needs.
func (s *Signature) check(n *yaml.Node) error {
	for _, t := range []struct {
		ok   bool
		what string
	}{
		{s.ID != "", "id is missing"},
		{s.Severity.Rank() < len(Severities), "severity is missing or unknown"},
		{slices.Contains(Stages, s.Stage), "stage is unknown"},
		{slices.Contains(Blames, s.Blame), "blame is unknown"},
		{s.Title.En != "" && s.Title.Zh != "", "title is missing in a language"},
		{s.Cause.En != "" && s.Cause.Zh != "", "cause is missing in a language"},
		{len(s.Remedy) > 0, "remedy is missing"},
		{(s.Say.En == "") == (s.Say.Zh == ""), "say is missing in a language"},
		{(s.LeadTitle.En == "") == (s.LeadTitle.Zh == ""), "lead_title is missing in a language"},
		{s.LeadTitle.En == "" || s.lead.node != nil, "lead_title is there and lead is not"},
		{s.URL != "", "url is missing"},
	} {
		if !t.ok {
			return at(n, "%s: %s", s.ID, t.what)
		}
	}
	return s.AppliesTo.check(n)
}

func decodeTo(to any) func(*yaml.Node) error {
	return func(v *yaml.Node) error {
		if err := v.Decode(to); err != nil {
			return at(v, "%w", err)
		}
		return nil
	}
}
