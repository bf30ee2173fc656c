package main

import (
	"errors"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// param is a parameter of a rule as a configuration file sets it.
type param struct {
	file              string
	rule, name, value *yaml.Node
}

// withParams gives the rules with the parameters of the configuration files set.
func withParams(rules *signature.Catalogue, params []param) (*signature.Catalogue, error) {
	for _, p := range params {
		s := rules.Find(p.rule.Value)
		if s == nil {
			return nil, badConfig(p.file, p.rule, "no signature is called %q", p.rule.Value)
		}
		if !slices.ContainsFunc(s.Params, func(q signature.Param) bool { return q.Name == p.name.Value }) {
			return nil, badConfig(p.file, p.name, "%s has no parameter %q", s.ID, p.name.Value)
		}
		var err error
		if rules, err = rules.Set(map[string]map[string]string{s.ID: {p.name.Value: p.value.Value}}); err != nil {
			for inner := err; inner != nil; inner = errors.Unwrap(inner) { // the places before it are of the rule file
				err = inner
			}
			return nil, badConfig(p.file, p.value, "%w", err)
		}
	}
	return rules, nil
}

// readParams takes the section of a configuration file that sets parameters: for each rule a mapping of names to values.
func readParams(file string, n *yaml.Node) (list []param, err error) {
	err = eachKey(file, n, func(rule, values *yaml.Node) error {
		return eachKey(file, values, func(name, value *yaml.Node) error {
			if value.Kind != yaml.ScalarNode {
				return badConfig(file, value, "want a value such as 8s")
			}
			list = append(list, param{file, rule, name, value})
			return nil
		})
	})
	return list, err
}
