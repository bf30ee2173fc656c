package signature

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// constraint is a list of bounds that all have to hold, e.g. ">=2.0.0 <2.2.0".
type constraint []bound

type bound struct {
	op, version string
	parts       []uint64 // of the version
}

// Bounds are constraints by the name of a version: wmpf, plugin, wechat, linux.
type Bounds map[string]constraint

// UnmarshalYAML reads a constraint.
func (c *constraint) UnmarshalYAML(n *yaml.Node) error {
	for _, part := range strings.Fields(n.Value) {
		b := bound{op: strings.TrimRight(part, "0123456789.xabcdefABCDEF")}
		b.version = part[len(b.op):]
		b.parts = parseVersion(b.version)
		switch b.op {
		case "<", "<=", ">", ">=", "=":
		default:
			return at(n, "%q is no version bound, want one like <2.3.2", part)
		}
		if b.version == "" {
			return at(n, "%q names no version", part)
		}
		*c = append(*c, b)
	}
	if len(*c) == 0 {
		return at(n, "a version bound is missing")
	}
	return nil
}

func (c constraint) String() string {
	var parts []string
	for _, b := range c {
		parts = append(parts, b.op+b.version)
	}
	return strings.Join(parts, " ")
}

func (c constraint) holds(version string) bool {
	seen := parseVersion(version)
	for _, b := range c {
		n, ok := slices.Compare(seen, b.parts), false
		switch b.op {
		case "<":
			ok = n < 0
		case "<=":
			ok = n <= 0
		case ">":
			ok = n > 0
		case ">=":
			ok = n >= 0
		case "=":
			ok = n == 0
		}
		if !ok {
			return false
		}
	}
	return true
}

// parseVersion returns the numbers of a version, those between its dots, or the one hexadecimal counter of the Linux
// SDK. A version that ends sooner counts as followed by zeros, so those at the end are left out, and two versions
// compare as their numbers do.
func parseVersion(version string) []uint64 {
	numbers := make([]uint64, 0, 4)
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.ParseUint(part, 0, 64)
		numbers = append(numbers, n)
	}
	for len(numbers) > 0 && numbers[len(numbers)-1] == 0 {
		numbers = numbers[:len(numbers)-1]
	}
	return numbers
}

// versionNames are the keys of applies_to.
var versionNames = map[string]func(*extract.Versions) string{
	"wmpf":   func(v *extract.Versions) string { return v.WMPF },
	"plugin": func(v *extract.Versions) string { return v.Plugin },
	"wechat": func(v *extract.Versions) string { return v.WeChat },
	"linux":  func(v *extract.Versions) string { return v.LinuxSDK },
}

// versionWords name them in the order in which bounds are told.
var versionWords = []struct {
	name string
	Text
}{
	{"linux", Text{"the Linux SDK", " Linux SDK "}},
	{"plugin", Text{"the plugin", "插件"}},
	{"wechat", Text{"WeChat", "微信"}},
	{"wmpf", Text{"WMPF", " WMPF "}},
}

// check holds that the versions are known ones.
func (b Bounds) check(n *yaml.Node) error {
	for name := range b {
		if versionNames[name] == nil {
			return at(n, "applies_to knows no version %q", name)
		}
	}
	return nil
}

// hold reports whether the versions of some party lie within the bounds, and which versions it would take to know.
func (b Bounds) hold(all []extract.Versions) (truth, []Text) {
	out, unseen := yes, []Text(nil)
	for _, w := range versionWords {
		c, ok := b[w.name]
		if !ok {
			continue
		}
		one, seen := no, false
		for i := range all {
			if v := versionNames[w.name](&all[i]); v != "" {
				seen = true
				if c.holds(v) {
					one = yes
				}
			}
		}
		if !seen {
			one = unknown
			unseen = append(unseen, Text{fmt.Sprintf("the %s version", w.name), w.name + " 版本"})
		}
		out = min(out, one)
	}
	return out, unseen
}

// applies reports whether the versions of some party lie within the signature's bounds, and which versions it would take
// to know.
func (s *Signature) applies(call *correlate.Call) (truth, []Text) {
	if len(s.AppliesTo) == 0 {
		return yes, nil
	}
	return s.AppliesTo.hold(versionsOf(call))
}

// versionsOf returns what the parties' logs show of versions.
func versionsOf(call *correlate.Call) []extract.Versions {
	var all []extract.Versions
	for _, p := range call.Parties() {
		all = append(all, p.Versions)
	}
	return all
}

// Words says what the bounds ask for, as "WMPF is below 2.0"; empty without any.
func (b Bounds) Words() Text {
	t := b.words()
	t.Zh = strings.TrimSpace(t.Zh)
	return t
}

// words is Words, with a space where Chinese and Latin text meet.
func (b Bounds) words() Text {
	var en, zh []string
	for _, w := range versionWords {
		if c := b[w.name]; len(c) > 0 {
			t := c.words()
			en, zh = append(en, w.En+" is "+t.En), append(zh, w.Zh+t.Zh)
		}
	}
	return Text{strings.Join(en, " and "), strings.Join(zh, "且")}
}

func (c constraint) words() Text {
	var en, zh []string
	for _, b := range c {
		f := map[string]Text{
			"<": {"below %s", "低于 %s"}, "<=": {"%s or below", "不高于 %s"}, ">": {"above %s", "高于 %s"}, ">=": {"%s or later", "不低于 %s"}, "=": {"%s", "为 %s"},
		}[b.op]
		en, zh = append(en, fmt.Sprintf(f.En, b.version)), append(zh, fmt.Sprintf(f.Zh, b.version))
	}
	return Text{strings.Join(en, " and "), strings.Join(zh, "且")}
}
