package correlate

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Logs whose lines show neither a process nor milliseconds are copies if they tell the same of the time that both cover.
func TestVagueCopies(t *testing.T) {
	epoch := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	log := func(events string) *extract.Log {
		l := &extract.Log{}
		for word := range strings.FieldsSeq(events) {
			name, second, ok := strings.Cut(word, "@")
			if !ok {
				l.Side = extract.Side(word)
				continue
			}
			d, err := time.ParseDuration(second + "s")
			if err != nil {
				t.Fatal(err)
			}
			l.Events = append(l.Events, extract.Event{Text: name, Time: epoch.Add(d)})
		}
		return l
	}
	for _, tt := range []struct {
		name, logs, want string // events of the logs that are left
	}{
		{"the same twice", "start@1 tick@2 end@3 | start@1 tick@2 end@3", "3"},
		{"a part of it", "start@1 tick@2 tick@3 end@4 | tick@2 tick@3", "4"},
		{"pulled again, grown", "start@1 tick@2 | start@1 tick@2 end@4", "3"},
		{"one goes on where the other ends", "start@1 tick@2 tick@3 | tick@3 end@4 | end@4 start@9", "3 1 1"},
		{"two parties of a call", "start@1 tick@9 tick@10 hang@12 end@13 | alert@2 tick@9 tick@10 end@13", "5 4"},
		{"two devices in one second", "fail@1 retry@2 | fail@1 other@2", "2 2"},
		{"two devices and copies", "fail@1 retry@2 | fail@1 other@2 | fail@1 retry@2 | fail@1 other@2", "2 2"},
		{"with milliseconds", "start@1.001 tick@2 hang@3 end@4 | start@1.001 tick@2 end@4", "4"},
		{"another side", "device end@3 off@4 | phone end@3", "2 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var logs []*extract.Log
			for part := range strings.SplitSeq(tt.logs, "|") {
				logs = append(logs, log(part))
			}
			var left []string
			for _, l := range withoutCopies(logs) {
				left = append(left, strconv.Itoa(len(l.Events)))
			}
			if got := strings.Join(left, " "); got != tt.want {
				t.Errorf("logs of %s events are left, want %s", got, tt.want)
			}
		})
	}
}
