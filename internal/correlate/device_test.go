package correlate

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

func TestCovers(t *testing.T) {
	epoch := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return epoch.Add(time.Duration(seconds) * time.Second) }
	span := func(from, to int) extract.Span { return extract.Span{From: at(from), To: at(to)} }
	log := func(gap extract.Gap, active ...extract.Span) *extract.Log {
		l := &extract.Log{First: active[0].From, Last: active[len(active)-1].To, Active: active}
		if gap != (extract.Gap{}) {
			l.Gaps = append(l.Gaps, gap)
		}
		return l
	}
	none := extract.Gap{}
	hole := extract.Gap{From: at(40), To: at(50)}
	for _, tt := range []struct {
		name            string
		logs            []*extract.Log
		covers, listens Coverage // from 30 s to 90 s
	}{
		{"recording throughout", []*extract.Log{log(none, span(0, 200))}, Full, Full},
		{"begins late", []*extract.Log{log(none, span(31, 200))}, Partial, Partial},
		{"ends early", []*extract.Log{log(none, span(0, 89))}, Partial, Partial},
		{"of another time", []*extract.Log{log(none, span(100, 200))}, None, None},
		{"with a hole", []*extract.Log{log(hole, span(0, 200))}, Partial, Partial},
		{"silent throughout", []*extract.Log{log(none, span(0, 10), span(500, 900))}, Full, Partial},
		{"silent at the end", []*extract.Log{log(none, span(0, 80), span(500, 900))}, Full, Partial},
		{"silent in the middle", []*extract.Log{log(none, span(0, 35), span(85, 900))}, Full, Partial},
		{"silent before and behind", []*extract.Log{log(none, span(-900, -600), span(30, 90), span(500, 900))}, Full, Full},
		{"another log goes on", []*extract.Log{log(none, span(0, 10), span(500, 900)), log(none, span(0, 900))}, Full, Full},
		{"the other has the hole", []*extract.Log{log(none, span(0, 10), span(500, 900)), log(hole, span(0, 900))}, Full, Partial},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := &Device{Logs: tt.logs}
			if got := d.Covers(at(30), at(90)); got != tt.covers {
				t.Errorf("covers %s, want %s", got, tt.covers)
			}
			if got := d.Listens(at(30), at(90)); got != tt.listens {
				t.Errorf("listens %s, want %s", got, tt.listens)
			}
		})
	}
}

// TestGroup holds that the logs of one device are told by the folder they share, and that text files in one folder may be
// of several devices.
func TestGroup(t *testing.T) {
	for _, tt := range []struct {
		name  string
		logs  []string // those that end in .xlog are containers
		names []string // of the devices
	}{
		{"containers", []string{"d/xlog/a.xlog", "d/xlog/b.xlog"}, []string{"d"}},
		{"a text beside them", []string{"d/xlog/a.xlog", "d/xlog/log.txt"}, []string{"d"}},
		{"two texts in one folder", []string{"d/a.txt", "d/b.txt"}, []string{"d/a.txt", "d/b.txt"}},
		{"what pull makes", []string{"d/com.tencent.wmpf/xlog/a.xlog", "d/device.txt", "d/logcat/logcat.txt"}, []string{"d"}},
		{"of two devices", []string{"d/device.txt", "d/logcat/logcat.txt", "e/device.txt", "e/logcat/logcat.txt"}, []string{"d", "e"}},
		{"a device file beside a folder", []string{"d/getprop.txt", "d/xlog/a.xlog"}, []string{"d"}},
		{"a device file among texts", []string{"d/a.xlog", "d/getprop.txt", "d/log.txt"}, []string{"d"}},
		{"a device file of either side", []string{"d/a.xlog", "d/getprop.txt", "d/phone.xlog"}, []string{"d", "d/getprop.txt", "d"}},
		{"two device files", []string{"d/a.xlog", "d/x-getprop.txt", "d/y-getprop.txt"}, []string{"d", "d/x-getprop.txt", "d/y-getprop.txt"}},
		{"a device file alone", []string{"d/getprop.txt"}, []string{"d/getprop.txt"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var logs []*extract.Log
			for _, name := range tt.logs {
				l := &extract.Log{Input: name, Side: extract.Device, Format: logline.Logcat}
				switch {
				case strings.HasSuffix(name, "getprop.txt"):
					l.Side, l.Format, l.Versions.Model = extract.UnknownSide, logline.Plain, "X1"
				case strings.Contains(name, "phone"):
					l.Side = extract.Phone
				}
				if strings.HasSuffix(name, ".xlog") {
					l.Format = logline.Mars
				}
				logs = append(logs, l)
			}
			var names []string
			for _, d := range group(logs) {
				names = append(names, d.Name)
			}
			if !slices.Equal(names, tt.names) {
				t.Errorf("devices %q, want %q", names, tt.names)
			}
		})
	}
}

// TestEventsByTime holds that logs of a device are merged by time, and that each keeps its own order.
func TestEventsByTime(t *testing.T) {
	epoch := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	log := func(events string) *extract.Log {
		l := &extract.Log{}
		for _, word := range strings.Fields(events) {
			e := extract.Event{Text: word}
			if name, second, ok := strings.Cut(word, "@"); ok {
				d, err := time.ParseDuration(second + "s")
				if err != nil {
					t.Fatal(err)
				}
				e.Text, e.Time = name, epoch.Add(d)
			}
			l.Events = append(l.Events, e)
		}
		return l
	}
	for _, tt := range []struct{ logs, want string }{
		{"a@1 b@3 | c@2 d@4", "a c b d"},
		{"a@2 | b@2 | c@1", "c a b"},
		{"a@5 b@1 | c@3 d@6", "c a b d"}, // the clock was set back: b stays behind a
		{"a@1 b | c@2", "a b c"},         // without a time
	} {
		d := &Device{}
		for part := range strings.SplitSeq(tt.logs, "|") {
			d.Logs = append(d.Logs, log(part))
		}
		var got []string
		for _, e := range d.Events() {
			got = append(got, e.Text)
		}
		if words := strings.Join(got, " "); words != tt.want {
			t.Errorf("%s: got %s, want %s", tt.logs, words, tt.want)
		}
	}
}
