package redact

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	room   = "wxf830863afde621ebWmpfVoip1441133422395014532"
	openID = "oj-AX9-i9Jnug_JHHCernx7rqFTb"
)

// redacted redacts lines as one document.
func redacted(t *testing.T, lines ...string) []string {
	t.Helper()
	r := New(nil, "video calling caller listener device phone")
	for _, l := range lines {
		if err := r.Learn(l); err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	for _, l := range lines {
		out = append(out, r.Replace(l))
	}
	return out
}

func TestReplace(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"json", `{"sn":"SN985193675","openId":"` + openID + `"}`, `{"sn":"sn#1","openId":"openid#1"}`},
		{"single quotes", `{ sn: 'SN985193675', nickName: 'O"Neil' }`, `{ sn: 'sn#1', nickName: 'name#1' }`},
		{"escaped", `{"d":"{\"sn\":\"A-77-Z\",\"n\":1}"}`, `{"d":"{\"sn\":\"sn#1\",\"n\":1}"}`},
		{"twice escaped", `"{\"d\":\"{\\\"deviceId\\\":\\\"A-77-Z\\\"}\"}"`, `"{\"d\":\"{\\\"deviceId\\\":\\\"device#1\\\"}\"}"`},
		{"escaped line end", `{"t":"a\nsn=A77Z12\nA77Z12 b"}`, `{"t":"a\nsn=sn#1\nsn#1 b"}`},
		{"Java map", `{deviceId=A77Z, callerName=Zhang San, roomType=video}`, `{deviceId=device#1, callerName=name#1, roomType=video}`},
		{"task", `EnterWxaVoipCallingTask(AppId=wx1234567890abcdef, roomId=` + room + `, name=Zhang San, roomType=video)`, `EnterWxaVoipCallingTask(AppId=wx1234567890abcdef, roomId=` + room + `, name=name#1, roomType=video)`},
		{"call page", `enterPath=plugin-private://wxf830863afde621eb/pages/call?groupId=` + room + `&listenerId=SN77123&callerName=%E5%BC%A0%E4%B8%89 versionType=0`, `enterPath=plugin-private://wxf830863afde621eb/pages/call?groupId=` + room + `&listenerId=sn#1&callerName=name#1 versionType=0`},
		{"encoded query", `q=%7B%22sn%22%3A%22A77Z12%22%2C%22x%22%3A1%7D`, `q=%7B%22sn%22%3A%22sn#1%22%2C%22x%22%3A1%7D`},
		{"list", `openIdList: [ '` + openID + `', "oShort" ]`, `openIdList: [ 'openid#1', "openid#2" ]`},
		{"Java list", `to_openid_list=[` + openID + `, oOther12]`, `to_openid_list=[openid#1, openid#2]`},
		{"list in a string", `{"openIdList":"[\"` + openID + `\"]"}`, `{"openIdList":"[\"openid#1\"]"}`},
		{"parties", `{"caller":{"id":"SN77123","name":"Li Lei"},"listener":{"id":"` + openID + `"},"id":"0af3"}`, `{"caller":{"id":"sn#1","name":"name#1"},"listener":{"id":"openid#1"},"id":"0af3"}`},
		{"party", `caller: SN77123, listener.id = SN77124`, `caller: sn#1, listener.id = sn#2`},
		{"banner", `[01:49:03.012][I][WMPF][1572:1572][components/voip/standalone/wmpf.cc:268][InitEnv]: DeviceID device_77`, `[01:49:03.012][I][WMPF][1572:1572][components/voip/standalone/wmpf.cc:268][InitEnv]: DeviceID device#1`},
		{"banner signature", `[wmpf.cc:269][InitEnv]: DeviceSignature xyzzy`, `[wmpf.cc:269][InitEnv]: DeviceSignature <dropped secret>`},
		{"complaint", "sn 'M5@A77Z12' not register, device `A77Z12` not registered", "sn 'sn#1' not register, device `sn#2` not registered"},
		{"number in JSON", `{"userId":1234567,"n":2} {\"uin\":7654321}`, `{"userId":"user#1","n":2} {\"uin\":\"wechat#1\"}`},
		{"Chinese", `微信号：abc_77 昵称: 张三，张三来电 手机号 13812345678`, `微信号：wechat#1 昵称: name#1，name#1来电 手机号 phone#1`},
		{"escaped Chinese", `{"nickName":"\u5f20\u4e09"} 张三 %E5%BC%A0%E4%B8%89`, `{"nickName":"name#1"} name#1 name#1`},
		{"XML", `<xml><FromUserName><![CDATA[oShort1]]></FromUserName><sn>A77Z12</sn><x>A77Z12</x></xml>`, `<xml><FromUserName><![CDATA[openid#1]]></FromUserName><sn>sn#1</sn><x>sn#1</x></xml>`},
		{"longer names", `callerSn=A77Z12, bind_sn: B77Z12, hostDeviceId=C77Z12, X-WX-OPENID: oShort1, dsn=D77Z12`, `callerSn=sn#1, bind_sn: sn#2, hostDeviceId=device#1, X-WX-OPENID: openid#1, dsn=D77Z12`},
		{"a name of anything", `{"name":"RenderThread"} [RenderThread] {"name":"小王"} 小王`, `{"name":"name#1"} [RenderThread] {"name":"name#2"} name#2`},
		{"secrets", `accessToken=abc sessionKey: k1 is valid, "signature": 'x', appSecret=ab12`, `accessToken=<dropped secret> sessionKey: <dropped secret> is valid, "signature": '<dropped secret>', appSecret=<dropped secret>`},
		{"bearer", `Authorization: Bearer abc.def`, `Authorization: Bearer <dropped secret>`},
		{"bare secret", `got A1b2C3d4E5f6G7h8I9j0A1b2C3d4E5f6G7h8I9j0+/== end`, `got <dropped secret> end`},
		{"bare openId", `from ` + openID + ` to x_` + openID + `_2026.log`, `from openid#1 to x_openid#1_2026.log`},
		{"phone", `call 13812345678, +86 13912345678, 8613812345679`, `call phone#1, +phone#2, phone#3`},
		{"addresses", `peer 192.168.1.7:8080 via fe80::1:2:3 (00:1a:2B:3c:4d:5e)`, `peer ip#1:8080 via ip#2 (mac#1)`},
		{"homes", `/home/wang/x C:\Users\Li Lei\x "C:\\Users\\wang\\y" /Users/shared/z`, `/home/user#1/x C:\Users\user#2\x "C:\\Users\\user#1\\y" /Users/shared/z`},
		{"account folder", `/data/user/0/com.tencent.mm/MicroMsg/0123456789abcdef0123456789abcdef/x`, `/data/user/0/com.tencent.mm/MicroMsg/user#1/x`},
		{"file name", `SN985193675_20261118.xlog`, `sn#1_20261118.xlog`},
		{"another case", `mac=00:1A:2B:3C:4D:5E 00:1a:2b:3c:4d:5e`, `mac=mac#1 mac#1`},
		{"a serial number like an appId", `sn=WX0123456789ABCDEF; bind WX0123456789ABCDEF, not wx0123456789abcdef`, `sn=sn#1; bind sn#1, not wx0123456789abcdef`},
		{"a value cut at the end", `sn=SN985193675 {"sn":"SN985193`, `sn=sn#1 {"sn":"sn#2`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, redacted(t, tt.in)[0]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestReplaceKeeps lists what a report is about, and what only looks like personal data.
func TestReplaceKeeps(t *testing.T) {
	for _, in := range []string{
		`{"eventName":"joinFailCaller","roomId":"` + room + `","data":{"errCode":-1,"errMsg":"joinVoIPChat:fail: -10086, -1, Already in room or joining, 13812345678"}}`,
		`call interrupted due to close passive float ball, room id: 13812345678`,
		`[I][2026-11-20 +8.0 14:05:41.700][4711, 4715*][WMPF.Boot][:4715, ][WMPF process start, version 1.2.0`,
		`WeChat version 8.0.54.27 7.0.9.48(200)/0x27000930/e505a220/REL client/8.0.1.2`,
		`11-18 01:04:51.856  3089  3093 D MicroMsg.AppBrand.Net: {"scene":79,"ret":0,"errMsg":"request:ok","statusCode":200,"id":"805b015120df7a29"}`,
		`heartbeat seq=219834 rtt=74 at 1763428512345 and 20261118010451`,
		`[InitEnv]: ClientRevision 1a0126f379f59164bc520cc899277d60cfaa3086`,
		`[InitEnv]: ClientVersion 0xd5000088`,
		`requestDeviceVoIP:fail The sn has been subscribed`,
		`Voip WMPFDeviceToken ErrorCode: 1000, sn: undefined, token: null, needToken: true`,
		`device/server/token/info/get: parse response fail, missing appid`,
		`onVoIPChatInterruptedJsEvent openVoiceServiceIsBoundAgain at 127.0.0.1`,
		`{"name":"calling"} name=com.tencent.mm Process name: calling`,
		`/storage/emulated/0/Android/data/com.tencent.wmpf/files/xlog/WMPF_container_20261118.xlog`,
		`wx1234567890abcdef`,
		`{"roomId":"Room_A1b2C3d4E5f6G7h8I9j0A1b2C3d4E5f6G7h8I9j0","groupId":"7423511209987654321"}`,
		`phone: the listener's log, caller: device, ticket 5 invalid`,
	} {
		if diff := cmp.Diff(in, redacted(t, in)[0]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestValuesStandBareElsewhere(t *testing.T) {
	got := redacted(t,
		"boot ABC-123 of Lucky_7",
		`{"sn":"ABC-123","callerName":"Lucky_7"}`,
		"logs/x_abc-123_20261118.xlog, Lucky_77, ABC-1234",
	)
	want := []string{
		"boot sn#1 of name#1",
		`{"sn":"sn#1","callerName":"name#1"}`,
		"logs/x_sn#1_20261118.xlog, Lucky_77, ABC-1234",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRoomsOfAnyForm has the id of a room that holds a serial number, which stays in it wherever it stands.
func TestRoomsOfAnyForm(t *testing.T) {
	got := redacted(t, `{"sn":"A77Z1234","roomId":"x_A77Z1234_1"}`, "x_A77Z1234_1 of A77Z1234")
	want := []string{`{"sn":"sn#1","roomId":"x_A77Z1234_1"}`, "x_A77Z1234_1 of sn#1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCommonWords makes sure that a name of common words does not garble what the report itself says.
func TestCommonWords(t *testing.T) {
	r := New(nil, "video calling", "通话已结束")
	in := `{"callerName":"Calling","listenerName":"结束"} calling 已结束 张结束`
	if err := r.Learn(in); err != nil {
		t.Fatal(err)
	}
	if got, want := r.Replace(in), `{"callerName":"name#1","listenerName":"name#2"} calling 已结束 张结束`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLearnPath(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"pulls/A1B2C3D4E5/xlog/wmpf_20261118.xlog", "pulls/sn#1/xlog/wmpf_20261118.xlog"},
		{"world-1/device-000/MM_20261118_2.xlog", "world-1/device-000/MM_20261118_2.xlog"},
		{"2026-11-18/123456789.log", "2026-11-18/sn#1.log"},
		{"/home/wang/two-parties/voip_20240221.log", "/home/user#1/two-parties/voip_20240221.log"},
		{`C:\Users\wang\` + openID + `.txt`, `C:\Users\user#1\openid#1.txt`},
	} {
		r := New(nil)
		if err := r.LearnPath(tt.in); err != nil {
			t.Fatal(err)
		}
		if got := r.Replace(tt.in); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestCounts(t *testing.T) {
	r := New(nil)
	text := "sn=A1234567 sn=B1234567 A1234567 token=abcdef"
	if err := r.Learn(text); err != nil {
		t.Fatal(err)
	}
	r.Replace(text)
	want := []Count{{SN, 2, 3}, {Secret, 1, 1}}
	if diff := cmp.Diff(want, r.Counts()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSurvivor(t *testing.T) {
	r := New(nil)
	if err := r.Learn("sn=A1234567 uin=1234567 tel: 13812345678 /home/wang/x"); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Kind{
		"all is well":              "",
		"here is a1234567 again":   SN,
		"size 1234567":             "",
		"a word, wang":             "",
		"13812345678":              Phone,
		"sn#1 and phone#1":         "",
		"XA1234567 and A12345678 ": "",
	} {
		if got := r.Survivor(text); got != want {
			t.Errorf("Survivor(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestChunks(t *testing.T) {
	var got []string
	c := NewChunks(func(text string) error { got = append(got, text); return nil })
	c.max = 16
	for _, s := range []string{"one\ntwo\nthree four", " five six seven, eight nine ten", "abcdefghijklmnopqrstuvwxyz\nz"} {
		if _, err := c.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"one\ntwo\n", "three four five ", "six seven,", " eight nine ", "tenabcdefghijklm", "nopqrstuvwxyz\nz"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNumbersAgreeOverRuns(t *testing.T) {
	n, err := NewNumbers(strings.NewReader(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	run := func(n *Numbers, text string) (string, *Numbers) {
		r := New(n)
		if err := r.Learn(text); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := n.Write(&b); err != nil {
			t.Fatal(err)
		}
		for _, value := range []string{"A1234567", "B1234567", "C1234567"} {
			if strings.Contains(fold(b.String()), fold(value)) {
				t.Errorf("the map holds %s", value)
			}
		}
		again, err := ReadNumbers([]byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		return r.Replace(text), again
	}
	got, n := run(n, "sn=A1234567 sn=B1234567")
	if want := "sn=sn#1 sn=sn#2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, _ = run(n, "sn=C1234567 sn=B1234567"); got != "sn=sn#3 sn=sn#2" {
		t.Errorf("second run: got %q", got)
	}
}

func TestReadNumbersRefuses(t *testing.T) {
	for _, text := range []string{
		"", "{}", `{"schema":"xlogscan.redact-map/v1","key":"00","pseudonyms":{}}`,
		`{"schema":"xlogscan.redact-map/v1","key":"` + strings.Repeat("00", 32) + `","pseudonyms":{"x":"SN12345"}}`,
		`{"schema":"xlogscan.redact-map/v1","key":"` + strings.Repeat("00", 32) + `","pseudonyms":{"x":"sn#1 SN12345"}}`,
	} {
		if _, err := ReadNumbers([]byte(text)); err == nil {
			t.Errorf("ReadNumbers(%q) took it", text)
		}
	}
}
