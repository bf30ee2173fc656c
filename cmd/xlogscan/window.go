package main

import (
	"regexp"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// windowFlags choose a time.
type windowFlags struct{ since, until string }

func (w *windowFlags) flags(f *pflag.FlagSet) {
	f.StringVar(&w.since, "since", "", "only calls from `TIME` on: 2026-11-20 10:00, by the clock of each log, or with a zone, +08:00 or Z; 2h, 30m or 3d ago; today, yesterday")
	f.StringVar(&w.until, "until", "", "only calls before `TIME`, as for --since; of a day, its end")
}

// window reads the flags. Times that count back from now do so from one now.
func (w *windowFlags) window(now time.Time) (scan.Window, error) {
	var out scan.Window
	for _, b := range []struct {
		name, text string
		end        bool
		to         *scan.Bound
	}{{"since", w.since, false, &out.Since}, {"until", w.until, true, &out.Until}} {
		if b.text == "" {
			continue
		}
		var ok bool
		if *b.to, ok = bound(b.text, now, b.end); !ok {
			return out, usage("write it as 2026-11-20, \"2026-11-20 10:00\", 2026-11-20T10:00:00+08:00, 2h, 3d, today or yesterday", "--%s %q is no time", b.name, b.text)
		}
	}
	if w.since != "" && w.until != "" && !out.Since.Time.Before(out.Until.Time) {
		return out, usage("", "--until %s is not after --since %s", w.until, w.since)
	}
	return out, nil
}

// Times without a zone are what the clock of a log shows; so are days.
var (
	zoned = []string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z0700",
		"2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04Z07:00", "2006-01-02 15:04 Z07:00", "2006-01-02 15:04 Z0700",
	}
	unzoned = []string{
		"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15", "2006-01-02 15",
		"2006/01/02 15:04:05", "2006/01/02 15:04", "20060102 15:04:05", "20060102 15:04", "20060102150405",
	}
	days = []string{"2006-01-02", "2006/01/02", "20060102"}
)

// bound reads one end of a window. Of a day that is the end, it is the end of the day.
func bound(s string, now time.Time, end bool) (b scan.Bound, ok bool) {
	if ago, ok := ago(s); ok {
		return scan.Bound{Time: now.Add(-ago).Truncate(time.Second)}, true
	}
	day := func(t time.Time) (scan.Bound, bool) {
		if end {
			t = t.AddDate(0, 0, 1)
		}
		return scan.Bound{Time: t, Local: true}, true
	}
	y, m, d := now.Date()
	switch midnight := time.Date(y, m, d, 0, 0, 0, 0, time.UTC); s {
	case "today":
		return day(midnight)
	case "yesterday":
		return day(midnight.AddDate(0, 0, -1))
	}
	for _, layout := range days {
		if t, err := time.Parse(layout, s); err == nil {
			return day(t)
		}
	}
	for _, layout := range unzoned {
		if t, err := time.Parse(layout, s); err == nil {
			return scan.Bound{Time: t, Local: true}, true
		}
	}
	for _, layout := range zoned {
		if t, err := time.Parse(layout, s); err == nil {
			return scan.Bound{Time: t}, true
		}
	}
	return stamp(s)
}

// stamp reads a time as an xlog line has it: 2026-11-20 +8.0 10:00:00.000.
func stamp(s string) (b scan.Bound, ok bool) {
	for l := range logline.NewParser(logline.Options{}).Lines([]byte("[I]["+s+"][1, 1]["), logline.Pos{}) {
		if l.Format == logline.Mars && l.Stamp.Has(logline.HasTime|logline.HasYear|logline.HasZone) {
			return scan.Bound{Time: l.Time}, true
		}
	}
	return scan.Bound{}, false
}

var longAgo = regexp.MustCompile(`^(?:(\d{1,4})w)?(?:(\d{1,5})d)?([0-9hms.]*)$`)

// ago reads a duration, in which w are weeks and d days of 24 hours.
func ago(s string) (time.Duration, bool) {
	m := longAgo.FindStringSubmatch(s)
	if m == nil || s == "" {
		return 0, false
	}
	var sum time.Duration
	for i, unit := range []time.Duration{7 * 24 * time.Hour, 24 * time.Hour} {
		n, _ := strconv.Atoi("0" + m[i+1]) // of few digits
		sum += time.Duration(n) * unit
	}
	if m[3] != "" {
		rest, err := time.ParseDuration(m[3])
		if err != nil {
			return 0, false
		}
		sum += rest
	}
	return sum, true
}
