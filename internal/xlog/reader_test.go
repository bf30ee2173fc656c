package xlog_test

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

const threeBlocks = `
block hours=8-9
	first block, first line
	first block, second line
block codec=zstd crypt=yes
	second block, first line
	second block, second line
garbage n=200 seed=1
block mode=sync
	third block
`

func TestRecordsDoNotDependOnReads(t *testing.T) {
	files := map[string][]byte{"three blocks": build(t, threeBlocks)}
	for _, name := range []string{"xlog-plus-mmap3", "synckill-torn-middle", "old-v117-async-plain"} {
		files[name] = realFile(t, name+".xlog")
	}
	for name, b := range files {
		want := readAll(t, b, testKeys...).records
		for how, r := range map[string]io.Reader{
			"one byte":      iotest.OneByteReader(bytes.NewReader(b)),
			"half":          iotest.HalfReader(bytes.NewReader(b)),
			"data with EOF": iotest.DataErrReader(bytes.NewReader(b)),
		} {
			got := read(t, r, xlog.Options{Keys: testKeys}).records
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-whole +got):\n%s", name, how, diff)
			}
		}
	}
}

// A read error comes last, after the records of everything that was read.
func TestReadError(t *testing.T) {
	b := build(t, threeBlocks)
	want := errors.New("the disk is gone")
	r := xlog.NewReader(io.MultiReader(bytes.NewReader(b), iotest.ErrReader(want)), xlog.Options{Keys: testKeys})
	var end int64
	var last error
	for rec, err := range r.Records() {
		if last != nil {
			t.Fatal("something follows the error")
		}
		if last = err; err != nil {
			if rec != nil {
				t.Errorf("record %v beside the error", rec)
			}
			continue
		}
		offset, length := rec.Span()
		end = offset + length
	}
	if !errors.Is(last, want) || end != int64(len(b)) {
		t.Errorf("error %v after %d of %d bytes, want %v", last, end, len(b), want)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestStuckReader(t *testing.T) {
	for rec, err := range xlog.NewReader(stuck{}, xlog.Options{}).Records() {
		if rec != nil || !errors.Is(err, io.ErrNoProgress) {
			t.Errorf("record %v, error %v", rec, err)
		}
	}
}

// A range that is left early goes on where it stopped.
func TestResume(t *testing.T) {
	b := build(t, threeBlocks)
	want := readAll(t, b, testKeys...).records
	r := xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys})
	var got []string
	for range want {
		for rec := range r.Records() {
			got = append(got, describe(rec))
			break
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// repeat is an endless input of one piece, cut to a length.
type repeat struct {
	piece []byte
	at    int
}

func (r *repeat) Read(b []byte) (int, error) {
	n := copy(b, r.piece[r.at:])
	r.at = (r.at + n) % len(r.piece)
	return n, nil
}

// What the reader holds does not grow with its input, whatever that is.
func TestMemoryIsBounded(t *testing.T) {
	text := "block mode=sync\n\t" + strings.Repeat("one line ", 20) + "\n"
	pieces := map[string][]byte{
		"sync blocks":    build(t, text),
		"deflate blocks": build(t, strings.Replace(text, "mode=sync", "", 1)),
		"zstd blocks":    build(t, strings.Replace(text, "mode=sync", "codec=zstd crypt=yes", 1)),
		"garbage":        build(t, "garbage n=100003 seed=3"),
		"zeros":          make([]byte, 4096),
		"headers":        append(build(t, "block")[:5], 0, 0, 0x0F, 0),
	}
	for name, piece := range pieces {
		const size, allowed = 4 << 20, 2 << 20
		held := func() int64 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			return int64(m.HeapAlloc)
		}
		before := held()
		in := io.LimitReader(&repeat{piece: piece}, size)
		r := xlog.NewReader(in, xlog.Options{Keys: testKeys, MaxBody: 64 << 10})
		var end int64
		for rec := range r.Records() {
			offset, length := rec.Span()
			end = offset + length
		}
		if end != size {
			t.Errorf("%s: %d of %d bytes", name, end, size)
		}
		if n := held() - before; n > allowed {
			t.Errorf("%s: %d bytes held after %d", name, n, size)
		}
		runtime.KeepAlive(r)
	}
}

// Reading one more block costs no memory.
func TestBlocksDoNotAllocate(t *testing.T) {
	for _, attributes := range []string{"mode=sync", "", "crypt=yes", "codec=stored crypt=yes", "magic=05"} {
		const blocks = 1000
		piece := build(t, strings.Repeat("block "+attributes+"\n\tone line that is long enough\n\tanother\n", blocks))
		allocs := testing.AllocsPerRun(3, func() {
			for range xlog.NewReader(bytes.NewReader(piece), xlog.Options{Keys: testKeys}).Records() {
			}
		})
		if allocs > blocks/5 {
			t.Errorf("block %s: %v allocations for %d blocks", attributes, allocs, blocks)
		}
	}
}

// Headers inside each other's bodies must not cost the square of the input.
func TestNestedHeadersAreLinear(t *testing.T) {
	var b bytes.Buffer
	for b.Len() < 1<<20 {
		b.Write([]byte{0x07, 1, 0, 8, 9, 0x00, 0x00, 0x08, 0, 0, 0, 0, 0})
	}
	got := readAll(t, b.Bytes(), testKeys...)
	if len(got.records) > 1000 {
		t.Errorf("%d records, the first is %s", len(got.records), got.records[0])
	}
}

func TestLimits(t *testing.T) {
	b := build(t, "block\n\t"+strings.Repeat("x", 5000)+"\nblock codec=zstd\n\t"+strings.Repeat("x", 5000)+
		"\nblock mode=sync\n\t"+strings.Repeat("x", 5000)+"\nblock\n\tsmall\n")
	got := read(t, bytes.NewReader(b), xlog.Options{MaxText: 1000})
	if len(got.damage) != 3 || got.blocks != 1 {
		t.Fatalf("got %s", strings.Join(got.records, "\n"))
	}
	for _, d := range got.damage {
		if d.Kind != xlog.TooLarge || !d.Loss() || len(d.Salvaged) > 1000 {
			t.Errorf("got %s", describe(d))
		}
	}
	got = read(t, bytes.NewReader(b), xlog.Options{MaxBody: 1000})
	if got.blocks != 3 || len(got.damage) != 1 {
		t.Errorf("got %s", strings.Join(got.records, "\n"))
	}
}
