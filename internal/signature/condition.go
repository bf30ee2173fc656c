package signature

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// test is a condition on one field of an event. What its operator compares with is made ready when the rule is read.
type test struct {
	path    string
	get     func(*extract.Event) (string, bool)
	op      string
	args    []string
	folded  []string // the arguments of contains, prefix and suffix in lower case
	number  float64  // the argument of lt, lte, gt and gte on a field that is no version
	version []uint64 // and on one that is; nil else
	re      *regexp.Regexp
	not     []test // of "not": holds where these do not all hold
}

// operators are closed: what they cannot say is not for a rule (docs/design.md, "Rule files").
var operators = []string{"contains", "prefix", "suffix", "regex", "lt", "lte", "gt", "gte", "exists", "not"}

// holds reports whether the event satisfies the test. A field that the line does not have satisfies none but
// "exists: false" and "not".
func (t *test) holds(e *extract.Event) bool {
	v, ok := t.get(e)
	switch t.op {
	case "exists":
		return ok == (t.args[0] == "true")
	case "not":
		for i := range t.not {
			if !t.not[i].holds(e) {
				return true
			}
		}
		return false
	}
	if !ok {
		return false
	}
	switch t.op {
	case "equal":
		return slices.Contains(t.args, v)
	case "regex":
		return t.re.MatchString(v)
	case "lt":
		return t.compare(v) < 0
	case "lte":
		return t.compare(v) <= 0
	case "gt":
		return t.compare(v) > 0
	case "gte":
		return t.compare(v) >= 0
	}
	v = strings.ToLower(v)
	for _, a := range t.folded {
		if t.op == "contains" && strings.Contains(v, a) || t.op == "prefix" && strings.HasPrefix(v, a) || t.op == "suffix" && strings.HasSuffix(v, a) {
			return true
		}
	}
	return false
}

// compare orders a value and the argument: version fields as versions and all others as numbers.
func (t *test) compare(value string) int {
	if t.version != nil {
		return slices.Compare(parseVersion(value), t.version)
	}
	x, _ := strconv.ParseFloat(value, 64)
	return cmp.Compare(x, t.number)
}

// ready fills in what the operator compares with.
func (t *test) ready() (err error) {
	switch t.op {
	case "contains", "prefix", "suffix":
		for _, a := range t.args {
			t.folded = append(t.folded, strings.ToLower(a))
		}
	case "lt", "lte", "gt", "gte":
		if strings.HasPrefix(t.path, "version.") {
			t.version = parseVersion(t.args[0])
		}
		t.number, _ = strconv.ParseFloat(t.args[0], 64)
	case "regex":
		t.re, err = regexp.Compile(t.args[0])
	}
	return err
}

// parseTests reads the where part of a selection.
func parseTests(n *yaml.Node) ([]test, error) {
	if n.Kind != yaml.MappingNode {
		return nil, at(n, "where has to map fields to conditions")
	}
	var tests []test
	for i := 0; i < len(n.Content); i += 2 {
		path, cond := n.Content[i].Value, n.Content[i+1]
		if extract.FieldOf(path) == nil {
			return nil, at(n.Content[i], "unknown field %q", path)
		}
		more, err := parseTest(path, cond)
		if err != nil {
			return nil, err
		}
		tests = append(tests, more...)
	}
	return tests, nil
}

// parseTest reads a condition: a scalar to equal, a list to be one of, or operators that must all hold.
func parseTest(path string, n *yaml.Node) ([]test, error) {
	get := extract.FieldOf(path)
	if n.Kind != yaml.MappingNode {
		args, err := scalars(n)
		return []test{{path: path, get: get, op: "equal", args: args}}, err
	}
	var tests []test
	for i := 0; i < len(n.Content); i += 2 {
		t := test{path: path, get: get, op: n.Content[i].Value}
		if !slices.Contains(operators, t.op) {
			return nil, at(n.Content[i], "unknown operator %q, want one of %s", t.op, strings.Join(operators, ", "))
		}
		var err error
		if t.op == "not" {
			if t.not, err = parseTest(path, n.Content[i+1]); err != nil {
				return nil, err
			}
			tests = append(tests, t)
			continue
		}
		if t.args, err = scalars(n.Content[i+1]); err != nil {
			return nil, err
		}
		if err = t.ready(); err != nil {
			return nil, at(n.Content[i+1], "%v", err)
		}
		tests = append(tests, t)
	}
	return tests, nil
}

func scalars(n *yaml.Node) ([]string, error) {
	if n.Kind == yaml.ScalarNode {
		return []string{n.Value}, nil
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return nil, at(n, "want a value or a list of values")
	}
	var list []string
	for _, c := range n.Content {
		if c.Kind != yaml.ScalarNode {
			return nil, at(c, "want a value")
		}
		list = append(list, c.Value)
	}
	return list, nil
}

// placed is an error with its place in the file of a rule or a sample, where it has no column.
type placed struct {
	line, column int
	err          error
}

func (p *placed) Error() string {
	if p.column == 0 {
		return fmt.Sprintf("%d: %v", p.line, p.err)
	}
	return fmt.Sprintf("%d:%d: %v", p.line, p.column, p.err)
}

func (p *placed) Unwrap() error { return p.err }

// at places an error in the rule file, unless it wraps one that is placed already.
func at(n *yaml.Node, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if inner, ok := errors.AsType[*placed](err); ok {
		return inner
	}
	return &placed{n.Line, n.Column, err}
}
