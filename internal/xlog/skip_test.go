package xlog_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// Of a sound file, skipping takes the blocks that are named and nothing else, with and without help, and it is shown how
// the text of each begins.
func TestSkipTakesWhatItIsToldTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := genFile.Draw(t, "file")
		whole, texts := readBytes(f.bytes), map[int64][]byte{}
		for rec := range xlog.NewReader(bytes.NewReader(f.bytes), xlog.Options{Keys: testKeys}).Records() {
			offset, _ := rec.Span()
			text, _ := textOf(rec)
			texts[offset] = bytes.Clone(text)
		}
		out := map[int64]bool{}
		for i, at := range f.starts[:len(f.starts)-1] {
			if rapid.Bool().Draw(t, "skip") {
				out[int64(at)] = true
				skipped := strings.Fields(whole[i])
				whole[i] = "skipped " + strings.Join(skipped[1:5], " ")
			}
		}
		skip := func(h *xlog.Header, start func() []byte) bool {
			if got := start(); len(got) == 0 || !bytes.HasPrefix(texts[h.Offset], got) {
				t.Fatalf("the block at %d begins with %q, told %q", h.Offset, quote(texts[h.Offset]), got)
			}
			return out[h.Offset]
		}
		for _, how := range slices.Sorted(maps.Keys(helpers)) {
			opt := xlog.Options{Keys: testKeys, Go: helpers[how], Skip: skip}
			var got []string
			for rec := range xlog.NewReader(bytes.NewReader(f.bytes), opt).Records() {
				got = append(got, describe(rec))
			}
			if diff := cmp.Diff(whole, got); diff != "" {
				t.Fatalf("helped %s (-whole +skipping):\n%s", how, diff)
			}
		}
	})
}

// Whatever happened to a file, blocks, damage and what was skipped cover it exactly once, and nothing comes out of it that
// was not written.
func TestSkipLosesNoByte(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(blows)) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				f := genFile.Draw(t, "file")
				b := blows[name](t, f)
				odd := rapid.Int64Range(0, 1).Draw(t, "odd")
				skip := func(h *xlog.Header, _ func() []byte) bool { return int64(h.Seq)%2 == odd }
				var account xlog.Account
				at := int64(0)
				for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys, Skip: skip}).Records() {
					offset, length := rec.Span()
					if offset != at || length <= 0 {
						t.Fatalf("%s, want it at %d", describe(rec), at)
					}
					at += length
					account.Add(rec)
					text, cut := textOf(rec)
					for line := range strings.Lines(string(text)) {
						if !f.lines[line] && (!cut || strings.HasSuffix(line, "\n")) {
							t.Fatalf("%s\nwas never written, it is in %s", line, describe(rec))
						}
					}
				}
				a := &account
				if sum := a.Decoded.Bytes + a.Salvaged.Bytes + a.Locked.Bytes + a.Lost.Bytes + a.Harmless.Bytes + a.Skipped.Bytes; at != int64(len(b)) || sum != at {
					t.Fatalf("records cover %d and the account %d of %d bytes", at, sum, len(b))
				}
			})
		})
	}
}

// A block that is not wanted is not decoded ahead either, and its number counts as there. One with damage behind it is
// looked at.
func TestSkippedBlocksAreNotDecoded(t *testing.T) {
	b := build(t, logText("", 40, 60)+"garbage n=200 seed=3\n"+logText("", 3, 60))
	var account xlog.Account
	worked := 0
	opt := xlog.Options{
		Skip: func(*xlog.Header, func() []byte) bool { return true },
		Go:   func(work func()) { worked++; work() },
	}
	for rec := range xlog.NewReader(bytes.NewReader(b), opt).Records() {
		account.Add(rec)
	}
	if worked > 0 {
		t.Errorf("help was asked for %d times", worked)
	}
	if account.Skipped.Blocks != 42 || account.Decoded.Blocks != 1 || account.Lost.Bytes != 200 || len(account.Missing()) > 0 {
		t.Errorf("account %+v, missing %v", account, account.Missing())
	}
	if _, jumped := account.Unwritten(); jumped {
		t.Error("skipped blocks count as never written")
	}
}

// Without the key nothing is known of a block but its header.
func TestSkipWithoutKey(t *testing.T) {
	b := build(t, "block crypt=yes hours=8-9\n\tsealed\nblock crypt=yes hours=10-10\n\tsealed\n")
	skip := func(h *xlog.Header, start func() []byte) bool {
		if text := start(); text != nil {
			t.Errorf("without a key it begins with %q", text)
		}
		return h.EndHour < 10
	}
	var got []string
	for rec := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Skip: skip}).Records() {
		got = append(got, fmt.Sprintf("%T", rec))
	}
	if diff := cmp.Diff([]string{"*xlog.Skipped", "*xlog.Locked"}, got); diff != "" {
		t.Error(diff)
	}
}
