package report

import (
	"cmp"
	"slices"
)

// clockFact is how far the clock of the listener's log is ahead of that of the caller's log, over all calls between
// them, in milliseconds.
type clockFact struct {
	listener, caller string // labels of the logs
	low, high        *int64
	calls            int
	jumped           bool // no offset fits all calls; low and high then span all of them
}

// boundClocks intersects the clock bounds of all calls between the same two logs. The clocks furthest apart come first.
func (v *view) boundClocks() {
	type pair struct{ listener, caller string }
	index := map[pair]int{}
	wide := map[pair]clockFact{}
	for i := range v.r.Calls {
		c := &v.r.Calls[i]
		low, high := bounds(c.Clock)
		if low == nil && high == nil {
			continue
		}
		p := pair{v.label(c, "listener"), v.label(c, "caller")}
		n, ok := index[p]
		if !ok {
			n = len(v.clocks)
			index[p] = n
			v.clocks = append(v.clocks, clockFact{listener: p.listener, caller: p.caller, low: low, high: high})
			wide[p] = v.clocks[n]
		}
		f, w := &v.clocks[n], wide[p]
		f.calls++
		f.low, f.high = pick(f.low, low, false), pick(f.high, high, true)
		w.low, w.high = pick(w.low, low, true), pick(w.high, high, false)
		f.jumped = f.jumped || c.Clock.Note != nil
		wide[p] = w
	}
	for i := range v.clocks {
		f := &v.clocks[i]
		if f.low != nil && f.high != nil && *f.low > *f.high {
			f.jumped = true
		}
		if f.jumped {
			w := wide[pair{f.listener, f.caller}]
			f.low, f.high = w.low, w.high
		}
	}
	slices.SortStableFunc(v.clocks, func(a, b clockFact) int { return cmp.Compare(b.least(), a.least()) })
}

// least is how far apart the clocks are at least, in milliseconds.
func (c clockFact) least() int64 {
	var n int64
	if c.low != nil {
		n = max(n, *c.low)
	}
	if c.high != nil {
		n = max(n, -*c.high)
	}
	return n
}

// bounds of a clock; contradicting ones are put in order.
func bounds(c *Clock) (low, high *int64) {
	if c == nil {
		return nil, nil
	}
	low, high = c.LowMs, c.HighMs
	if low == nil && high == nil {
		low, high = c.OffsetMs, c.OffsetMs
	}
	if low != nil && high != nil && *low > *high {
		low, high = high, low
	}
	return low, high
}

// pick returns the smaller or the larger of two numbers; one that is not known does not count.
func pick(a, b *int64, smaller bool) *int64 {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case (*b < *a) == smaller:
		return b
	}
	return a
}

// label names the log of a party of c.
func (v *view) label(c *Call, role string) string {
	for _, p := range c.Parties {
		if p.Role == role && len(p.Inputs) > 0 {
			if l, ok := v.labels[p.Inputs[0]]; ok {
				return l
			}
			return p.Inputs[0]
		}
	}
	return ""
}
