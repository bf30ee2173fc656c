package scan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// A line of a generated log.
type written struct {
	at   time.Time
	text string
}

func (w written) String() string {
	_, seconds := w.at.Zone()
	return fmt.Sprintf("[I][%s %+.1f %s][4711, 4715*][AppBrand][:1, ][%s",
		w.at.Format(time.DateOnly), float64(seconds)/3600, w.at.Format("15:04:05.000"), w.text)
}

// party generates the log of one party: heartbeats, and what it says of calls.
func party(t *rapid.T, calls []time.Time, lengths []time.Duration, first time.Time, device bool) []written {
	var log []written
	for at := first; at.Before(first.AddDate(0, 0, 3)); at = at.Add(150 * time.Minute) {
		log = append(log, written{at, "heartbeat"})
	}
	for i, start := range calls {
		room := fmt.Sprintf(`"roomId":"wx00000000000000%02dWmpfVoip1000000%02d"`, i, i)
		event := func(after time.Duration, name, data string) {
			log = append(log, written{start.In(first.Location()).Add(after), fmt.Sprintf(`[voip-call] onVoipEvent {"eventName":"%s",%s,"data":{%s}}`, name, room, data)})
		}
		if device {
			log = append(log, written{start.In(first.Location()), `initByCaller request {"roomType":"video","caller":{"id":"SN1"},"listener":{"id":"oAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"businessType":1}`})
			event(time.Second, "startVoip", "")
			event(2*time.Second, "joinedRoomByCaller", "")
		} else {
			event(3*time.Second, "showCallAlert", "")
			event(5*time.Second, "hangOnVoip", "")
		}
		event(9*time.Second, "calling", `"keepTime":1`)
		event(lengths[i], "hangUpVoip", `"keepTime":20,"status":"endByListener"`)
	}
	slices.SortStableFunc(log, func(a, b written) int { return a.at.Compare(b.at) })
	if rapid.Bool().Draw(t, "killed") { // and off for a while
		from := rapid.IntRange(0, len(log)-2).Draw(t, "from")
		log = slices.Delete(log, from, min(from+rapid.IntRange(1, 60).Draw(t, "lost"), len(log)-1))
	}
	return log
}

