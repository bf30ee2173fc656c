package report

import (
	"cmp"
	"io"
	"maps"
	"slices"
)

// Perfetto writes the calls as a trace in the JSON of the Chrome trace viewer, which Perfetto reads too. Each party of a
// call is a process: its stages are slices, its events are instants, and arrows lead from causes to their effects at the
// other party. Times are microseconds since 1970 by the caller's clock, as far as the clock difference is known; args has
// the time of the log. What has no time stands at the party's event before it, and is left out where there is none.
func Perfetto(w io.Writer, r *Report) error {
	doc := normal(*r)
	t := &trace{}
	for i := range doc.Calls {
		t.call(&doc.Calls[i], i)
	}
	slices.SortStableFunc(t.events, func(a, b traceEvent) int {
		return cmp.Or(cmp.Compare(a.TS, b.TS), cmp.Compare(tracePhases[a.Phase], tracePhases[b.Phase]), cmp.Compare(b.duration(), a.duration()))
	})
	out := newOutput(w)
	about := map[string]string{"schema": doc.Schema, "status": string(doc.Status), "version": doc.Tool.Version, "rules": doc.Tool.Rules.Hash}
	if doc.Redaction.Stamp != nil {
		about["stamp"] = *doc.Redaction.Stamp
	}
	out.put(`{"displayTimeUnit": "ms", "otherData": `, out.json(about), `, "traceEvents": [`)
	before := "\n"
	for _, e := range append(t.names, t.events...) {
		out.put(before, out.json(e))
		before = ",\n"
	}
	out.put("\n]}\n")
	return out.close()
}

// tracePhases are the kinds of events that have a time, in the order in which those of one time are written: a slice
// is there before what lies in it, and an arrow starts before it ends.
var tracePhases = map[string]int{"X": 0, "i": 1, "s": 2, "f": 3}

// traceEvent is one event of the trace format, with the keys that we use.
type traceEvent struct {
	Phase    string `json:"ph"`
	PID      int    `json:"pid"`
	TID      int    `json:"tid"`
	TS       int64  `json:"ts"` // µs
	Duration *int64 `json:"dur,omitempty"`
	Category string `json:"cat,omitempty"`
	Name     string `json:"name"`
	ID       int    `json:"id,omitempty"` // of an arrow
	Bind     string `json:"bp,omitempty"` // of the end of an arrow: to the slice around it
	Scope    string `json:"s,omitempty"`  // of an instant
	Args     any    `json:"args,omitempty"`
}

func (e *traceEvent) duration() int64 {
	if e.Duration == nil {
		return 0
	}
	return *e.Duration
}

// What the threads of a party are for. From 0 on they are for stages, of which those that overlap are on several.
const (
	linkThread  = -2
	eventThread = -1
)

// traceRoles are the parties in the order of their processes.
var traceRoles = []string{"caller", "listener"}

// trace gathers the events of all calls.
type trace struct {
	names, events   []traceEvent
	threads, arrows int // how many there are
}

// partyTrace is a party of a call on its way into a trace.
type partyTrace struct {
	*trace
	pid   int
	shift int64       // µs that its clock is ahead of the caller's
	lanes []int64     // where the last slice of each thread for stages ends
	tids  map[int]int // of its threads, by what they are for
}

// call adds the i-th call.
func (t *trace) call(c *Call, i int) {
	parties := map[string]*partyTrace{}
	for n, role := range traceRoles {
		p := &partyTrace{trace: t, pid: 2*i + n + 1, tids: map[int]int{}}
		if role == "listener" && c.Clock != nil && c.Clock.OffsetMs != nil && plausible(*c.Clock.OffsetMs) {
			p.shift = *c.Clock.OffsetMs * 1000
		}
		parties[role] = p
	}
	for j := range c.Stages {
		if p := parties[c.Stages[j].Role]; p != nil {
			p.stage(&c.Stages[j])
		}
	}
	at := make([]*int64, len(c.Timeline))
	last := map[string]*int64{}
	for j := range c.Timeline {
		e := &c.Timeline[j]
		if p := parties[e.Role]; p != nil {
			if ts, ok := p.at(e.Time); ok {
				last[e.Role] = &ts
			}
			if at[j] = last[e.Role]; at[j] != nil {
				p.instant(e, *at[j])
			}
		}
	}
	t.links(c, parties, at)
	for _, role := range traceRoles {
		if p := parties[role]; len(p.tids) > 0 {
			p.name(c, role)
		}
	}
}

// plausible reports whether a difference of clocks in milliseconds is one of some lifetimes at most.
func plausible(ms int64) bool { return -1<<42 < ms && ms < 1<<42 }

