package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

var unitLine = regexp.MustCompile(`^(|#.*|\[[A-Z][A-Za-z]+\]|[A-Z][A-Za-z]+=.*)$`)

// accepted makes sure that the program has the command and flags of a line that calls it.
func accepted(t *testing.T, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, " 2>&1")
	_, args, found := strings.Cut(line, "xlogscan scan ")
	if !found {
		t.Fatalf("no scan in %q", line)
	}
	a := &app{}
	c, rest, err := a.root().Find(append([]string{"scan"}, strings.Fields(args)...))
	if err == nil {
		err = c.ParseFlags(rest)
	}
	if err != nil {
		t.Errorf("%v in %q", err, line)
	}
	if a.metrics.path == "" || a.logFormat != logJSON || len(c.Flags().Args()) != 1 {
		t.Errorf("metrics %q, log format %q and paths %q of %q", a.metrics.path, a.logFormat, c.Flags().Args(), line)
	}
}

// TestUnits reads the units as systemd does, as far as that goes without it; tools/units.sh has systemd look at them.
func TestUnits(t *testing.T) {
	for _, name := range []string{"xlogscan.service", "xlogscan.timer", "key.conf"} {
		text, err := os.ReadFile("../../deploy/systemd/" + name)
		if err != nil {
			t.Fatal(err)
		}
		seen := []string{}
		for line := range strings.SplitSeq(strings.TrimSuffix(string(text), "\n"), "\n") {
			if !unitLine.MatchString(line) {
				t.Errorf("%s: %q is no line of a unit", name, line)
			}
			key, value, set := strings.Cut(line, "=")
			if !set || strings.HasPrefix(line, "#") {
				continue
			}
			if slices.Contains(seen, key) && key != "SystemCallFilter" {
				t.Errorf("%s: %s stands twice", name, key)
			}
			seen = append(seen, key)
			switch key {
			case "ExecStart":
				accepted(t, value)
			case "SuccessExitStatus":
				if value != "1 3" || statusFinding != 1 || statusPartial != 3 {
					t.Errorf("the statuses %s are taken for success", value)
				}
			}
		}
		if name == "xlogscan.service" && !slices.Contains(seen, "ExecStart") {
			t.Errorf("%s starts nothing", name)
		}
	}
}

func TestCron(t *testing.T) {
	text, err := os.ReadFile("../../deploy/cron/xlogscan")
	if err != nil {
		t.Fatal(err)
	}
	jobs := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		if line == "" || line[0] == '#' || regexp.MustCompile(`^[A-Z]+=`).MatchString(line) {
			continue
		}
		jobs++
		if !regexp.MustCompile(`^[0-9]+ [0-9]+ \* \* \* xlogscan [^%]+$`).MatchString(line) {
			t.Errorf("%q is no line of a crontab with a user", line)
		}
		accepted(t, line)
	}
	if jobs != 1 {
		t.Errorf("%d jobs", jobs)
	}
}

// TestMetricsDocumented holds the table of docs/fleet.md.
func TestMetricsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/fleet.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string][]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| (`xlogscan_[^|]*) \\| ([^|]*)\\|").FindAllStringSubmatch(string(page), -1) {
		for _, name := range names(row[1]) {
			documented[name] = names(row[2])
		}
	}
	m := metrics{res: &scan.Result{Report: &report.Report{}}, doc: &report.Report{}}
	for _, f := range append(m.ofRun(0, time.Second, time.Unix(0, 0)), m.ofReport()...) {
		if labels, ok := documented[f.name]; !ok || !slices.Equal(labels, f.labels) {
			t.Errorf("%s has the labels %q, docs/fleet.md says %q", f.name, f.labels, labels)
		}
		delete(documented, f.name)
	}
	for name := range documented {
		t.Errorf("docs/fleet.md has %s, which is not written", name)
	}
}

// names are the words between backquotes.
func names(cell string) (list []string) {
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
		list = append(list, m[1])
	}
	return list
}
