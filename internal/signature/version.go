package signature

import (
	"maps"
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

// versionsOf returns what the parties' logs show of a version.
func versionsOf(call *correlate.Call, name string) (all [2]string) {
	for i, p := range [...]*correlate.Party{call.Caller, call.Listener} {
		if p != nil {
			all[i] = versionNames[name](&p.Versions)
		}
	}
	return all
}

// applies reports whether the versions of some party lie within the signature's bounds.
func (s *Signature) applies(call *correlate.Call) truth {
	out := yes
	for name, c := range s.AppliesTo {
		one := unknown
		for _, v := range versionsOf(call, name) {
			switch {
			case v == "":
			case c.holds(v):
				one = yes
			case one == unknown:
				one = no
			}
		}
		out = min(out, one)
	}
	return out
}

// unseen lists the versions that it would take to know whether the signature applies.
func (s *Signature) unseen(call *correlate.Call) []Text {
	if len(s.AppliesTo) == 0 {
		return nil
	}
	var list []Text
	for _, name := range slices.Sorted(maps.Keys(s.AppliesTo)) {
		if versionsOf(call, name) == [2]string{} {
			list = append(list, Text{"the " + name + " version", name + " 版本"})
		}
	}
	return list
}
