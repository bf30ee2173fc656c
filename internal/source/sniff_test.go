package source

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
)

func TestSniff(t *testing.T) {
	noise := make([]byte, 8192)
	for i, r := 0, rand.New(rand.NewPCG(1, 2)); i < len(noise); i++ {
		noise[i] = byte(r.Uint32())
	}
	noise[0] = 0x42
	var deflated bytes.Buffer
	w, err := flate.NewWriter(&deflated, 9)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 400 {
		_, _ = w.Write([]byte("[I][2024-06-01 +8.0 08:01:00.012][30773, 31044][Retrofit][:0, ][window " + strings.Repeat("x", i%17) + "\n"))
		_ = w.Flush() // one block a line, as the appender writes
	}
	tests := []struct {
		name, head string
		kind       Kind
		want       string
	}{
		{"empty", "", Empty, "an empty file"},
		{"zeros", strings.Repeat("\x00", 9000), Zeros, "an unused cache file, all zero"},
		{"zeros behind the head", strings.Repeat("\x00", HeadSize) + "x", Zeros, "an unused cache file, all zero"},
		{"gzip", "\x1f\x8b\x08\x00", Packed, "a gzip file"},
		{"zip", "PK\x03\x04\x14\x00", Packed, "a zip archive"},
		{"tar of old", tarHead("logs/", ""), Packed, "a tar archive"},
		{"tar", tarHead("logs/", "ustar\x0000"), Packed, "a tar archive"},
		{"no tar", "x" + tarHead("logs/", "ustar\x0000"), Binary, "binary data"},
		{"zstd", "\x28\xb5\x2f\xfd\x00\x30", Packed, "a zstd file"},
		{"xz", "\xfd7zXZ\x00\x00", Packed, "an xz file"},
		{"LZ4", "\x04\x22\x4d\x18", Unsupported, "an LZ4 file (unpack it first)"},
		{"jpeg", "\xff\xd8\xff\xe0", Unsupported, "a JPEG image"},
		{"sqlite", "SQLite format 3\x00\x10", Unsupported, "an SQLite database"},
		{"mp4", "\x00\x00\x00\x18ftypmp42", Unsupported, "an MP4 video"},
		{"UTF-16 with a mark", "\xff\xfea\x00", UTF16, "UTF-16 text"},
		{"UTF-16 LE", strings.Repeat("a\x00", 20), UTF16, "UTF-16 text"},
		{"UTF-16 BE", strings.Repeat("\x00a", 20), UTF16, "UTF-16 text"},
		{"ASCII", "--------- beginning of main\r\n", Text, "text"},
		{"a few letters of PK", "PK is text\n", Text, "text"},
		{"UTF-8 with a mark", "\xef\xbb\xbf通话失败\n", Text, "text"},
		{"UTF-8, cut", "通话失败\xe9\x80", Text, "text"},
		{"GBK", "I/tag: \xcd\xa8\xbb\xb0\xca\xa7\xb0\xdc, \xb6\xd4\xb7\xbd\xd2\xd1\xb9\xd2\xb6\xcf\n", Text, "text"},
		{"surrogates and C0 80", "emoji \xed\xa0\xbd\xed\xb8\x80 and a NUL \xc0\x80 of Java\n", Text, "text"},
		{"escapes and NULs", "\x1b[31mred\x1b[0m and two NULs\x00\x00 in it\n", Text, "text"},
		{"noise", string(noise), Binary, "binary data"},
		{"little noise", string(noise[:100]), Binary, "binary data"},
		{"raw deflate", deflated.String(), Binary, "binary data"},
		{"header of a container", "\x07\x01\x00\x08\x08\x10\x27\x00\x00" + string(noise[:500]), Binary, "binary data"},
		{"numbers", strings.Repeat("\x01\x00\x00\x00", 100), Binary, "binary data"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if kind, name := Sniff([]byte(tt.head)); kind != tt.kind || name != tt.want {
				t.Errorf("got %d, %q", kind, name)
			}
		})
	}
}

// tarHead is the header of an empty file.
func tarHead(name, magic string) string {
	h := make([]byte, 512)
	copy(h, name)
	copy(h[148:], "        ")
	copy(h[257:], magic)
	sum := 0
	for _, c := range h {
		sum += int(c)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	return string(h)
}

func FuzzSniff(f *testing.F) {
	for _, s := range signatures {
		f.Add([]byte(strings.Repeat("x", s.offset) + s.magic))
	}
	f.Add([]byte("\xe9\x80"))
	f.Add([]byte("\xff\xfe\xed\xa0\x00\x00\xa1"))
	f.Fuzz(func(t *testing.T, head []byte) {
		kind, name := Sniff(head)
		if name == "" || kind > Unsupported || (kind == Empty) != (len(head) == 0) {
			t.Errorf("Sniff(%q) = %d, %q", head, kind, name)
		}
		for i, c := range head {
			if c >= 0x7f || c < ' ' {
				break
			}
			if i == len(head)-1 && kind != Text && kind != Unsupported && kind != Packed {
				t.Errorf("printable ASCII is %q", name)
			}
		}
	})
}
