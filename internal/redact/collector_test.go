package redact

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// collect shows a Collector each place of each of Words in a text, as the reader of a log does.
func collect(text string) *Collector {
	var c Collector
	words, folded := Words(), fold(text)
	for i := range text {
		for _, w := range words {
			if strings.HasPrefix(folded[i:], w) {
				c.Take([]byte(text), i)
			}
		}
	}
	return &c
}

func texts(c *Collector) (list []string) {
	values, _ := c.Values()
	for _, v := range values {
		list = append(list, string(v.Kind)+" "+v.Text)
	}
	return list
}

func TestCollector(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"json", `{"sn":"A77Z12","x":"B","openId":"oShort1"}`, []string{"sn A77Z12", "openid oShort1"}},
		{"each once", `sn: "A77Z12" "sn":"A77Z12"`, []string{"sn A77Z12"}},
		{"escaped", `{"d":"{\"deviceSn\":\"A-77-Z\",\"uin\":7654321}"}`, []string{"sn A-77-Z", "wechat 7654321"}},
		{"escaped line end", `a\nopenid=oShort1 \ndevice_id=B88-1`, []string{"openid oShort1", "device B88-1"}},
		{"query", `x?sn=A77Z12&listener_id=SN9&user_id=u77123`, []string{"sn A77Z12", "openid SN9", "user u77123"}},
		{"encoded query", `%7B%22sn%22%3A%22A77Z12%22%7D`, []string{"sn A77Z12"}},
		{"list", `openIdList: ["oShort1", "oShort2"]`, []string{"openid oShort1", "openid oShort2"}},
		{"long list", `openIdList: [` + strings.Repeat(`"oShort1", `, 60) + `"oLast1"]`, []string{"openid oShort1", "openid oLast1"}},
		{"Chinese", `序列号：A77Z12，昵称: 张三`, []string{"sn A77Z12", "name 张三"}},
		{"XML", `<FromUserName><![CDATA[oShort1]]></FromUserName>`, []string{"openid oShort1"}},
		{"names", `nickName='Li Lei' userName=anna, deviceName: of the kitchen`, []string{"name Li Lei", "name anna"}},
		{"a secret", `"accessToken":"abc77" token=next token: a7z91`, []string{"secret abc77", "secret a7z91"}},
		{"no values", `sn: null, "openId":"", deviceId=undefined tokenizer=5 "isn":"A77Z12"`, nil},
		{"what stays", `"sn":"` + room + `" "deviceId":"20261120" sn: 12`, nil},
		{"pseudonyms", `"sn":"sn#1","token":"<dropped secret>"`, nil},
		{"words of a sentence", `deviceId: unknown device, ticket: closed`, nil},
		{"a value cut off", `"token":"` + strings.Repeat("7a", 8000), nil},
		{"an end", `x "sn":`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, texts(collect(tt.in))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A Collector keeps no more than its bounds, and says so.
func TestCollectorIsBounded(t *testing.T) {
	var few, long, both Collector
	for i := range maxCollected + 1 {
		few.Take(fmt.Appendf(nil, `"openid":"o%d"`, 100_000+i), 1)
	}
	for i := range maxCollectedText/100 + 1 {
		long.Take(fmt.Appendf(nil, `"openid":"o%0100d"`, i), 1)
	}
	values, more := few.Values()
	if len(values) != maxCollected || !more {
		t.Errorf("%d values, more is %t", len(values), more)
	}
	if values, more := long.Values(); len(values) != maxCollectedText/101 || !more {
		t.Errorf("%d long values, more is %t", len(values), more)
	}
	for range 2 {
		if !both.Merge(values) {
			t.Error("there is no room for what another Collector keeps")
		}
	}
	if both.Merge([]Value{{SN, "A77Z12"}}) {
		t.Error("there is room for more than a Collector keeps")
	}
}

// What lines name that are no part of the document changes no pseudonym of it.
func TestLearnNamed(t *testing.T) {
	const text = `{"sn":"A77Z12"} B77Z12 C77Z12 of Anna`
	named := []Value{{SN, "H77Z12"}, {OpenID, "A77Z12"}, {Device, "C77Z12"}, {SN, "M5@B77Z12"}, {Name, "Anna Li"}, {Secret, "abc77"}, {SN, room}}
	r := New(nil)
	if err := r.Learn(text); err != nil {
		t.Fatal(err)
	}
	r.LearnNamed(named)
	if got, want := r.Replace(text), `{"sn":"sn#1"} sn#2 device#1 of name#1`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, v := range []string{"H77Z12", "C77Z12", "abc77"} {
		if r.Survivor("a "+v+" b") == "" {
			t.Errorf("%s survives", v)
		}
	}
	if got := r.Survivor("a " + room); got != "" {
		t.Errorf("a room is a value of kind %s", got)
	}
}

// A value that a key names in any line stands bare in no other.
func TestNamedAnywhere(t *testing.T) {
	forms := []string{`{"sn":"%s"}`, `{\"deviceSn\":\"%s\",`, `deviceId=%s, x`, `a openid: %s`, `?listenerId=%s&b`, `serial_number='%s'`, `"access_token":"%s"`, `<openId>%s</openId>`, `设备号：%s`, `{"imei": "%s"`}
	filler := rapid.SampledFrom([]string{"", "busy", `"x":"y"`, "openid ", "token", `sn"`, "\\n", "{", "é", "%22", "sn:", "name=a", " "})
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[A-Z][A-Z0-9]{2,8}-?[0-9][0-9a-z]{3,12}`).Draw(t, "value")
		form := rapid.SampledFrom(forms).Draw(t, "form")
		line := strings.Join(rapid.SliceOfN(filler, 0, 5).Draw(t, "before"), " ") + "\n" + fmt.Sprintf(form, value) + " " + filler.Draw(t, "after")
		shown := filler.Draw(t, "front") + " " + value + " " + filler.Draw(t, "behind")
		r := New(nil, "busy")
		if err := r.Learn(shown); err != nil {
			t.Fatal(err)
		}
		values, _ := collect(line).Values()
		r.LearnNamed(values)
		if out := r.Replace(shown); strings.Contains(out, value) || r.Survivor(out) != "" {
			t.Fatalf("%q names %q, and %q becomes %q", line, value, shown, out)
		}
	})
}
