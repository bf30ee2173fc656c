package signature

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// selection picks events of a call by name, side and fields.
type selection struct {
	name    string
	events  []extract.Name // empty picks every event
	numbers []int          // of the events' names
	names   nameSet        // the same, as a set
	side    string
	where   []test
}

// Sides of a selection: here and there are two different parties, whichever is the caller.
var Sides = []string{"any", "caller", "listener", "here", "there"}

// Lives are what a sequence can ask of the process that its first event is of: that its last is of the same one, in one
// lifetime, or that it had ended when the last came.
var Lives = []string{"same", "ended"}

// node is a part of a match tree; kind says which of the other fields count.
type node struct {
	kind   string // select, all, any, or one of Parts
	run    func(*view, *node) result
	parts  []*node
	needs  []*selection // without an event of each of these it does not hold
	of     *selection
	steps  []*selection // sequence, differ
	before *selection   // absent; streak: what has to come before
	after  *selection
	until  *selection // streak: what ends one
	ended  *selection // streak: what lies between it and the next call
	first  *node      // next: on a call
	then   *node      // and on the one after it
	same   []string   // repeat: fields that are equal
	within time.Duration
	longer time.Duration
	lives  string        // sequence: what became of the process of the first, one of Lives
	apart  time.Duration // clock
	field  string        // differ: the number that is compared
	by     float64       // differ: what it may differ by
	least  int
	always bool // absent: holds without coverage too

	process bool // a series: over the calls of one process
}

// has reports whether a part of the tree is of a kind.
func (n *node) has(kind func(*node) bool) bool {
	if n == nil {
		return false
	}
	return kind(n) || n.first.has(kind) || n.then.has(kind) || slices.ContainsFunc(n.parts, func(p *node) bool { return p.has(kind) })
}

// sided reports whether a part has a selection bound to here or there.
func (n *node) sided() bool {
	of := func(s *selection) bool { return s != nil && (s.side == "here" || s.side == "there") }
	return of(n.of) || of(n.before) || of(n.after) || of(n.until) || of(n.ended) || slices.ContainsFunc(n.steps, of)
}

// needed lists the selections that have to pick something for a part to hold, those of version facts aside: where none
// is seen, that is not known.
func (n *node) needed() []*selection {
	var list []*selection
	switch n.kind {
	case "select", "sequence", "count", "gap", "differ":
		list = append(slices.Clone(n.steps), n.of)
	case "absent":
		list = append(list, n.before, n.after)
	}
	return slices.DeleteFunc(list, func(s *selection) bool {
		return s == nil || len(s.events) == 0 || slices.Contains(s.events, extract.VersionSeen)
	})
}

// Param is a threshold of a rule that its users may set.
type Param struct{ Name, Default, Value string }

// build reads the selections and match trees of one rule.
type build struct {
	set        map[string]string // values of parameters from outside
	params     []Param
	selections []*selection
}

// parameters reads the thresholds of a rule.
func (b *build) parameters(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return at(n, "params has to map names to values")
	}
	for i := 0; i < len(n.Content); i += 2 {
		p := Param{Name: n.Content[i].Value, Default: n.Content[i+1].Value}
		p.Value = p.Default
		if v, ok := b.set[p.Name]; ok {
			p.Value = v
		}
		b.params = append(b.params, p)
	}
	return nil
}

// value returns a scalar, or the value of the parameter it names.
func (b *build) value(n *yaml.Node) (string, error) {
	name, ok := strings.CutPrefix(n.Value, "$")
	if !ok {
		return n.Value, nil
	}
	for _, p := range b.params {
		if p.Name == name {
			return p.Value, nil
		}
	}
	return "", at(n, "no parameter named %q under params", name)
}

func (b *build) events(n *yaml.Node) error {
	readers := map[string]func(*yaml.Node) error{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i].Value
		readers[name] = func(v *yaml.Node) error { return b.selection(name, v) }
	}
	return fields(n, readers)
}

func (b *build) selection(name string, n *yaml.Node) error {
	s := &selection{name: name, side: "any"}
	b.selections = append(b.selections, s)
	return fields(n, map[string]func(*yaml.Node) error{
		"event": func(v *yaml.Node) error {
			names, err := scalars(v)
			for _, e := range names {
				n := extract.Name(e)
				if !extract.KnownName(n) {
					return at(v, "unknown event %q", e)
				}
				if !slices.Contains(s.events, n) {
					s.events, s.numbers, s.names = append(s.events, n), append(s.numbers, n.Number()), s.names|setOf(n.Number())
				}
			}
			return err
		},
		"side": func(v *yaml.Node) error {
			if s.side = v.Value; !slices.Contains(Sides, s.side) {
				return at(v, "unknown side %q", v.Value)
			}
			return nil
		},
		"where": func(v *yaml.Node) (err error) {
			s.where, err = parseTests(v)
			return err
		},
	})
}

// named returns a reader that takes the selection a node names.
func (b *build) named(to **selection) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		i := slices.IndexFunc(b.selections, func(s *selection) bool { return s.name == n.Value })
		if i < 0 {
			return at(n, "no selection named %q under events", n.Value)
		}
		*to = b.selections[i]
		return nil
	}
}

// whole reads a match tree.
func (b *build) whole(n *yaml.Node) (tree, error) {
	root, err := b.node(n)
	return tree{root, root.has((*node).sided)}, err
}

// node reads a match tree, or a part of one.
func (b *build) node(n *yaml.Node) (*node, error) {
	out, err := b.part(n)
	if err == nil {
		out.needs = out.needed()
	}
	return out, err
}

