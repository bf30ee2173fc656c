package signature

import (
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// selection picks events of a call by name, side and fields.
type selection struct {
	name   string
	events []extract.Name // empty picks every event
	side   string
	where  []test
}

var sides = []string{"any", "caller", "listener", "here", "there"}

// node is a part of a match tree; kind says which of the other fields count.
type node struct {
	kind   string // select, all, any, sequence, count, absent, gap, streak, age
	parts  []*node
	of     *selection
	steps  []*selection // sequence
	before *selection   // absent, streak: what has to come before
	after  *selection
	until  *selection // streak: what ends one
	within time.Duration
	longer time.Duration
	least  int
	always bool // absent: holds without coverage too
}

// uses reports whether the tree has a selection bound to a side of that name.
func (n *node) uses(side string) bool {
	for _, s := range append([]*selection{n.of, n.before, n.after, n.until}, n.steps...) {
		if s != nil && s.side == side {
			return true
		}
	}
	return slices.ContainsFunc(n.parts, func(p *node) bool { return p.uses(side) })
}

// build reads match trees of one rule.
type build struct {
	selections map[string]*selection
}

func (b *build) selection(name string, n *yaml.Node) error {
	s := &selection{name: name, side: "any"}
	err := fields(n, map[string]func(*yaml.Node) error{
		"event": func(v *yaml.Node) error {
			names, err := scalars(v)
			for _, e := range names {
				s.events = append(s.events, extract.Name(e))
				if !extract.KnownName(extract.Name(e)) {
					return at(v, "unknown event %q", e)
				}
			}
			return err
		},
		"side": func(v *yaml.Node) error {
			if s.side = v.Value; !slices.Contains(sides, s.side) {
				return at(v, "unknown side %q", v.Value)
			}
			return nil
		},
		"where": func(v *yaml.Node) (err error) {
			s.where, err = parseTests(v)
			return err
		},
	})
	b.selections[name] = s
	return err
}

// named returns the selection a node names.
func (b *build) named(to **selection) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if *to = b.selections[n.Value]; *to == nil {
			return at(n, "no selection named %q under events", n.Value)
		}
		return nil
	}
}

func (b *build) node(n *yaml.Node) (*node, error) {
	if n.Kind == yaml.ScalarNode {
		out := &node{kind: "select"}
		return out, b.named(&out.of)(n)
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return nil, at(n, "want the name of a selection, or one of all, any, sequence, count, absent, gap, streak, age")
	}
	out := &node{kind: n.Content[0].Value, least: 1}
	arg := n.Content[1]
	switch out.kind {
	case "all", "any":
		if arg.Kind != yaml.SequenceNode || len(arg.Content) == 0 {
			return nil, at(arg, "want a list")
		}
		for _, c := range arg.Content {
			p, err := b.node(c)
			if err != nil {
				return nil, err
			}
			out.parts = append(out.parts, p)
		}
		return out, nil
	case "sequence", "count", "absent", "gap", "streak", "age":
		return out, b.arguments(out, arg)
	}
	return nil, at(n.Content[0], "unknown part %q", out.kind)
}

// required and allowed arguments of the parts that have any.
var arguments = map[string]struct{ required, allowed []string }{
	"sequence": {[]string{"of"}, []string{"within", "longer_than"}},
	"count":    {[]string{"of", "at_least"}, []string{"within"}},
	"absent":   {[]string{"of"}, []string{"before", "after", "within", "coverage"}},
	"gap":      {[]string{"of", "longer_than"}, nil},
	"streak":   {[]string{"of", "at_least"}, []string{"before", "until"}},
	"age":      {[]string{"of", "after", "within", "at_least"}, nil},
}

func (b *build) arguments(out *node, arg *yaml.Node) error {
	duration := func(to *time.Duration) func(*yaml.Node) error {
		return func(v *yaml.Node) (err error) {
			if *to, err = time.ParseDuration(v.Value); err != nil || *to <= 0 {
				return at(v, "%q is no duration, want one like 20s", v.Value)
			}
			return nil
		}
	}
	readers := map[string]func(*yaml.Node) error{
		"of": func(v *yaml.Node) error {
			if out.kind != "sequence" {
				return b.named(&out.of)(v)
			}
			for _, c := range v.Content {
				var s *selection
				if err := b.named(&s)(c); err != nil {
					return err
				}
				out.steps = append(out.steps, s)
			}
			if len(out.steps) < 2 {
				return at(v, "a sequence needs two selections")
			}
			return nil
		},
		"before": b.named(&out.before), "after": b.named(&out.after), "until": b.named(&out.until),
		"within": duration(&out.within), "longer_than": duration(&out.longer),
		"at_least": func(v *yaml.Node) error {
			if err := v.Decode(&out.least); err != nil || out.least < 1 || out.least > maxHits {
				return at(v, "%q is no count from 1 to %d", v.Value, maxHits)
			}
			return nil
		},
		"coverage": func(v *yaml.Node) error {
			if out.always = v.Value == "any"; !out.always && v.Value != "full" {
				return at(v, "coverage is full or any")
			}
			return nil
		},
	}
	args := arguments[out.kind]
	for name := range readers {
		if !slices.Contains(args.required, name) && !slices.Contains(args.allowed, name) {
			delete(readers, name)
		}
	}
	if err := fields(arg, readers); err != nil {
		return err
	}
	for _, name := range args.required {
		if !slices.ContainsFunc(arg.Content, func(c *yaml.Node) bool { return c.Value == name }) {
			return at(arg, "%s needs %s", out.kind, name)
		}
	}
	return nil
}

// fields reads a mapping with a reader for each key; any other key is an error.
func fields(n *yaml.Node, readers map[string]func(*yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return at(n, "want a mapping")
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i].Value
		read := readers[key]
		if read == nil {
			return at(n.Content[i], "unknown key %q", key)
		}
		if seen[key] {
			return at(n.Content[i], "%q stands twice", key)
		}
		seen[key] = true
		if err := read(n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}
