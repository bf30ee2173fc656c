package xlog_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/xlog"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// account reads a container and adds up its records.
func account(t testing.TB, data []byte, keys ...xlog.Key) (a xlog.Account, jumps int) {
	t.Helper()
	for rec, err := range xlog.NewReader(bytes.NewReader(data), xlog.Options{Keys: keys}).Records() {
		if err != nil {
			t.Fatal(err)
		}
		if a.Add(rec) {
			jumps++
		}
	}
	return a, jumps
}

func TestAccount(t *testing.T) {
	const line = "\t[I][2026-11-20 +8.0 09:00:00.000][4001, 4002*][AppBrandLog][:4002, ][the text of a block\n"
	const length = int64(len(line) - 1)
	hurt := ""
	for i := range 9 {
		hurt += fmt.Sprintf("\tline %d of a block whose end is hurt: %x\n", i, i*i*0x9E3779B9)
	}
	data := build(t, "block codec=stored\n"+line+"block crypt=yes\n"+line+"block crypt=other session=2\n"+line+"garbage n=300 seed=3\n"+
		"block codec=deflate\n"+hurt+"set off=-60 n=20\n"+"block crypt=yes\n"+line+"zeros n=600")
	a, _ := account(t, data, xlogtest.Key())
	if a.Decoded.Blocks != 3 || a.Salvaged.Blocks != 1 || a.Locked.Blocks != 1 || a.Lost != (xlog.Part{Bytes: 300}) || a.Harmless != (xlog.Part{Bytes: 600}) {
		t.Errorf("parts %+v", a)
	}
	if a.Text <= 3*length || a.Text >= 3*length+int64(len(hurt)) || a.LockedBy != xlog.WrongKey {
		t.Errorf("%d bytes of text, locked by %v", a.Text, a.LockedBy)
	}
	if diff := cmp.Diff([]xlog.Opened{{Key: "test", Blocks: 2}}, a.Opened); diff != "" {
		t.Error(diff)
	}
}

// A key is named for hurt blocks too, whatever is hurt; and one that is known is not asked for again.
func TestAccountOfHurtBlocksNamesKeys(t *testing.T) {
	var text strings.Builder
	for i := range 9 {
		fmt.Fprintf(&text, "\t[I][2026-11-20 +8.0 09:00:00.%03d][4001, 4002*][AppBrandLog][:4002, ][line %d: %x\n", i, i, i*i*0x9E3779B9)
	}
	block := "block crypt=yes\n" + text.String()
	const size = 343 // of a block
	if n := len(build(t, block)); n != size {
		t.Fatalf("a block has %d bytes", n)
	}
	for _, tt := range []struct {
		name, hurt string
		opened     int
	}{
		{"body", block + "set off=-60 n=20\n" + block, 3},
		{"magic", block + fmt.Sprintf("set off=-%d hex=77\n", size) + block, 3},
		{"length", block + fmt.Sprintf("set off=-%d hex=7777\n", size-6) + block, 3},
		{"end byte", block + "set off=-1 hex=77\n" + block, 3},
		{"cut", block + block + "cut 40\n", 3},
		{"all of the body", block + fmt.Sprintf("set off=-%d n=%d\n", size-73, size-73) + block, 2},
	} {
		a, _ := account(t, build(t, block+tt.hurt), xlogtest.OtherKey(), xlogtest.Key())
		if diff := cmp.Diff([]xlog.Opened{{Key: "test", Blocks: tt.opened}}, a.Opened); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if a.Sealed != 0 || a.Locked.Blocks != 0 {
			t.Errorf("%s: %d blocks sealed, %d locked", tt.name, a.Sealed, a.Locked.Blocks)
		}
	}
}

// The parts of an account cover the input, whatever it is.
func TestAccountCoversInput(t *testing.T) {
	text := "block seq=1\n\tone\nblock crypt=yes seq=2\n\ttwo\ngarbage n=90 seed=1\nzeros n=700\nblock mode=sync\n\tthree\nblock crypt=other\n\tfour\nblock\n\tfive\n"
	data := build(t, text)
	for i := 0; i < len(data); i += 5 {
		for _, cut := range [][]byte{data[:i], data[i:]} {
			a, _ := account(t, cut, xlogtest.Key())
			sum := int64(0)
			for _, p := range []xlog.Part{a.Decoded, a.Salvaged, a.Locked, a.Lost, a.Harmless} {
				sum += p.Bytes
			}
			if sum != int64(len(cut)) {
				t.Fatalf("%d of %d bytes are in the account %+v", sum, len(cut), a)
			}
		}
	}
}

