package xlog_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// A lawFile is a container of random blocks and the lines that are in it.
type lawFile struct {
	bytes  []byte
	starts []int // of its blocks, and the end of the last
	lines  map[string]bool
}

var genFile = rapid.Custom(func(t *rapid.T) lawFile {
	f := lawFile{lines: map[string]bool{}}
	var text strings.Builder
	n := 0
	for range rapid.IntRange(3, 6).Draw(t, "blocks") {
		f.starts = append(f.starts, 0)
		text.WriteString("block " + rapid.SampledFrom([]string{
			"", "codec=zstd", "crypt=yes", "codec=zstd crypt=yes", "mode=sync", "mode=sync crypt=yes",
		}).Draw(t, "attributes") + "\n")
		for range rapid.IntRange(1, 30).Draw(t, "writes") {
			n++
			line := "[I][2024-06-01 +8.0 08:00:" + string(rune('0'+n%6)) + "0.123][4711, 4711*][tag][file.cc:1, func][" +
				rapid.StringMatching(`[ -~]{0,60}`).Draw(t, "body")
			text.WriteString("\t" + line + "\n")
			f.lines[line+"\n"] = true
		}
	}
	b, err := xlogtest.Build(text.String())
	if err != nil {
		t.Fatal(err)
	}
	f.bytes = b
	at := 0
	for i := range f.starts {
		f.starts[i] = at
		at += 74 + int(binary.LittleEndian.Uint32(b[at+5:]))
	}
	f.starts = append(f.starts, at)
	return f
})

// A blow damages a file in one of the ways that files are damaged.
var blows = map[string]func(t *rapid.T, f lawFile) []byte{
	"begin lost": func(t *rapid.T, f lawFile) []byte {
		return f.bytes[rapid.IntRange(1, len(f.bytes)-1).Draw(t, "from"):]
	},
	"end lost": func(t *rapid.T, f lawFile) []byte {
		return f.bytes[:rapid.IntRange(1, len(f.bytes)-1).Draw(t, "to")]
	},
	"zeroed": func(t *rapid.T, f lawFile) []byte {
		b := slices.Clone(f.bytes)
		from := rapid.IntRange(0, len(b)-1).Draw(t, "from")
		clear(b[from:min(from+rapid.SampledFrom([]int{512, 4096}).Draw(t, "n"), len(b))])
		return b
	},
	"header changed": func(t *rapid.T, f lawFile) []byte {
		b := slices.Clone(f.bytes)
		start := f.starts[rapid.IntRange(0, len(f.starts)-2).Draw(t, "block")]
		for range rapid.IntRange(1, 4).Draw(t, "n") {
			b[start+rapid.IntRange(0, 72).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		return b
	},
	"end byte changed": func(t *rapid.T, f lawFile) []byte {
		b := slices.Clone(f.bytes)
		b[f.starts[rapid.IntRange(1, len(f.starts)-1).Draw(t, "block")]-1] = rapid.Byte().Draw(t, "byte")
		return b
	},
	"garbage between": func(t *rapid.T, f lawFile) []byte {
		at := f.starts[rapid.IntRange(0, len(f.starts)-1).Draw(t, "block")]
		return slices.Insert(slices.Clone(f.bytes), at, rapid.SliceOfN(rapid.Byte(), 1, 600).Draw(t, "garbage")...)
	},
	"block again": func(t *rapid.T, f lawFile) []byte {
		i := rapid.IntRange(0, len(f.starts)-2).Draw(t, "block")
		at := f.starts[rapid.IntRange(0, len(f.starts)-1).Draw(t, "at")]
		return slices.Insert(slices.Clone(f.bytes), at, f.bytes[f.starts[i]:f.starts[i+1]]...)
	},
	"text mode": func(_ *rapid.T, f lawFile) []byte {
		return bytes.ReplaceAll(f.bytes, []byte("\n"), []byte("\r\n"))
	},
}

// harmless blows lose no text at all.
var harmless = []string{"end byte changed", "garbage between", "block again", "text mode"}

// Whatever happened to a file, no line comes out of it that was not written, but the last of
// a damage, which may be cut.
func TestNoLineIsMadeUp(t *testing.T) {
	for name, blow := range blows {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				f := genFile.Draw(t, "file")
				b := blow(t, f)
				got := map[string]bool{}
				for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys}).Records() {
					text, cut := textOf(rec)
					for line := range strings.Lines(string(text)) {
						got[line] = true
						if !f.lines[line] && (!cut || strings.HasSuffix(line, "\n")) {
							t.Fatalf("%s\nwas never written, it is in %s", line, describe(rec))
						}
					}
				}
				for line := range f.lines {
					if slices.Contains(harmless, name) && !got[line] {
						t.Fatalf("%s\nis lost from\n%s", line, strings.Join(readBytes(b), "\n"))
					}
				}
			})
		})
	}
}

func readBytes(b []byte) (records []string) {
	for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys}).Records() {
		records = append(records, describe(rec))
	}
	return records
}

func textOf(rec xlog.Record) (text []byte, cut bool) {
	switch rec := rec.(type) {
	case *xlog.Block:
		return rec.Text, false
	case *xlog.Damage:
		return rec.Salvaged, true
	}
	return nil, false
}

// A run of changed bytes in a real body is found: nothing behind it is given as text. One byte is
// another matter, see docs/format.md.
func TestChangedRunsAreFound(t *testing.T) {
	for _, name := range []string{"small-async-zlib-plain", "small-async-zlib-crypt", "old-v117-async-plain"} {
		b, text := realFile(t, name+".xlog"), realFile(t, name+".txt")
		written := map[string]bool{}
		for line := range strings.Lines(string(text)) {
			written[line] = true
		}
		random := rand.New(rand.NewPCG(7, 7))
		const trials = 40
		marked, wrong := 0, 0
		for range trials {
			hurt := slices.Clone(b)
			at := random.IntN(len(b) - 64)
			for i := range 64 {
				hurt[at+i] = byte(random.Uint32())
			}
			got := readAll(t, hurt, testKeys...)
			if len(got.damage) > 0 {
				marked++
			}
			for _, line := range strings.SplitAfter(string(got.text), "\n") {
				if line != "" && !written[line] && !bytes.Contains(text, []byte(line)) {
					wrong++
				}
			}
		}
		if marked != trials || wrong > 3 {
			t.Errorf("%s: %d of %d marked, %d lines that were never written", name, marked, trials, wrong)
		}
	}
}

// The text of a file is limited as a whole, too.
func TestMaxRatio(t *testing.T) {
	bomb := framed(0x0D, append([]byte{0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38}, bytes.Repeat([]byte{0x02, 0x00, 0x10, 'a'}, 256)...))
	var b []byte
	for seq := range 20 { // of 32 MiB each
		bomb[1] = byte(seq + 1)
		b = append(b, bomb...)
	}
	var given int
	kinds := map[xlog.Kind]int{}
	for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{}).Records() {
		text, _ := textOf(rec)
		given += len(text)
		if d, ok := rec.(*xlog.Damage); ok {
			kinds[d.Kind]++
			if d.Cause != xlog.OverLimit {
				t.Errorf("got %s", describe(d))
			}
		}
	}
	if given > 320<<20 || kinds[xlog.TooLarge] < 10 {
		t.Errorf("%d MiB of text, %v", given>>20, kinds)
	}
}
