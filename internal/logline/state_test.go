package logline

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A parser that goes on where another one was gives what that would have given.
func TestResume(t *testing.T) {
	lines := []string{
		"[I][2024-06-01 +8.0 23:59:00.012][30773, 31044*][tag][file.cc:137, func][message",
		"a line of it", "12-31 23:59:59.000  100  101 I tag: b", "01-01 00:00:01.000  100  101 I tag: c",
		"2024-06-01 10:00:00.123 D/tag(1): d", "23:59:58.123 e", "00:00:01.000 f", "{\"time\":\"2024-06-01T00:00:00Z\",\"msg\":\"g\"}",
		"[   12.345678] h", "[persist.sys.timezone]: [Asia/Shanghai]", "\xd6\xd0\xb9\xfa\xd6\xd0\xb9\xfa", "^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[1,2][2024-06-01 +0800 07:59:59]",
	}
	rapid.Check(t, func(t *rapid.T) {
		opt := Options{Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Blocks: rapid.Bool().Draw(t, "blocks")}
		texts := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(lines), 1, 4), 1, 6).Draw(t, "texts")
		whole := NewParser(opt)
		part := NewParser(opt)
		for _, text := range texts {
			s, ok := part.State()
			if !ok {
				t.Fatal("no state")
			}
			saved, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			var again State
			if err := json.Unmarshal(saved, &again); err != nil {
				t.Fatal(err)
			}
			part = Resume(opt, again)
			joined := []byte(strings.Join(text, "\n") + "\n")
			want, got := slices.Collect(whole.Lines(joined, Pos{})), slices.Collect(part.Lines(joined, Pos{}))
			if d := cmp.Diff(want, got); d != "" {
				t.Fatal(d)
			}
			if d := cmp.Diff(whole.Facts(), part.Facts()); d != "" {
				t.Fatal(d)
			}
		}
	})
}

// What a parser keeps beside its state is of one call, or of what has no state. A field more has to be of one of the two.
func TestStateIsAll(t *testing.T) {
	count := func(v any) int { return reflect.TypeOf(v).NumField() }
	const location, zones, facts = 1, 1, 1
	if got, want := count(State{}), count(clock{})-location-zones+facts; got != want {
		t.Errorf("a state has %d fields of %d", got, want)
	}
	if n := count(Parser{}); n != 9 {
		t.Errorf("a parser has %d fields", n)
	}
	p := NewParser(Options{})
	for range p.Lines([]byte("== dumpstate: 2024-08-23 13:31:51\n"), Pos{}) {
	}
	if _, ok := p.State(); ok {
		t.Error("a bug report has a state")
	}
}
