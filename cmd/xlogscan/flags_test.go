package main

import (
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

func TestParseZone(t *testing.T) {
	day := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		in, want string // want "" for an error
	}{
		{"+08:00", "20:00 +0800"}, {"+8", "20:00 +0800"}, {"+0800", "20:00 +0800"}, {"+05:30", "17:30 +0530"},
		{"-3", "09:00 -0300"}, {"-0330", "08:30 -0330"}, {"Asia/Shanghai", "20:00 +0800"}, {"UTC", "12:00 +0000"},
		{"8", ""}, {"+15", ""}, {"+08:60", ""}, {"Local", ""}, {"local", ""}, {"../etc/passwd", ""}, {"Shanghai", ""},
	} {
		got := ""
		if loc, err := parseZone(tt.in); err == nil {
			got = day.In(loc).Format("15:04 -0700")
		}
		if got != tt.want {
			t.Errorf("parseZone(%q) gives %q, want %q", tt.in, got, tt.want)
		}
	}
	if loc, err := parseZone(""); loc != nil || err != nil {
		t.Errorf("parseZone of nothing = %v, %v, want nil", loc, err)
	}
}

func TestTolerance(t *testing.T) {
	for _, tt := range []struct {
		flag     string
		bad, all int
		want     bool
	}{
		{"0", 0, 5, true}, {"0", 1, 5, false}, {"2", 2, 5, true}, {"2", 3, 5, false},
		{"20%", 1, 5, true}, {"19.9%", 1, 5, false}, {"100%", 5, 5, true}, {"0%", 0, 0, true},
	} {
		var tolerated tolerance
		if err := tolerated.Set(tt.flag); err != nil {
			t.Fatal(err)
		}
		if got := tolerated.allows(tt.bad, tt.all); got != tt.want {
			t.Errorf("%s allows %d of %d bad: %v, want %v", tt.flag, tt.bad, tt.all, got, tt.want)
		}
	}
	for _, bad := range []string{"", "%", "-1", "-1%", "101%", "1.5", "NaN%", "few"} {
		if err := new(tolerance).Set(bad); err == nil {
			t.Errorf("%q is taken for a tolerance", bad)
		}
	}
}

func TestPartial(t *testing.T) {
	res := &scan.Result{
		Report:   &report.Report{Inputs: []report.Input{{Name: "a"}, {Name: "b"}, {Name: "c"}}},
		Problems: []scan.Problem{{Input: "a", Fatal: true}, {Input: "a", Fatal: true}, {Input: "b"}, {Input: "gone", Fatal: true}},
	}
	for flag, want := range map[string]int{"0": statusPartial, "1": statusPartial, "2": statusDone, "49%": statusPartial, "50%": statusDone} {
		var tolerated tolerance
		if err := tolerated.Set(flag); err != nil {
			t.Fatal(err)
		}
		if got := partial(res, &tolerated); got != want {
			t.Errorf("two bad of four with %s tolerated: status %d, want %d", flag, got, want)
		}
	}
}

func TestFailing(t *testing.T) {
	finding := func(severity, certainty string) report.Finding {
		return report.Finding{Severity: severity, Certainty: certainty}
	}
	r := &report.Report{
		Findings: []report.Finding{finding("warning", "confirmed")},
		Calls: []report.Call{
			{Findings: []report.Finding{finding("critical", "lead"), finding("error", "confirmed")}},
			{Findings: []report.Finding{finding("info", "confirmed")}},
		},
	}
	for severity, want := range map[string]int{"": 0, "critical": 0, "error": 1, "warning": 2, "info": 3} {
		if got := failing(r, severity); got != want {
			t.Errorf("failing(%q) = %d, want %d", severity, got, want)
		}
	}
}
