package correlate

import (
	"strings"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Events are NAME@SECOND/PROCESS; in two logs, the second behind "|".
func TestLifetimes(t *testing.T) {
	names := map[string]extract.Name{
		"tick": extract.Calling, "start": extract.ProcessStarted, "died": extract.ProcessDied, "boot": extract.DeviceBooted, "hung": extract.ProcessHung,
	}
	for _, tt := range []struct {
		name, events string
		same, ended  bool // of the first event and the last
	}{
		{"one process", "tick@1/100 tick@9/100", true, false},
		{"another, in its place", "tick@1/100 tick@9/200", false, true},
		{"another, beside it", "tick@1/100 tick@20/100 tick@9/200", false, false},
		{"another that was there before", "tick@2/100 tick@1/200 tick@9/200", false, false},
		{"the same id, started again", "tick@1/100 start@5/100 tick@9/100", false, true},
		{"started before", "start@0/100 tick@1/100 tick@9/100", true, false},
		{"a start that is told twice", "start@0/100 tick@1/100 tick@9/100 | start@0.5/100 tick@3/100", true, false},
		{"another that started", "tick@1/100 start@9/200", false, true},
		{"another that started beside it", "tick@1/100 tick@20/100 start@9/200", false, false},
		{"died", "tick@1/100 | died@9/100", true, true},
		{"another died", "tick@1/100 | died@9/200", false, false},
		{"died before, and the id came again", "tick@1/100 died@5/100 tick@9/100", false, true},
		{"a boot", "tick@1/100 boot@9/0", false, true},
		{"a boot, and the id came again", "tick@1/100 boot@5/0 tick@9/100", false, true},
		{"the system complains", "tick@1/100 hung@9/100", true, false},
		{"no ids", "tick@1/0 tick@9/0", true, false},
		{"no ids, and a start", "tick@1/0 start@5/0 tick@9/0", false, true},
	} {
		d := &Device{}
		for part := range strings.SplitSeq(tt.events, "|") {
			l := &extract.Log{}
			for word := range strings.FieldsSeq(part) {
				name, rest, _ := strings.Cut(word, "@")
				second, pid, _ := strings.Cut(rest, "/")
				at, err := time.ParseDuration(second + "s")
				if err != nil || names[name] == "" {
					t.Fatal(word, err)
				}
				e := extract.Event{Name: names[name], Time: time.Unix(1_700_000_000, 0).Add(at)}
				switch pid {
				case "100":
					e.PID = 100
				case "200":
					e.PID = 200
				}
				l.Events = append(l.Events, e)
			}
			d.Logs = append(d.Logs, l)
		}
		var ticks []*extract.Event
		for _, l := range d.Logs {
			for i := range l.Events {
				ticks = append(ticks, &l.Events[i])
			}
		}
		first, last := ticks[0], ticks[len(ticks)-1]
		for _, e := range ticks {
			if e.Name == extract.Calling && first.Name != extract.Calling {
				first = e
			}
			if e.Time.Sub(time.Unix(1_700_000_000, 0)) == 9*time.Second {
				last = e
			}
		}
		if same, ended := d.ProcessOf(first) == d.ProcessOf(last), d.Outlived(first, last); same != tt.same || ended != tt.ended {
			t.Errorf("%s: same process %t, ended %t", tt.name, same, ended)
		}
	}
}
