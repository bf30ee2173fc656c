package xlogtest_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

func TestBuildBytes(t *testing.T) {
	tests := []struct {
		name, text string
		want       []byte
	}{
		{"nothing", "# only a comment\n\n", nil},
		{"open, sync", "block magic=03 seq=7 hours=8-9\n\tab\n", []byte("\x03\x07\x00\x08\x09\x03\x00\x00\x00\x00\x00\x00\x00ab\n\x00")},
		{"quoted", "block magic=03\n\t\"a\\x00\"\n", []byte("\x03\x00\x00\x08\x08\x02\x00\x00\x00\x00\x00\x00\x00a\x00\x00")},
		{"masked", "block magic=01\n\ta\n", []byte{0x01, 2, 0, 0, 0, 'a' ^ 0xCF, '\n' ^ 0xCF, 0}},
		{"key field", "block mode=sync fill=41\n\ta\n", []byte("\x08\x00\x00\x08\x08\x02\x00\x00\x00" + strings.Repeat("A", 64) + "a\n\x00")},
		{"damage", "garbage hex=01020304\nzeros n=2\ncut 1\nset off=-1 hex=09\nset off=0 n=2", []byte{0, 0, 3, 4, 9}},
		{"lying length", "block magic=03 length=9\n\ta\n", []byte("\x03\x00\x00\x08\x08\x09\x00\x00\x00\x00\x00\x00\x00a\n\x00")},
	}
	for _, tt := range tests {
		got, err := xlogtest.Build(tt.text)
		if err != nil || !bytes.Equal(got, tt.want) {
			t.Errorf("%s: got %x, %v, want %x", tt.name, got, err, tt.want)
		}
	}
}

func TestBuildErrors(t *testing.T) {
	for text, want := range map[string]string{
		"\ttext\n":                "line 1: text outside a block",
		"\nblocks\n":              `line 2: "blocks" is no directive`,
		"block magic=12\n":        "line 1: no such magic or codec",
		"block codec=lzma\n":      "line 1: no such magic or codec",
		"block crypt=maybe\n":     "line 1: crypt is yes, other, no or a public key of 128 hex digits",
		"block deflate\n":         `line 1: "deflate" is no attribute`,
		"block magic=09 sync=1\n": "line 1: unknown or needless attributes: 1 of them",
		"block seq=65536\n":       `line 1: seq: strconv.ParseUint: parsing "65536": value out of range`,
		"cut 1\n":                 "line 1: nothing is left",
		"zeros n=-1\n":            "line 1: -1 bytes are not possible",
		"set off=0 hex=00\n":      "line 1: outside of what is built",
		"garbage hex=0\n":         "line 1: hex: encoding/hex: odd length hex string",
		"block\n\t\"unfinished\n": "line 2: invalid syntax",
	} {
		b, err := xlogtest.Build(text)
		if err == nil || err.Error() != want || b != nil {
			t.Errorf("%q: %x, error %v, want %s", text, b, err, want)
		}
	}
}

// Building is the same every time, and sessions differ only in their key.
func TestBuildIsStable(t *testing.T) {
	text := func(session string) string {
		return "block crypt=yes session=" + session + "\n\tone\n\ttwo\nblock codec=zstd\n\tone\n\ttwo\ngarbage n=50 seed=3\n"
	}
	build := func(session string) []byte {
		b, err := xlogtest.Build(text(session))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	one, again, two := build("1"), build("1"), build("2")
	if !bytes.Equal(one, again) {
		t.Error("two runs differ")
	}
	if len(one) != len(two) || bytes.Equal(one[9:73], two[9:73]) || !bytes.Equal(one[:9], two[:9]) {
		t.Errorf("sessions: %x and %x", one[:73], two[:73])
	}
}

func TestTexts(t *testing.T) {
	got, err := xlogtest.Texts("block\n\tone\n\ttwo\nzeros n=3\nblock crypt=yes\n\t\"three\"\ncut 9\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"one\ntwo\n", "three"}, got); diff != "" {
		t.Error(diff)
	}
}
