package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// seed is an identifier that must not survive, and the room of the call whose lines hold it.
type seed struct{ value, room string }

// shapes are the ways in which an identifier stands in a log; %[1]s is the value, %[2]s a key for it, %[3]s the room.
// All lines are events, so that reports have them.
var shapes = []string{
	`onVoipEvent {"eventName":"abortVoip","roomId":"%[3]s","data":{"errMsg":"peer %[1]s gone"}}`,
	`onVoipEvent {"eventName":"startVoip","roomId":"%[3]s","%[2]s":"%[1]s"}`,
	`onVoipEvent "{\"eventName\":\"startVoip\",\"roomId\":\"%[3]s\",\"%[2]s\":\"%[1]s\"}"`,
	`onVoipEvent {"d":"{\"e\":\"{\\\"eventName\\\":\\\"startVoip\\\",\\\"roomId\\\":\\\"%[3]s\\\",\\\"%[2]s\\\":\\\"%[1]s\\\"}\"}"}`,
	`onVoipEvent {"eventName":"startVoip","roomId":"%[3]s","url":"https://x.example/q?a=1&%[2]s=%[1]s&b=2"}`,
	`[enterWxaVoipCallingPage] appId=wx1234567890abcdef enterPath=plugin-private://wxf830863afde621eb/pages/call-page-plugin/call-page-plugin?groupId=%[3]s&roomType=video&%[2]s=%[1]s versionType=0`,
	`onVoipEvent {"eventName":"abortVoip","roomId":"%[3]s","data":{"errMsg":"open /sdcard/xlog/%[1]s_20261120.xlog"}}`,
	`onVoipEvent {"eventName":"abortVoip","roomId":"%[3]s","data":{"errMsg":"[InitEnv]: %[2]s %[1]s"}}`,
	`onVoipEvent {"eventName":"startVoip","roomId":"%[3]s","openIdList":["oXXXXXXXX","%[1]s"]}`,
	`onVoipEvent startVoip {roomId=%[3]s, %[2]s=%[1]s, roomType=video}`,
	`onVoipEvent { eventName: 'startVoip', roomId: '%[3]s', %[2]s: '%[1]s' }`,
	`onVoipEvent {"eventName":"abortVoip","roomId":"%[3]s","data":{"errMsg":"lost %[2]s=%[1]s at once"}}`,
}

// seeded writes two logs with 500 identifiers in 12 shapes, of which a file name is one, and returns the folder.
func seeded(t *testing.T) (dir string, seeds []seed) {
	t.Helper()
	dir = t.TempDir()
	kinds := []struct{ key, form string }{
		{"sn", "SN%09d"}, {"openId", "oAb-%04d_cD3fGhIjKlMnOpQrStU"}, {"deviceId", "dev.%05d-x"}, {"callerName", "Wang%dLi"},
		{"phone", "1380013%04d"}, {"wechatId", "wxid_%09d"}, {"listenerId", "oQq%04d-ZyXwVuTsRqPoNmLkJiHg"}, {"nickName", "小王%d号"},
	}
	var device, phone strings.Builder
	for i := range 500 {
		kind := kinds[i%len(kinds)]
		s := seed{fmt.Sprintf(kind.form, 1000+i), fmt.Sprintf("wxf830863afde621ebWmpfVoip1441133422%09d", i/2)}
		seeds = append(seeds, s)
		shape := i / len(kinds) % len(shapes)
		log, form := &device, "[I][2026-11-20 +8.0 %02d:%02d:%02d.000][4711, 4715*][Console][:4715, ][%s\n"
		if i%2 == 1 {
			log, form = &phone, "2026-11-20 %02d:%02d:%02d.000 I/Console(4001): %s\n"
		}
		line := func(shape string) {
			fmt.Fprintf(log, form, 9+i/360, i/6%60, i%6*10, fmt.Sprintf(shape, s.value, kind.key, s.room))
		}
		line(shapes[shape])
		if shape == 0 || shape == 6 { // nothing there says what the value is
			line(shapes[11])
		}
	}
	for name, text := range map[string]string{"SN000001000_20261120.log": device.String(), "phone.log": phone.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, seeds
}

// survivors fails for every seed that text holds, and, with rooms, for every room that it does not hold.
func survivors(t *testing.T, text string, seeds []seed, rooms bool) {
	t.Helper()
	for _, s := range seeds {
		if strings.Contains(text, s.value) {
			t.Errorf("%s survives", s.value)
		}
		if rooms && !strings.Contains(text, s.room) {
			t.Errorf("room %s is gone", s.room)
		}
	}
}

func TestRedactSeeded(t *testing.T) {
	dir, seeds := seeded(t)
	out := t.TempDir()
	if status, _, stderr := start(t.Context(), nil, "redact", "-o", out, dir); status != 0 {
		t.Fatalf("status %d: %s", status, stderr)
	}
	files, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(files) != 2 {
		t.Fatalf("wrote %v, %v", files, err)
	}
	text := strings.Join(files, "\n")
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text += string(b)
	}
	survivors(t, text, seeds, true)
}

