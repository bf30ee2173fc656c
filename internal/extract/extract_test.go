package extract_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

const room = "wxf830863afde621ebWmpfVoip1441133422395014532"

// read extracts what text tells, from all of its lines and from those that FirstWord asks for, which tell the same.
func read(t testing.TB, text string) *extract.Log {
	t.Helper()
	at := logline.Pos{Input: "in.xlog", Line: 1}
	whole, some := extract.New("in.xlog"), extract.New("in.xlog")
	for l := range logline.NewParser(logline.Options{}).Lines([]byte(text), at) {
		whole.Add(&l)
	}
	for l := range logline.NewParser(logline.Options{}).Skim([]byte(text), at, nil, some.FirstWord) {
		some.Add(&l)
	}
	log := whole.Log()
	if diff := cmp.Diff(log, some.Log(), cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Errorf("(-all lines +some lines):\n%s", diff)
	}
	return log
}

// line makes a Mars record of a message.
func line(message string) string {
	return "[I][2026-11-20 +8.0 14:03:22.104][4711, 4712*][SomeTag][:4712, ][" + message + "\n"
}

// facts writes the events of a log in a short form: name, room, then every field that the line had.
func facts(log *extract.Log) []string {
	var list []string
	for _, e := range log.Events {
		s := string(e.Name)
		if e.RoomID == room {
			s += " ROOM"
		} else if e.RoomID != "" {
			s += " " + e.RoomID
		}
		if e.MediaRoomID != "" {
			s += " media=" + e.MediaRoomID
		}
		for _, path := range []string{"api", "isSuccess", "status", "origin", "reason", "errCode", "errType", "nativeCode", "keepTime",
			"roomType", "isCaller", "businessType", "version.wmpf", "version.plugin", "version.linux", "version.wechat", "version.appId", "errMsg"} {
			if v, ok := e.Field(path); ok {
				s += fmt.Sprintf(" %s=%s", path, v)
			}
		}
		list = append(list, s)
	}
	return list
}

