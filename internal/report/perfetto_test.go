package report_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
)

// traced is an event as a viewer reads it: what is not there is nil.
type traced struct {
	Ph   string
	Pid  *int
	Tid  *int
	TS   *int64
	Dur  *int64
	Cat  string
	Name string
	ID   *int
	BP   string
	S    string
	Args map[string]any
}

// Any report makes a trace by the rules of the format.
func TestPerfettoLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTrace(t, draw(t)) })
}

// Reports of which the parts refer to each other make one too.
func TestPerfettoLawOfCalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkTrace(t, drawCalls(t)) })
}

func TestPerfettoOfGoldens(t *testing.T) {
	for name, a := range archives(t) {
		t.Run(name, func(t *testing.T) { checkTrace(t, read(t, a)) })
	}
}

// drawCalls makes calls with few roles and times, links between entries, and stages that overlap.
func drawCalls(t *rapid.T) *report.Report {
	role := rapid.SampledFrom([]string{"caller", "listener"})
	when := func() *report.Time {
		if rapid.IntRange(0, 9).Draw(t, "timeless") == 0 {
			return nil
		}
		return &report.Time{Time: time.UnixMilli(1700000000000 + rapid.Int64Range(0, 50).Draw(t, "ms")).UTC()}
	}
	r := &report.Report{Schema: report.Schema}
	for range rapid.IntRange(1, 3).Draw(t, "calls") {
		offset := rapid.Int64Range(-20, 20).Draw(t, "offset")
		c := report.Call{ID: "c", Clock: &report.Clock{OffsetMs: &offset}}
		entries := rapid.IntRange(0, 8).Draw(t, "entries")
		for range entries {
			c.Timeline = append(c.Timeline, report.TimelineEntry{Time: when(), Role: role.Draw(t, "role"), Event: "calling", Count: 1})
		}
		for range rapid.IntRange(0, 4).Draw(t, "stages") {
			c.Stages = append(c.Stages, report.Stage{Stage: "call", Role: role.Draw(t, "role"), From: when(), To: when()})
		}
		for range rapid.IntRange(0, 5).Draw(t, "links") {
			at := rapid.IntRange(-1, entries)
			c.Links = append(c.Links, report.Link{From: at.Draw(t, "from"), To: at.Draw(t, "to")})
		}
		r.Calls = append(r.Calls, c)
	}
	return r
}

// checkTrace holds a trace to the rules of the format: times do not fall, slices of a thread lie in or behind each other,
// the two ends of an arrow lie in slices and come in order, and all processes and threads have a name.
func checkTrace(t fataler, r *report.Report) {
	t.Helper()
	text := render(t, r, "perfetto", report.TextOptions{})
	var doc struct {
		DisplayTimeUnit string
		TraceEvents     []traced
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if doc.DisplayTimeUnit != "ms" || doc.TraceEvents == nil {
		t.Fatalf("no trace: %s", text)
	}
	named := namesOf(t, doc.TraceEvents)
	type arrow struct{ starts, ends []traced }
	arrows := map[int]*arrow{}
	slicesOf := map[int][]traced{}
	instants := 0
	var last *int64
	for _, e := range doc.TraceEvents {
		if e.Ph == "M" {
			continue
		}
		if e.TS == nil || last != nil && *e.TS < *last {
			t.Fatalf("time of %+v", e)
		}
		last = e.TS
		if named[*e.Tid] != *e.Pid {
			t.Fatalf("a process or thread of %+v has no name", e)
		}
		switch e.Ph {
		case "X":
			if e.Dur == nil || *e.Dur < 0 {
				t.Fatalf("duration of %+v", e)
			}
			slicesOf[*e.Tid] = append(slicesOf[*e.Tid], e)
		case "i":
			if e.S != "t" {
				t.Fatalf("scope of %+v", e)
			}
			instants++
		case "s", "f":
			if arrows[*e.ID] == nil {
				arrows[*e.ID] = &arrow{}
			}
			if a := arrows[*e.ID]; e.Ph == "s" {
				a.starts = append(a.starts, e)
			} else if a.ends = append(a.ends, e); e.BP != "e" || len(a.starts) == 0 {
				t.Fatalf("end of an arrow: %+v", e)
			}
		default:
			t.Fatalf("phase of %+v", e)
		}
	}
	for _, list := range slicesOf {
		checkNesting(t, list)
	}
	for id, a := range arrows {
		if len(a.starts) != 1 || len(a.ends) != 1 {
			t.Fatalf("arrow %d has %d starts and %d ends", id, len(a.starts), len(a.ends))
		}
		for _, end := range []traced{a.starts[0], a.ends[0]} {
			if !slices.ContainsFunc(slicesOf[*end.Tid], func(s traced) bool { return *s.TS <= *end.TS && *end.TS < *s.TS+*s.Dur }) {
				t.Fatalf("no slice around %+v", end)
			}
		}
	}
	if n := placed(r); instants != n {
		t.Fatalf("%d events for %d entries", instants, n)
	}
}

// namesOf gives the process of each thread; each has one name, and so has each process.
func namesOf(t fataler, events []traced) map[int]int {
	t.Helper()
	processes, threads := map[int]bool{}, map[int]int{}
	for _, e := range events {
		name, _ := e.Args["name"].(string)
		switch {
		case e.Ph != "M":
		case e.Name == "process_name":
			if name == "" || processes[*e.Pid] {
				t.Fatalf("process %+v", e)
			}
			processes[*e.Pid] = true
		case e.Name == "thread_name":
			if _, again := threads[*e.Tid]; name == "" || again || !processes[*e.Pid] || *e.Tid == 0 {
				t.Fatalf("thread %+v", e)
			}
			threads[*e.Tid] = *e.Pid
		}
	}
	return threads
}

// checkNesting holds slices of one thread, in the order of their starts, against each other.
func checkNesting(t fataler, list []traced) {
	t.Helper()
	var open []int64
	for _, s := range list {
		for len(open) > 0 && open[len(open)-1] <= *s.TS {
			open = open[:len(open)-1]
		}
		if end := *s.TS + *s.Dur; len(open) > 0 && end > open[len(open)-1] {
			t.Fatalf("%+v overlaps the slice before it", s)
		} else {
			open = append(open, end)
		}
	}
}

// placed counts the entries that have a time, or one of their party's before them.
func placed(r *report.Report) int {
	n := 0
	for i := range r.Calls {
		timed := map[string]bool{}
		for _, e := range r.Calls[i].Timeline {
			timed[e.Role] = timed[e.Role] || e.Time != nil
			if timed[e.Role] && (e.Role == "caller" || e.Role == "listener") {
				n++
			}
		}
	}
	return n
}
