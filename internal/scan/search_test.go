package scan_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// lastDay is the newest day of the device of a fleet by its own clock.
var lastDay = time.Date(2026, 11, 20, 10, 0, 0, 0, time.FixedZone("", 8*3600))

// ahead is how far the phone's clock is wrong.
const ahead = 30*24*time.Hour + 5*time.Second

// roomOf is the room of the call so many days before the last.
func roomOf(days int) string { return fmt.Sprintf("wx0000000000000001WmpfVoip1000000%03d", days) }

// ofDay is what one party says of the call of a day. The process is started every seventh day, and names its version then.
func ofDay(days int, phone bool) string {
	at := lastDay.AddDate(0, 0, -days)
	var b strings.Builder
	line := func(after time.Duration, text string) {
		if phone {
			after += ahead
		}
		fmt.Fprintf(&b, "\t%s\n", written{at.Add(after), text})
	}
	event := func(after time.Duration, name, data string) {
		line(after, fmt.Sprintf(`[voip-call] onVoipEvent {"eventName":"%s","roomId":"%s","data":{%s}}`, name, roomOf(days), data))
	}
	b.WriteString("block\n")
	if phone {
		event(3*time.Second, "showCallAlert", "")
		event(5*time.Second, "hangOnVoip", "")
	} else {
		if days%7 == 6 {
			line(-time.Hour, "WMPF version: 2.1.0 wmpf-voip plugin version 2.4.3")
		}
		line(0, `initByCaller request {"roomType":"video","caller":{"id":"SN1"},"listener":{"id":"oAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"businessType":1}`)
		event(time.Second, "startVoip", "")
	}
	event(9*time.Second, "calling", `"keepTime":1`)
	event(20*time.Second, "hangUpVoip", `"keepTime":20,"status":"endByListener"`)
	return b.String()
}

// fleet makes folders of day files: a device and a phone of forty days with a call on each, and a device of twelve without any.
func fleet(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, spec string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, container(t, spec), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for days := range 40 {
		day := lastDay.AddDate(0, 0, -days)
		put("device/wmpf_"+day.Format("20060102")+".xlog", ofDay(days, false))
		put("device/push_"+day.Format("20060102")+"_1.xlog", "block\n\t"+written{day, "heartbeat"}.String()+"\n")
		put("phone/MM_"+day.Add(ahead).Format("20060102")+".xlog", ofDay(days, true))
		if days < 12 {
			put("other/wmpf_"+day.Format("20060102")+".xlog", "block\n\t"+written{day, "heartbeat"}.String()+"\n")
		}
	}
	return dir
}

// byFolder counts the inputs that were read.
func byFolder(r *report.Report) map[string]int {
	n := map[string]int{}
	for _, in := range r.Inputs {
		n[filepath.Base(filepath.Dir(in.Name))]++
	}
	return n
}

