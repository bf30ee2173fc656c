package logline

// Form describes a way to write a line, for the table in docs/inputs.md.
type Form struct {
	Name string
	// Example is a record, or the lines before and after one where they matter. Its first record with a message
	// "message" is the one that has the time fields; the others have none or the same.
	Example string
	// Detected says by what it is told from others.
	Detected string
	// Time is which parts of the time the line has.
	Time Stamp
	// Tested names where the example is from, or what was read.
	Tested string
}

const (
	dated = HasTime | HasDate
	full  = HasTime | HasDate | HasYear
	zoned = full | HasZone
)

// Parts names the parts of a stamp in words, "none" if there are none.
func (s Stamp) Parts() string {
	switch s &^ Inherited {
	case 0:
		return "none"
	case HasTime:
		return "time"
	case dated:
		return "date, time"
	case full:
		return "year, date, time"
	case zoned:
		return "year, date, time, zone"
	}
	return "time, some of the rest"
}

// Forms returns all forms that the parser is tested on, in the order of the table.
func Forms() []Form { return forms }

const (
	byHand = "an example made by hand"
	aosp   = "an example made by hand after AOSP's logprint.cpp"
	public = "public posts"
	corpus = "logs that the real Mars wrote"
)

var forms = []Form{
	{"Mars xlog", "[I][2024-06-01 +8.0 08:01:00.012][30773, 31044*][tag][file.cc:137, func][message", "level and date in brackets", zoned, corpus},
	{"Mars xlog, its own notes", "~~~~~ begin of mmap ~~~~~\n[I][2024-06-01 +8.0 08:01:00.012][1, 2][tag][:0, ][message", "known texts", zoned, corpus},
	{"Mars, an app's formatter", "ShowStart: 2022-01-09 +8.0 17:03:10.973/E/ message", "label, stamp, level", zoned, "public iOS samples"},
	{"logcat threadtime", "06-01 08:01:00.012  1234  1250 I tag     : message", "stamp, two numbers, level", dated, public},
	{"logcat threadtime, year, zone, usec", "2024-06-01 08:01:00.012345 +0800  1234  1250 I tag     : message", "the same with more", zoned, aosp},
	{"logcat threadtime, uid", "06-01 08:01:00.012 u0_a123  1234  1250 I tag     : message", "a word more", dated, aosp},
	{"logcat epoch", "1717200060.012  1234  1250 I tag     : message", "ten digits and a point for the stamp", zoned, aosp},
	{"logcat monotonic", "   93.012  1234  1250 I tag     : message", "fewer digits: since the boot, so no time", 0, aosp},
	{"logcat colour", "\x1b[38;5;40m06-01 08:01:00.012  1234  1250 I tag     : message\x1b[0m", "escapes are read over", dated, aosp},
	{"logcat time", "06-01 08:01:00.012 I/tag     ( 1234): message", "stamp, level/tag(pid)", dated, aosp},
	{"logcat time, uid", "06-01 08:01:00.012 I/tag     (u0_a123: 1234): message", "the same with a word", dated, aosp},
	{"logcat brief", "I/tag     ( 1234): message", "level/tag(pid)", 0, aosp},
	{"logcat process", "I( 1234) message  (tag)", "level(pid), tag at the end", 0, aosp},
	{"logcat thread", "I( 1234: 1250) message", "level(pid:tid)", 0, aosp},
	{"logcat tag", "I/tag     : message", "level/tag with its padding", 0, aosp},
	{"logcat long", "[ 06-01 08:01:00.012  1234: 1250 I/tag      ]\nmessage\n\n", "header in brackets, lines up to the next", dated, aosp},
	{"logcat, buffers", "--------- beginning of crash\n06-01 08:01:00.012  1234  1250 I tag     : message", "nine dashes", dated, aosp},
	{"logcat kernel", "<6>[   93.012345] message", "priority, seconds since the boot: no time", 0, byHand},
	{"Android Studio, old", "2020-02-13 17:38:03.865 5951-6066/com.tencent.wmpf.demo I/tag: message", "pid-tid/process level/tag", full, public},
	{"Android Studio, new", "2024-08-23 13:31:51.210 27571-878   tag   com.tencent.wmpf   W  message", "pid-tid tag process level", full, public},
	{"Android Studio .logcat", "{\n  \"logcatMessages\": [\n    {\n      \"header\": {\n        \"logLevel\": \"INFO\",\n        \"pid\": 1234,\n        \"tid\": 1250,\n        \"tag\": \"tag\",\n        \"timestamp\": {\n          \"seconds\": 1717200060,\n          \"nanos\": 12000000\n        }\n      },\n      \"message\": \"message\"\n    }", "a JSON document with an array of objects", zoned, "an example made after public exports"},
	{"Linux SDK, cloud SDK", "[17:01:38.813][I][WMPF][3539:3566][components/voip/standalone/wmpf.cc:669][wx_voip_session_new]: message", "time, level, tag, pid:tid in brackets", HasTime, public},
	{"Linux SDK behind a date", "[2024-06-01 17:01:38.900] [17:01:38.813][I][WMPF][3539:3566][a.cc:1][f]: message", "a stamp in front of another form", full, byHand},
	{"Linux SDK in journald", "2024-06-01T17:01:38+0800 host prog[815]: [17:01:38.813][I][WMPF][3539:3566][a.cc:1][f]: message", "host, program[pid]", zoned, byHand},
	{"syslog", "Nov 20 13:31:51 host prog[815]: message", "month, time, host, program", dated, byHand},
	{"syslog on the wire", "<30>Nov 20 13:31:51 host prog: message", "priority in front", dated, byHand},
	{"Kubernetes, containerd", "2024-06-01T05:31:51.123456789Z stdout F message", "stdout or stderr, F or P", zoned, byHand},
	{"docker json-file", `{"log":"message\n","stream":"stdout","time":"2024-06-01T05:31:51.123456789Z"}`, "JSON object with a time", zoned, byHand},
	{"pino", `{"level":30,"time":1717200060012,"pid":1234,"hostname":"h","msg":"message"}`, "JSON object with a time", zoned, byHand},
	{"winston", `{"level":"info","message":"message","timestamp":"2024-06-01T00:01:00.012Z"}`, "JSON object with a time", zoned, byHand},
	{"zap", `{"level":"info","ts":1717200060.012345,"caller":"a/b.go:12","msg":"message"}`, "JSON object with a time", zoned, byHand},
	{"bunyan", `{"name":"tag","hostname":"h","pid":1234,"level":30,"msg":"message","time":"2024-06-01T00:01:00.012Z","v":0}`, "JSON object with a time", zoned, byHand},
	{"logrus", `{"level":"info","msg":"message","time":"2024-06-01T08:01:00+08:00"}`, "JSON object with a time", zoned, byHand},
	{"log services", `{"__CONTENT__":"message","__TIMESTAMP__":"1717200060012","__SOURCE__":"h"}`, "JSON object with a time", zoned, byHand},
	{"JSON array", `[{"level":"info","time":"2024-06-01 08:01:00","msg":"message"},{"level":"info","time":"2024-06-01 08:01:01","msg":"next"}]`, "a JSON document with an array of objects", full, byHand},
	{"search engine", `{"hits":{"hits":[{"_index":"i","_source":{"@timestamp":"2024-06-01T00:01:00.012Z","message":"message"}}]}}`, "a JSON document with an array of objects", zoned, byHand},
	{"journald JSON", `{"__REALTIME_TIMESTAMP":"1717200060012345","PRIORITY":"6","_PID":"815","SYSLOG_IDENTIFIER":"tag","MESSAGE":"message"}`, "JSON object with a time", zoned, byHand},
	{"Apple's NSLog", "2023-08-31 11:04:04.123 Name[815:2307] message", "stamp, name[pid:thread]", full, byHand},
	{"Apple's syslog", "Aug 31 11:04:04 iPhone Name(libfoo.dylib)[815] <Notice>: message", "host, program[pid], level", dated, byHand},
	{"ISO 8601 in front", "[2023-08-31T11:04:04.123+08:00] message", "date and time near the start", zoned, byHand},
	{"a level in front", "[INFO] 2023-08-31 11:04:04,123 - message", "levels and brackets may stand before the stamp", full, byHand},
	{"slashes", "2023/8/31 11:04:04 message", "date and time near the start", full, byHand},
	{"12-hour clock", "8/31/2023, 11:04:04 PM message", "AM or PM behind the time", full, byHand},
	{"Chinese date", "2023年8月31日 下午11:04:04 message", "年, 月, 日; 上午, 下午", full, byHand},
	{"a browser's date", "Thu Aug 31 2023 11:04:04 GMT+0800 message", "weekday, month", zoned, byHand},
	{"web server", "[31/Aug/2023:11:04:04 +0800] message", "month between slashes", zoned, byHand},
	{"glog", "I0601 08:01:00.012345   815 file.cc:12] message", "level, month and day, time", dated, byHand},
	{"colon in front of milliseconds", "2023-08-31 11:04:04:123 message", "date and time near the start", full, byHand},
	{"no marks in the date", "20230831 110404 message", "eight digits, six digits", full, byHand},
	{"console with time", "10:28:17.165 message", "time with a fraction, or in brackets", HasTime, public},
	{"a table in CSV", `"2024-06-01 08:01:00.012","info","message"`, "a cell that is a time, and cells in quotes", full, byHand},
	{"milliseconds in front", "1717200060012 message", "13 digits", zoned, byHand},
}
