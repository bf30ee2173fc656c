package xlog_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/tools/txtar"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Whatever the input: the records cover it exactly (checked by read), blocks skipped
// or not, and how the input arrives changes nothing.
func FuzzRecords(f *testing.F) {
	files, err := filepath.Glob("testdata/hostile/*.xlog")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	a, err := txtar.ParseFile("testdata/damaged.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range a.Files {
		if strings.HasSuffix(file.Name, ".build") {
			f.Add(build(f, string(file.Data)))
		}
	}
	f.Add(build(f, threeBlocks))
	f.Add(build(f, "block magic=05\n\tone\n\ttwo\nblock magic=02\n\tone\nblock magic=03 dialect=internal\n\tone\nzeros n=600\n"))
	f.Add(realFile(f, "old-g31-sync-plain.xlog")[:2000])
	log := syncText(line(0, 1, "a"), line(700, 1, "b"), "~~~~~ begin of mmap ~~~~~\n", line(1400, 2, "c")) + "block seq=7\n\t" + line(1500, 1, "packed")
	f.Add(build(f, log+log+"set off=-300 n=1\n"+log))
	f.Fuzz(func(t *testing.T, b []byte) {
		opt := xlog.Options{Keys: testKeys, MaxBody: 8 << 10, MaxText: 64 << 10}
		want := read(t, bytes.NewReader(b), opt)
		if want.end != int64(len(b)) {
			t.Fatalf("records end at %d of %d bytes", want.end, len(b))
		}
		got := read(t, iotest.OneByteReader(bytes.NewReader(b)), opt)
		if diff := cmp.Diff(want.records, got.records); diff != "" {
			t.Fatalf("one byte at a time (-whole +got):\n%s", diff)
		}
		opt.Skip = func(h *xlog.Header, start func() []byte) bool { return (int(h.Seq)+len(start()))%2 == 1 }
		alone := read(t, bytes.NewReader(b), opt)
		opt.Go = func(work func()) { work() }
		helped := read(t, bytes.NewReader(b), opt)
		if diff := cmp.Diff(alone.records, helped.records); alone.end != int64(len(b)) || diff != "" {
			t.Fatalf("skipping, records end at %d of %d bytes (-alone +helped):\n%s", alone.end, len(b), diff)
		}
		xlog.Sniff(b)
	})
}

// What is built decodes to what it was built from. The second write ends as the
// appender ends all of them; a text that ends on a zero byte is taken for one that a
// lost page has cut.
func FuzzBuild(f *testing.F) {
	f.Add("one line", "another", byte(0x09), false)
	f.Add("", "\x00\xff", byte(0x0C), true)
	f.Add("[I][2024-06-01 +8.0 08:00:00.123][1, 1*][tag][f.cc:1, fn][text", "语音", byte(0x05), false)
	f.Fuzz(func(t *testing.T, first, second string, magic byte, internal bool) {
		magic = magic%0x11 + 1
		attributes := "magic=" + strconv.FormatUint(uint64(magic), 16)
		if internal && magic >= 3 && magic <= 5 {
			attributes += " dialect=internal"
		}
		// A block in front proves the key. Text in front proves the rest.
		const intro = "some text that is long enough to be known as text, "
		text := "block codec=zstd crypt=yes\n\t" + intro + "\n" +
			"block " + attributes + "\n\t" + strconv.Quote(strings.Repeat(intro, 11)+first) + "\n\t" + strconv.Quote(second+"\n") + "\n"
		got := readAll(t, build(t, text), testKeys...)
		if want := intro + "\n" + strings.Repeat(intro, 11) + first + second + "\n"; got.blocks != 2 || string(got.text) != want {
			t.Fatalf("built from\n%s\ngot %q", text, got.records)
		}
	})
}