// Numbers that jump are a loss only where they cannot be anything else.
func TestMissingBlocks(t *testing.T) {
	const (
		gone   = "garbage n=200 seed=5\n"
		sync   = "block mode=sync\n\t~~~~~ begin of mmap ~~~~~\n"
		missed = "missing %d-%d (%d)"
	)
	blocks := func(attributes string, seqs ...int) string {
		var b strings.Builder
		for _, n := range seqs {
			fmt.Fprintf(&b, "block seq=%d %s\n\tthe text of block %d, written by the app\n", n, attributes, n)
		}
		return b.String()
	}
	// A block whose magic is destroyed gives its text, and no number.
	const line = "[I][2026-11-20 +8.0 09:00:00.000][1, 1*][T][:1, ][the text of a block\n"
	unnumbered := fmt.Sprintf("block codec=stored seq=9\n\t%sset off=-%d hex=77\n", line, 73+len(line)+1)
	one, two := "crypt=yes session=1", "crypt=yes session=2"
	for _, tt := range []struct{ name, text, want string }{
		{"intact", blocks("", 1, 2, 3, 4, 5), ""},
		{"behind damage", blocks("", 1, 2, 3, 4) + gone + blocks("", 8, 9), "missing 5-7 (3)"},
		{"one block", blocks("", 1, 2, 3, 4) + gone + blocks("", 6, 7), "missing 5-5 (1)"},
		{"damage without a jump", blocks("", 1, 2, 3, 4) + gone + blocks("", 5, 6), ""},
		{"the hurt block is not missing", blocks("", 1, 2, 3, 4) + blocks("", 5) + "set off=-20 n=12\n" + blocks("", 8, 9), "missing 6-7 (2)"},
		{"a block without a number gave text", blocks("", 1, 2, 3, 4) + unnumbered + blocks("", 6, 7), ""},
		{"so did one of two", blocks("", 1, 2, 3, 4) + "zeros n=600\n" + unnumbered + blocks("", 7, 8), "missing 5-6 (1)"},
		{"twice", blocks("", 1, 2, 3, 4) + gone + blocks("", 6, 7) + gone + blocks("", 10), "missing 5-5 (1), missing 8-9 (2)"},
		{"wrapped", blocks("", 65531, 65532, 65533, 65534) + gone + blocks("", 2, 3), "missing 65535-1 (2)"},
		{"the wrap leaves out 0", blocks("", 65532, 65533, 65534, 65535, 1, 2), ""},
		{"padding is no damage", blocks("", 1, 2, 3, 4) + "zeros n=700\n", ""},

		{"too few blocks to know", blocks("", 1, 2) + gone + blocks("", 8, 9), ""},
		{"a second log", blocks("", 1, 3, 5, 7, 9) + gone + blocks("", 15, 17), ""},
		{"a second log that says little", blocks("", 1, 2, 3, 5, 6, 7, 9) + gone + blocks("", 15, 16), ""},
		{"a new process", blocks("", 4, 5, 6, 7, 8) + gone + blocks("", 1, 2), ""},
		{"a new process, its first block lost", blocks("", 4, 5, 6, 7, 8) + gone + blocks("", 2, 3), ""},
		{"a new process, far on", blocks(one, 1, 2, 3, 4) + gone + blocks(two, 8, 9), ""},
		{"the same process by its key", blocks(one, 1, 2, 3, 4) + gone + blocks(one, 8, 9), "missing 5-7 (3)"},
		{"a new process by its notes", blocks("", 1, 2, 3, 4) + gone + sync + blocks("", 8, 9), ""},
		{"notes of the same process", blocks(one, 1, 2, 3, 4) + gone + sync + blocks(one, 8, 9), "missing 5-7 (3)"},
		{"a block out of the cache", blocks(one, 1, 2, 3, 4) + sync + blocks(two, 57) + sync + blocks(one, 5), ""},

		{"no damage", blocks("", 1, 2, 3, 4, 8, 9), "unwritten 5-7 (3)"},
		{"no damage, one process", blocks(one, 1, 2, 3, 4, 8, 9), "unwritten 5-7 (3)"},
		{"no damage, two processes", blocks(one, 1, 2, 3, 4) + blocks(two, 8, 9), ""},
		{"no damage, two jumps", blocks("", 1, 2, 3, 4, 8, 9, 11), ""},
		{"no damage, few blocks", blocks("", 1, 2, 8, 9), ""},
	} {
		a, jumps := account(t, build(t, tt.text), xlogtest.Key())
		var got []string
		for _, m := range a.Missing() {
			got = append(got, fmt.Sprintf(missed, m.First, m.Last, m.Blocks))
		}
		if m, ok := a.Unwritten(); ok {
			if jumps != 1 || m.Offset == 0 {
				t.Errorf("%s: told %d times, offset %d", tt.name, jumps, m.Offset)
			}
			got = append(got, fmt.Sprintf("unwritten %d-%d (%d)", m.First, m.Last, m.Blocks))
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, s, tt.want)
		}
	}
}