// Every form in which a program prints what onVoipEvent gave it (docs/events.md).
func TestEventForms(t *testing.T) {
	const aborted = "abortVoip ROOM media=6404684617 status=abortByCaller reason=in comming call errCode=-2 keepTime=132 errMsg=in comming call, room id: 6404684617"
	whole := `{"eventName":"abortVoip","roomId":"` + room + `","groupId":"` + room + `","data":{"status":"abortByCaller","keepTime":132,"error":{"errMsg":"in comming call, room id: 6404684617","reason":"in comming call","errCode":-2}}}`
	data := `{"status":"abortByCaller","keepTime":132,"error":{"errMsg":"in comming call, room id: 6404684617","reason":"in comming call","errCode":-2}}`
	quoted := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`) }
	for name, message := range map[string]string{
		"whole event as JSON":              `onVoipEvent ` + whole,
		"alone":                            whole,
		"any prefix":                       `[voip-call] demo onVoipEvent ` + whole,
		"keys in another order":            `onVoipEvent {"data":` + data + `,"groupId":"` + room + `","eventName":"abortVoip"}`,
		"name in capitals":                 `onVoipEvent ` + strings.Replace(whole, "abortVoip", "AbortVoip", 1),
		"name, then object":                `onVoipEvent abortVoip {"groupId":"` + room + `","data":` + data + `}`,
		"name, comma, event":               `abortVoip , ` + whole,
		"name, room, data":                 `plugin event abortVoip room=` + room + ` data=` + data,
		"inside a string":                  `invoke {"api":"log","data":"{\"args\":[\"onVoipEvent\",` + quoted(whole) + `]}"}`,
		"inside two strings":               `a "{\"b\":\"` + quoted(quoted(whole)) + `\"}"`,
		"escaped without a string":         `onVoipEvent ` + quoted(whole),
		"JavaScript inspection":            `onVoipEvent { eventName: 'abortVoip', roomId: '` + room + `', data: { status: 'abortByCaller', keepTime: 132, error: { errMsg: 'in comming call, room id: 6404684617', reason: 'in comming call', errCode: -2 } } }`,
		"toString of a map":                `onVoipEvent: {eventName=abortVoip, groupId=` + room + `, data={status=abortByCaller, keepTime=132, error={errMsg=in comming call, room id: 6404684617, reason=in comming call, errCode=-2}}}`,
		"over several lines":               "onVoipEvent {\n  \"eventName\": \"abortVoip\",\n  \"roomId\": \"" + room + "\",\n  \"data\": " + data + "\n}",
		"data as a JSON string":            `onVoipEvent {"eventName":"abortVoip","roomId":"` + room + `","data":"` + quoted(data) + `"}`,
		"numbers as text":                  `onVoipEvent ` + strings.Replace(strings.Replace(whole, `132`, `"132"`, 1), `-2`, `"-2"`, 1),
		"room in the line, not the object": `room ` + room + ` onVoipEvent {"eventName":"abortVoip","data":` + data + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{aborted}, facts(read(t, line(message)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEvents(t *testing.T) {
	for _, tt := range []struct {
		name, message string
		want          []string
	}{
		{"bare name", "joinedRoomByCaller", []string{"joinedRoomByCaller"}},
		{"bare name behind a context", `[voip-trace #3] plugin.event = "timeout"`, []string{"timeout"}},
		{"everyday word behind a context", `onVoipEvent busy`, []string{"busy"}},
		{"everyday word with a room", `event calling, ` + room, []string{"calling ROOM"}},
		{"alias of an app", `onVoipEvent {eventName:"busyVoip"}`, []string{"busy"}},
		{"join failure", `onVoipEvent {"eventName":"joinFailCaller","data":{"errMsg":"joinVoIPChat:fail: -10086, -1, Already in room or joining, 6435617353","errCode":-1}}`,
			[]string{"joinFailCaller media=6435617353 errCode=-1 errType=-10086 nativeCode=-1 errMsg=joinVoIPChat:fail: -10086, -1, Already in room or joining, 6435617353"}},
		{"join failure without a colon", `onVoipEvent {"eventName":"joinFailListener","data":{"errMsg":"joinVoIPChat:fail -10088, -10, join room failed. errType: 4, errCode: 1, errMsg: null, -1"}}`,
			[]string{"joinFailListener errType=-10088 nativeCode=-10 errMsg=joinVoIPChat:fail -10088, -10, join room failed. errType: 4, errCode: 1, errMsg: null, -1"}},
		{"Error for data", `onVoipEvent { eventName: 'joinFailListener', groupId: '` + room + `', data: Error: join success but room is end }`,
			[]string{"joinFailListener ROOM errMsg=join success but room is end"}},
		{"text for data", `onVoipEvent {"eventName":"joinFailListener","data":"retry join but voip is end"}`, []string{"joinFailListener errMsg=retry join but voip is end"}},
		{"name, then Error", `onVoipEvent joinFailListener Error: join success but callpage room status is not equal loading`,
			[]string{"joinFailListener errMsg=join success but callpage room status is not equal loading"}},
		{"end", `{"eventName":"endVoip","data":{"keepTime":0,"callerName":"A","listenerName":"B","roomType":"video","isCaller":false,"businessType":2}}`,
			[]string{"endVoip keepTime=0 roomType=video isCaller=false businessType=2"}},
		{"a device group is no room", `onVoipEvent {"eventName":"startVoip","groupId":"g_abcdefghijklmnopqrstuv"}`, []string{"startVoip"}},
		{"two events in one list", `[{"eventName":"startVoip"},{"eventName":"busy"}]`, []string{"startVoip", "busy"}},

		{"request", `initByCaller request {"roomType":"video","caller":{"id":"x"},"listener":{"id":"y"},"businessType":1}`, []string{"callRequest api=initByCaller roomType=video businessType=1"}},
		{"request of callDevice", `callDevice {sn:'x', modelId:'m', roomType:'voice'}`, []string{"callRequest api=callDevice roomType=voice"}},
		{"result", `initByCaller result {"isSuccess":true,"groupId":"` + room + `"}`, []string{"callResult ROOM api=initByCaller isSuccess=true"}},
		{"result of callWMPF", `callWMPF result {"roomId":"` + room + `"}`, []string{"callResult ROOM api=callWMPF isSuccess=true"}},
		{"refused", `initByCaller result { isSuccess: false, errCode: 9, errMsg: 'operateWxData:fail' }`, []string{"callResult api=initByCaller isSuccess=false errCode=9 errMsg=operateWxData:fail"}},
		{"thrown", `callWMPF fail { errMsg: 'x', errCode: 14, errno: 0 }`, []string{"callResult api=callWMPF isSuccess=false errCode=14 errMsg=x"}},
		{"result alone", `{ errCode: 15, errMsg: 'operateWXData:fail' }`, []string{"callResult isSuccess=false errCode=15 errMsg=operateWXData:fail"}},
		{"result as text", `isSuccess:false,errCode:undefind,errMsg:operateWXData:fait:not login`, []string{"callResult isSuccess=false errMsg=operateWXData:fait:not login"}},
		{"token", `Voip WMPFDeviceToken ErrorCode: 1000`, []string{"callResult api=getDeviceToken isSuccess=false errCode=1000 errMsg=WMPFDeviceToken ErrorCode: 1000"}},
		{"Linux SDK", `device/call fail: 13`, []string{"callResult api=device/call isSuccess=false errCode=13 errMsg=device/call fail: 13"}},
		{"contacts", `[getIotBindContactList]: [{"sn":"x","model_id":"m","openid":"y","status":1}]`, []string{"contactStatus status=1"}},
		{"authorisation", `requestDeviceVoIP:fail The sn has been rejected errCode: 10021`, []string{"authResult api=requestDeviceVoIP isSuccess=false errCode=10021 errMsg=The sn has been rejected errCode: 10021"}},

		{"alert", `[enterWxaVoipCallingPage] appId=wx1234567890abcdef enterPath=plugin-private://wxf830863afde621eb/pages/call-page-plugin/call-page-plugin?groupId=` + room + `&roomType=video&listenerId=o versionType=0`,
			[]string{"alertShown ROOM", "versionSeen version.appId=wx1234567890abcdef"}},
		{"switched off", `[callInImp] app is background, and newVoipMsgNotification switch status is closed, do noting`, []string{"alertSwitchedOff"}},
		{"expired", `Timeout Reason[didn't accept the call in 60 seconds]`, []string{"alertExpired"}},
		{"reject button", `click reject button`, []string{"alertRejected"}},
		{"phone call", `phone calling broke voip calling`, []string{"alertInterrupted"}},
		{"killed", `Process com.tencent.wmpf:container3 (pid 5027) has died: fore TOP`, []string{"processDied"}},
		{"another process killed", `Process com.example.music (pid 5027) has died: fore TOP`, nil},
		{"booted", `Booting Linux on physical CPU 0x0`, []string{"deviceBooted"}},
		{"the appender's clock", `[F][ last log file:/x/wmpf_20240601.xlog from 2024-06-01 +0800 08:03:17 to 2024-06-03 +0800 08:03:17, time_diff:172800, tick_diff:0`,
			[]string{"clockSet status=ahead reason=from 2024-06-01 08:03:17"}},
		{"the appender's clock, asleep", `[F][ last log file:/x/wmpf_20240601.xlog from 2024-06-01 +0800 08:03:17 to 2024-06-03 +0800 08:03:17, time_diff:172800, tick_diff:172800`, nil},
		{"group", `{"errcode":9800016,"errmsg":"group full"}`, []string{"groupFault errCode=9800016"}},

		{"versions", `WMPF version: 1.2.0 wmpf-voip plugin version 2.4.3 appId wx1234567890abcdef`, []string{"versionSeen version.wmpf=1.2.0 version.plugin=2.4.3 version.appId=wx1234567890abcdef"}},
		{"start with a version", `WMPF process start, version 2.1.0`, []string{"processStarted", "versionSeen version.wmpf=2.1.0"}},
		{"Linux SDK version", `ClientVersion 0xD5000088`, []string{"versionSeen version.linux=0xd5000088"}},
		{"WeChat version", `WeChat version 8.0.54.2780`, []string{"versionSeen version.wechat=8.0.54.2780"}},
		{"app.json", `"plugins":{"wmpf-voip":{"version":"2.3.2","provider":"wxf830863afde621eb"}}`, []string{"versionSeen version.plugin=2.3.2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, facts(read(t, line(tt.message)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What looks like an event and is none.
func TestNoEvent(t *testing.T) {
	for name, message := range map[string]string{
		"name in a longer word":     `restartVoipService onVoipEventHandler endVoipX`,
		"sentence":                  `handler for abortVoip registered`,
		"Chinese sentence":          `收到abortVoip后重试`,
		"function call":             `plugin.endVoip()`,
		"method":                    `calling plugin.startVoip`,
		"everyday words":            `request timeout, server busy, calling again`,
		"everyday word, other JSON": `{"status":"timeout","busy":true}`,
		"broken JSON":               `onVoipEvent {"eventName":"abortVoip","data":{"status":"abortBy`,
		"broken inspection":         `onVoipEvent { eventName: 'endVoip', data: { keepTime: 0`,
		"unknown name":              `onVoipEvent {"eventName":"somethingElse"}`,
		"page without a room":       `navigateTo call-page-plugin?roomType=voice`,
		"no words at all":           `heartbeat seq=12 rtt=30`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := facts(read(t, line(message))); len(got) > 0 {
				t.Errorf("got %q", got)
			}
		})
	}
}

// A long line is searched to its end, and one made of nothing but starts of objects takes no more than its length
// deserves.
func TestLongLines(t *testing.T) {
	log := read(t, line(strings.Repeat("x", 64<<10)+` onVoipEvent {"eventName":"busy","groupId":"`+room+`"}`))
	if diff := cmp.Diff([]string{"busy ROOM"}, facts(log)); diff != "" {
		t.Error(diff)
	}
	if n := len(log.Events[0].Text); n > extract.MaxText {
		t.Errorf("an event keeps %d bytes of its line", n)
	}
	if got := facts(read(t, line(`onVoipEvent abortVoip `+strings.Repeat(`{"a":`, 16<<10)))); len(got) > 1 {
		t.Errorf("got %q", got)
	}
}

func TestSide(t *testing.T) {
	for want, text := range map[extract.Side]string{
		extract.Device:      line(`onPushMsg path=call-page-plugin?groupId=` + room + `&listenerId=SN1`),
		extract.Phone:       strings.Replace(line(`click accept button`), "SomeTag", "MicroMsg.WMPFVoip.WMPFVoipCallInManager", 1),
		extract.UnknownSide: line("heartbeat"),
	} {
		if got := read(t, text).Side; got != want {
			t.Errorf("side %q, want %q of %s", got, want, text)
		}
	}
}

// A gap lies between the lines around it, and a log that paused was not recording.
func TestGapsAndActivity(t *testing.T) {
	x := extract.New("in.xlog")
	p := logline.NewParser(logline.Options{Blocks: true})
	add := func(stamp string) {
		for l := range p.Lines([]byte("[I][2026-11-20 +8.0 "+stamp+"][1, 1*][T][:1, ][x\n"), logline.Pos{}) {
			x.Add(&l)
		}
	}
	add("14:00:00.000")
	add("14:00:30.000")
	x.Gap(logline.Pos{Offset: 99}, "bad-body")
	add("14:10:00.000")
	log := x.Log()
	if len(log.Gaps) != 1 || log.Gaps[0].From.Format("15:04:05") != "14:00:30" || log.Gaps[0].To.Format("15:04:05") != "14:10:00" {
		t.Errorf("gaps %v", log.Gaps)
	}
	if len(log.Active) != 2 {
		t.Errorf("active %v", log.Active)
	}
}

// No line makes the extractor fail, and what it keeps of one is bounded.
func FuzzAdd(f *testing.F) {
	f.Add(line(`onVoipEvent {"eventName":"abortVoip","data":{"error":{"errMsg":"x"}}}`))
	f.Add(line(`initByCaller result {isSuccess: false, errCode: 9, data: Error: a, b }`))
	f.Add(line(`"{\"eventName\":\"endVoip\",\"data\":\"{\\\"keepTime\\\":3}\"}"`))
	f.Add(line(`plugin event timeout room=` + room + ` data={[Object], [Array]}`))
	f.Fuzz(func(t *testing.T, text string) {
		log := read(t, text)
		for i := range log.Events {
			e := &log.Events[i]
			if len(e.Text) > extract.MaxText || !extract.KnownName(e.Name) {
				t.Errorf("event %q keeps %d bytes", e.Name, len(e.Text))
			}
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	noise := line(`invokeHandler api=request callbackId=9165 cost=192ms`)
	for name, text := range map[string]string{
		"noise": strings.Repeat(noise, 100),
		"call":  strings.Repeat(noise, 99) + line(`onVoipEvent {"eventName":"calling","groupId":"`+room+`","data":{"keepTime":7}}`),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				read(b, text)
			}
		})
	}
}

// A line of the system names the process that it is about, which did not print it.
func TestProcessOfALine(t *testing.T) {
	for _, tt := range []struct {
		line string
		want string
	}{
		{"11-20 14:03:22.104   763   789 I ActivityManager: Start proc 5027:com.tencent.wmpf:container3/u0a72 for service", "processStarted 5027"},
		{"11-20 14:03:22.104   763   789 I ActivityManager: Start proc com.tencent.wmpf for service com.tencent.wmpf/.S: pid=5027 uid=10072 gids={1}", "processStarted 5027"},
		{"11-20 14:03:22.104   763   789 I ActivityManager: Killing 5027:com.tencent.wmpf/u0a72 (adj 900): empty #17", "processDied 5027"},
		{"11-20 14:03:22.104   763   789 I ActivityManager: Process com.tencent.wmpf (pid 5027) has died: cch+5 CEM", "processDied 5027"},
		{"11-20 14:03:22.104   763   789 I am_proc_start: [0,5027,10072,com.tencent.wmpf:container3,service,com.tencent.wmpf/.S]", "processStarted 5027"},
		{"11-20 14:03:22.104   763   789 I am_proc_died: [0,5027,com.tencent.wmpf,900,19]", "processDied 5027"},
		{"11-20 14:03:22.104   763   789 I am_kill : [0,5027,com.tencent.wmpf,900,empty #17]", "processDied 5027"},
		{"11-20 14:03:22.104  5027  5027 I am_crash: [0,5027,com.tencent.wmpf,548453956,java.lang.NullPointerException,x,Main.java,12]", "processDied 5027"},
		{"11-20 14:03:22.104   763   789 I am_anr  : [0,5027,com.tencent.wmpf,548453956,Input dispatching timed out]", "processHung 5027"},
		{"11-20 14:03:22.104   345   345 I lowmemorykiller: Kill 'com.tencent.wmpf' (5027), uid 10072, oom_adj 900 to free 41232kB", "processDied 5027"},
		{"11-20 14:03:22.104   345   345 I lowmemorykiller: Kill 'com.example.music' (5027), uid 10072, oom_adj 900 to free 41232kB", ""},
		{"11-20 14:03:22.104   763   789 I am_proc_died: [0,5027,com.example.music,900,19]", ""},
		{"11-20 14:03:22.104  5027  5066 F libc    : Fatal signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0 in tid 5066 (JavaBridge), pid 5027 (om.tencent.wmpf)", "processDied 5027"},
		{"11-20 14:03:22.104   400   410 F libc    : Fatal signal 6 (SIGABRT), code -1 (SI_QUEUE) in tid 410 (main), pid 400 (cameraserver)", ""},
		{"11-20 14:03:22.104   763   789 E ActivityManager: ANR in com.tencent.wmpf:container3 (com.tencent.wmpf/.ui.LauncherUI)", "processHung 763"},
		{"11-20 14:03:22.104   763   789 E ActivityManager: ANR in com.example.music (com.example.music/.Main), Reason: com.tencent.wmpf", ""},
		{"11-20 14:03:22.104  5027  5027 E AndroidRuntime: Process: com.tencent.wmpf, PID: 5027", "processDied 5027"},
		{"11-20 14:03:22.104   763   763 I boot_progress_start: 8123", "deviceBooted 763"},
		{"11-20 14:03:22.104   763   763 I SystemServer: Entered the Android system server!", "deviceBooted 763"},
		{"^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[5027,5027][2026-11-20 +0800 14:03:22]", "processStarted 5027"},
	} {
		got := ""
		for _, e := range read(t, tt.line+"\n").Events {
			got += fmt.Sprintf("%s %d", e.Name, e.PID)
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.line, got, tt.want)
		}
	}
}

// The clock was set where the lines of one process go back, or leap from a time before anybody set it.
func TestClockSet(t *testing.T) {
	const a, b = "[I][2026-11-20 +8.0 14:03:22.104][4711, 1][Tag][:1, ][one\n", "[I][2026-11-20 +8.0 14:03:25.104][4711, 1][Tag][:1, ][two\n"
	for _, tt := range []struct{ name, text, want string }{
		{"none", a + b, ""},
		{"threads overtake each other", b + a, ""},
		{"back", strings.Replace(a, "14:", "15:", 1) + a + b, "back 14:03:22 clock 1, from 2026-11-20 15:03:22"},
		{"back, of two processes", strings.Replace(strings.Replace(a, "14:", "15:", 1), "4711", "4712", 1) + a, ""},
		{"the appender's own lines", "^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[4711,1][2026-11-20 +0800 15:03:22]\n" + a, ""},
		{"ahead", strings.Replace(a, "2026-11-20", "1970-01-01", 1) + b, "ahead 14:03:25 clock 1, from 1970-01-01 14:03:22"},
		{"a silent week", strings.Replace(a, "2026-11-20", "2026-11-13", 1) + b, ""},
		{"ahead, from a time that nobody set", "01-01 08:00:12.104   300   300 I a: b\n11-20 14:03:22.104   301   301 I a: b\n", "ahead 14:03:22 clock 1, from 01-01 08:00:12"},
		{"the first of January", "01-01 23:58:12.104   300   300 I a: b\n01-02 00:03:22.104   301   301 I a: b\n", ""},
		{"twice", strings.Replace(a, "14:", "15:", 1) + a + strings.Replace(b, "14:", "13:", 1), "back 14:03:22 clock 1, from 2026-11-20 15:03:22; back 13:03:25 clock 2, from 2026-11-20 14:03:22"},
	} {
		var got []string
		log := read(t, tt.text)
		for _, e := range log.Events {
			if e.Name == extract.ClockSet {
				got = append(got, fmt.Sprintf("%s %s clock %d, %s", e.Status, e.Time.Format("15:04:05"), e.Clock, e.Reason))
			}
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
		if gaps := len(log.Gaps); (gaps > 0) != strings.HasPrefix(tt.want, "ahead") {
			t.Errorf("%s: %d gaps: there is no line of the time that a clock leaps over", tt.name, gaps)
		}
	}
}

// A device that begins with a clock that nobody has set has booted.
func TestBootByTheClock(t *testing.T) {
	now, then := line("now"), strings.Replace(strings.Replace(line("then"), "2026-11-20", "1970-01-01", 1), "4711", "400", 1)
	log := read(t, now+then+strings.Replace(now, "4711", "401", 1))
	var got []string
	for _, e := range log.Events {
		got = append(got, fmt.Sprintf("%s %s %s clock %d", e.Name, e.Status, e.Time.Format(time.DateOnly), e.Clock))
	}
	if diff := cmp.Diff([]string{"deviceBooted  1970-01-01 clock 1", "clockSet ahead 2026-11-20 clock 2"}, got); diff != "" {
		t.Error(diff)
	}
}

// The events of a cache that the files tell already go where their time is, whatever their own order.
func TestWith(t *testing.T) {
	log := func(seconds ...int) *extract.Log {
		l := &extract.Log{Input: fmt.Sprint(seconds)}
		for _, s := range seconds {
			l.Events = append(l.Events, extract.Event{Name: extract.Calling, Time: time.Unix(int64(s), 0), Clock: s / 10})
		}
		return l
	}
	files := log(1, 5, 3, 12, 14)
	var got []string
	with := files.With(log(13, 4, 2, 13, 99, 0))
	for _, e := range with.Events {
		got = append(got, fmt.Sprintf("%d/%d", e.Time.Unix(), e.Clock))
	}
	if diff := cmp.Diff("0/0 1/0 2/0 5/0 3/0 4/0 12/1 13/1 13/1 14/1 99/1", strings.Join(got, " ")); diff != "" {
		t.Error(diff)
	}
	if len(files.Events) != 5 || len(with.Inputs()) != 2 {
		t.Errorf("%d events, inputs %q", len(files.Events), with.Inputs())
	}
}

// TestForms reads what onVoipEvent gave in the lines of phones, consoles, containers and JSON logs.
func TestForms(t *testing.T) {
	const (
		event  = `{"eventName":"abortVoip","roomId":"` + room + `","data":{"status":"abortByCaller","keepTime":132}}`
		nested = `{\"eventName\":\"abortVoip\",\"roomId\":\"` + room + `\",\"data\":{\"status\":\"abortByCaller\",\"keepTime\":132}}`
		spread = `"eventName":"abortVoip","roomId":"` + room + `","data":{"status":"abortByCaller","keepTime":132}`
	)
	want := []string{"abortVoip ROOM status=abortByCaller keepTime=132"}
	for _, line := range []string{
		"2023-08-31 11:04:04.123 WeChat[815:2307] onVoipEvent " + event,
		"2023-08-31 11:04:04.123456+0800 0x1a2b Default 0x0 815 0 WeChat: (JavaScriptCore) onVoipEvent " + event,
		"Aug 31 11:04:04 iPhone WeChat(JavaScriptCore)[815] <Notice>: onVoipEvent " + event,
		"[vConsole][log] 2023-08-31 11:04:04 onVoipEvent " + event,
		"11:04:04.123 app-service.js:1203 onVoipEvent " + event,
		"2023年8月31日 上午11:04:04 onVoipEvent " + event,
		"2023/8/31 11:04:04 [voip-call] onVoipEvent {eventName: 'abortVoip', roomId: '" + room + "', data: {status: 'abortByCaller', keepTime: 132}}",
		`{"time":"2023-08-31T11:04:04+08:00","level":"info","msg":"onVoipEvent ` + nested + `"}`,
		`{"ts":1693451044123,"msg":"onVoipEvent ` + nested + `","page":"pages/call"}`,
		`{"level":30,"time":1693451044123,"msg":"onVoipEvent","event":` + event + `}`,
		`{"level":30,"time":1693451044123,"msg":"onVoipEvent",` + spread + `}`,
		`{"time":1693451044123,` + spread + `}`,
		`{"log":"06-01 08:01:00.012  1  2 I t: onVoipEvent ` + nested + `\n","stream":"stdout","time":"2024-06-01T00:01:00.5Z"}`,
		"2024-06-01T00:01:00.5Z stdout F onVoipEvent " + event,
		"[ 06-01 08:01:00.012  1: 2 I/t ]\nonVoipEvent " + event + "\n",
		"[ 06-01 08:01:00.012  1: 2 I/t ]\nonVoipEvent { eventName: 'abortVoip',\n  roomId: '" + room + "',\n  data: { status: 'abortByCaller', keepTime: 132 } }\n",
		"\x1b[32monVoipEvent\x1b[0m " + event,
	} {
		if diff := cmp.Diff(want, facts(read(t, line+"\n"))); diff != "" {
			t.Errorf("%s\n%s", line, diff)
		}
	}
}

// A text in a string has its escapes resolved, those of two halves too, and what is malformed stays.
func TestEscapedText(t *testing.T) {
	for text, want := range map[string]string{
		`\u5931\u8d25 \ud83d\ude00`: "失败 😀",
		`it\'s \u12`:                `it's \u12`,
	} {
		log := read(t, line(`onVoipEvent {"eventName":"joinFailCaller","data":{"errCode":-1,"errMsg":"`+text+`"}}`))
		if len(log.Events) != 1 || log.Events[0].ErrMsg != want {
			t.Errorf("%s: %v, want %q", text, facts(log), want)
		}
	}
}
