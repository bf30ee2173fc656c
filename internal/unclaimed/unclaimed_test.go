package unclaimed

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/logline"
)

func line(text string) *logline.Line {
	return &logline.Line{
		Text: []byte(text), Tag: []byte("MicroMsg.WMPFVoip.NewManager"), Level: 'I',
		Time: time.Date(2026, 11, 20, 14, 3, 7, 0, time.UTC), Stamp: logline.HasTime | logline.HasDate | logline.HasYear,
	}
}

func TestShape(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"JSON", `voipNewEvent {"eventName":"peerMuted","roomId":"wxf830863afde621ebWmpfVoip14000000","data":{"keepTime":12}}`,
			`voipNewEvent {"eventName":"peerMuted","roomId":"<v>","data":{"keepTime":<n>}}`},
		{"escaped JSON", `voip {"args":"{\"state\":\"ringing\",\"callerName\":\"Alice \\\"A\\\" Smith\",\"code\":7}"}`,
			`voip {"args":"{\"state\":\"ringing\",\"callerName\":\"<v>\",\"code\":<n>}"}`},
		{"JavaScript", `voip { callerName: 'Alice Smith', state: 'muted', openIdList: [ 'a', 'b' ] }`,
			`voip { callerName: '<v>', state: 'muted', openIdList: [<v>] }`},
		{"a Java map", `voip {callerName=Alice Smith, state=muted, sn=SN00042}`, `voip {callerName=<v>, state=muted, sn=<v>}`},
		{"a query", `open plugin-private://wxf830863afde621eb/pages/call-page-plugin/x?groupId=wx12&callerName=%E5%A6%88&custom=alice`,
			`open plugin-<path>?groupId=<v>&callerName=<v>&custom=<w>`},
		{"a path", `voip record /storage/emulated/0/alice/a.pcm failed`, `voip record <path> failed`},
		{"a banner", `voip DeviceID : SN00042`, `voip DeviceID : <v>`},
		{"addresses", `voip peer 192.168.1.20:8000 mac 3c:bb:00:1f:aa:bb from alice@example.com`, `voip peer <*> mac <*> from <w>@<*>`},
		{"names in text", `voip incoming call from Alice Smith (妈妈) to o6zAJs5ExampleOpenId0000000`, `voip incoming call from <w> <w> (<text>) to <id>`},
		{"lists of any length", `voip codecs 1, 2, 3, 4 and 7, 8`, `voip <w> <*> and <n>, <n>`},
		{"words in words", `WMPFVoIPCallInManager.joinRoomFailed call_end_reason AliceVoip Lily_wang`, `WMPFVoipCallInManager.joinRoomFailed call_end_reason <w> <w>`},
		{"numbers", `voip ret -10086 version 0xd5000088 key deadbeef01 codec h264`, `voip ret -<n> version <hex> key <hex> codec <id>`},
		{"a name of known words", `voip {"nickName":"Call Me Now","deviceName":"the front door phone"}`, `voip {"nickName":"<v>","deviceName":"<v>"}`},
		{"a value that is cut", `voip callerName: "Alice Sm`, `voip callerName: "<v>`},
		{"controls", "voip\x1b[31m\t\troom", "voip [<id> room"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := shape([]byte(tt.text)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// secrets are values that must not be told.
var secrets = map[string]string{
	"openId": "oAbCdEfGhIjKlMnOpQrStUvWxYz12", "listenerId": "user-4711-x", "sn": "SN0000471100", "callerName": "Alice Smith", "listenerName": "妈妈",
	"voipToken": "VG9rZW4vd2l0aCtzbGFzaA==", "deviceId": "a1b2c3d4e5f60718", "ip": "10.20.30.40", "mac": "3c:22:fb:aa:bb:cc", "phone": "13812345678",
	"sessionKey": "c2Vzc2lvbmtleXNlc3Npb25rZXlzZXNzaW9ua2V5", "userId": "lily_wang", "ssid": "Alices WLAN", "imei": "356938035643809",
}

// TestNoPersonalData puts each secret into the shapes in which logs print such values.
func TestNoPersonalData(t *testing.T) {
	shapes := []string{
		`voip peer %[2]s gone`, // bare
		`voip {"%[1]s":"%[2]s","state":"ringing"}`,
		`voip {"args":"{\"%[1]s\":\"%[2]s\",\"n\":1}"}`,
		`voip {"args":"{\"a\":\"{\\\"%[1]s\\\":\\\"%[2]s\\\"}\"}"}`,
		`voip { %[1]s: '%[2]s', state: 'ringing' }`,
		`voip {%[1]s=%[2]s, state=ringing}`,
		`voip https://example.com/voip/%[2]s/x?%[1]s=%[2]s&state=1`,
		`voip path=plugin-private://wxf830863afde621eb/pages/call-page-plugin/call-page-plugin?groupId=wx1&%[1]s=%[2]s`,
		`voip dump /sdcard/voip/%[2]s/log_%[2]s.txt`,
		`voip %[1]s : %[2]s`, // banner
		`voip openIdList: ["%[2]s", "%[2]s"] member changed`,
		`voip EnterWxaVoipCallingTask(%[1]s=%[2]s)`,
		`voip sessionKey:%[2]s is valid`,
		`voip <%[1]s>%[2]s</%[1]s>`,
	}
	var c Counter
	for key, secret := range secrets {
		for _, s := range shapes {
			for range 3 {
				c.Add(line(fmt.Sprintf(s, key, secret)))
			}
		}
	}
	out, err := json.Marshal(c.Lines())
	if err != nil || len(c.Lines()) == 0 {
		t.Fatal(err)
	}
	text := strings.ToLower(string(out))
	for _, secret := range secrets {
		for _, part := range regexp.MustCompile(`[\pL\d]+`).FindAllString(secret, -1) {
			if len(part) > 2 && !known[strings.ToLower(part)] && strings.Contains(text, strings.ToLower(part)) {
				t.Errorf("%q of %q is told", part, secret)
			}
		}
	}
}

// FuzzShape holds what makes a shape safe, for any text: nothing but known words, punctuation and placeholders.
func FuzzShape(f *testing.F) {
	f.Add(`voip {"callerName":"Alice","n":12,"x":"\"妈\""} /a/b/c https://x.y/z?a=b`)
	f.Add("callerName=\\\\\"' [")
	placeholders := regexp.MustCompile(`<(?:n|hex|id|w|text|path|v|\*)>`)
	words := regexp.MustCompile(`[A-Za-z_]+`)
	f.Fuzz(func(t *testing.T, text string) {
		got := shape([]byte(text))
		for _, r := range got {
			if r < ' ' || r > '~' || r >= '0' && r <= '9' {
				t.Fatalf("%q is left of %q", r, text)
			}
		}
		for _, w := range words.FindAllString(placeholders.ReplaceAllString(got, " "), -1) {
			if known[strings.ToLower(strings.ReplaceAll(w, "_", ""))] {
				continue
			}
			for _, p := range humps(w) {
				if !known[strings.ToLower(p)] && strings.Trim(p, "_") != "" {
					t.Fatalf("%q is left of %q", w, text)
				}
			}
		}
	})
}

func TestLines(t *testing.T) {
	var a, b, all Counter
	a.Add(line("voip peer state 1"))
	a.Add(line("voip peer state 2"))
	other := line("some line of another program")
	other.Tag = []byte("PowerManager")
	a.Add(other)
	undated := line("voip peer state 3")
	undated.Stamp = logline.HasTime
	undated.Level = 0
	b.Add(undated)
	tagged := line("state 9")
	tagged.Time = tagged.Time.AddDate(0, 0, 2)
	b.Add(tagged)
	day := time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)
	a.Close("xlog", Versions{WMPF: []string{"2.1.0"}}, day, day)
	b.Close("logcat", Versions{}, day, day)
	all.Merge(&a)
	all.Merge(&b)
	var got []string
	for _, l := range all.Lines() {
		text, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(text))
	}
	want := []string{
		`{"shape":"voip peer state \u003cn\u003e","count":2,"tag":"MicroMsg.WMPFVoip.NewManager","level":"I","kind":"xlog","first":"2026-11-20","last":"2026-11-20","versions":{"wmpf":["2.1.0"],"plugin":[],"linuxSdk":[],"wechat":[]}}`,
		`{"shape":"state \u003cn\u003e","count":1,"tag":"MicroMsg.WMPFVoip.NewManager","level":"I","kind":"logcat","first":"2026-11-22","last":"2026-11-22","versions":{"wmpf":[],"plugin":[],"linuxSdk":[],"wechat":[]}}`,
		`{"shape":"voip peer state \u003cn\u003e","count":1,"tag":"MicroMsg.WMPFVoip.NewManager","level":null,"kind":"logcat","first":"2026-12-24","last":"2026-12-24","versions":{"wmpf":[],"plugin":[],"linuxSdk":[],"wechat":[]}}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// However many shapes there are, memory and list are bounded, and the frequent ones stay.
func TestBounds(t *testing.T) {
	some := slices.Sorted(func(yield func(string) bool) {
		for w := range known {
			if !yield(w) {
				return
			}
		}
	})
	var c, again Counter
	for i := range 3 * maxShapes {
		for _, c := range []*Counter{&c, &again} {
			c.Add(line("voip state " + some[i%len(some)] + " " + some[i/len(some)]))
			c.Add(line("voip often"))
		}
		if len(c.groups) > maxShapes {
			t.Fatalf("%d shapes are kept", len(c.groups))
		}
	}
	c.Trim()
	again.Trim()
	if len(c.groups) != maxKept {
		t.Errorf("%d shapes wait for other inputs", len(c.groups))
	}
	list := c.Lines()
	if len(list) != maxListed || list[0].Shape != "voip <w>" || list[0].Count != 3*maxShapes {
		t.Errorf("%d lines, the first %+v", len(list), list[0])
	}
	if diff := cmp.Diff(list, again.Lines()); diff != "" {
		t.Error(diff)
	}
}
