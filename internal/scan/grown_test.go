package scan_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

var grownKey = func() xlog.Key {
	k, err := xlog.ParseKey("test", []byte(xlogtest.KeyHex))
	if err != nil {
		panic(err)
	}
	return k
}()

// messages are what lines of a growing log may say.
var messages = []string{
	`onVoipEvent {"eventName":"startVoip","roomId":"wx0000000000000000WmpfVoip10000000000000000%d","data":{"isCaller":true}}`,
	`onVoipEvent {"eventName":"hangUpVoip","roomId":"wx0000000000000000WmpfVoip10000000000000000%d","data":{"origin":"self"}}`,
	`onVoipEvent {"eventName":"calling","roomId":"wx0000000000000000WmpfVoip10000000000000000%d","data":{"keepTime":3}}`,
	`initByCaller {"businessType":1,"sn":"SN-TEST-%d"} errMsg`, "wmpf version 2.%d.0", "plugin_version: 2.4.%d", "heartbeat %d",
	"networkType: none %d", "\xff\xfe register {\"openId\":\"o-test-%d\"}",
}

// genLog draws a log of several KB, with what happens to logs. There is none of that in the first 4 KiB, within which nothing is
// read on.
var genLog = rapid.Custom(func(t *rapid.T) []byte {
	var text strings.Builder
	text.WriteString("block seq=1 codec=stored hours=8-8\n\tbegun " + strings.Repeat("filler ", 600) + "\n")
	seq, at := 1, time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	for range rapid.IntRange(2, 10).Draw(t, "parts") {
		switch part := rapid.IntRange(0, 20).Draw(t, "part"); part {
		case 0:
			fmt.Fprintf(&text, "garbage n=%d seed=1\n", rapid.IntRange(1, 600).Draw(t, "n"))
		case 1:
			fmt.Fprintf(&text, "zeros n=%d\n", rapid.SampledFrom([]int{40, 512, 5000}).Draw(t, "n"))
		default:
			if seq++; rapid.IntRange(0, 5).Draw(t, "restart") == 0 {
				seq = 1
				text.WriteString("block mode=sync\n\t\"^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[4001,4001][" + at.Format("2006-01-02 +0800 15:04:05") + "]\\n\"\n")
			}
			at = at.Add(rapid.SampledFrom([]time.Duration{time.Second, time.Minute, time.Hour, -2 * time.Hour, 40 * 24 * time.Hour}).Draw(t, "later"))
			block := fmt.Sprintf("block %s seq=%d hours=%d-%d\n", rapid.SampledFrom([]string{
				"", "codec=zstd", "crypt=yes", "crypt=yes session=2", "crypt=other", "codec=stored",
			}).Draw(t, "attributes"), seq, at.Hour(), at.Hour())
			for i := range rapid.IntRange(1, 9).Draw(t, "writes") {
				message := fmt.Sprintf(rapid.SampledFrom(messages).Draw(t, "message"), rapid.IntRange(0, 3).Draw(t, "number"))
				block += fmt.Sprintf("\t%q\n", "[I]["+at.Add(time.Duration(i)*time.Second).Format("2006-01-02 +8.0 15:04:05.000")+"][4001, 4001*][App][:1, ]["+message+"\n")
			}
			block += fmt.Sprintf("block codec=stored seq=%d hours=%d-%d\n\t%s\n", seq+1, at.Hour(), at.Hour(), strings.Repeat("filler ", rapid.IntRange(1, 600).Draw(t, "filler")))
			seq++
			for range rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "times") {
				text.WriteString(block)
			}
		}
	}
	b, err := xlogtest.Build(text.String())
	if err != nil {
		t.Fatal(err)
	}
	return b
})

// A grown is a log that is written by and by, and scanned after each time.
type grown struct {
	name  string
	opt   scan.Options // without a state
	state string
	f     *scan.Follower
}