func (b *build) part(n *yaml.Node) (*node, error) {
	if n.Kind == yaml.ScalarNode {
		out := &node{kind: "select", run: evaluators["select"]}
		return out, b.named(&out.of)(n)
	}
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
		return nil, at(n, "want the name of a selection, or one part of: %s", strings.Join(PartNames(), ", "))
	}
	out := &node{kind: n.Content[0].Value, least: 1}
	if out.run = evaluators[out.kind]; out.run == nil {
		out.run = func(*view, *node) result { return result{} } // a series, which is not judged on one call
	}
	arg := n.Content[1]
	switch {
	case out.kind == "all" || out.kind == "any":
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
	case slices.Contains(PartNames(), out.kind):
		return out, b.arguments(out, arg)
	}
	return nil, at(n.Content[0], "unknown part %q", out.kind)
}

// Part is a part of a match tree that has arguments.
type Part struct {
	Name              string
	Required, Allowed []string
}

// Parts are all of them.
var Parts = []Part{
	{"sequence", []string{"of"}, []string{"within", "longer_than", "process"}},
	{"count", []string{"of", "at_least"}, []string{"within"}},
	{"absent", []string{"of"}, []string{"before", "after", "within", "coverage"}},
	{"gap", []string{"of", "longer_than"}, nil},
	{"clock", []string{"apart"}, nil},
	{"differ", []string{"of", "field", "by"}, nil},
	{"streak", []string{"of", "at_least"}, []string{"before", "until", "ended_by"}},
	{"age", []string{"of", "after", "within"}, []string{"at_least"}},
	{"repeat", []string{"of", "within"}, []string{"same"}},
	{"next", []string{"first", "then"}, nil},
}

// PartNames lists what can stand in a match tree beside names of selections.
func PartNames() []string {
	names := []string{"all", "any"}
	for _, p := range Parts {
		names = append(names, p.Name)
	}
	return names
}

// arguments reads those of a part.
func (b *build) arguments(out *node, arg *yaml.Node) error {
	readers := map[string]func(*yaml.Node) error{
		"of":     b.named(&out.of),
		"before": b.named(&out.before), "after": b.named(&out.after), "until": b.named(&out.until), "ended_by": b.named(&out.ended),
		"within": b.duration(&out.within), "longer_than": b.duration(&out.longer), "apart": b.duration(&out.apart),
		"first": b.tree(&out.first), "then": b.tree(&out.then),
		"at_least": b.count(&out.least), "field": b.field(&out.field), "by": b.number(&out.by),
		"process": func(v *yaml.Node) error {
			if out.lives = v.Value; !slices.Contains(Lives, v.Value) {
				return at(v, "process is %s", strings.Join(Lives, " or "))
			}
			return nil
		},
		"coverage": func(v *yaml.Node) error {
			if out.always = v.Value == "any"; !out.always && v.Value != "full" {
				return at(v, "coverage is full or any")
			}
			return nil
		},
		"same": func(v *yaml.Node) (err error) {
			out.same, err = scalars(v)
			for i := range out.same {
				if err == nil && extract.FieldOf(out.same[i]) == nil {
					err = at(v, "unknown field %q", out.same[i])
				}
			}
			return err
		},
	}
	if out.kind == "sequence" || out.kind == "differ" {
		readers["of"] = b.steps(&out.steps)
	}
	args := Parts[slices.IndexFunc(Parts, func(p Part) bool { return p.Name == out.kind })]
	for name := range readers {
		if !slices.Contains(args.Required, name) && !slices.Contains(args.Allowed, name) {
			delete(readers, name)
		}
	}
	if err := fields(arg, readers); err != nil {
		return err
	}
	for _, name := range args.Required {
		if !slices.ContainsFunc(arg.Content, func(c *yaml.Node) bool { return c.Value == name }) {
			return at(arg, "%s needs %s", out.kind, name)
		}
	}
	return nil
}

func (b *build) steps(to *[]*selection) func(*yaml.Node) error {
	return func(v *yaml.Node) error {
		for _, c := range v.Content {
			var s *selection
			if err := b.named(&s)(c); err != nil {
				return err
			}
			*to = append(*to, s)
		}
		if len(*to) < 2 || len(*to) > maxSteps {
			return at(v, "want two selections, or up to %d", maxSteps)
		}
		return nil
	}
}

func (b *build) tree(to **node) func(*yaml.Node) error {
	return func(v *yaml.Node) (err error) {
		*to, err = b.node(v)
		return err
	}
}

func (b *build) duration(to *time.Duration) func(*yaml.Node) error {
	return func(v *yaml.Node) error {
		s, err := b.value(v)
		if err != nil {
			return err
		}
		if *to, err = time.ParseDuration(s); err != nil || *to <= 0 {
			return at(v, "%q is no duration, want one like 20s", s)
		}
		return nil
	}
}

func (b *build) field(to *string) func(*yaml.Node) error {
	return func(v *yaml.Node) error {
		if *to = v.Value; extract.FieldOf(v.Value) == nil {
			return at(v, "unknown field %q", v.Value)
		}
		return nil
	}
}

func (b *build) number(to *float64) func(*yaml.Node) error {
	return func(v *yaml.Node) error {
		s, err := b.value(v)
		if err != nil {
			return err
		}
		if *to, err = strconv.ParseFloat(s, 64); err != nil || !(*to >= 0) {
			return at(v, "%q is no number from 0 on", s)
		}
		return nil
	}
}

func (b *build) count(to *int) func(*yaml.Node) error {
	return func(v *yaml.Node) error {
		s, err := b.value(v)
		if err != nil {
			return err
		}
		if *to, err = strconv.Atoi(s); err != nil || *to < 1 || *to > maxHits {
			return at(v, "%q is no count from 1 to %d", s, maxHits)
		}
		return nil
	}
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