// at is a time of the party's log in the caller's clock.
func (p *partyTrace) at(t *Time) (ts int64, ok bool) {
	if t == nil {
		return 0, false
	}
	return t.UnixMicro() - p.shift, true
}

// thread gives the id of the thread for a purpose; no two parties share one, because viewers may tell threads by it alone.
func (p *partyTrace) thread(purpose int) int {
	if p.tids[purpose] == 0 {
		p.threads++
		p.tids[purpose] = p.threads
	}
	return p.tids[purpose]
}

// stage adds a slice, on the first thread for stages that is free by then.
func (p *partyTrace) stage(s *Stage) {
	from, ok := p.at(s.From)
	to, ends := p.at(s.To)
	if !ok {
		return
	}
	if !ends || to < from {
		to = from
	}
	lane := slices.IndexFunc(p.lanes, func(end int64) bool { return end <= from })
	if lane < 0 {
		lane = len(p.lanes)
		p.lanes = append(p.lanes, 0)
	}
	p.lanes[lane] = to
	p.slice(lane, from, to-from, "stage", s.Stage, map[string]string{"how": s.How})
}

func (p *partyTrace) instant(e *TimelineEntry, ts int64) {
	p.events = append(p.events, traceEvent{
		Phase: "i", PID: p.pid, TID: p.thread(eventThread), TS: ts, Category: "event", Name: e.Event, Scope: "t", Args: e,
	})
}

// links adds arrows. An arrow needs a slice at both ends, so events that have one get a short one on a thread of its own.
// What seems to come before its cause, because a clock was set, gets none.
func (t *trace) links(c *Call, parties map[string]*partyTrace, at []*int64) {
	ends := make([]bool, len(at))
	placed := func(i int) bool { return 0 <= i && i < len(at) && at[i] != nil }
	for _, l := range c.Links {
		if !placed(l.From) || !placed(l.To) || *at[l.To] < *at[l.From] {
			continue
		}
		t.arrows++
		parties[c.Timeline[l.From].Role].arrow("s", *at[l.From], t.arrows)
		parties[c.Timeline[l.To].Role].arrow("f", *at[l.To], t.arrows)
		ends[l.From], ends[l.To] = true, true
	}
	for _, role := range traceRoles {
		var own []int
		for i := range ends {
			if ends[i] && c.Timeline[i].Role == role {
				own = append(own, i)
			}
		}
		slices.SortStableFunc(own, func(a, b int) int { return cmp.Compare(*at[a], *at[b]) })
		for n, i := range own {
			duration := int64(1000)
			if later := slices.IndexFunc(own[n:], func(j int) bool { return *at[j] > *at[i] }); later >= 0 {
				duration = min(duration, *at[own[n+later]]-*at[i])
			}
			parties[role].slice(linkThread, *at[i], duration, "link", c.Timeline[i].Event, nil)
		}
	}
}

func (p *partyTrace) arrow(phase string, ts int64, id int) {
	e := traceEvent{Phase: phase, PID: p.pid, TID: p.thread(linkThread), TS: ts, Category: "link", Name: "cause", ID: id}
	if phase == "f" {
		e.Bind = "e"
	}
	p.events = append(p.events, e)
}

func (p *partyTrace) slice(purpose int, ts, duration int64, category, name string, args any) {
	p.events = append(p.events, traceEvent{
		Phase: "X", PID: p.pid, TID: p.thread(purpose), TS: ts, Duration: &duration, Category: category, Name: name, Args: args,
	})
}

// name names the process of a party that has events, and its threads.
func (p *partyTrace) name(c *Call, role string) {
	label := c.Outcome
	if f := mainFinding(c); f != nil {
		label += ", " + f.Signature
	}
	p.metadata(0, "process_name", "name", role+" of "+c.ID)
	p.metadata(0, "process_labels", "labels", label)
	p.metadata(0, "process_sort_index", "sort_index", p.pid)
	for _, purpose := range slices.Sorted(maps.Keys(p.tids)) {
		name, index := "stages", purpose
		switch purpose {
		case eventThread:
			name, index = "events", len(p.lanes)
		case linkThread:
			name, index = "causes and effects", len(p.lanes)+1
		}
		p.metadata(p.tids[purpose], "thread_name", "name", name)
		p.metadata(p.tids[purpose], "thread_sort_index", "sort_index", index)
	}
}

func (p *partyTrace) metadata(thread int, name, key string, value any) {
	p.names = append(p.names, traceEvent{Phase: "M", PID: p.pid, TID: thread, Name: name, Args: map[string]any{key: value}})
}