func newGrown(t testing.TB, name string, opt scan.Options) *grown {
	t.Helper()
	dir := t.TempDir()
	g := &grown{name: filepath.Join(dir, "xlog", name), opt: opt, state: filepath.Join(t.TempDir(), "kept")}
	if err := os.Mkdir(filepath.Dir(g.name), 0o755); err != nil {
		t.Fatal(err)
	}
	g.opt.Paths = []string{dir}
	f, err := scan.Follow(t.Context(), g.opt, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	g.f = f
	return g
}

// is scans with data in the file, with a state and following, after comparing both with a scan of its own.
func (g *grown) is(t interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
}, tt *testing.T, data []byte,
) (kept *scan.Result, readOn int) {
	t.Helper()
	if err := os.WriteFile(g.name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	want, err := scan.Run(tt.Context(), g.opt)
	if err != nil {
		t.Fatal(err)
	}
	with := g.opt
	with.State = g.state
	kept, err = scan.Run(tt.Context(), with)
	if err != nil {
		t.Fatal(err)
	}
	followed, err := g.f.Poll(tt.Context())
	if err != nil {
		t.Fatal(err)
	}
	if followed == nil { // as large as before, at the same time by the clock of the file system
		followed = want
	}
	for how, got := range map[string]*scan.Result{"--state": kept, "--follow": followed} {
		if d := cmp.Diff(bytesOf(tt, want), bytesOf(tt, got)); d != "" {
			t.Fatalf("with %d bytes and %s:\n%s", len(data), how, d)
		}
		if d := cmp.Diff(want.Problems, got.Problems); d != "" {
			t.Fatalf("with %d bytes and %s:\n%s", len(data), how, d)
		}
		if d := cmp.Diff(want.Named, got.Named); d != "" {
			t.Fatalf("with %d bytes and %s:\n%s", len(data), how, d)
		}
	}
	return kept, g.f.ReadOn()
}

// A log that grew, cut anywhere, tells with a state and followed what it tells when it is read as a whole.
func TestGrown(t *testing.T) {
	kept, followed := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		data := genLog.Draw(rt, "log")
		opt := scan.Options{Keys: []xlog.Key{grownKey}}
		if rapid.Bool().Draw(rt, "zone") {
			opt.Location = time.FixedZone("", 3600)
		}
		if rapid.Bool().Draw(rt, "one job") {
			opt.Jobs = 1
		}
		sizes := append(rapid.SliceOfN(rapid.OneOf(rapid.IntRange(1, len(data)), rapid.IntRange(len(data)/2, len(data))), 1, 3).Draw(rt, "sizes"), len(data))
		slices.Sort(sizes)
		g := newGrown(t, "wmpf_20261120.xlog", opt)
		for _, n := range slices.Compact(sizes) {
			r, on := g.is(rt, t, data[:n])
			kept += r.Grown
			followed += on
		}
	})
	if kept == 0 || followed == 0 {
		t.Errorf("nothing was read on: %d with a state, %d followed", kept, followed)
	}
}

// sound is a log without damage, larger than what is read at once.
func sound(t *testing.T, blocks int) []byte {
	t.Helper()
	var text strings.Builder
	for i := range blocks {
		fmt.Fprintf(&text, "block codec=stored seq=%d hours=8-8\n\t[I][2026-11-20 +8.0 08:00:%02d.000][4001, 4001*][App][:1, ][%s\n", i+1, i%60, strings.Repeat("filler ", 500))
		fmt.Fprintf(&text, "\t[I][2026-11-20 +8.0 08:00:%02d.000][4001, 4001*][App][:1, ]["+messages[0]+"\n", i%60, i)
	}
	b, err := xlogtest.Build(text.String())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Of a log that grew only what is new is decoded, and a block or two in front of it.
func TestOnlyTheGrowthIsRead(t *testing.T) {
	data := sound(t, 20)
	half := len(data) / 2
	g := newGrown(t, "wmpf_20261120.xlog", scan.Options{})
	for _, n := range []int{half, half + 5000, len(data)} {
		if r, on := g.is(t, t, data[:n]); n > half && (r.Grown != 1 || r.Known != 0 || on != 1) {
			t.Errorf("with %d bytes %d were read on, %d known, followed %d", n, r.Grown, r.Known, on)
		}
	}
	if r, _ := g.is(t, t, data); r.Known != 1 || r.Grown != 0 {
		t.Errorf("%d are known when nothing was added", r.Known)
	}
}

// What stands behind the last certain block may become another: the size of a block that is not finished, say.
func TestGrownFromATornEnd(t *testing.T) {
	data := sound(t, 20)
	half := len(data) / 2
	g := newGrown(t, "wmpf_20261120.xlog", scan.Options{})
	g.is(t, t, append(slices.Clone(data[:half+1000]), make([]byte, 1000)...))
	if r, on := g.is(t, t, data); r.Grown != 1 || on != 1 {
		t.Errorf("%d were read on, followed %d", r.Grown, on)
	}
}

// Damage that is far from the end is not read again either.
func TestGrownBehindDamage(t *testing.T) {
	data := sound(t, 700)
	copy(data[9000:], "damage that hurts a block, and more of it")
	clear(data[20000:20700])
	g := newGrown(t, "wmpf_20261120.xlog", scan.Options{})
	g.is(t, t, data[:len(data)-5000])
	if r, on := g.is(t, t, data); r.Grown != 1 || on != 1 || len(r.Report.Damage) == 0 {
		t.Errorf("%d were read on, followed %d, %d damaged places", r.Grown, on, len(r.Report.Damage))
	}
}

// A log under the same name that does not begin with what was read is another one.
func TestGrownIsAnother(t *testing.T) {
	data := sound(t, 20)
	half := len(data) / 2
	for name, change := range map[string]func(b []byte) []byte{
		"begins otherwise": func(b []byte) []byte { return append([]byte("other bytes"), b...) },
		"emptied, and other blocks": func([]byte) []byte {
			return bytes.ReplaceAll(sound(t, 25), []byte("filler"), []byte("FILLER"))
		},
		"is shorter": func(b []byte) []byte { return b[:half/2] },
		"was changed in front of its end": func(b []byte) []byte {
			copy(b[half-9000:], "hurt")
			return b
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGrown(t, "wmpf_20261120.xlog", scan.Options{})
			g.is(t, t, data[:half])
			if r, on := g.is(t, t, change(slices.Clone(data))); r.Grown != 0 || r.Known != 0 || on != 0 {
				t.Errorf("%d were read on, %d are known, followed %d", r.Grown, r.Known, on)
			}
		})
	}
}

