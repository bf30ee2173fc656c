package worker_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/worker"
)

// However inputs are split into tasks, whatever is done twice, and in whatever order lines come, the merged parts are the
// document of a scan of all inputs at once.
func TestSameAsScan(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		if err := os.RemoveAll(dir); err != nil {
			rt.Fatal(err)
		}
		inputs := fleet(rt, dir)
		want := scanned(rt, inputs, scan.Window{}, 0)
		if diff := cmp.Diff(want, scanned(rt, inputs, scan.Window{}, 1)); diff != "" {
			rt.Errorf("in bounded memory (-scan +bounded):\n%s", diff)
		}
		since := time.Date(2026, 11, 20, 0, rapid.IntRange(0, 24*60).Draw(rt, "since"), 0, 0, time.UTC)
		until := since.Add(time.Duration(rapid.IntRange(1, 600).Draw(rt, "minutes")) * time.Minute)
		window := scan.Window{Since: scan.Bound{Time: since, Local: rapid.Bool().Draw(rt, "local")}, Until: scan.Bound{Time: until, Local: true}}
		if diff := cmp.Diff(scanned(rt, inputs, window, 0), scanned(rt, inputs, window, 1)); diff != "" {
			rt.Errorf("a window in bounded memory (-scan +bounded):\n%s", diff)
		}

		var lines []string
		rest := rapid.Permutation(inputs).Draw(rt, "order")
		for len(rest) > 0 {
			size := rapid.IntRange(1, len(rest)).Draw(rt, "task")
			task := mapped(rt, "g1", rest[:size])
			lines = append(lines, task...)
			if rapid.Bool().Draw(rt, "twice") {
				lines = append(lines, task...)
			}
			rest = rest[size:]
		}
		if diff := cmp.Diff(want, merged(rt, reduced(rt, lines, "", "g1", rapid.IntRange(1, 3).Draw(rt, "reducers"))...)); diff != "" {
			rt.Errorf("one generation (-scan +worker):\n%s", diff)
		}

		// The same in two nights: what the second touches is judged again, with the logs of the first.
		first := inputs[:rapid.IntRange(0, len(inputs)).Draw(rt, "first night")]
		lines = mapped(rt, "g1", first)
		parts := reduced(rt, lines, "", "g1", 1)
		lines = append(lines, mapped(rt, "g2", inputs[len(first):])...)
		parts = append(reduced(rt, lines, "g2", "g2", 2), parts...)
		if diff := cmp.Diff(want, merged(rt, parts...)); diff != "" {
			rt.Errorf("two generations (-scan +worker):\n%s", diff)
		}
	})
}

