package signature_test

import (
	"fmt"
	"strings"
	"testing"
)

// minutes gives ticks of a call once a second from one minute of it to another.
func minutes(from, to int) string {
	var words []string
	for s := from * 60; s < to*60; s++ {
		words = append(words, fmt.Sprintf("c@%d", s))
	}
	return strings.Join(words, " ")
}

// TestLongCalls holds that what happens half an hour into a call is seen, behind thousands of ticks.
func TestLongCalls(t *testing.T) {
	ticks := minutes(0, 30)
	for _, tt := range []struct{ name, match, events, want string }{
		{"a pause", "{gap: {of: c_caller, longer_than: 3s}}", ticks + " c@1805", "yes"},
		{"no pause", "{gap: {of: c_caller, longer_than: 3s}}", ticks + " c@1802", "no"},
		{"a burst", "{count: {of: c_caller, at_least: 4, within: 1s}}", ticks + " c@1801.1 c@1801.2 c@1801.3 c@1801.4", "yes"},
		{"not absent behind", "{absent: {of: c_caller, after: b_caller}}", ticks + " b@1800 c@1801", "no"},
		{"absent behind", "{absent: {of: c_caller, after: b_caller}}", ticks + " b@1800", "yes"},
		{"an end right behind a tick", "{sequence: {of: [c_caller, e_caller], within: 1500ms}}", ticks + " e@1800", "yes"},
		{"an end long behind", "{sequence: {of: [c_caller, e_caller], within: 1500ms}}", ticks + " e@1810", "no"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := verdict(matching(t, tt.match), caller(t, tt.events)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
