package report

import (
	"strings"
	"testing"
)

// TestNormalShares holds that a document that is in its form already is not copied: of 10,000 calls a copy is hundreds of
// megabytes, and every rendering asks for that form.
func TestNormalShares(t *testing.T) {
	r := normal(Report{Calls: []Call{{ID: "a", Timeline: []TimelineEntry{{Text: "a line"}}}, {ID: "b"}}})
	if n := testing.AllocsPerRun(10, func() { normal(r) }); n > 20 {
		t.Errorf("%.0f allocations for a document in its form", n)
	}
	again := normal(r)
	if &again.Calls[0] != &r.Calls[0] {
		t.Error("the calls are copied")
	}

	bad := r
	bad.Calls = []Call{r.Calls[0], r.Calls[1]}
	bad.Calls[1].ID = "b\xff"
	to := normal(bad)
	if to.Calls[1].ID != `b\xff` || bad.Calls[1].ID != "b\xff" {
		t.Errorf("id %q of %q", to.Calls[1].ID, bad.Calls[1].ID)
	}
	if &to.Calls[0].Timeline[0] != &bad.Calls[0].Timeline[0] {
		t.Error("the call beside it is copied as a whole")
	}
}

// BenchmarkNormalBad has a document of many long lines of bytes that are no UTF-8.
func BenchmarkNormalBad(b *testing.B) {
	line := strings.Repeat("\xff", 64<<10)
	r := Report{Calls: []Call{{Timeline: make([]TimelineEntry, 50)}}}
	for i := range r.Calls[0].Timeline {
		r.Calls[0].Timeline[i].Text = line
	}
	for b.Loop() {
		normal(r)
	}
}
