package signature

import (
	"math"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// ordered says whether b comes after a, by at most within and by more than longer where these are not 0.
func (v *view) ordered(a, b *hit, within, longer time.Duration) truth {
	if a.Role == b.Role && a.index >= b.index {
		return no // within one log its own order stands
	}
	if a.Event.Time.IsZero() || b.Event.Time.IsZero() {
		if a.Role == b.Role && within == 0 && longer == 0 {
			return yes
		}
		return unknown
	}
	low, high := v.between(a, b)
	out := yes
	if a.Role != b.Role {
		out = interval(high >= 0, low >= 0)
	}
	if within > 0 {
		out = min(out, interval(low <= within, high <= within))
	}
	if longer > 0 {
		out = min(out, interval(high > longer, low > longer))
	}
	return out
}

// forever stands for the bound that is not known.
const forever = time.Duration(math.MaxInt64)

// between bounds the true time from a to b; within one party it is exact, unless the clock was set between the two.
func (v *view) between(a, b *hit) (low, high time.Duration) {
	d := b.Event.Time.Sub(a.Event.Time)
	if a.Role == b.Role && a.Event.Clock == b.Event.Clock {
		return d, d
	} else if a.Role == b.Role {
		return -forever, forever
	}
	c := v.call.Clock
	low, high = -forever, forever
	if c.Conflict {
		return low, high
	}
	if a.Role == extract.Caller {
		if c.HasHigh {
			low = d - c.High
		}
		if c.HasLow {
			high = d - c.Low
		}
		return low, high
	}
	if c.HasLow {
		low = d + c.Low
	}
	if c.HasHigh {
		high = d + c.High
	}
	return low, high
}

func interval(possible, sure bool) truth {
	switch {
	case sure:
		return yes
	case possible:
		return unknown
	}
	return no
}
