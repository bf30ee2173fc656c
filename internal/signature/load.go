package signature

import (
	"cmp"
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
)

// maxRuleFile bounds a rule file, in bytes.
const maxRuleFile = 1 << 20

// Catalogue is a set of signatures, in the order of their ids.
type Catalogue struct {
	Signatures []*Signature
	Hash       string // first 12 hexadecimal digits of a SHA-256 over the rules and the parameters set
}

//go:embed catalogue
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
func Load(fsys fs.FS) (*Catalogue, error) { return (&Catalogue{}).With(fsys, "") }

// With returns the catalogue with the rules below fsys added, or put in the place of those of the same id. origin names
// them in reports, "" for the program's own.
func (c *Catalogue) With(fsys fs.FS, origin string) (*Catalogue, error) {
	list, hash, errs := read(fsys)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	byID := map[string]*Signature{}
	for _, s := range c.Signatures {
		byID[s.ID] = s
	}
	for _, s := range list {
		s.Origin = origin
		byID[s.ID] = s
	}
	out := &Catalogue{Hash: digest(c.Hash + hash)}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		out.Signatures = append(out.Signatures, byID[id])
	}
	for _, s := range list {
		for _, other := range s.supersedes {
			if byID[other] == nil {
				return nil, s.wrong("supersedes %s, which is no signature", other)
			}
		}
	}
	return out, nil
}

// Lint returns what is wrong with the rule files below fsys: every faulty rule with its first fault, as Load words it.
func Lint(fsys fs.FS) []error {
	_, _, errs := read(fsys)
	return errs
}

// read reads all rule files below fsys, in the order of their names.
func read(fsys fs.FS) (list []*Signature, hash string, errs []error) {
	sum := sha256.New()
	seen := map[string]bool{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if len(data) > maxRuleFile {
			errs = append(errs, fmt.Errorf("%s: larger than %d bytes", name, maxRuleFile))
			return nil
		}
		sum.Write([]byte(path.Base(name) + "\n"))
		sum.Write(data)
		nodes, err := ruleNodes(data)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%w", name, err))
		}
		for _, n := range nodes {
			s, err := parseRule(n, nil)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s:%w", name, err))
				continue
			}
			s.File = name
			if seen[s.ID] {
				errs = append(errs, s.wrong("stands twice"))
			}
			seen[s.ID] = true
			list = append(list, s)
		}
		return nil
	})
	if err != nil {
		errs = append(errs, err)
	}
	return list, hex.EncodeToString(sum.Sum(nil)), errs
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:12]
}

// ruleNodes returns the rules of a file, which holds one or a list.
func ruleNodes(data []byte) ([]*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 1 {
		switch n := doc.Content[0]; n.Kind {
		case yaml.MappingNode:
			return doc.Content, nil
		case yaml.SequenceNode:
			return n.Content, nil
		}
	}
	return nil, errors.New("1:1: want a rule or a list of rules")
}

// wrong is an error of the rule as a whole.
func (s *Signature) wrong(format string, args ...any) error {
	return fmt.Errorf("%s:%w", s.File, at(s.node, "%s %s", s.ID, fmt.Sprintf(format, args...)))
}

// Find returns the signature of that id, or nil.
func (c *Catalogue) Find(id string) *Signature {
	i, ok := slices.BinarySearchFunc(c.Signatures, id, func(s *Signature, id string) int { return cmp.Compare(s.ID, id) })
	if !ok {
		return nil
	}
	return c.Signatures[i]
}

// Select returns the catalogue without the signatures that only and skip leave out. An id that no signature has is
// an error, for a typing error must not silence a rule.
func (c *Catalogue) Select(only, skip []string) (*Catalogue, error) {
	for _, id := range slices.Concat(only, skip) {
		if c.Find(id) == nil {
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

// Set returns the catalogue with other values for parameters of rules: by signature id and name of the parameter.
func (c *Catalogue) Set(params map[string]map[string]string) (*Catalogue, error) {
	out := &Catalogue{Signatures: slices.Clone(c.Signatures), Hash: c.Hash}
	for _, id := range slices.Sorted(maps.Keys(params)) {
		s := c.Find(id)
		if s == nil {
			return nil, fmt.Errorf("no signature is called %q", id)
		}
		for _, name := range slices.Sorted(maps.Keys(params[id])) {
			if !slices.ContainsFunc(s.Params, func(p Param) bool { return p.Name == name }) {
				return nil, fmt.Errorf("%s has no parameter %q", id, name)
			}
			out.Hash = digest(out.Hash + id + name + params[id][name])
		}
		set, err := parseRule(s.node, params[id])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		set.File, set.Origin = s.File, s.Origin
		out.Signatures[slices.Index(out.Signatures, s)] = set
	}
	return out, nil
}
