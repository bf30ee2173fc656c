package fleet

import (
	"fmt"
	"slices"
	"strings"
)

// By chooses calls by one of their facts.
type By struct{ dimension, value string }

// ParseBy reads "wmpf=2.0", which is all versions that are 2.0 or begin with 2.0 and a point; a model and a day are whole. The
// error is one sentence.
func ParseBy(s string) (By, error) {
	dimension, value, ok := strings.Cut(s, "=")
	if !ok || value == "" {
		return By{}, fmt.Errorf("%q is not FACT=VALUE, as in wmpf=2.0", s)
	}
	if !slices.Contains(Dimensions, dimension) {
		return By{}, fmt.Errorf("%q in %q is none of %s", dimension, s, strings.Join(Dimensions, ", "))
	}
	return By{dimension, value}, nil
}

func (b By) String() string { return b.dimension + "=" + b.value }

// has reports whether a value is the one.
func (b By) has(value string) bool {
	return value == b.value || b.dimension != "model" && b.dimension != day && strings.HasPrefix(value, b.value+".")
}

// having tells which profiles have a value.
func (s *Set) having(b By, profiles [][]int) []bool {
	has := make([]bool, len(profiles))
	for i, list := range profiles {
		has[i] = slices.ContainsFunc(list, func(v int) bool {
			value, ok := strings.CutPrefix(s.values.names[v], b.dimension+" ")
			return ok && b.has(value)
		})
	}
	return has
}
