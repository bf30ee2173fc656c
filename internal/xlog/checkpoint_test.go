package xlog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// genHistory draws a container with what happens to logs: two sessions, restarts, blocks again, keys that are not there, damage.
var genHistory = rapid.Custom(func(t *rapid.T) []byte {
	text := strings.Builder{}
	text.WriteString("block seq=1\n\tfirst\n")
	seq := 1
	for range rapid.IntRange(2, 14).Draw(t, "parts") {
		switch part := rapid.IntRange(0, 13).Draw(t, "part"); part {
		case 0:
			fmt.Fprintf(&text, "garbage n=%d seed=%d\n", rapid.IntRange(1, 600).Draw(t, "n"), part)
		case 1:
			fmt.Fprintf(&text, "zeros n=%d\n", rapid.SampledFrom([]int{1, 40, 512, 5000}).Draw(t, "n"))
		case 2:
			text.WriteString("crlf\n")
		case 3, 4, 5:
			from := rapid.IntRange(0, 4).Draw(t, "from")
			for i := range rapid.IntRange(1, 6).Draw(t, "lines") { // some of which were there, in this order
				text.WriteString(syncText(line(500*(from+i), 1, "sync")))
			}
		default:
			if rapid.IntRange(0, 5).Draw(t, "restart") == 0 {
				seq = 0
			}
			seq++
			attributes := rapid.SampledFrom([]string{
				"", "", "codec=zstd", "crypt=yes", "crypt=yes session=2", "codec=zstd crypt=yes", "crypt=other", "mode=sync crypt=yes", "magic=03", "codec=stored",
			}).Draw(t, "attributes")
			if !strings.Contains(attributes, "sync") {
				attributes += fmt.Sprintf(" seq=%d", seq)
			}
			block := fmt.Sprintf("block %s hours=%d-8\n", attributes, seq%8)
			for i := range rapid.IntRange(1, 12).Draw(t, "writes") {
				block += fmt.Sprintf("\t[I][2024-06-01 +8.0 08:%02d:%02d.123][4711, 4711*][tag][file.cc:1, func][%s\n", seq%60, i,
					rapid.StringMatching(`[ -~]{0,60}`).Draw(t, "body"))
			}
			for range rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "times") {
				text.WriteString(block)
			}
		}
	}
	b, err := xlogtest.Build(text.String())
	if err != nil {
		t.Fatal(err)
	}
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
	}
	return b
})

// readUpTo describes the records of b[from.Offset:] in front of the checkpoint, and those behind it.
func readUpTo(t interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}, b []byte, opt xlog.Options) (certain, others []string, c *xlog.Checkpoint) {
	if opt.From != nil {
		b = b[opt.From.Offset:]
	}
	r := xlog.NewReader(bytes.NewReader(b), opt)
	list := &certain
	for rec, err := range r.Records() {
		if err != nil {
			t.Fatal(err)
		}
		if now := r.Checkpoint(); now != nil {
			if c != nil {
				t.Fatal("two checkpoints")
			}
			c, list = now, &others
			if offset, _ := rec.Span(); offset != c.Offset {
				t.Fatalf("the checkpoint at %d is not in front of the record at %d", c.Offset, offset)
			}
		}
		*list = append(*list, describe(rec))
	}
	if c == nil {
		c = r.Checkpoint()
	}
	return certain, others, c
}

