package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// noConfig is the name that stands for no configuration file.
const noConfig = "none"

// maxConfig bounds a configuration file, in bytes.
const maxConfig = 1 << 20

// param is a parameter of a rule as a configuration file sets it.
type param struct{ rule, name, value *yaml.Node }

// set gives the rules with the parameters of the configuration file set.
func (r *ruleFlags) set(rules *signature.Catalogue) (*signature.Catalogue, error) {
	params, err := r.params()
	if err != nil {
		return nil, err
	}
	for _, p := range params {
		s := rules.Find(p.rule.Value)
		if s == nil {
			return nil, badConfig(r.config, p.rule, "no signature is called %q", p.rule.Value)
		}
		if !slices.ContainsFunc(s.Params, func(q signature.Param) bool { return q.Name == p.name.Value }) {
			return nil, badConfig(r.config, p.name, "%s has no parameter %q", s.ID, p.name.Value)
		}
		if rules, err = rules.Set(map[string]map[string]string{s.ID: {p.name.Value: p.value.Value}}); err != nil {
			for inner := err; inner != nil; inner = errors.Unwrap(inner) { // the places before it are of the rule file
				err = inner
			}
			return nil, badConfig(r.config, p.value, "%w", err)
		}
	}
	return rules, nil
}

// params reads the configuration file, which holds
//
//	params:
//	  RULE: {NAME: VALUE}
//
// and nothing else. It is read only if it is named: the same command gives the same report in every folder.
func (r *ruleFlags) params() ([]param, error) {
	if r.config == noConfig || r.config == "" {
		return nil, nil
	}
	data, err := readConfig(r.config)
	if err != nil {
		return nil, usage("", "config %s: %w", r.config, cause(err))
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, usage("", "%s:%s", r.config, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 { // nothing but comments
		return nil, nil
	}
	var list []param
	err = eachKey(r.config, doc.Content[0], func(key, sections *yaml.Node) error {
		if key.Value != "params" {
			return badConfig(r.config, key, "unknown key %q, want params", key.Value)
		}
		return eachKey(r.config, sections, func(rule, values *yaml.Node) error {
			return eachKey(r.config, values, func(name, value *yaml.Node) error {
				if value.Kind != yaml.ScalarNode {
					return badConfig(r.config, value, "want a value such as 8s")
				}
				list = append(list, param{rule, name, value})
				return nil
			})
		})
	})
	return list, err
}

func readConfig(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err == nil && len(data) > maxConfig {
		err = errors.New("larger than 1 MiB")
	}
	return data, err
}

// eachKey calls do for the keys of a mapping, none of which may stand twice.
func eachKey(file string, n *yaml.Node, do func(key, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return badConfig(file, n, "want a mapping")
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			return badConfig(file, key, "%q stands twice", key.Value)
		}
		seen[key.Value] = true
		if err := do(key, n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func badConfig(file string, n *yaml.Node, format string, args ...any) error {
	return usage("", "%s:%d:%d: %w", file, n.Line, n.Column, fmt.Errorf(format, args...))
}