// files packs a log as the appender does: blocks of a quarter of an hour at most, each in the file of the day of its flush,
// which for the last block of a process is the day of the next start.
func files(t *rapid.T, dir, name string, log []written) {
	const quarter = 15 * time.Minute
	specs := map[string]string{}
	attributes := rapid.SampledFrom([]string{"", "codec=zstd", "crypt=yes", "codec=zstd crypt=yes"}).Draw(t, "attributes")
	for len(log) > 0 {
		n := 1
		for n < len(log) && log[n].at.Sub(log[0].at) < quarter {
			n++
		}
		flush := log[0].at.Add(quarter)
		if n < len(log) && log[n].at.Sub(flush) > quarter {
			flush = log[n].at
		}
		file := name + "_" + flush.Format("20060102") + ".xlog"
		var b strings.Builder
		fmt.Fprintf(&b, "block %s hours=%d-%d\n", attributes, log[0].at.Hour(), flush.Hour())
		for _, l := range log[:n] {
			fmt.Fprintf(&b, "\t%s\n", l)
		}
		specs[file] += b.String()
		log = log[n:]
	}
	for file, spec := range specs {
		b, err := xlogtest.Build(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// document is what a scan finds, as JSON.
func document(t *rapid.T, opt scan.Options) string {
	r, err := scan.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	if err := report.JSON(&b, r.Report); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// met reports whether a call of a report was going on in the window, by the clock of one of the logs that tell of it.
func met(c *report.Call, w scan.Window) bool {
	wall := func(t time.Time) time.Time {
		t, _ = time.Parse(time.DateTime+".000", t.Format(time.DateTime+".000"))
		return t
	}
	first, last := map[string]time.Time{}, map[string]time.Time{}
	for _, e := range c.Timeline {
		if first[e.Role].IsZero() {
			first[e.Role] = e.Time.Time
		}
		last[e.Role] = e.Time.Time
	}
	for role := range first {
		from, to := first[role], last[role]
		if w.Since.Local || w.Until.Local {
			from, to = wall(from), wall(to)
		}
		if (w.Until.Time.IsZero() || from.Before(w.Until.Time)) && !to.Before(w.Since.Time) {
			return true
		}
	}
	return false
}

// clocksOf is how far the clocks of each call are known to be apart.
func clocksOf(r *report.Report) map[string]string {
	of := map[string]string{}
	for _, c := range r.Calls {
		b, err := json.Marshal(c.Clock)
		if err != nil {
			panic(err)
		}
		of[c.ID] = string(b)
	}
	return of
}

// told is what a call is by the logs, without what other calls and the rules add: calls outside of the window narrow its
// clocks, by which the span is found that the party's log had to record. clocks are those of the other report.
func told(r *report.Report, clocks map[string]string) map[string][]string {
	calls, own := map[string][]string{}, clocksOf(r)
	for _, c := range r.Calls {
		list := []string{c.Outcome, c.Stage, c.Basis, fmt.Sprint(c.Start, c.Answered, c.End)}
		for _, p := range c.Parties {
			list = append(list, fmt.Sprint(p.Role, p.Inputs))
			if clocks[c.ID] == own[c.ID] {
				list = append(list, fmt.Sprint(p.Coverage, p.Gaps))
			}
		}
		for _, e := range c.Timeline {
			list = append(list, fmt.Sprint(e.Role, e.Input, e.Offset, e.Line, e.Text))
		}
		slices.Sort(list[4:])
		calls[c.ID] = list
	}
	return calls
}

// A process that ended in a call leaves its last block to the next start. If that is shortly before midnight, its own lines are
// in the file of the day after, and only they show that the log goes on.
func TestWindowSeesThatTheLogGoesOn(t *testing.T) {
	dir := t.TempDir()
	for name, spec := range map[string]string{
		"wmpf_20261118.xlog": "block hours=12-12\n\t" + written{time.Date(2026, 11, 18, 12, 31, 0, 0, time.UTC), "heartbeat"}.String() + "\n",
		"wmpf_20261119.xlog": "block hours=12-23\n\t" + written{
			time.Date(2026, 11, 18, 12, 49, 0, 0, time.UTC),
			`initByCaller request {"roomType":"video","caller":{"id":"SN1"},"listener":{"id":"oAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"businessType":1}`,
		}.String() + "\n",
		"wmpf_20261120.xlog": "block hours=23-0\n\t" + written{time.Date(2026, 11, 19, 23, 50, 0, 0, time.UTC), "heartbeat"}.String() + "\n",
	} {
		b, err := xlogtest.Build(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	coverage := func(w scan.Window) string {
		r := run(t, scan.Options{Paths: []string{dir}, Window: w})
		if len(r.Report.Calls) != 1 {
			t.Fatalf("%d calls", len(r.Report.Calls))
		}
		return r.Report.Calls[0].Parties[0].Coverage
	}
	at := func(hour int) scan.Bound {
		return scan.Bound{Time: time.Date(2026, 11, 18, hour, 0, 0, 0, time.UTC), Local: true}
	}
	if got, want := coverage(scan.Window{Since: at(12), Until: at(13)}), coverage(scan.Window{}); got != want || want != "full" {
		t.Errorf("coverage is %s in the window and %s without it", got, want)
	}
}

// A scan of a window gives the calls of the scan of everything that were going on in it, each as it is there.
func TestWindowGivesTheCallsThatMeetIt(t *testing.T) {
	root := t.TempDir()
	skipped, folders := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		folders++
		dir := filepath.Join(root, strconv.Itoa(folders))
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		begin := time.Date(2026, 11, 18, 0, 1, 0, 0, time.FixedZone("", 8*3600))
		other := time.FixedZone("", rapid.SampledFrom([]int{8, 7, 0, -5}).Draw(t, "zone")*3600)
		skew := time.Duration(rapid.IntRange(-90, 90).Draw(t, "skew")) * time.Second
		var calls, theirs []time.Time
		var lengths []time.Duration
		for at := begin; len(calls) < 4; {
			at = at.Add(time.Duration(rapid.IntRange(60, 18*60).Draw(t, "minutes")) * time.Minute)
			calls, theirs = append(calls, at), append(theirs, at.Add(skew))
			lengths = append(lengths, time.Duration(rapid.IntRange(20, 50*60).Draw(t, "seconds"))*time.Second)
		}
		for name, log := range map[string][]written{"device": party(t, calls, lengths, begin, true), "phone": party(t, theirs, lengths, begin.In(other).Add(skew), false)} {
			if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
				t.Fatal(err)
			}
			files(t, filepath.Join(dir, name), map[string]string{"device": "wmpf", "phone": "MM"}[name], log)
		}
		since := time.Date(2026, 11, 18, 0, rapid.IntRange(0, 3*24*60).Draw(t, "since"), 0, 0, time.UTC)
		until := since.Add(time.Duration(rapid.SampledFrom([]int{1, 10, 60, 600, 2000}).Draw(t, "length")) * time.Minute)
		local := rapid.Bool().Draw(t, "local")
		w := scan.Window{Since: scan.Bound{Time: since, Local: local}, Until: scan.Bound{Time: until, Local: local}}
		switch rapid.IntRange(0, 5).Draw(t, "open") {
		case 0:
			w.Since = scan.Bound{}
		case 1:
			w.Until = scan.Bound{}
		}
		opt := scan.Options{Paths: []string{dir}, Keys: []xlog.Key{xlogtest.Key()}, Jobs: rapid.IntRange(1, 2).Draw(t, "jobs")}
		full, err := scan.Run(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		var outside []string
		for i := range full.Report.Calls {
			if c := &full.Report.Calls[i]; !met(c, w) {
				outside = append(outside, c.ID)
			}
		}
		opt.Window = w
		part, err := scan.Run(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		opt.IDs = true
		unbounded := document(t, opt)
		opt.MaxMemory, opt.Temp = 1, root
		if diff := cmp.Diff(unbounded, document(t, opt)); diff != "" {
			t.Fatalf("in bounded memory (-want +got):\n%s", diff)
		}
		want := told(full.Report, clocksOf(part.Report))
		for _, id := range outside {
			delete(want, id)
		}
		if diff := cmp.Diff(want, told(part.Report, clocksOf(full.Report))); diff != "" {
			t.Fatalf("%+v (-full +window):\n%s", w, diff)
		}
		s := part.Report.Selection
		blocks := func(r *report.Report) (n int, bytes int64) {
			for _, in := range r.Inputs {
				n += in.Blocks
				bytes += in.Bytes
			}
			return n, bytes
		}
		fullBlocks, fullBytes := blocks(full.Report)
		partBlocks, partBytes := blocks(part.Report)
		left := fullBytes - partBytes // of inputs that were not opened
		for _, in := range part.Report.Inputs {
			left += in.Account.Skipped.Bytes
		}
		if s.SkippedInputs+len(part.Report.Inputs) != s.Inputs || s.Inputs != len(full.Report.Inputs) || left != s.SkippedBytes || s.SkippedInputs == 0 && partBlocks+s.SkippedBlocks != fullBlocks {
			t.Fatalf("selection %+v of %d inputs, %d blocks, %d bytes", s, len(full.Report.Inputs), fullBlocks, fullBytes)
		}
		skipped += s.SkippedInputs
	})
	if skipped == 0 {
		t.Error("no input was ever skipped")
	}
}

// Which inputs are opened is told by their names, and by dates only where these prove something.
func TestChosenInputs(t *testing.T) {
	line := "\t[I][2026-11-%02d +8.0 09:00:00.000][1, 1*][T][:1, ][a line\n"
	dir := t.TempDir()
	long, recent := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	for name, at := range map[string]time.Time{
		"wmpf_20261118.xlog": recent, "wmpf_20261119.xlog": recent, "wmpf_20261120.xlog": recent, "wmpf_20261120_1.xlog": recent,
		"wmpf_20261124.xlog": recent, "wmpf_20261124_1.xlog": recent, "wmpf_20261125.xlog": recent,
		"push_20261125.xlog": recent, // the next one of another process
		"wmpf.mmap3":         long, "wmpf.xlog": long, "pulled_20261119.zip": recent, "text_20261101.log": recent, "old.log": long,
		"lost-date.log": time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), "wmpf_20261120_2.xlog": long,
	} {
		content := container(t, "block hours=9-9\n"+fmt.Sprintf(line, 20))
		if strings.HasSuffix(name, ".log") {
			content = []byte(fmt.Sprintf(line, 20)[1:])
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	bound := func(s string, local bool) scan.Bound {
		at, err := time.Parse(time.DateTime, s)
		if err != nil {
			t.Fatal(err)
		}
		return scan.Bound{Time: at, Local: local}
	}
	always := []string{"lost-date.log", "pulled_20261119.zip", "text_20261101.log", "wmpf.mmap3"}
	for name, tt := range map[string]struct {
		window scan.Window
		want   []string
	}{
		"a day by the clock of the logs": {
			scan.Window{Since: bound("2026-11-20 09:00:00", true), Until: bound("2026-11-20 10:00:00", true)},
			[]string{"push_20261125.xlog", "wmpf_20261120.xlog", "wmpf_20261120_1.xlog", "wmpf_20261120_2.xlog", "wmpf_20261124.xlog", "wmpf_20261124_1.xlog", "wmpf_20261125.xlog"},
		},
		"the margin reaches the day before": {
			scan.Window{Since: bound("2026-11-20 00:30:00", true), Until: bound("2026-11-20 10:00:00", true)},
			[]string{"push_20261125.xlog", "wmpf_20261119.xlog", "wmpf_20261120.xlog", "wmpf_20261120_1.xlog", "wmpf_20261120_2.xlog", "wmpf_20261124.xlog", "wmpf_20261124_1.xlog", "wmpf_20261125.xlog"},
		},
		"an instant is of several days": {
			scan.Window{Since: bound("2026-11-20 09:00:00", false), Until: bound("2026-11-20 10:00:00", false)},
			[]string{"push_20261125.xlog", "wmpf_20261119.xlog", "wmpf_20261120.xlog", "wmpf_20261120_1.xlog", "wmpf_20261120_2.xlog", "wmpf_20261124.xlog", "wmpf_20261124_1.xlog", "wmpf_20261125.xlog"},
		},
		"no end": {
			scan.Window{Since: bound("2026-11-24 12:00:00", true)},
			[]string{"push_20261125.xlog", "wmpf_20261124.xlog", "wmpf_20261124_1.xlog", "wmpf_20261125.xlog"},
		},
	} {
		r, err := scan.Inventory(t.Context(), scan.Options{Paths: []string{dir}, Window: tt.window})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, in := range r.Report.Inputs {
			got = append(got, filepath.Base(in.Name))
		}
		want := slices.Sorted(slices.Values(append(slices.Clone(always), tt.want...)))
		if diff := cmp.Diff(want, slices.Sorted(slices.Values(got))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What was not read is not seen, and nothing that did not happen: an absence at the edge of what was read is no evidence.
func TestEdgeOfWindowIsNoSilence(t *testing.T) {
	var spec strings.Builder
	for minute := range 24 * 60 {
		if minute%10 == 0 {
			fmt.Fprintf(&spec, "block hours=%d-%d\n", minute/60, minute/60)
		}
		fmt.Fprintf(&spec, "\t[I][2026-11-20 +8.0 %02d:%02d:00.000][1, 1*][T][:1, ][a line\n", minute/60, minute%60)
	}
	bound := func(hour int) scan.Bound {
		return scan.Bound{Time: time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC), Local: true}
	}
	opt := scan.Options{
		Paths:  []string{file(t, "wmpf_20261120.xlog", container(t, spec.String()))},
		Window: scan.Window{Since: bound(10), Until: bound(11)},
	}
	j, err := scan.Join(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	day := func(hour, minute int) time.Time {
		return time.Date(2026, 11, 20, hour, minute, 0, 0, time.FixedZone("", 8*3600))
	}
	covers := map[string]string{}
	for name, span := range map[string][2]time.Time{
		"inside": {day(9, 30), day(11, 30)}, "before": {day(6, 0), day(7, 0)}, "over the begin": {day(8, 0), day(10, 0)},
		"over the end": {day(11, 0), day(13, 0)}, "behind": {day(20, 0), day(21, 0)},
	} {
		covers[name] = string(j.Devices[0].Covers(span[0], span[1])) + " " + string(j.Devices[0].Listens(span[0], span[1]))
	}
	want := map[string]string{
		"inside": "full full", "before": "none none", "over the begin": "partial partial", "over the end": "partial partial", "behind": "none none",
	}
	if diff := cmp.Diff(want, covers); diff != "" {
		t.Error(diff)
	}
}

// Of a text, lines outside of the window are not looked at, if it says of each when it was written.
func TestWindowOfText(t *testing.T) {
	line := func(hour int, stamp string) string { return fmt.Sprintf(stamp, hour) + "heartbeat\n" }
	for name, tt := range map[string]struct {
		stamp string
		local bool
		want  int // of 24 lines
	}{
		"with zone":                  {"2026-11-20T%02d:00:00.000+08:00 ", true, 3},
		"without zone, by its clock": {"2026-11-20 %02d:00:00.000 I/T(1): ", true, 3},
		"without zone, an instant":   {"2026-11-20 %02d:00:00.000 I/T(1): ", false, 24},
		"without year":               {"11-20 %02d:00:00.000  1  1 I T: ", true, 24},
	} {
		var b strings.Builder
		for hour := range 24 {
			b.WriteString(line(hour, tt.stamp))
		}
		r, err := scan.Inventory(t.Context(), scan.Options{
			Paths: []string{file(t, "a.log", []byte(b.String()))},
			Window: scan.Window{
				Since: scan.Bound{Time: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC), Local: tt.local},
				Until: scan.Bound{Time: time.Date(2026, 11, 20, 11, 0, 0, 0, time.UTC), Local: tt.local},
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Report.Inputs[0].Lines; got != tt.want || got+r.Report.Selection.SkippedLines != 24 {
			t.Errorf("%s: %d lines, %d skipped, want %d", name, got, r.Report.Selection.SkippedLines, tt.want)
		}
	}
}

// The versions that a process named when it started are known in a window hours later, and nothing else of that time is.
func TestWindowKnowsVersions(t *testing.T) {
	line := func(at, text string) string {
		return "\t[I][2026-11-20 +8.0 " + at + ".000][1, 1*][AppBrand][:1, ][" + text + "\n"
	}
	call := func(at, room string) string {
		event := `[voip-call] onVoipEvent {"eventName":"%s","roomId":"wx0000000000000001WmpfVoip100000%s"}`
		return line(at+":01", fmt.Sprintf(event, "startVoip", room)) + line(at+":09", fmt.Sprintf(event, "hangUpVoip", room))
	}
	spec := "block seq=1 hours=0-0\n" + line("00:01:00", "WMPF version: 2.1.0 wmpf-voip plugin version 2.4.3") + call("00:02", "01") +
		"block seq=2 hours=5-5\n" + call("05:00", "02") +
		"block seq=3 hours=9-10\n" + line("09:45:00", "heartbeat") + call("10:05", "03") + line("10:06:00", "heartbeat") +
		"block seq=1 hours=20-20\n" + line("20:00:00", "WMPF version: 2.2.0 wmpf-voip plugin version 2.4.4")
	bound := func(hour int) scan.Bound {
		return scan.Bound{Time: time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC), Local: true}
	}
	opt := scan.Options{
		Paths:  []string{file(t, "wmpf_20261120.xlog", container(t, spec))},
		Window: scan.Window{Since: bound(10), Until: bound(11)},
	}
	j, err := scan.Join(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if len(j.Calls) != 1 || !strings.HasSuffix(j.Calls[0].RoomID, "03") {
		t.Fatalf("calls %+v", j.Calls)
	}
	r := run(t, opt).Report
	if v := r.Calls[0].Parties[0].Versions; v.WMPF == nil || *v.WMPF != "2.1.0" || v.Plugin == nil || *v.Plugin != "2.4.3" {
		t.Errorf("versions %+v", v)
	}
	if r.Selection.SkippedBlocks != 2 || r.Inputs[0].FirstTime.Format(time.TimeOnly) != "09:00:00" || r.Inputs[0].LastTime.Format(time.TimeOnly) != "12:00:00" {
		t.Errorf("skipped %+v, read from %s to %s", r.Selection, r.Inputs[0].FirstTime, r.Inputs[0].LastTime)
	}
}