// TestReportsSeeded holds that no identifier leaves in any format of any command, while all rooms do where calls are
// listed one by one.
func TestReportsSeeded(t *testing.T) {
	dir, seeds := seeded(t)
	for _, tt := range []struct {
		command string
		rooms   bool
	}{
		{"scan", false},
		{"scan -v", true},
		{"scan -f md -v", true},
		{"scan -f json", true},
		{"scan -f json --lang zh", true},
		{"scan -f post -v", false},
		{"scan -f ndjson", true},
		{"scan -f perfetto", false},
		{"calls", false},
		{"calls -f ndjson", true},
		{"show " + seeds[0].room, false},
		{"info", false},
		{"info -f json", false},
		{"rules explain join-fail-caller --room " + seeds[0].room, false},
	} {
		t.Run(tt.command, func(t *testing.T) {
			status, stdout, stderr := start(t.Context(), nil, append(strings.Fields(tt.command), dir)...)
			if status != 0 || stdout == "" {
				t.Fatalf("status %d: %s", status, stderr)
			}
			survivors(t, stdout, seeds, tt.rooms)
			status, stdout, stderr = start(t.Context(), nil, append(strings.Fields(tt.command+" --redact none"), dir)...)
			if status != 0 || !strings.Contains(stdout, "UNREDACTED") {
				t.Errorf("--redact none: status %d, no stamp: %s", status, stderr)
			}
			for _, s := range seeds {
				if strings.Contains(tt.command, "json") && tt.rooms && !strings.Contains(stdout, s.value) {
					t.Errorf("%s is not even there without redaction", s.value)
				}
			}
		})
	}
}

// TestReportWordsStay makes sure that nobody's name can change a word of the document that has a fixed meaning.
func TestReportWordsStay(t *testing.T) {
	text, err := os.ReadFile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, list := range regexp.MustCompile(`"enum": \[(.*?)\]`).FindAllSubmatch(text, -1) {
		for _, word := range regexp.MustCompile(`"([^"]+)"`).FindAllSubmatch(list[1], -1) {
			words = append(words, string(word[1]))
		}
	}
	source, err := os.ReadFile("../../internal/extract/event.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`Name += "(\w+)"`).FindAllSubmatch(source, -1) {
		words = append(words, string(name[1]))
	}
	for _, s := range signature.Default().Signatures {
		words = append(words, s.ID)
	}
	if len(words) < 100 {
		t.Fatalf("found only %d words", len(words))
	}
	r := newRedactor(nil)
	for _, word := range words {
		if err := r.Learn(`{"nickName":"` + word + `"}`); err != nil {
			t.Fatal(err)
		}
	}
	for _, word := range words {
		if got := r.Replace(word); got != word {
			t.Errorf("%q became %q", word, got)
		}
	}
}