func scanned(t *rapid.T, inputs []string, window scan.Window, memory int64) string {
	r, err := scan.Run(t.Context(), scan.Options{Paths: inputs, IDs: true, Window: window, MaxMemory: memory, Temp: os.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	return tables(t, r.Report, r.Named)
}

// tables writes a document as it is, and as it leaves.
func tables(t *rapid.T, r *report.Report, named []redact.Value) string {
	var b bytes.Buffer
	redacted, err := report.Redact(r, redact.New(nil), named...)
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range []*report.Report{r, redacted} {
		for _, write := range []func(io.Writer, *report.Report) error{report.NDJSON, report.JSON} {
			if err := write(&b, doc); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b.String()
}

// mapped returns the lines of a task.
func mapped(t *rapid.T, generation string, inputs []string) []string {
	if len(inputs) == 0 {
		return nil
	}
	var b bytes.Buffer
	if err := worker.Map(t.Context(), scan.Options{Paths: inputs}, generation, &b); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.SplitAfter(b.String(), "\n"), func(s string) bool { return s == "" })
}

// reduced links lines, shuffles them to so many reducers, and returns their parts.
func reduced(t *rapid.T, lines []string, touched, generation string, reducers int) []string {
	var links, folders []string
	for _, l := range lines {
		switch {
		case strings.HasPrefix(l, worker.Link):
			links = append(links, l)
		case !strings.HasPrefix(l, worker.Quarantine):
			folders = append(folders, l)
		}
	}
	if len(links) > 0 {
		links = rapid.Permutation(links).Draw(t, "links")
	}
	var table bytes.Buffer
	if err := worker.Linking(strings.NewReader(strings.Join(links, "")), touched, &table); err != nil {
		t.Fatal(err)
	}
	all, err := worker.ReadCalendar(bytes.NewReader(table.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	circles := map[string]string{}
	for line := range strings.Lines(table.String()) {
		folder, circle, _ := strings.Cut(strings.TrimSpace(line), "\t")
		circles[folder] = circle
	}
	byReducer := make([][]string, reducers)
	for _, l := range folders {
		folder, _, _ := strings.Cut(l, "\t")
		if c, ok := circles[folder]; ok {
			n := int(c[0]) % reducers
			byReducer[n] = append(byReducer[n], c+"\t"+l)
		}
	}
	var parts []string
	for _, list := range byReducer {
		if len(list) > 0 {
			list = rapid.Permutation(list).Draw(t, "lines")
		}
		slices.SortStableFunc(list, func(a, b string) int { return strings.Compare(a[:16], b[:16]) })
		how, err := scan.NewReducer(all, scan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var part bytes.Buffer
		if err := worker.Reduce(strings.NewReader(strings.Join(list, "")), how, generation, &part); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part.String())
	}
	return parts
}

func merged(t *rapid.T, parts ...string) string {
	var files []report.PartFile
	for i, p := range parts {
		files = append(files, report.PartFile{Name: fmt.Sprint("part ", i), ReaderAt: strings.NewReader(p), Size: int64(len(p))})
	}
	res, err := scan.Merge(files, os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Close()
	return tables(t, res.Report, res.Named)
}

// fleet writes the logs of devices and phones that call each other, and returns their names in order.
func fleet(t *rapid.T, dir string) []string {
	devices, phones := rapid.IntRange(1, 4).Draw(t, "devices"), rapid.IntRange(1, 3).Draw(t, "phones")
	logs := map[string]*strings.Builder{}
	log := func(name string) *strings.Builder {
		if logs[name] == nil {
			logs[name] = &strings.Builder{}
		}
		return logs[name]
	}
	logcat := make([]bool, phones) // whose lines have neither year nor zone
	for p := range phones {
		logcat[p] = rapid.Bool().Draw(t, "logcat")
		if rapid.IntRange(0, 3).Draw(t, "device file") == 0 {
			log(fmt.Sprintf("phone-%d/device.txt", p)).WriteString("2026-11-20 00:00:00 +0800\n[persist.sys.timezone]: [Asia/Tokyo]\n")
		}
	}
	start := time.Date(2026, 11, 20, 8, 0, 0, 0, time.FixedZone("", 8*60*60))
	for n := range rapid.IntRange(0, 12).Draw(t, "calls") {
		d, p := rapid.IntRange(0, devices-1).Draw(t, "device"), rapid.IntRange(0, phones-1).Draw(t, "phone")
		start = start.Add(time.Duration(rapid.IntRange(1, 9000).Draw(t, "pause")) * time.Second)
		room := fmt.Sprintf(`"roomId":"wx00000000000000%02dWmpfVoip1000000%02d"`, n, n)
		if rapid.IntRange(0, 5).Draw(t, "no room") == 0 {
			room = `"x":1`
		}
		device := func(after int, text string) {
			at := start.Add(time.Duration(after) * time.Second)
			name := fmt.Sprintf("device-%d/xlog/wmpf_%s.xlog.log", d, at.Format("20060102"))
			fmt.Fprintf(log(name), "[I][%s +8.0 %s][4711, 4715*][AppBrand][:1, ][%s\n", at.Format(time.DateOnly), at.Format("15:04:05.000"), text)
		}
		phone := func(after int, text string) {
			at := start.Add(time.Duration(after)*time.Second + 47*time.Second) // its clock is ahead
			if logcat[p] {
				fmt.Fprintf(log(fmt.Sprintf("phone-%d/run/logcat.txt", p)), "%s  815  816 I AppBrand: %s\n", at.Format("01-02 15:04:05.000"), text)
				return
			}
			name := fmt.Sprintf("phone-%d/xlog/MM_%s.xlog.log", p, at.Format("20060102"))
			fmt.Fprintf(log(name), "[I][%s +8.0 %s][815, 816*][MM][:1, ][%s\n", at.Format(time.DateOnly), at.Format("15:04:05.000"), text)
		}
		event := func(name, data string) string {
			return fmt.Sprintf(`[voip-call] onVoipEvent {"eventName":"%s",%s,"data":{%s}}`, name, room, data)
		}
		device(0, fmt.Sprintf(`initByCaller request {"roomType":"video","caller":{"id":"SN%d"},"listener":{"id":"oAAAAAAAAAAAAAAAAAAAAAAAAAA%d"},"businessType":1}`, d, p))
		device(1, fmt.Sprintf(`{"deviceSn":"KX77A9Q%d"}`, d)) // no event
		device(1, event("startVoip", "")+fmt.Sprintf(" of KX77A9Q%d", d))
		if rapid.IntRange(0, 3).Draw(t, "heard") > 0 {
			phone(3, fmt.Sprintf("enterWxaVoipCallingPage plugin-private://wx1/pages/call-page-plugin?listenerId=oAAAAAAAAAAAAAAAAAAAAAAAAAA%d&%s", p, strings.NewReplacer(`"`, "", ":", "=").Replace(room)))
			phone(6, event("hangOnVoip", ""))
		}
		if rapid.Bool().Draw(t, "fails") {
			device(2, event("joinFailCaller", `"error":{"errMsg":"join failed -10086 -7: Already in room or joining"}`))
			continue
		}
		device(2, event("joinedRoomByCaller", ""))
		device(9, event("calling", `"keepTime":1`))
		device(29, event("hangUpVoip", `"keepTime":20,"status":"endByListener"`))
	}
	if rapid.IntRange(0, 3).Draw(t, "copied") == 0 { // the folder of a device that was pulled twice
		for name, text := range logs {
			if rest, ok := strings.CutPrefix(name, "device-0/"); ok {
				logs["again/"+rest] = text
			}
		}
	}
	log("device-0/xlog/broken.xlog").WriteString("\x00\x00\x03 no log at all \xff")
	var names []string
	for name, text := range logs {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, start, start); err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.ToSlash(name))
	}
	slices.Sort(names)
	return names
}
