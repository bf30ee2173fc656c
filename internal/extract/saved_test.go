package extract_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
)

// An extractor that is saved in front of each line and each gap tells what another one does.
func TestExtractorIsSavedWhole(t *testing.T) {
	text := strings.Join([]string{
		"^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[1,2][2026-11-20 +0800 07:59:59]\n",
		line("WMPF version 2.4.0, plugin_version=2.4.1 appid=wx0123456789abcdef"),
		line(`onVoipEvent {"eventName":"startVoip","roomId":"` + room + `","data":{"isCaller":true}}`),
		line(`register {"openId":"o-test-caller-0001","sn":"SN-TEST-0001"} ` + "\xff\xfe"),
		strings.ReplaceAll(line("callWMPF {businessType: 1}"), "14:03:22", "13:01:22"),
		strings.ReplaceAll(line("idle"), "2026-11-20", "2026-12-29"),
		line("WMPF version 2.4.0 again"),
		line(`{"openId":"o-test-caller-0001","sn":"SN-TEST-0002"}`),
	}, "")
	at := logline.Pos{Input: "in.xlog", Line: 1}
	want, got := extract.New("in.xlog"), extract.New("in.xlog")
	n := 0
	for l := range logline.NewParser(logline.Options{Blocks: true}).Lines([]byte(text), at) {
		saved, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		got = new(extract.Extractor)
		if err := json.Unmarshal(saved, got); err != nil {
			t.Fatal(err)
		}
		want.Add(&l)
		got.Add(&l)
		if n++; n%3 == 0 {
			if a, b := want.Gap(l.Pos, "test"), got.Gap(l.Pos, "test"); a != b {
				t.Errorf("gap %d, want %d", b, a)
			}
		}
		unexported := cmp.Exporter(func(reflect.Type) bool { return true })
		if d := cmp.Diff(want, got, unexported, cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "matches" }, cmp.Ignore())); d != "" {
			t.Fatalf("behind line %d:\n%s", n, d)
		}
	}
	if values, _ := got.Named(); len(values) < 2 || len(got.Log().Events) < 5 {
		t.Errorf("%d names, %d events: too few for a test", len(values), len(got.Log().Events))
	}
}

func TestSavedExtractorThatIsNone(t *testing.T) {
	for _, text := range []string{`{"Open":[1]}`, `{"Log":{"Events":7}}`, `{"Open":[-1]}`} {
		if err := json.Unmarshal([]byte(text), new(extract.Extractor)); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}
