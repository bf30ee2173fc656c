package signature

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/correlate"
)

// maxRuleFile bounds a rule file, in bytes.
const maxRuleFile = 1 << 20

// Catalogue is a set of signatures, in the order of their ids.
type Catalogue struct {
	Signatures []*Signature
	Hash       string // first 12 hexadecimal digits of the SHA-256 of the rule files
}

//go:embed catalogue/*.yaml
var embedded embed.FS

// Default returns the catalogue that is part of the program.
var Default = sync.OnceValue(func() *Catalogue {
	c, err := Load(embedded)
	if err != nil {
		panic("signature: internal error: " + err.Error())
	}
	return c
})

// Load reads all rule files below fsys. An error says file, line and column.
func Load(fsys fs.FS) (*Catalogue, error) {
	c := &Catalogue{}
	sum := sha256.New()
	byID := map[string]*Signature{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if len(data) > maxRuleFile {
			return fmt.Errorf("%s: larger than %d bytes", name, maxRuleFile)
		}
		sum.Write([]byte(name + "\n"))
		sum.Write(data)
		list, err := parseFile(data)
		if err != nil {
			return fmt.Errorf("%s:%w", name, err)
		}
		for _, s := range list {
			s.file = name
			if byID[s.ID] != nil {
				return s.wrong("stands twice")
			}
			byID[s.ID] = s
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		s := byID[id]
		c.Signatures = append(c.Signatures, s)
		for _, other := range s.supersedes {
			if byID[other] == nil {
				return nil, s.wrong("supersedes %s, which is no signature", other)
			}
		}
	}
	c.Hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return c, nil
}

// wrong is an error of the rule as a whole.
func (s *Signature) wrong(format string, args ...any) error {
	return fmt.Errorf("%s:%w", s.file, at(s.node, "%s %s", s.ID, fmt.Sprintf(format, args...)))
}

// Select returns the catalogue without the signatures that only and skip leave out. An id that no signature has is
// an error, for a typing error must not silence a rule.
func (c *Catalogue) Select(only, skip []string) (*Catalogue, error) {
	for _, id := range slices.Concat(only, skip) {
		if !slices.ContainsFunc(c.Signatures, func(s *Signature) bool { return s.ID == id }) {
			return nil, fmt.Errorf("no signature is called %q", id)
		}
	}
	out := &Catalogue{Hash: c.Hash}
	for _, s := range c.Signatures {
		if (len(only) == 0 || slices.Contains(only, s.ID)) && !slices.Contains(skip, s.ID) {
			out.Signatures = append(out.Signatures, s)
		}
	}
	return out, nil
}

// parseFile reads a file that holds a list of rules.
func parseFile(data []byte) ([]*Signature, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.SequenceNode {
		return nil, errors.New("1:1: want a list of rules")
	}
	var list []*Signature
	for _, n := range doc.Content[0].Content {
		s, err := parseRule(n)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func parseRule(n *yaml.Node) (*Signature, error) {
	s := &Signature{selections: map[string]*selection{}, node: n}
	b := build{selections: s.selections}
	var match, lead *yaml.Node
	decode := func(to any) func(*yaml.Node) error {
		return func(v *yaml.Node) error {
			if err := v.Decode(to); err != nil {
				return at(v, "%w", err)
			}
			return nil
		}
	}
	keep := func(to **yaml.Node) func(*yaml.Node) error {
		return func(v *yaml.Node) error { *to = v; return nil }
	}
	text := func(to *Text) func(*yaml.Node) error {
		return func(v *yaml.Node) error {
			return fields(v, map[string]func(*yaml.Node) error{"en": decode(&to.En), "zh": decode(&to.Zh)})
		}
	}
	err := fields(n, map[string]func(*yaml.Node) error{
		"id": decode(&s.ID), "seed": decode(&s.Seed), "severity": decode(&s.Severity), "stage": decode(&s.Stage),
		"blame": decode(&s.Blame), "needs_both": decode(&s.NeedsBoth), "url": decode(&s.URL),
		"title": text(&s.Title), "cause": text(&s.Cause), "remedy": text(&s.Remedy), "say": text(&s.Say),
		"applies_to": decode(&s.AppliesTo), "supersedes": decode(&s.supersedes),
		"events": func(v *yaml.Node) error {
			readers := map[string]func(*yaml.Node) error{}
			for i := 0; i+1 < len(v.Content); i += 2 {
				name := v.Content[i].Value
				readers[name] = func(sel *yaml.Node) error { return b.selection(name, sel) }
			}
			return fields(v, readers)
		},
		"match": keep(&match), "lead": keep(&lead),
	})
	if err != nil {
		return nil, err
	}
	if match == nil {
		return nil, at(n, "match is missing")
	}
	if s.match, err = b.node(match); err != nil {
		return nil, err
	}
	if lead != nil {
		if s.lead, err = b.node(lead); err != nil {
			return nil, err
		}
	}
	return s, s.check(n)
}

var stages = []correlate.Stage{"", correlate.Setup, correlate.Initiate, correlate.Alert, correlate.Join, correlate.Wait,
	correlate.Answer, correlate.ListenerWait, correlate.InCall, correlate.End}

// check holds a rule to what every rule needs.
func (s *Signature) check(n *yaml.Node) error {
	for _, t := range []struct {
		ok   bool
		what string
	}{
		{s.ID != "", "id is missing"},
		{s.Severity.Rank() < 4, "severity is missing or unknown"},
		{slices.Contains(stages, s.Stage), "stage is unknown"},
		{slices.Contains([]string{"", "caller", "listener", "here", "there", "shown"}, s.Blame), "blame is unknown"},
		{s.Title.En != "" && s.Title.Zh != "", "title is missing in a language"},
		{s.Cause.En != "" && s.Cause.Zh != "", "cause is missing in a language"},
		{s.Remedy.En != "" && s.Remedy.Zh != "", "remedy is missing in a language"},
		{s.URL != "", "url is missing"},
	} {
		if !t.ok {
			return at(n, "%s: %s", s.ID, t.what)
		}
	}
	for name := range s.AppliesTo {
		if versionNames[name] == nil {
			return at(n, "%s: applies_to knows no version %q", s.ID, name)
		}
	}
	return nil
}