// called is a call of a report, as the document has it.
func called(t *testing.T, r *report.Report, room string) string {
	t.Helper()
	for i := range r.Calls {
		if r.Calls[i].ID == room {
			b, err := json.MarshalIndent(r.Calls[i], "", " ")
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
	}
	t.Fatalf("no call has the room %s", room)
	return ""
}

// To find a call, each folder is read from its newest day to a week before the call by its own clock, and one without the room
// is read whole. The call is as it is in a scan of everything.
func TestRoomLeavesOlderDays(t *testing.T) {
	dir := fleet(t)
	full := run(t, scan.Options{Paths: []string{dir}}).Report
	for _, tt := range []struct {
		room string
		want int // days of the folders of the call
	}{
		{roomOf(0), 8}, {roomOf(2), 10}, {roomOf(30), 38}, {roomOf(39), 40},
		{roomOf(2)[3:], 40}, {"wx0000000000000001WmpfVoip2", 40}, // the end of an id, and of no call
	} {
		one := run(t, scan.Options{Paths: []string{dir}, Room: tt.room, Jobs: 1})
		r := one.Report
		if diff := cmp.Diff(map[string]int{"device": 2 * tt.want, "phone": tt.want, "other": 12}, byFolder(r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.room, diff)
		}
		if bytesOf(t, run(t, scan.Options{Paths: []string{dir}, Room: tt.room, Jobs: 4})) != bytesOf(t, one) {
			t.Errorf("%s: the number of jobs changes the result", tt.room)
		}
		switch s := r.Selection; {
		case tt.want == 40 && s != nil:
			t.Errorf("%s: selection %+v where everything was read", tt.room, s)
		case tt.want == 40:
		case *s.Room != tt.room || s.Inputs != len(full.Inputs) || s.SkippedInputs != len(full.Inputs)-len(r.Inputs) || s.SkippedBytes == 0 || s.MarginSeconds != 7*24*60*60:
			t.Errorf("%s: selection %+v", tt.room, s)
		}
		if strings.HasPrefix(tt.room, "wx") && !strings.HasSuffix(tt.room, "2") || tt.room == roomOf(2) {
			if diff := cmp.Diff(called(t, full, tt.room), called(t, r, tt.room)); diff != "" {
				t.Errorf("%s (-full +room):\n%s", tt.room, diff)
			}
		}
	}
}

// What is kept of inputs, and what is put into a file, changes nothing of what is read for a room.
func TestRoomWithStateAndBoundedMemory(t *testing.T) {
	opt := scan.Options{Paths: []string{fleet(t)}, Room: roomOf(3), IDs: true}
	want := run(t, opt)
	kept := opt
	kept.State = t.TempDir()
	for _, known := range []int{0, len(want.Report.Inputs)} {
		got := run(t, kept)
		if bytesOf(t, got) != bytesOf(t, want) || got.Known != known {
			t.Errorf("with --state, which knows %d of %d inputs, the report is another", got.Known, known)
		}
	}
	opt.MaxMemory, opt.Temp = 1, t.TempDir()
	got := run(t, opt)
	defer got.Close()
	if !got.Report.Streamed() {
		t.Error("everything fits into a byte")
	}
	if diff := cmp.Diff(bytesOf(t, want), bytesOf(t, got)); diff != "" {
		t.Errorf("in bounded memory (-want +got):\n%s", diff)
	}
}

// A window says itself what is read.
func TestRoomInWindow(t *testing.T) {
	dir := fleet(t)
	w := scan.Window{Since: scan.Bound{Time: lastDay.AddDate(0, 0, -3)}, Until: scan.Bound{Time: lastDay.AddDate(0, 0, -2)}}
	want := run(t, scan.Options{Paths: []string{dir}, Window: w})
	if got := run(t, scan.Options{Paths: []string{dir}, Window: w, Room: roomOf(3)}); bytesOf(t, got) != bytesOf(t, want) {
		t.Error("the room changes what is read of a window")
	}
}

// A file without a day in its name tells where the room is, if it is of the appender: its cache. A text may be of another clock,
// and tells it for no day file.
func TestRoomOutsideOfDayFiles(t *testing.T) {
	for name, tt := range map[string]struct {
		file  string
		days  int // how old the call is
		want  int // day files that are read
		plain bool
	}{
		"in the cache":                         {"wmpf.mmap3", 0, 8, false},
		"in an old container":                  {"old.xlog", 3, 11, false},
		"in a text":                            {"logcat.txt", 3, 40, true},
		"in an old container, before all days": {"old.xlog", 100, 40, false},
	} {
		dir := t.TempDir()
		for days := range 40 {
			day := lastDay.AddDate(0, 0, -days)
			spec := "block\n\t" + written{day, "heartbeat"}.String() + "\n"
			if err := os.WriteFile(filepath.Join(dir, "wmpf_"+day.Format("20060102")+".xlog"), container(t, spec), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		content := container(t, ofDay(tt.days, false))
		if tt.plain {
			content = []byte(strings.ReplaceAll(strings.TrimPrefix(ofDay(tt.days, false), "block\n"), "\t", ""))
		}
		if err := os.WriteFile(filepath.Join(dir, tt.file), content, 0o644); err != nil {
			t.Fatal(err)
		}
		r := run(t, scan.Options{Paths: []string{dir}, Room: roomOf(tt.days)}).Report
		called(t, r, roomOf(tt.days))
		if got := len(r.Inputs) - 1; got != tt.want {
			t.Errorf("%s: %d day files were read, want %d", name, got, tt.want)
		}
	}
}

// A call over midnight is of two days, and the week counts from the earlier one. Of a block that was flushed days later, its lines
// say the day.
func TestRoomOnSeveralDays(t *testing.T) {
	dir := t.TempDir()
	for days := range 40 {
		day := lastDay.AddDate(0, 0, -days)
		spec := "block\n\t" + written{day, "heartbeat"}.String() + "\n"
		switch days {
		case 5:
			spec = ofDay(8, false)
		case 9:
			spec = strings.ReplaceAll(ofDay(9, false), roomOf(9), roomOf(8))
		}
		if err := os.WriteFile(filepath.Join(dir, "wmpf_"+day.Format("20060102")+".xlog"), container(t, spec), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := run(t, scan.Options{Paths: []string{dir}, Room: roomOf(8)}).Report
	if got, want := len(r.Inputs), 17; got != want { // days 0 to 16
		t.Errorf("%d day files were read, want %d", got, want)
	}
}