// readGrown reads a container that grows to these sizes, each time from the checkpoint of the time before, and compares the
// records with those of the whole. It returns how often there was a checkpoint.
func readGrown(t *rapid.T, b []byte, opt xlog.Options, sizes []int) (taken int) {
	var got, want []string
	for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys, MaxBody: opt.MaxBody}).Records() {
		want = append(want, describe(rec))
	}
	slices.Sort(sizes)
	for _, n := range sizes {
		certain, _, c := readUpTo(t, b[:n], opt)
		if c == nil {
			continue
		}
		got = append(got, certain...)
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		opt.From = new(xlog.Checkpoint)
		if err := json.Unmarshal(text, opt.From); err != nil {
			t.Fatal(err)
		}
		if err := opt.From.Check(opt); err != nil {
			t.Fatal(err)
		}
		taken++
	}
	certain, others, _ := readUpTo(t, b, opt)
	if got = slices.Concat(got, certain, others); !slices.Equal(got, want) {
		t.Fatalf("of %d bytes, read after %v\n%s\nwant\n%s", len(b), sizes, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return taken
}

// What a reader gives of a container that grew, from its checkpoint on, is what it gives of the whole.
func TestCheckpoint(t *testing.T) {
	files := map[string][]byte{}
	for _, name := range realNames(t) {
		files[name] = realFile(t, name+".xlog")
	}
	names := slices.Sorted(maps.Keys(files))
	for what, gen := range map[string]*rapid.Generator[[]byte]{
		"made": genHistory,
		"real": rapid.Custom(func(t *rapid.T) (b []byte) {
			for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 2).Draw(t, "names") {
				b = append(b, files[name][:min(len(files[name]), 200<<10)]...)
			}
			return b
		}),
	} {
		t.Run(what, func(t *testing.T) {
			taken := 0
			rapid.Check(t, func(t *rapid.T) {
				b := gen.Draw(t, "file")
				opt := xlog.Options{Keys: testKeys, MaxBody: rapid.SampledFrom([]int{1500, 1 << 20}).Draw(t, "body")}
				if rapid.Bool().Draw(t, "help") {
					opt.Go = func(work func()) { work() }
				}
				taken += readGrown(t, b, opt, rapid.SliceOfN(rapid.IntRange(1, len(b)), 1, 3).Draw(t, "sizes"))
			})
			if taken == 0 {
				t.Error("there was no checkpoint")
			}
		})
	}
}

// Of a log without damage all but the block at the end is certain.
func TestCheckpointIsNearTheEnd(t *testing.T) {
	b := realFile(t, "small-async-zlib-crypt.xlog")
	certain, others, c := readUpTo(t, b, xlog.Options{Keys: testKeys})
	if len(others) != 1 || len(certain) == 0 || c == nil {
		t.Fatalf("%d records are certain, %d are not", len(certain), len(others))
	}
}

func TestCheckpointOfAnother(t *testing.T) {
	b := realFile(t, "small-async-zlib-crypt.xlog")
	r := xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys})
	var c *xlog.Checkpoint
	for range r.Records() {
		if now := r.Checkpoint(); now != nil {
			c = now
		}
	}
	if err := c.Check(xlog.Options{Keys: testKeys}); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(c *xlog.Checkpoint){
		"no offset":   func(c *xlog.Checkpoint) { c.Offset = 0 },
		"no chains":   func(c *xlog.Checkpoint) { c.Chains = nil },
		"short chain": func(c *xlog.Checkpoint) { c.Chains[0].Key = nil },
		"short key":   func(c *xlog.Checkpoint) { c.Sessions[0].Client = []byte{1} },
		"other key":   func(c *xlog.Checkpoint) { c.Sessions[0].Chosen = len(testKeys) },
		"no point":    func(c *xlog.Checkpoint) { c.Sessions[0].Client = make([]byte, 64) },
		"no key":      func(c *xlog.Checkpoint) { c.LastSession.Chosen = -1 },
		"many blocks": func(c *xlog.Checkpoint) { c.Numbered.Now = make([]xlog.Place, 1<<20) },
	} {
		other := *c
		other.Chains, other.Sessions = slices.Clone(c.Chains), slices.Clone(c.Sessions)
		last := *c.LastSession
		other.LastSession = &last
		change(&other)
		if other.Check(xlog.Options{Keys: testKeys}) == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}

// A key field that is hurt is read by that of the block in front of it, also where this is not read again.
func TestCheckpointKnowsTheLastKey(t *testing.T) {
	line := "\t[I][2024-06-01 +8.0 08:00:00.123][4711, 4711*][tag][file.cc:1, func][a message of some length, a message of some length\n"
	block := "block crypt=yes codec=stored\n" + strings.Repeat(line, 5)
	b, err := xlogtest.Build(block + block)
	if err != nil {
		t.Fatal(err)
	}
	second := len(b) / 2
	b[second+20] ^= 1
	certain, _, c := readUpTo(t, b[:len(b)-9], xlog.Options{Keys: testKeys})
	if c == nil || c.Offset != int64(second) {
		t.Fatalf("no checkpoint behind the first block, of %d bytes: %+v", second, c)
	}
	more, others, _ := readUpTo(t, b, xlog.Options{Keys: testKeys, From: c})
	want := readBytes(b)
	if got := slices.Concat(certain, more, others); !slices.Equal(got, want) || !strings.HasPrefix(want[1], "block") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
