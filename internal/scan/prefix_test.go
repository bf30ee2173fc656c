package scan_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/xlog"
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

// TestCutBetweenBlocks holds that a container that is cut into files between any two blocks comes to the calls of the
// whole, whatever the files' order and the number of readers.
func TestCutBetweenBlocks(t *testing.T) {
	const sample = samples + "/two-parties/"
	whole, err := os.ReadFile(sample + "device/xlog/wmpf_20261120.xlog")
	if err != nil {
		t.Fatal(err)
	}
	var ends []int
	for rec, err := range xlog.NewReader(bytes.NewReader(whole), xlog.Options{}).Records() {
		if err != nil {
			t.Fatal(err)
		}
		offset, n := rec.Span()
		ends = append(ends, int(offset+n))
	}
	want := callsOf(t, []string{sample}, 1)
	if len(ends) < 3 || want == "" {
		t.Fatalf("the sample has %d blocks and the calls %q", len(ends), want)
	}
	dir := t.TempDir()
	rest := []string{sample + "phone", filepath.Join(dir, "device")}
	rapid.Check(t, func(rt *rapid.T) {
		xlogs := filepath.Join(dir, "device", "xlog")
		if err := errors.Join(os.RemoveAll(xlogs), os.MkdirAll(xlogs, 0o755)); err != nil {
			t.Fatal(err)
		}
		cache, err := os.ReadFile(sample + "device/xlog/wmpf.mmap3")
		if err := errors.Join(err, os.WriteFile(filepath.Join(xlogs, "wmpf.mmap3"), cache, 0o644)); err != nil {
			t.Fatal(err)
		}
		cuts := append(rapid.SliceOfNDistinct(rapid.SampledFrom(ends[:len(ends)-1]), 0, 12, rapid.ID[int]).Draw(rt, "cuts"), len(whole))
		slices.Sort(cuts)
		from, name := 0, "wmpf_20261120.xlog"
		for i, end := range cuts {
			if err := os.WriteFile(filepath.Join(xlogs, name), whole[from:end], 0o644); err != nil {
				t.Fatal(err)
			}
			from, name = end, fmt.Sprintf("wmpf_20261120_%d.xlog", i+1)
		}
		if diff := cmp.Diff(want, callsOf(t, rapid.Permutation(rest).Draw(rt, "order"), rapid.IntRange(1, 4).Draw(rt, "jobs"))); diff != "" {
			rt.Fatalf("(-whole +cut): %s", diff)
		}
	})
}

// callsOf describes the calls of logs without the places of their lines.
func callsOf(t *testing.T, paths []string, jobs int) string {
	t.Helper()
	j, err := scan.Join(t.Context(), scan.Options{Paths: paths, Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range j.Calls {
		fmt.Fprintln(&b, c.RoomID, c.Stage, c.Outcome, c.Start, c.Answered, c.End, c.Talk, c.EndedBy, c.Cause.Reason, c.Clock)
		for _, p := range c.Parties() {
			fmt.Fprintln(&b, " ", p.Role, p.Device.Side, p.Coverage, p.Holes, p.Versions)
			for i := range p.Events {
				fmt.Fprintln(&b, "   ", p.Events[i].Time, p.Events[i].Name, p.Events[i].Repeats)
			}
		}
	}
	return b.String()
}
