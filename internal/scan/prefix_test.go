package scan_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/scan"
)

// The files are of the Mars appender: of a program that was killed between two lines, before it encrypted one and before
// it counted one, with the cache it left, and the same cache beside the file into which the next start has put it.
func TestKilled(t *testing.T) {
	for _, tt := range []struct{ folder, want string }{
		{"kill-before", "Demo_20240601.xlog.gz Demo.mmap3.gz 07:59:59 to 12:01:03.632, 0 gaps, 1 start"},
		{"kill-after", "Demo_20240601.xlog.gz Demo.mmap3.gz 07:59:59 to 22:18:15.303, 0 gaps, 2 starts"},
		{"killmid-before", "Demo.mmap3.gz 07:59:59 to 11:45:34.764, 1 gap, 1 start"},
		{"killmid-after", "Demo_20240601.xlog.gz Demo.mmap3.gz 07:59:59 to 22:15:20.098, 0 gaps, 2 starts"},
		{"killlen-before", "Demo_20240601.xlog.gz Demo.mmap3.gz 07:59:59 to 12:42:27.783, 1 gap, 1 start"},
		{"killlen-after", "Demo_20240601.xlog.gz Demo.mmap3.gz 07:59:59 to 22:17:58.193, 0 gaps, 2 starts"},
	} {
		if diff := cmp.Diff(tt.want, oneLog(t, "testdata/killed/"+tt.folder)); diff != "" {
			t.Errorf("%s: %s", tt.folder, diff)
		}
	}
}

// The clock of the program was set two days ahead, of which the appender tells, and back by three, of which it does not.
func TestClockSet(t *testing.T) {
	want := "Demo_20240601.xlog.gz Demo_20240603.xlog.gz 08:03:17 to 08:03:17.817, 1 gap, 1 start, " +
		"2024-06-03 08:03:17 ahead from 2024-06-01 08:03:17, 2024-05-31 08:03:17 back from 2024-06-03 08:03:17"
	if diff := cmp.Diff(want, oneLog(t, "testdata/clockjump")); diff != "" {
		t.Error(diff)
	}
	r := run(t, scan.Options{Paths: []string{"testdata/clockjump"}})
	note := "the clock was set 2 times, first ahead at offset 0, line 1, from 2024-06-01 08:03:17 to 2024-06-03 08:03:17"
	if got := r.Report.Inputs[1].Note; got == nil || *got != note {
		t.Errorf("got the note %v, want %s", got, note)
	}
}

// oneLog describes the one log of the one device in a folder.
func oneLog(t *testing.T, folder string) string {
	t.Helper()
	j, err := scan.Join(t.Context(), scan.Options{Paths: []string{folder}})
	if err != nil || len(j.Devices) != 1 || len(j.Devices[0].Logs) != 1 {
		t.Fatalf("%s: %d devices, %v", folder, len(j.Devices), err)
	}
	l := j.Devices[0].Logs[0]
	var b strings.Builder
	for _, name := range l.Inputs() {
		b.WriteString(filepath.Base(name) + " ")
	}
	count := func(n int, word string) string {
		if n != 1 {
			word += "s"
		}
		return fmt.Sprintf(", %d %s", n, word)
	}
	starts, sets := 0, ""
	for i := range l.Events {
		switch e := &l.Events[i]; e.Name {
		case "processStarted":
			starts++
		case "clockSet":
			sets += ", " + e.Time.Format(time.DateTime) + " " + e.Status + " " + e.Reason
		}
	}
	const clock = "15:04:05.999"
	return b.String() + l.First.Format(clock) + " to " + l.Last.Format(clock) + count(len(l.Gaps), "gap") + count(starts, "start") + sets
}
