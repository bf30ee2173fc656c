package signature_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// The reference works on times in half seconds and tries every offset of the clocks that their bounds allow; beyond
// far nothing changes any more.
const (
	half = time.Second / 2
	far  = 60
)

// value is a Kleene value: 0 no, 1 unknown, 2 yes.
type value int

var valueNames = []string{"no", "unknown", "yes"}

// happening is an event of the reference's calls.
type happening struct {
	letter string
	role   extract.Role
	at     int // half seconds
	place  int // in its log
}

// world is a call as the reference sees it.
type world struct {
	events   []happening
	missing  map[extract.Role]bool
	covered  map[extract.Role]bool
	holes    map[extract.Role][2]int // half seconds between which lines were lost
	low, top int                     // offset of the listener's clock, half seconds
}

func drawWorld(t *rapid.T) *world {
	w := &world{missing: map[extract.Role]bool{}, covered: map[extract.Role]bool{}, holes: map[extract.Role][2]int{}, low: -far, top: far}
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		w.missing[role] = role == extract.Listener && rapid.Bool().Draw(t, "missing")
		w.covered[role] = rapid.Bool().Draw(t, "covered")
		if w.missing[role] {
			continue
		}
		if rapid.Bool().Draw(t, "hole") {
			from := rapid.IntRange(0, 20).Draw(t, "from")
			w.holes[role] = [2]int{from, from + rapid.IntRange(1, 6).Draw(t, "length")}
		}
		at := 0
		for i := range rapid.IntRange(0, 5).Draw(t, "events") {
			at += rapid.IntRange(0, 6).Draw(t, "step")
			w.events = append(w.events, happening{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "letter"), role, at, i})
		}
	}
	if rapid.Bool().Draw(t, "has low") {
		w.low = rapid.IntRange(-4, 4).Draw(t, "low")
	}
	if rapid.Bool().Draw(t, "has high") {
		w.top = max(w.low, -4) + rapid.IntRange(0, 4).Draw(t, "width")
	}
	return w
}

// call makes the engine's form of a world.
func (w *world) call() *correlate.Call {
	c := &correlate.Call{}
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		if w.missing[role] {
			continue
		}
		p := &correlate.Party{Role: role, Coverage: correlate.Partial, Device: &correlate.Device{Name: string(role)}}
		log := &extract.Log{First: base.Add(-time.Hour), Last: base.Add(time.Hour)}
		if hole, ok := w.holes[role]; ok {
			log.Gaps = []extract.Gap{{From: base.Add(time.Duration(hole[0]) * half), To: base.Add(time.Duration(hole[1]) * half)}}
		}
		p.Device.Logs = []*extract.Log{log}
		if w.covered[role] {
			p.Coverage = correlate.Full
		}
		for _, h := range w.events {
			if h.role == role {
				p.Events = append(p.Events, extract.Event{
					Name: letters[h.letter], Time: base.Add(time.Duration(h.at) * half), Text: fmt.Sprintf("%s@%d", h.letter, h.at),
				})
			}
		}
		if role == extract.Caller {
			c.Caller = p
		} else {
			c.Listener = p
		}
	}
	if w.low > -far {
		c.Clock.Low, c.Clock.HasLow = time.Duration(w.low)*half, true
	}
	if w.top < far {
		c.Clock.High, c.Clock.HasHigh = time.Duration(w.top)*half, true
	}
	return c
}

// choice is a selection of the reference: a letter, of one side or any.
type choice struct{ letter, side string }

func drawChoice(t *rapid.T, sides ...string) choice {
	return choice{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "of"), rapid.SampledFrom(sides).Draw(t, "side")}
}

func (c choice) String() string {
	if c.side == "any" {
		return c.letter
	}
	return c.letter + "_" + c.side
}

func (w *world) pick(c choice) []happening {
	var out []happening
	for _, h := range w.events {
		if h.letter == c.letter && (c.side == "any" || c.side == string(h.role)) {
			out = append(out, h)
		}
	}
	return out
}

// nothing is what it means that no event of a choice is there: no where each log it could be in covers the call.
func (w *world) nothing(c choice) value {
	for _, role := range []extract.Role{extract.Caller, extract.Listener} {
		if (c.side == "any" || c.side == string(role)) && (w.missing[role] || !w.covered[role]) {
			return 1
		}
	}
	return 0
}

// follows says whether b comes after a, at most within and more than longer later where these are not 0: yes if so at
// every offset the clocks may have, no if at none.
func (w *world) follows(a, b happening, within, longer int) value {
	all, some := true, false
	for offset := w.low; offset <= w.top; offset++ {
		d := b.at - a.at
		if a.role != b.role {
			if a.role == extract.Caller {
				d -= offset
			} else {
				d += offset
			}
		}
		ok := d >= 0 && (within == 0 || d <= within) && (longer == 0 || d > longer)
		if a.role == b.role {
			ok = ok && a.place < b.place
		}
		all, some = all && ok, some || ok
	}
	switch {
	case all:
		return 2
	case some:
		return 1
	}
	return 0
}

// agrees holds the engine to the reference's value of a match tree.
func agrees(t *rapid.T, w *world, match string, want value) {
	c := load(t, ruleText("r", named(), "  match: "+match))
	if got := verdict(c, w.call()); got != valueNames[want] {
		t.Fatalf("%s is %s, want %s", match, got, valueNames[want])
	}
}

func limits(within, longer int) string {
	text := ""
	if within > 0 {
		text += fmt.Sprintf(", within: %s", time.Duration(within)*half)
	}
	if longer > 0 {
		text += fmt.Sprintf(", longer_than: %s", time.Duration(longer)*half)
	}
	return text
}

func TestSequenceAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		within, longer := 0, 0
		switch rapid.IntRange(0, 2).Draw(t, "limit") {
		case 1:
			within = rapid.IntRange(1, 10).Draw(t, "within")
		case 2:
			longer = rapid.IntRange(1, 10).Draw(t, "longer")
		}
		sides := []string{"any", "caller", "listener"}
		n := rapid.IntRange(2, 3).Draw(t, "steps")
		var steps []choice
		var words []string
		for range n {
			steps = append(steps, drawChoice(t, sides...))
			words = append(words, steps[len(steps)-1].String())
		}
		var lacking []value
		for _, s := range steps {
			if len(w.pick(s)) == 0 {
				lacking = append(lacking, w.nothing(s))
			}
		}
		want := value(0)
		if len(lacking) > 0 {
			want = slices.Min(lacking) // all steps are needed
		} else { // the best chain counts
			var chain func(so value, done []happening)
			chain = func(so value, done []happening) {
				if len(done) == len(steps) {
					want = max(want, so)
					return
				}
				for _, h := range w.pick(steps[len(done)]) {
					next := so
					for i, before := range done {
						if i == 0 && len(done) == len(steps)-1 {
							next = min(next, w.follows(before, h, within, longer))
						} else {
							next = min(next, w.follows(before, h, 0, 0))
						}
					}
					chain(next, append(slices.Clone(done), h))
				}
			}
			chain(2, nil)
			for _, step := range steps { // what a log lost could complete a chain
				if want == 0 {
					want = w.nothing(step)
				}
			}
		}
		agrees(t, w, fmt.Sprintf("{sequence: {of: [%s]%s}}", strings.Join(words, ", "), limits(within, longer)), want)
	})
}

func TestAbsentAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		of := drawChoice(t, "any", "caller", "listener")
		args := "of: " + of.String()
		inside := func(happening) value { return 2 }
		want := value(2)
		window := rapid.SampledFrom([]string{"call", "before", "after", "between"}).Draw(t, "window")
		if window == "between" {
			from, to := drawChoice(t, "caller", "listener"), drawChoice(t, "caller", "listener")
			within := rapid.IntRange(0, 10).Draw(t, "within")
			args += fmt.Sprintf(", after: %s, before: %s%s", from, to, limits(within, 0))
			begins, ends := w.pick(from), w.pick(to)
			if len(begins) == 0 {
				want = min(want, w.nothing(from))
			}
			if len(ends) == 0 {
				want = min(want, w.nothing(to))
			}
			if want == 2 {
				inside = func(h happening) value {
					return min(w.follows(begins[0], h, within, 0), w.follows(h, ends[0], within, 0))
				}
			}
		} else if window != "call" {
			anchor := drawChoice(t, "caller", "listener")
			within := rapid.IntRange(0, 10).Draw(t, "within")
			args += ", " + window + ": " + anchor.String() + limits(within, 0)
			found := w.pick(anchor)
			if len(found) == 0 {
				want = w.nothing(anchor)
			} else if window == "before" {
				inside = func(h happening) value { return w.follows(h, found[0], within, 0) }
			} else {
				inside = func(h happening) value { return w.follows(found[0], h, within, 0) }
			}
		}
		anyway := rapid.Bool().Draw(t, "coverage any")
		if anyway {
			args += ", coverage: any"
		}
		if want == 2 {
			there := value(0)
			for _, h := range w.pick(of) {
				there = max(there, inside(h))
			}
			if there == 0 && !anyway {
				there = w.nothing(of)
			}
			want = 2 - there
		}
		if want == 2 && window == "call" {
			// Nothing is cited then, and no rule may consist of that alone.
			args = fmt.Sprintf("{all: [d_caller, {absent: {%s}}]}", args)
			w.events = append(w.events, happening{"d", extract.Caller, 2 * far, len(w.events)})
		} else {
			args = fmt.Sprintf("{absent: {%s}}", args)
		}
		agrees(t, w, args, want)
	})
}

func TestCountAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		of := drawChoice(t, "any", "caller", "listener")
		least := rapid.IntRange(1, 4).Draw(t, "least")
		within := rapid.IntRange(0, 10).Draw(t, "within")
		want := w.nothing(of)
		for _, role := range []extract.Role{extract.Caller, extract.Listener} {
			for _, first := range w.pick(of) {
				n := 0
				for _, h := range w.pick(of) {
					if h.role == role && first.role == role && h.place >= first.place && (within == 0 || h.at-first.at <= within) {
						n++
					}
				}
				if n >= least {
					want = 2
				}
			}
		}
		agrees(t, w, fmt.Sprintf("{count: {of: %s, at_least: %d%s}}", of, least, limits(within, 0)), want)
	})
}

func TestGapAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		of := drawChoice(t, "any", "caller", "listener")
		longer := rapid.IntRange(1, 10).Draw(t, "longer")
		want := w.nothing(of)
		for _, a := range w.pick(of) {
			for _, b := range w.pick(of) {
				between := slices.ContainsFunc(w.pick(of), func(h happening) bool {
					return h.role == a.role && a.place < h.place && h.place < b.place
				})
				if a.role != b.role || a.place >= b.place || between || b.at-a.at <= longer {
					continue
				}
				hole, lost := w.holes[a.role]
				if lost && hole[0] < b.at && hole[1] > a.at {
					want = max(want, 1)
				} else {
					want = 2
				}
			}
		}
		agrees(t, w, fmt.Sprintf("{gap: {of: %s, longer_than: %s}}", of, time.Duration(longer)*half), want)
	})
}
