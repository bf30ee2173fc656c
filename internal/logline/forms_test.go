package logline

import (
	"iter"
	"strings"
	"testing"
	"time"
)

// TestForms reads the examples of docs/inputs.md.
func TestForms(t *testing.T) {
	for _, f := range Forms() {
		t.Run(f.Name, func(t *testing.T) {
			var texts []string
			for l := range file(f.Example) {
				texts = append(texts, string(l.Text))
				if string(l.Text) != "message" {
					continue
				}
				if l.Stamp != f.Time {
					t.Errorf("has %s, want %s", l.Stamp.Parts(), f.Time.Parts())
				}
				if strings.Contains(f.Example, "tag") && string(l.Tag) != "tag" && !strings.Contains(f.Example, "ShowStart") {
					t.Errorf("tag is %q", l.Tag)
				}
				if strings.Contains(f.Example, "1234") && strings.Contains(f.Example, "1250") && (l.PID != 1234 || l.TID != 1250) {
					t.Errorf("process and thread are %d and %d", l.PID, l.TID)
				}
				return
			}
			t.Errorf("no record has the message, but %q", texts)
		})
	}
}

// file gives the records of a file that holds text.
func file(text string) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		p := NewParser(Options{})
		for c := range Chunks(strings.NewReader(text)) {
			for l := range p.Lines(c.Text, c.Pos) {
				if !yield(l) {
					return
				}
			}
		}
	}
}

// TestStamps reads stamps of all kinds at the start of a line.
func TestStamps(t *testing.T) {
	const none = ""
	for line, want := range map[string]string{
		"2023-08-31 11:04:04.123456+0800 0x1a2b Default x": "2023-08-31T11:04:04.123456+08:00",
		"2023/8/31 11:04:04 x":                             "2023-08-31T11:04:04Z",
		"2023/8/31 9:04:04 x":                              "2023-08-31T09:04:04Z",
		"2023-08-31 11:04:04,123 x":                        "2023-08-31T11:04:04.123Z",
		"2023.08.31 11:04:04 x":                            "2023-08-31T11:04:04Z",
		"2023年8月31日 11:04:04 x":                            "2023-08-31T11:04:04Z",
		"2023年08月31日11时04分04秒 x":                           "2023-08-31T11:04:04Z",
		"2023年8月31日 上午11:04:04 x":                          "2023-08-31T11:04:04Z",
		"2023/8/31 下午1:04:04 x":                            "2023-08-31T13:04:04Z",
		"2023/8/31 下午13:04:04 x":                           "2023-08-31T13:04:04Z",
		"2023/8/31 上午12:04:04 x":                           "2023-08-31T00:04:04Z",
		"2023/8/31 中午12:04:04 x":                           "2023-08-31T12:04:04Z",
		"8/31/2023, 12:04:04 AM x":                         "2023-08-31T00:04:04Z",
		"8/31/2023, 1:04:04\u202fPM x":                     "2023-08-31T13:04:04Z",
		"2023-08-31 01:04:04 PM x":                         "2023-08-31T13:04:04Z",
		"31/8/2023 11:04:04 x":                             "2023-08-31T11:04:04Z",
		"Aug 31, 2023 11:04:04 x":                          "2023-08-31T11:04:04Z",
		"Aug 31, 2023 @ 11:04:04.123 x":                    "2023-08-31T11:04:04.123Z",
		"August 31, 2023 11:04:04 x":                       "2023-08-31T11:04:04Z",
		"Thu, Aug 31 11:04:04 2023 x":                      "2023-08-31T11:04:04Z",
		"08-31 11:04:04.123 x":                             "0000-08-31T11:04:04.123Z",
		"8月31日 11:04:04 x":                                 "0000-08-31T11:04:04Z",
		"[11:04:04] x":                                     "0000-01-01T11:04:04Z",
		"[info] [2023-08-31 11:04:04 main] x":              "2023-08-31T11:04:04Z",
		"ERROR | 2023-08-31T11:04:04Z | x":                 "2023-08-31T11:04:04Z",
		"[vConsole][log] 2023-08-31 11:04:04 x":            "2023-08-31T11:04:04Z",
		"2023-08-31 11:04:04: x":                           "2023-08-31T11:04:04Z",
		"2023-08-31 11:04:04 UTC x":                        "2023-08-31T11:04:04Z",
		"上午11:04:04 x":                                     "0000-01-01T11:04:04Z",
		"2023-08-31 11:04:04:123 x":                        "2023-08-31T11:04:04.123Z",
		"20230831T110404Z x":                               "2023-08-31T11:04:04Z",
		"20230831-11:04:04.5 x":                            "2023-08-31T11:04:04.5Z",
		"20231331 110404 x":                                none,
		"[0.5] x":                                          none,
		"11:04:04 x":                                       none,
		"00:00:05 elapsed":                                 none,
		"1.2.3.4 11:04:04 x":                               none,
		"1717200060 x":                                     none,
		"session ends 2023-08-31 11:04:04":                 none,
		"version 2023-08-31 11:04:04":                      none,
		"[a][b][c][d][e] 2023-08-31 11:04:04":              none,
		"32/8/2023 11:04:04 x":                             none,
		"2023-13-31 11:04:04 x":                            none,
		"2023-08-31 11:64:04 x":                            none,
		"12-31":                                            none,
		"May I 11:04:04":                                   none,
	} {
		for l := range NewParser(Options{}).Lines([]byte(line), Pos{}) {
			got := none
			if l.Stamp != 0 {
				got = l.Time.Format(time.RFC3339Nano)
			}
			if got != want {
				t.Errorf("%q is of %q, want %q", line, got, want)
			}
		}
	}
}