// With a state, a log is another one whatever byte of what was read is not as it was.
func TestGrownIsComparedAsAWhole(t *testing.T) {
	data := sound(t, 60)
	dir, state := t.TempDir(), t.TempDir()
	name := filepath.Join(dir, "wmpf_20261120.xlog")
	for i, at := range []int{-1, 100_000, 120_000} {
		if at > 0 {
			data[at] ^= 1
		}
		if err := os.WriteFile(name, data[:len(data)-9000+i*1000], 0o644); err != nil {
			t.Fatal(err)
		}
		if r := scanWith(t, state, dir); r.Grown != 0 || r.Known != 0 {
			t.Errorf("with another byte at %d %d were read on", at, r.Grown)
		}
	}
}

// A file of a state that says how far a log was read may be damaged, cut, or of another time.
func TestGrownFromDamagedEntries(t *testing.T) {
	data := sound(t, 20)
	half := len(data) / 2
	for name, change := range map[string]func(b []byte) []byte{
		"cut":           func(b []byte) []byte { return b[:len(b)/2] },
		"cut to a head": func(b []byte) []byte { return b[:40] },
		"empty":         func([]byte) []byte { return nil },
		"other bytes":   func(b []byte) []byte { return bytes.Repeat([]byte{'x'}, len(b)) },
		"other end":     func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"other offset":  func(b []byte) []byte { b[0] ^= 1; return b },
	} {
		t.Run(name, func(t *testing.T) {
			dir, state := t.TempDir(), t.TempDir()
			log := filepath.Join(dir, "wmpf_20261120.xlog")
			if err := os.WriteFile(log, data[:half], 0o644); err != nil {
				t.Fatal(err)
			}
			scanWith(t, state, dir)
			for _, entry := range filesIn(t, state) {
				b, err := os.ReadFile(entry)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(entry, change(b), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(log, data[:len(data)-100], 0o644); err != nil {
				t.Fatal(err)
			}
			if r := scanWith(t, state, dir); r.Grown != 0 || r.Known != 0 {
				t.Errorf("%d were read on, %d are known", r.Grown, r.Known)
			}
			if err := os.WriteFile(log, data, 0o644); err != nil {
				t.Fatal(err)
			}
			if r := scanWith(t, state, dir); r.Grown != 1 {
				t.Error("it is not read on from what was kept anew")
			}
		})
	}
}

// A text is read on from its last whole piece.
func TestGrownText(t *testing.T) {
	var text strings.Builder
	at := time.Date(2026, 12, 30, 9, 0, 0, 0, time.UTC)
	for i := range 30_000 {
		message := fmt.Sprintf(messages[i*i%len(messages)], i%7)
		if i%50 > 0 {
			message = "heartbeat of nothing"
		}
		if i%999 == 0 {
			message += "\n\tat some.Class(File.java:1)"
		}
		fmt.Fprintf(&text, "%s  4001  4001 I App     : %s\n", at.Format("01-02 15:04:05.000"), message)
		at = at.Add(9 * time.Second)
	}
	data := []byte(text.String())
	g := newGrown(t, "logcat.txt", scan.Options{})
	var on []int
	for _, n := range []int{len(data) / 9, len(data) * 2 / 3, len(data) - 10_000, len(data) - 1, len(data)} {
		r, followed := g.is(t, t, data[:n])
		if r.Grown != followed {
			t.Errorf("with %d bytes %d were read on, followed %d", n, r.Grown, followed)
		}
		on = append(on, r.Grown)
	}
	if want := []int{0, 0, 1, 1, 1}; !slices.Equal(on, want) {
		t.Errorf("of %d bytes read on: %v, want %v", len(data), on, want)
	}
}

// A log that was followed with a state is read on by whoever follows it next.
func TestGrownBetweenFollowers(t *testing.T) {
	data := sound(t, 20)
	dir, state := t.TempDir(), t.TempDir()
	name := filepath.Join(dir, "wmpf_20261120.xlog")
	for i, n := range []int{len(data) / 2, len(data) * 2 / 3, len(data) * 2 / 3} {
		f, err := scan.Follow(t.Context(), scan.Options{Paths: []string{dir}, State: state}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		for step, n := range []int{n, n + 3000} {
			if err := os.WriteFile(name, data[:n], 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := f.Poll(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if want := run(t, scan.Options{Paths: []string{dir}}); bytesOf(t, r) != bytesOf(t, want) {
				t.Errorf("look %d of follower %d differs", step, i)
			}
			if on := f.ReadOn(); (i > 0 || step > 0) && on != 1 && (i != 2 || step != 0) {
				t.Errorf("look %d of follower %d: %d were read on", step, i, on)
			}
		}
	}
}
