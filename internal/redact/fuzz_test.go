package redact

import (
	"strings"
	"testing"
)

// documents have values in many forms.
var documents = []string{
	`{"sn":"A77Z12","callerName":"张三"} 张三 A77Z12`,
	`callerName=%E5%BC%A0%E4%B8%89&sn=A-1-2-3 \"sn\":\"B77\" \nsn=C77Z`,
	`openIdList: [ '` + openID + `', x` + room + ` ]`,
	`name="a ` + room + ` b" token=x` + room,
	"sn 'M5@A77Z12' C:\\Users\\Li Lei\\x /home/me/y 13812345678 fe80::1:2:3",
	`{"uin":1234567} 1234567 sn=sn#1 name#1 <dropped secret> sn: <`,
	`listener: {id: 'A77Z12', name: 'x' } 昵称：`,
}

// Redacting twice is redacting once. It is so of whatever people write; a value that is cut for its length leaves a rest
// that may be a value in its turn.
func TestTwice(t *testing.T) {
	for _, text := range documents {
		r := New(nil, "video calling")
		if err := r.Learn(text); err != nil {
			t.Fatal(err)
		}
		once := r.Replace(text)
		if once == text {
			t.Errorf("nothing is replaced in %q", text)
		}
		if twice := r.Replace(once); twice != once {
			t.Errorf("%q:\nonce  %q\ntwice %q", text, once, twice)
		}
	}
}

// FuzzReplace holds the laws of any document of two parts: no learnt value survives, what was put in the place of one stays
// when the result is redacted again, room ids stay, and the same document gives the same bytes.
func FuzzReplace(f *testing.F) {
	for _, seed := range documents {
		f.Add(seed, "A77Z12 a77z1 张三")
		f.Add("x", seed)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		r := New(nil, "video calling")
		parts := []string{first, second}
		for _, p := range parts {
			if err := r.Learn(p); err != nil {
				return // more values than a document may have
			}
		}
		again := New(nil, "video calling")
		for _, p := range parts {
			_ = again.Learn(p)
		}
		for _, p := range parts {
			out := r.Replace(p)
			if k := r.Survivor(out); k != "" {
				t.Errorf("%q: a value of kind %s survives in %q", p, k, out)
			}
			twice := r.Replace(out)
			for _, s := range pseudonyms(out) {
				if as := out[s.start:s.end]; strings.Count(twice, as) < strings.Count(out, as) {
					t.Errorf("%q: %q is gone\nonce  %q\ntwice %q", p, as, out, twice)
				}
			}
			if same := again.Replace(p); same != out {
				t.Errorf("%q gives %q and %q", p, out, same)
			}
			if got, want := rooms(out), rooms(p); got != want {
				t.Errorf("%q: rooms are %s, want %s", p, got, want)
			}
		}
	})
}

// rooms returns the room ids and appIds of a text.
func rooms(text string) string {
	var list []string
	for _, s := range keptSpans(text) {
		list = append(list, text[s.start:s.end])
	}
	return strings.Join(list, " ")
}
