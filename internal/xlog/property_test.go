package xlog_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// genBlock draws one block directive with its lines.
var genBlock = rapid.Custom(func(t *rapid.T) string {
	attributes := rapid.SampledFrom([]string{
		"", "codec=zstd", "codec=stored", "mode=sync", "mode=sync crypt=yes",
		"crypt=yes", "codec=zstd crypt=yes", "codec=stored crypt=yes",
	}).Draw(t, "attributes")
	hour := rapid.IntRange(0, 23).Draw(t, "hour")
	line := rapid.StringMatching(`\[[VDIWEF]\]\[2024-06-0[1-9]\]\[[a-z]{1,8}[0-9]{1,40}\]\[[ -~]{0,80}`)
	lines := rapid.SliceOfN(line, 1, 6).Draw(t, "lines")
	return fmt.Sprintf("block %s hours=%d-%d\n\t%s\n", attributes, hour, hour, strings.Join(lines, "\n\t"))
})

// Overwriting bytes of one block leaves every other block readable at its place,
// unless the bytes happen to be those of the end byte and header of a block.
func TestDamageStaysInItsBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		blocks := rapid.SliceOfN(genBlock, 3, 6).Draw(t, "blocks")
		text := strings.Join(blocks, "")
		b, err := xlogtest.Build(text)
		if err != nil {
			t.Fatal(err)
		}
		sound := allRecords(t, b, nil)
		if len(sound) != len(blocks) {
			t.Fatalf("%d records for %d blocks", len(sound), len(blocks))
		}

		hurt := rapid.IntRange(0, len(blocks)-1).Draw(t, "hurt")
		from, to := sound[hurt].offset, sound[hurt].offset+sound[hurt].length
		at := rapid.Int64Range(from, to-1).Draw(t, "at")
		noise := rapid.SliceOfN(rapid.Byte(), 1, int(min(to-at, 100))).Draw(t, "noise")
		copy(b[at:], noise)

		after := allRecords(t, b, nil)
		for i, rec := range sound {
			if i != hurt && !slices.Contains(after, rec) {
				t.Fatalf("block %d of %d at %d+%d is lost after %d bytes at %d were overwritten:\n%+v", i, len(blocks), rec.offset, rec.length, len(noise), at, after)
			}
		}
	})
}

type plainRecord struct {
	offset, length int64
	text           string
}

func allRecords(t *rapid.T, b []byte, helper func(func())) []plainRecord {
	var recs []plainRecord
	for rec, err := range xlog.NewReader(bytes.NewReader(b), xlog.Options{Keys: testKeys, Go: helper}).Records() {
		if err != nil {
			t.Fatal(err)
		}
		offset, length := rec.Span()
		p := plainRecord{offset: offset, length: length, text: "no block"}
		if block, ok := rec.(*xlog.Block); ok {
			p.text = string(block.Text)
		}
		recs = append(recs, p)
	}
	return recs
}
