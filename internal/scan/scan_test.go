package scan_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

func run(t testing.TB, opt scan.Options) *scan.Result {
	t.Helper()
	r, err := scan.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// selected is a report of one call, and of findings of a severity or above.
func selected(t testing.TB, opt scan.Options, room string, least signature.Severity) *report.Report {
	t.Helper()
	opt.Room = room
	r := run(t, opt)
	if err := r.Report.Select(room, least); err != nil {
		t.Fatal(err)
	}
	return r.Report
}

func bytesOf(t *testing.T, r *scan.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.JSON(&b, r.Report); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The sample says what went wrong in each of its calls, and whose side it was.
func TestSample(t *testing.T) {
	r := run(t, scan.Options{Paths: []string{samples + "/two-parties"}})
	if len(r.Problems) > 0 {
		t.Errorf("problems %v", r.Problems)
	}
	var got []string
	for _, c := range r.Report.Calls {
		line := c.Stage + " " + c.Outcome
		for _, f := range c.Findings {
			role := "nobody"
			if f.Role != nil {
				role = *f.Role
			}
			line += fmt.Sprintf(", %s (%s, %s)", f.Signature, f.Certainty, role)
		}
		got = append(got, line)
	}
	want := []string{
		"call completed, call-normal-hangup (confirmed, listener)",
		"join join-failed, join-already-in-room (confirmed, caller)",
		"join join-failed, join-already-in-room (confirmed, caller)",
		"call aborted, call-incoming-call (confirmed, listener)",
		"initiate initiate-failed, initiate-sn-mismatch (confirmed, caller)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	skew := slices.IndexFunc(r.Report.Findings, func(f report.Finding) bool { return f.Signature == "clock-skew" })
	if skew < 0 || len(r.Report.Findings[skew].Calls) != 2 {
		t.Errorf("the clocks of the two are not told once for two calls: %+v", r.Report.Findings)
	}
	if k := r.Report.Calls[0].Clock; k == nil || *k.LowMs > 47200 || *k.HighMs < 47200 {
		t.Errorf("the phone is 47.2 s ahead, not %+v", k)
	}
}

// The links of a call lead from what one party did to what the other saw of it.
func TestLinks(t *testing.T) {
	r := run(t, scan.Options{Paths: []string{samples + "/two-parties"}})
	var got []string
	for _, c := range r.Report.Calls {
		for _, l := range c.Links {
			from, to := c.Timeline[l.From], c.Timeline[l.To]
			got = append(got, fmt.Sprintf("%s %s, %s %s", from.Role, from.Event, to.Role, to.Event))
		}
		got = append(got, c.Outcome)
	}
	want := []string{
		"caller callResult, listener alertShown", "caller callResult, listener hangOnVoip", "listener hangOnVoip, caller calling",
		"listener hangUpVoip, caller hangUpVoip", "completed",
		"join-failed", "join-failed",
		"caller callResult, listener alertShown", "caller callResult, listener hangOnVoip", "listener hangOnVoip, caller calling",
		"listener abortVoip, caller abortVoip", "aborted",
		"initiate-failed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Neither the order of the arguments nor the number of inputs read at once shows in the result.
func TestSameBytes(t *testing.T) {
	var paths []string
	for _, p := range []string{"device/xlog/wmpf_20261120.xlog", "device/xlog/wmpf.mmap3", "phone/xlog/MM_20261120.xlog"} {
		paths = append(paths, samples+"/two-parties/"+p)
	}
	want := bytesOf(t, run(t, scan.Options{Paths: paths, Jobs: 1}))
	slices.Reverse(paths)
	for _, jobs := range []int{1, 2, 8} {
		if diff := cmp.Diff(want, bytesOf(t, run(t, scan.Options{Paths: paths, Jobs: jobs}))); diff != "" {
			t.Errorf("%d jobs: %s", jobs, diff)
		}
	}
}

// file writes a file below a folder of the test and returns its name.
func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func container(t *testing.T, text string) []byte {
	t.Helper()
	b, err := xlogtest.Build(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is wrong with an input is told in one sentence, and whether something was lost.
func TestProblems(t *testing.T) {
	const block = "block codec=deflate\n\tline\n"
	locked := container(t, "block codec=zstd crypt=yes\n\t[I][2026-11-20 +8.0 14:00:00.000][1, 1*][T][:1, ][line of a sealed block\n")
	for name, tt := range map[string]struct {
		data  []byte
		keys  []xlog.Key
		want  string // part of the problem; "" for none
		note  string // part of the input's note
		fatal bool
	}{
		"empty.xlog":   {want: "", note: "an empty file"},
		"blank.mmap3":  {data: make([]byte, 153600), want: "", note: "unused cache file"},
		"image.xlog":   {data: []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + strings.Repeat("\x9c", 600)), want: "this is no log but a JPEG image", fatal: true},
		"noise.xlog":   {data: container(t, "garbage n=5000 seed=3"), want: "no xlog block and no text was found", fatal: true},
		"damaged.xlog": {data: container(t, block+"garbage n=300 seed=3\n"+block), want: "are damaged, in 1 place, the first (garbage) at offset", fatal: true},
		"torn.xlog":    {data: container(t, block+block+"cut 9"), want: "", note: "the last block is unfinished: the copy is cut; copy the file again, whole"},
		"locked.xlog":  {data: locked, want: "1 of 1 blocks are encrypted; give the private key", fatal: true},
		"cut-and-locked.xlog": {
			data: container(t, "block codec=zstd crypt=yes\n\tone\n\ttwo\n\tthree\n\tfour\ncut 20"), want: "1 block that is hurt is encrypted", fatal: true,
		},
		"wrong-key.xlog": {data: locked, keys: []xlog.Key{xlogtest.OtherKey()}, want: "the key given does not open them", fatal: true},
		"right-key.xlog": {data: locked, keys: []xlog.Key{xlogtest.OtherKey(), xlogtest.Key()}},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, scan.Options{Paths: []string{file(t, name, tt.data)}, Keys: tt.keys})
			switch {
			case tt.want == "" && len(r.Problems) > 0:
				t.Errorf("problems %v", r.Problems)
			case tt.want != "" && (len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, tt.want) || r.Problems[0].Fatal != tt.fatal):
				t.Errorf("problems %v, want %q", r.Problems, tt.want)
			}
			if note := r.Report.Inputs[0].Note; tt.note != "" && (note == nil || !strings.Contains(*note, tt.note)) {
				t.Errorf("note %v, want %q", note, tt.note)
			}
		})
	}
}

const (
	room   = "wxf830863afde621ebWmpfVoip1441133422395014532"
	logcat = "11-20 06:03:22.104  4711  4712 I chromium: onVoipEvent "
	mars   = "[I][2026-11-20 +8.0 14:03:2%s][2666, 2669*][MPConsole][:2669, ][onVoipEvent "
)

// A logcat gets its year from the other logs and its zone from the calls it shares with them.
func TestYearAndZone(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	event := func(name, data string) string {
		return `{"eventName":"` + name + `","roomId":"` + room + `","data":` + data + "}\n"
	}
	write("device/logcat.txt", logcat+event("joinedRoomByCaller", "{}")+strings.Replace(logcat, "22.104", "24.000", 1)+event("calling", `{"keepTime":1}`)+
		strings.Replace(logcat, "22.104", "25.000", 1)+event("hangUpVoip", `{"status":"endByCaller","origin":"manual"}`))
	write("phone/mm.log", fmt.Sprintf(mars, "3.500")+event("hangOnVoip", "{}")+fmt.Sprintf(mars, "5.300")+event("hangUpVoip", `{"status":"endByCaller","origin":"other"}`))
	r := run(t, scan.Options{Paths: []string{dir}})
	if len(r.Report.Calls) != 1 {
		t.Fatalf("%d calls", len(r.Report.Calls))
	}
	if got := r.Report.Calls[0].Start.Format(time.RFC3339); got != "2026-11-20T06:03:22Z" && got != "2026-11-20T06:03:22+00:00" {
		t.Errorf("the call starts %s", got)
	}
	for _, part := range []string{"2026 is from the other logs", "+00:00 is from calls"} {
		if note := r.Report.Inputs[0].Note; note == nil || !strings.Contains(*note, part) {
			t.Errorf("note %v lacks %q", note, part)
		}
	}

	r = run(t, scan.Options{Paths: []string{dir}, Location: time.FixedZone("", 8*3600)})
	if got := r.Report.Calls[0].Start.Format(time.RFC3339); got != "2026-11-20T06:03:22+08:00" {
		t.Errorf("with --tz the call starts %s", got)
	}

	write("phone/mm.log", "nothing with a time\n")
	if err := os.Chtimes(filepath.Join(dir, "device/logcat.txt"), time.Time{}, time.Date(2025, 1, 3, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	r = run(t, scan.Options{Paths: []string{dir}})
	if got := r.Report.Calls[0].Start.Format(time.RFC3339); got != "2024-11-20T06:03:22Z" && got != "2024-11-20T06:03:22+00:00" {
		t.Errorf("by the file's date the call starts %s", got)
	}
}

// A log without dates gets the day in its name, else that of the file.
func TestDayOfLinesWithoutDate(t *testing.T) {
	const line = "[23:59:09.100][E][WMPF][1572:1566][components/voip/standalone/wmpf.cc:800][call]: device/call fail: 9\n"
	for name, want := range map[string]string{
		"voip_20240221.log":   "2024-02-21",
		"voip-2024-02-21.txt": "2024-02-21",
		"voip120240221.log":   "2025-01-03",
		"voip.log":            "2025-01-03",
	} {
		path := file(t, name, []byte(line))
		if err := os.Chtimes(path, time.Time{}, time.Date(2025, 1, 3, 12, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
		if got := run(t, scan.Options{Paths: []string{path}}).Report.Calls[0].Start.Format(time.DateOnly); got != want {
			t.Errorf("%s is of %s, want %s", name, got, want)
		}
	}
	path := file(t, "voip_20240221.log", []byte(line))
	r := run(t, scan.Options{Paths: []string{path}, Date: time.Date(2023, 5, 6, 0, 0, 0, 0, time.UTC)})
	if got := r.Report.Calls[0].Start.Format(time.DateOnly); got != "2023-05-06" {
		t.Errorf("with --date it is of %s", got)
	}
}

// --role and --only choose; a name that nothing has is an error, not silence.
func TestOptions(t *testing.T) {
	paths := []string{samples + "/two-parties"}
	const second = "wxf830863afde621ebWmpfVoip1441133422395014548"
	r := selected(t, scan.Options{Paths: paths, Only: []string{"join-fail-caller"}, Lang: "zh"}, second, "")
	if len(r.Calls) != 1 || len(r.Calls[0].Findings) != 1 || r.Calls[0].Findings[0].Signature != "join-fail-caller" {
		t.Errorf("calls %+v", r.Calls)
	}
	r = selected(t, scan.Options{Paths: paths}, "", "critical")
	for _, c := range r.Calls {
		for _, f := range c.Findings {
			if f.Severity != "critical" {
				t.Errorf("%s is %s", f.Signature, f.Severity)
			}
		}
	}
	r = selected(t, scan.Options{Paths: paths, Roles: []scan.Role{{Role: "listener", Glob: "**/device/**"}}}, second, "")
	if p := r.Calls[0].Parties[1]; len(p.Inputs) == 0 {
		t.Errorf("--role did not make the device the listener: %+v", r.Calls[0].Parties)
	}
	for _, opt := range []scan.Options{{Only: []string{"no-such-signature"}}, {Skip: []string{"x"}}, {Roles: []scan.Role{{Role: "caller", Glob: "[a"}}}} {
		if _, err := scan.Run(t.Context(), opt); err == nil {
			t.Errorf("%+v is accepted", opt)
		}
	}
}

// TestOneSide scans the device alone: what the phone's log would decide is a lead that says how to get it, and of when.
func TestOneSide(t *testing.T) {
	r := selected(t, scan.Options{Paths: []string{samples + "/two-parties/device"}}, "wxf830863afde621ebWmpfVoip1441133422395014577", "")
	if len(r.Calls) != 1 || len(r.Calls[0].Findings) == 0 {
		t.Fatalf("calls %+v", r.Calls)
	}
	f := r.Calls[0].Findings[0]
	want := []string{"the listener's log of room wxf830863afde621ebWmpfVoip1441133422395014577, from 2026-11-20 14:10:02 +08:00 to 14:10:44: " +
		"adb pull /sdcard/Android/data/com.tencent.mm/MicroMsg/xlog listener-log"}
	if f.Signature != "call-peer-aborted" || f.Certainty != "lead" {
		t.Errorf("%s is %s", f.Signature, f.Certainty)
	}
	if diff := cmp.Diff(want, f.Missing); diff != "" {
		t.Error(diff)
	}
}

// TestCatalogue judges by the rules it is given, and counts those of the user.
func TestCatalogue(t *testing.T) {
	rule := "id: mine\nseverity: info\ntitle: {en: t, zh: t}\ncause: {en: c, zh: c}\nremedy: {en: r, zh: r}\nurl: https://example.com\n" +
		"events: {a: {event: callRequest}}\nmatch: a\n"
	rules, err := signature.Default().With(fstest.MapFS{"mine.yaml": {Data: []byte(rule)}}, "my-rules")
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, scan.Options{Paths: []string{samples + "/two-parties"}, Catalogue: rules, Only: []string{"mine"}})
	if got := r.Report.Tool.Rules; got.User != 1 || got.Count != len(rules.Signatures) || got.Hash != rules.Hash {
		t.Errorf("the report names the rules %+v", got)
	}
	for _, c := range r.Report.Calls {
		if len(c.Findings) != 1 || c.Findings[0].Signature != "mine" {
			t.Errorf("%s has the findings %+v", c.ID, c.Findings)
		}
	}
}

// Decode gives the text of every block, past damage.
func TestDecode(t *testing.T) {
	path := file(t, "a.xlog", container(t, "block codec=zstd\n\tone\ngarbage n=200 seed=5\nblock codec=deflate\n\ttwo\nblock codec=zstd crypt=yes\n\tthree\n"))
	var out bytes.Buffer
	r := decode(t, path, &out)
	if out.String() != "one\ntwo\n" || r.Blocks != 2 || r.Locked != 1 || len(r.Damage) != 1 || r.Damage[0].Length != 200 {
		t.Errorf("%q, %+v", out.String(), r)
	}
}

func BenchmarkRun(b *testing.B) {
	var size int64
	err := filepath.Walk(samples+"/two-parties", func(_ string, info os.FileInfo, err error) error {
		size += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		run(b, scan.Options{Paths: []string{samples + "/two-parties"}, Jobs: 1})
	}
}

// Blocks that are gone with damage are a gap, on which nothing that is absent may rest; blocks that were perhaps never
// written are none.
func TestGapsOfLostBlocks(t *testing.T) {
	block := func(seq int) string {
		return fmt.Sprintf("block seq=%d hours=9-9\n\t[I][2026-11-20 +8.0 09:%02d:00.000][1, 1*][T][:1, ][the log of a block\n", seq, seq)
	}
	before, after := block(1)+block(2)+block(3)+block(4), block(8)+block(9)
	for name, tt := range map[string]struct {
		spec string
		gaps int
	}{
		"intact":    {before + block(5), 0},
		"damaged":   {before + "garbage n=90 seed=2\n" + after, 1},
		"unwritten": {before + after, 0},
		"both":      {before + after + "garbage n=90 seed=2\n" + block(10), 1},
		"locked":    {before + "block seq=5 crypt=yes\n\tsealed\n" + after, 1},
	} {
		j, err := scan.Join(t.Context(), scan.Options{Paths: []string{file(t, name+".xlog", container(t, tt.spec))}})
		if err != nil {
			t.Fatal(err)
		}
		if got := j.Devices[0].Logs[0].Gaps; len(got) != tt.gaps {
			t.Errorf("%s: gaps %v, want %d", name, got, tt.gaps)
		}
	}
}

// The account of an input adds up to its bytes, and what it lacks has its time from the lines around it, or from the
// hours of headers.
func TestAccountOfInput(t *testing.T) {
	line := func(at string) string {
		return "\t[I][2026-11-20 +8.0 " + at + ".000][1, 1*][T][:1, ][the log of a block\n"
	}
	spec := "block crypt=yes hours=7-8\n" + line("07:59:00") + "garbage n=300 seed=2\nblock crypt=yes hours=10-10\n" + line("10:01:00") +
		"block hours=11-11\n" + line("11:00:00") + "garbage n=80 seed=4\nblock hours=13-13\n" + line("13:00:00") + "block hours=13-13\n" + line("13:30:00") + line("13:30:00") + "cut 9\n"
	r := run(t, scan.Options{Paths: []string{file(t, "a.xlog", container(t, spec))}}).Report
	in := r.Inputs[0]
	a := in.Account
	if sum := a.Decoded.Bytes + a.Salvaged.Bytes + a.Locked.Bytes + a.Lost.Bytes + a.Harmless.Bytes; sum != in.Bytes || in.Bytes == 0 {
		t.Errorf("the account %+v has %d of %d bytes", a, sum, in.Bytes)
	}
	var got []string
	for i := range r.Damage {
		when := r.Damage[i].When()
		got = append(got, when.Text("en"))
	}
	want := []string{"in hours 8 to 10", "2026-11-20 11:00:00 to 13:00:00 +08:00", "after 2026-11-20 13:30:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if when := a.LockedIn.Text("zh"); when != "7 点至 10 点" {
		t.Errorf("locked %s", when)
	}

	r = run(t, scan.Options{Paths: []string{file(t, "a.log", []byte(line("08:00:00")[1:]))}}).Report
	if r.Inputs[0].Lines != 1 || r.Inputs[0].Account != nil {
		t.Error("a text has an account of blocks")
	}
}

// With one party's folder alone, no verdict that needs both stands, and a lead says what to get, for which call.
func TestOneFolder(t *testing.T) {
	var got []string
	for _, c := range run(t, scan.Options{Paths: []string{samples + "/two-parties/device"}}).Report.Calls {
		for _, f := range c.Findings {
			if f.Certainty == "confirmed" && signature.Default().Find(f.Signature).NeedsBoth {
				t.Errorf("%s is stated as a fact of %s", f.Signature, c.ID)
			}
			if f.Certainty == "lead" {
				got = append(got, f.Signature+": "+strings.Join(f.Missing, "; "))
			}
		}
	}
	const pull = ": adb pull /sdcard/Android/data/com.tencent.mm/MicroMsg/xlog listener-log"
	want := []string{
		"call-normal-hangup: the listener's log of room wxf830863afde621ebWmpfVoip1441133422395014532, from 2026-11-20 14:03:22 +08:00 to 14:03:51" + pull,
		"call-peer-aborted: the listener's log of room wxf830863afde621ebWmpfVoip1441133422395014577, from 2026-11-20 14:10:02 +08:00 to 14:10:44" + pull,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