// TestLayers reads a line under prefixes, whose stamps fill in what it leaves out.
func TestLayers(t *testing.T) {
	const sdk = "[13:31:51.123][I][WMPF][3539:3566][a.cc:1][f]: message"
	for line, want := range map[string]string{
		"2024-11-20T13:31:51+0800 host prog[815]: " + sdk:                     "linux-sdk 2024-11-20T13:31:51.123+08:00",
		"2024-11-20T05:31:51.5Z stdout F " + sdk:                              "linux-sdk 2024-11-20T13:31:51.123+08:00",
		"Nov 20 13:31:52 host prog[815]: " + sdk:                              "linux-sdk 0000-11-20T13:31:51.123Z",
		"Nov 20 13:31:52 host prog: " + sdk:                                   "linux-sdk 0000-11-20T13:31:51.123Z",
		"[2024-11-20 13:31:51.200]" + sdk:                                     "linux-sdk 2024-11-20T13:31:51.123Z",
		"2024-11-20 13:31:51.200> " + sdk:                                     "linux-sdk 2024-11-20T13:31:51.123Z",
		"2024-11-21 00:00:01 [23:59:59.900]" + sdk[14:]:                       "linux-sdk 2024-11-20T23:59:59.9Z",
		"[   12.345678] " + sdk:                                               "linux-sdk 0000-01-01T13:31:51.123Z",
		"\x1b[32m" + sdk:                                                      "linux-sdk 0000-01-01T13:31:51.123Z",
		"\x00\x00" + sdk:                                                      "linux-sdk 0000-01-01T13:31:51.123Z",
		`{"log":"` + sdk + `\n","time":"2024-11-20T05:31:51.5Z"}`:             "linux-sdk 2024-11-20T13:31:51.123+08:00",
		"2025-01-01T00:00:01Z stdout F 12-31 23:59:59.900  1  2 I t: message": "logcat 2024-12-31T23:59:59.9Z",
		"Nov 20 13:31:52 host prog[815]: [I][2024-11-20 +8.0 13:31:51.123][1, 2*][t][:0, ][message": "xlog 2024-11-20T13:31:51.123+08:00",
		"Nov 20 13:31:52 host prog[815]: I/tag     ( 1234): message":                                "logcat 0000-11-20T13:31:52Z",
		"2024-11-20 13:31:51.200 08:31:00.123 message":                                              "text 2024-11-20T08:31:00.123Z",
	} {
		for l := range NewParser(Options{}).Lines([]byte(line), Pos{}) {
			got := l.Format.String() + " " + l.Time.Format(time.RFC3339Nano)
			if got != want || string(l.Text) != "message" {
				t.Errorf("%q\nis  %s, %q\nnot %s", line, got, l.Text, want)
			}
		}
	}
}
