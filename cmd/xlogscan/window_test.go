package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/scan"
)

// Times have the forms that people write and logs show; those that count back do so from now.
func TestWindowFlags(t *testing.T) {
	now := time.Date(2026, 11, 20, 1, 30, 0, 5e8, time.FixedZone("", 8*3600))
	local := func(s string) scan.Bound {
		at, err := time.Parse(time.DateTime, s)
		if err != nil {
			t.Fatal(err)
		}
		return scan.Bound{Time: at, Local: true}
	}
	instant := func(s string) scan.Bound {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return scan.Bound{Time: at}
	}
	for _, tt := range []struct {
		text         string
		since, until scan.Bound
	}{
		{"2026-11-19", local("2026-11-19 00:00:00"), local("2026-11-20 00:00:00")},
		{"20261119", local("2026-11-19 00:00:00"), local("2026-11-20 00:00:00")},
		{"today", local("2026-11-20 00:00:00"), local("2026-11-21 00:00:00")},
		{"yesterday", local("2026-11-19 00:00:00"), local("2026-11-20 00:00:00")},
		{"2026-11-19 10", local("2026-11-19 10:00:00"), local("2026-11-19 10:00:00")},
		{"2026-11-19T10:20", local("2026-11-19 10:20:00"), local("2026-11-19 10:20:00")},
		{"2026/11/19 10:20:30", local("2026-11-19 10:20:30"), local("2026-11-19 10:20:30")},
		{"2026-11-19T10:20:30Z", instant("2026-11-19T10:20:30Z"), instant("2026-11-19T10:20:30Z")},
		{"2026-11-19 10:20:30 +0530", instant("2026-11-19T10:20:30+05:30"), instant("2026-11-19T10:20:30+05:30")},
		{"2026-11-19 +8.0 10:20:30.000", instant("2026-11-19T10:20:30+08:00"), instant("2026-11-19T10:20:30+08:00")},
		{"2h", instant("2026-11-19T23:30:00+08:00"), instant("2026-11-19T23:30:00+08:00")},
		{"1h30m", instant("2026-11-20T00:00:00+08:00"), instant("2026-11-20T00:00:00+08:00")},
		{"3d", instant("2026-11-17T01:30:00+08:00"), instant("2026-11-17T01:30:00+08:00")},
		{"1w1d", instant("2026-11-12T01:30:00+08:00"), instant("2026-11-12T01:30:00+08:00")},
	} {
		for _, flags := range []windowFlags{{since: tt.text}, {until: tt.text}} {
			got, err := flags.window(now)
			if err != nil {
				t.Errorf("%q: %v", tt.text, err)
				continue
			}
			want := scan.Window{Since: tt.since}
			if flags.until != "" {
				want = scan.Window{Until: tt.until}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%+v:\n%s", flags, diff)
			}
		}
	}
	for _, text := range []string{"noon", "10:00", "-2h", "2x", "2026-13-01", "2026-11-19 25:00", "11-19 10:00", "99999999999h", " "} {
		if got, err := (&windowFlags{since: text}).window(now); err == nil {
			t.Errorf("%q is taken for %v", text, got.Since.Time)
		}
	}
}
