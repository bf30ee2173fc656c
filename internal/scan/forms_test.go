package scan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// record is a line of the device's log of the sample, without the way it was written.
type record struct {
	time      time.Time
	level     byte
	pid, tid  int64
	tag, text string
}

// deviceRecords reads the device's log of the sample.
func deviceRecords(t *testing.T) []record {
	t.Helper()
	var text bytes.Buffer
	decode(t, samples+"/two-parties/device/xlog/wmpf_20261120.xlog", &text)
	var list []record
	for l := range logline.NewParser(logline.Options{}).Lines(text.Bytes(), logline.Pos{}) {
		if l.Format == logline.Mars && l.Level != 0 && l.Stamp.Has(logline.HasZone) && string(l.Tag) != logline.AppenderTag {
			list = append(list, record{l.Time, l.Level, l.PID, l.TID, string(l.Tag), string(l.Text)})
		}
	}
	if len(list) < 50 {
		t.Fatalf("%d records", len(list))
	}
	return list
}

// callsOfText says what the calls of a log are.
func callsOfText(t *testing.T, name string, text []byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "device")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	r := run(t, scan.Options{Paths: []string{path}})
	return describeCalls(r.Report)
}

func describeCalls(doc *report.Report) string {
	var b strings.Builder
	for _, c := range doc.Calls {
		fmt.Fprintf(&b, "%s %s %s %d steps", c.Start.UTC().Format("2006-01-02 15:04:05"), c.Stage, c.Outcome, len(c.Timeline))
		for _, f := range c.Findings {
			b.WriteString(" " + f.Signature)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// TestOneLogInEachForm writes the same log in each form that has a time, and finds the same calls in it.
func TestOneLogInEachForm(t *testing.T) {
	records := deviceRecords(t)
	zone := time.FixedZone("", 8*3600)
	first := func(s string) string { return strings.ReplaceAll(s, "\n", " ") }
	local := func(r *record, layout string) string { return r.time.In(zone).Format(layout) }
	utc := func(r *record, layout string) string { return r.time.UTC().Format(layout) }
	mars := func(r *record) string {
		return fmt.Sprintf("[%c][%s +8.0 %s][%d, %d][%s][:%d, ][%s", r.level, local(r, time.DateOnly), local(r, "15:04:05.000"), r.pid, r.tid, r.tag, r.tid, r.text)
	}
	sdk := func(r *record) string {
		return fmt.Sprintf("[%s][%c][%s][%d:%d][a/b.cc:1][f]: %s", local(r, "15:04:05.000"), r.level, r.tag, r.pid, r.tid, first(r.text))
	}
	thread := func(r *record) string {
		return fmt.Sprintf("%s  %d  %d %c %-8s: %s", local(r, "01-02 15:04:05.000"), r.pid, r.tid, r.level, r.tag, first(r.text))
	}
	var text strings.Builder
	for i := range records {
		text.WriteString(mars(&records[i]) + "\n")
	}
	want := callsOfText(t, "wmpf_20261120.log", []byte(text.String()))
	if strings.Count(want, "\n") != 4 {
		t.Fatalf("the calls are\n%s", want)
	}
	for name, write := range map[string]func(r *record) string{
		"threadtime year zone": func(r *record) string {
			return fmt.Sprintf("%s u0_a7  %d  %d %c %s: %s", local(r, "2006-01-02 15:04:05.000000 -0700"), r.pid, r.tid, r.level, r.tag, first(r.text))
		},
		"epoch": func(r *record) string {
			return fmt.Sprintf("%d.%03d  %d  %d %c %s: %s", r.time.Unix(), r.time.Nanosecond()/1e6, r.pid, r.tid, r.level, r.tag, first(r.text))
		},
		"long zone": func(r *record) string {
			return fmt.Sprintf("[ %s %5d:%5d %c/%-8s ]\n%s\n", local(r, "2006-01-02 15:04:05.000 -0700"), r.pid, r.tid, r.level, r.tag, r.text)
		},
		"colour": func(r *record) string {
			return "\x1b[38;5;40m" + local(r, "2006-01-02 15:04:05.000 -0700") + fmt.Sprintf(" %d %d %c %s: %s\x1b[0m", r.pid, r.tid, r.level, r.tag, first(r.text))
		},
		"docker, SDK inside": func(r *record) string {
			return fmt.Sprintf(`{"log":%s,"stream":"stdout","time":"%s"}`, quoted(sdk(r)+"\n"), utc(r, time.RFC3339Nano))
		},
		"CRI, logcat inside":  func(r *record) string { return utc(r, time.RFC3339Nano) + " stdout F " + thread(r) },
		"journald, SDK":       func(r *record) string { return local(r, "2006-01-02T15:04:05-0700") + " host prog[815]: " + sdk(r) },
		"syslog, Mars inside": func(r *record) string { return local(r, time.Stamp) + " host prog[815]: " + first(mars(r)) },
		"console, Mars":       func(r *record) string { return local(r, "[2006-01-02 15:04:05.000] ") + first(mars(r)) },
		"pino": func(r *record) string {
			return fmt.Sprintf(`{"level":30,"time":%d,"pid":%d,"hostname":"h","msg":%s}`, r.time.UnixMilli(), r.pid, quoted(r.text))
		},
		"logrus": func(r *record) string {
			return fmt.Sprintf(`{"level":"info","msg":%s,"time":"%s"}`, quoted(r.text), local(r, time.RFC3339Nano))
		},
		"other members": func(r *record) string {
			return fmt.Sprintf(`{"ts":%d,"msg":%s,"page":"pages/call/call"}`, r.time.UnixMilli(), quoted(r.text))
		},
		"ISO": func(r *record) string {
			return "[" + local(r, "2006-01-02T15:04:05.000-07:00") + "] " + first(r.text)
		},
		"NSLog": func(r *record) string {
			return local(r, "2006-01-02 15:04:05.000000-0700") + fmt.Sprintf(" WeChat[%d:%d] ", r.pid, r.tid) + first(r.text)
		},
		"browser": func(r *record) string { return local(r, "Mon Jan 02 2006 15:04:05 GMT-0700 ") + first(r.text) },
		"web":     func(r *record) string { return local(r, "[02/Jan/2006:15:04:05 -0700] ") + first(r.text) },
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			for i := range records {
				text.WriteString(write(&records[i]) + "\n")
			}
			if diff := cmp.Diff(want, callsOfText(t, "wmpf_20261120.log", []byte(text.String()))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEncodings writes the same log in each encoding and with each line end, and finds the same calls in it.
func TestEncodings(t *testing.T) {
	var b strings.Builder
	for i, r := range deviceRecords(t) {
		if i%7 == 0 {
			b.WriteString("通话失败，对方已挂断\n")
		}
		fmt.Fprintf(&b, "%s  %d  %d %c %-8s: %s\n", r.time.Format("2006-01-02 15:04:05.000 -0700"), r.pid, r.tid, r.level, r.tag, strings.ReplaceAll(r.text, "\n", " "))
	}
	text := b.String()
	encode := func(e encoding.Encoding, mark string) string {
		s, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return mark + s
	}
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	want := callsOfText(t, "log.txt", []byte(text))
	if strings.Count(want, "\n") != 4 {
		t.Fatalf("the calls are\n%s", want)
	}
	for name, stored := range map[string]string{
		"byte order mark":         "\xEF\xBB\xBF" + text,
		"CR LF":                   strings.ReplaceAll(text, "\n", "\r\n"),
		"CR CR LF":                strings.ReplaceAll(text, "\n", "\r\r\n"),
		"CR":                      strings.ReplaceAll(text, "\n", "\r"),
		"GBK":                     encode(simplifiedchinese.GBK, ""),
		"GBK behind 64 KB":        strings.Repeat("an ASCII line\n", 5000) + encode(simplifiedchinese.GBK, ""),
		"GB 18030":                encode(simplifiedchinese.GB18030, ""),
		"UTF-16 LE with a mark":   encode(little, "\xff\xfe"),
		"UTF-16 BE with a mark":   encode(big, "\xfe\xff"),
		"UTF-16 LE":               encode(little, ""),
		"UTF-16 BE":               encode(big, ""),
		"NULs behind line ends":   strings.ReplaceAll(text, "\n", "\n\x00\x00"),
		"colours":                 "\x1b[1m" + strings.ReplaceAll(text, " I ", " \x1b[32mI\x1b[0m "),
		"UTF-8 and a line of GBK": text + "\xcd\xa8\xbb\xb0\n",
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, callsOfText(t, "log.txt", []byte(stored))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestGBKText holds that a line of GBK is shown in UTF-8, at its own place.
func TestGBKText(t *testing.T) {
	const room = "wxf830863afde621ebWmpfVoip1441133422395014532"
	head := "\xcd\xa8\xbb\xb0\n"
	line := `2024-06-01 08:01:00.012 onVoipEvent {"eventName":"endVoip","roomId":"` + room + "\"} \xcd\xa8\xbb\xb0\n"
	r := run(t, scan.Options{Paths: []string{file(t, "log.txt", []byte(head+line))}})
	if len(r.Report.Calls) != 1 || len(r.Report.Calls[0].Timeline) != 1 {
		t.Fatalf("calls %+v", r.Report.Calls)
	}
	e := r.Report.Calls[0].Timeline[0]
	if e.Offset != int64(len(head)) || e.Line != 2 || !strings.HasSuffix(e.Text, "} 通话") {
		t.Errorf("%d:%d %q", e.Offset, e.Line, e.Text)
	}
	if note := r.Report.Inputs[0].Note; note == nil || !strings.Contains(*note, "2 records in GBK") {
		t.Errorf("the note is %v", note)
	}
}

// write makes files under a new folder, all of one modification time, and returns the folder.
func writeDated(t *testing.T, modified time.Time, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "logs")
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, modified); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const endVoip = `onVoipEvent {"eventName":"endVoip","roomId":"wxf830863afde621ebWmpfVoip1441133422395014532"}`

// TestDates holds where the parts of a date come from that the lines leave out, and that the note says so.
func TestDates(t *testing.T) {
	const (
		november = "11-20 10:11:12.000  1  2 I t: " + endVoip + "\n"
		december = "12-31 23:59:12.000  1  2 I t: " + endVoip + "\n"
		sdk      = "[10:11:12.000][I][WMPF][1:2][a.c:1][f]: " + endVoip + "\n"
		zoned    = "2023-11-21 10:11:12.000 +0800  1  2 I t: x\n"
		getprop  = "[persist.sys.language]: [zh]\n[persist.sys.timezone]: [Asia/Shanghai]\n"
	)
	modified := time.Date(2025, 1, 3, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string // when the call starts
		note  string
	}{
		{"year in the file's name", map[string]string{"logcat_20241120_101112.txt": november}, "2024-11-20T10:11:12Z", "2024 is from the file's name"},
		{"a name with a time of day", map[string]string{"logcat20231120101112.txt": november}, "2023-11-20T10:11:12Z", "2023 is from the file's name"},
		{"a name in Chinese", map[string]string{"日志2023年11月20日.txt": november}, "2023-11-20T10:11:12Z", "2023 is from the file's name"},
		{"a name of the day after New Year", map[string]string{"2024-01-01.log": december}, "2023-12-31T23:59:12Z", "2023 is from the file's name"},
		{"date in the file's name", map[string]string{"2024-11-20.log": sdk}, "2024-11-20T10:11:12Z", "it is from the file's name"},
		{"year in the folder's name", map[string]string{"xlogscan-2023-11-21/a/log.txt": november}, "2023-11-20T10:11:12Z", "2023 is from the folder's name"},
		{"date in the folder's name", map[string]string{"20231121/log.txt": sdk}, "2023-11-21T10:11:12Z", "2023-11-21 is from the folder's name"},
		{"year of the other logs", map[string]string{"a.txt": november, "b.txt": zoned}, "2023-11-20T10:11:12+08:00", "2023 is from the other logs"},
		{"date of the lines behind", map[string]string{"a.txt": sdk + "2023-11-20 10:11:13.000 x\n"}, "2023-11-20T10:11:12Z", "its first lines have no date"},
		{"date of the lines in front", map[string]string{"a.txt": "2023-11-20 10:11:11.000 x\n" + sdk}, "2023-11-20T10:11:12Z", "UTC stands in"},
		{"year of the lines behind", map[string]string{"a.txt": november + "2023-11-20 10:11:13.000 x\n"}, "2023-11-20T10:11:12Z", "its first lines have no date"},
		{"zone of other lines", map[string]string{"a.txt": november + "2023-11-20 10:11:13.000 +0800 x\n"}, "2023-11-20T10:11:12+08:00", "+08:00 is from its own lines"},
		{"year of the file", map[string]string{"a.txt": november}, "2024-11-20T10:11:12Z", "2024 is from the file's own date"},
		{"date of the file", map[string]string{"a.txt": sdk}, "2025-01-03T10:11:12Z", "2025-01-03 is from the file's own date"},
		{"zone of a device file", map[string]string{"p/a.txt": november, "p/getprop.txt": getprop}, "2024-11-20T10:11:12+08:00", "Asia/Shanghai is from"},
		{"zone of a device file above", map[string]string{"p/q/a.txt": november, "p/getprop.txt": getprop}, "2024-11-20T10:11:12+08:00", "Asia/Shanghai is from"},
		{"device files that differ", map[string]string{"a.txt": november, "b.txt": getprop, "c.txt": "Time zone: Europe/Berlin (CET, +0100)\n"}, "2024-11-20T10:11:12Z", "UTC stands in"},
		{"a device file of another folder", map[string]string{"p/a.txt": november, "q/getprop.txt": getprop}, "2024-11-20T10:11:12Z", "UTC stands in"},
		{"a bug report", map[string]string{"b.txt": bugReport}, "2023-11-20T10:11:12+08:00", "2023 is from the day of its bug report; its lines have no zone: Asia/Shanghai is from its own text"},
		{"container's UTC around local time", map[string]string{"a.log": "2024-11-20T02:11:12.5Z stdout F " + sdk}, "2024-11-20T10:11:12+08:00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := run(t, scan.Options{Paths: []string{writeDated(t, modified, tt.files)}})
			if len(r.Report.Calls) != 1 || r.Report.Calls[0].Start.Format(time.RFC3339) != tt.want {
				t.Errorf("%d calls, the first starts %v, want %s", len(r.Report.Calls), r.Report.Calls[0].Start, tt.want)
			}
			note := ""
			for _, in := range r.Report.Inputs {
				if in.Note != nil {
					note += *in.Note
				}
			}
			if !strings.Contains(note, tt.note) || tt.note == "" && note != "" {
				t.Errorf("the note is %q", note)
			}
		})
	}
}

// bugReport has one event in the log, which the kept log repeats, and names events in other sections.
const bugReport = `========================================================
== dumpstate: 2023-11-20 10:20:00
========================================================
Build: x
------ MEMORY INFO (/proc/meminfo) ------
11-20 10:11:13.000  1  2 I t: ` + endVoip + `
------ 0.010s was the duration of 'MEMORY INFO' ------
------ SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v) ------
--------- beginning of main
11-20 10:11:10.000  1000     1     2 I t       : x
11-20 10:11:12.000 u0_a7     1     2 I t       : ` + endVoip + `
------ 0.123s was the duration of 'SYSTEM LOG' ------
11-20 10:11:14.000  1  2 I t: ` + endVoip + `
------ LAST LOGCAT (logcat -L -b all -v threadtime -v printable -v uid -d *:v) ------
11-20 10:11:12.000 u0_a7     1     2 I t       : ` + endVoip + `
------ SYSTEM PROPERTIES (getprop) ------
[persist.sys.timezone]: [Asia/Shanghai]
`

// TestSectionsOfBugReport counts no event twice, and none outside the logs; what was kept from before a restart counts.
func TestSectionsOfBugReport(t *testing.T) {
	r := run(t, scan.Options{Paths: []string{file(t, "b.txt", []byte(bugReport))}})
	if n := r.Report.Inputs[0].Events; n != 1 {
		t.Errorf("%d events", n)
	}
	older := strings.Replace(bugReport, "11-20 10:11:12.000 u0_a7     1     2 I t       : "+endVoip+"\n------ SYSTEM PROP",
		"11-20 09:11:12.000 u0_a7     1     2 I t       : "+endVoip+"\n------ SYSTEM PROP", 1)
	r = run(t, scan.Options{Paths: []string{file(t, "b.txt", []byte(older))}})
	if n := r.Report.Inputs[0].Events; n != 2 || older == bugReport {
		t.Errorf("%d events with one from before the restart", n)
	}
}
