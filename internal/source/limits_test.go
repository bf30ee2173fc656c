package source

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What an archive comes to is bounded, each bound with a sentence of its own.
func TestLimits(t *testing.T) {
	many := files{}
	for range 30 {
		many = append(many, file{"x", ""})
	}
	nested := []byte("text")
	for range 9 {
		nested = packZip(t, files{{"z", string(nested)}})
	}
	bomb := zeros(t, 200<<20)
	small := DefaultLimits()
	small.Entries, small.Expanded = 20, 1000
	ratio := "it unpacks to more than 500 times its size, as archives do that are made to fill a disk; if it is no such one, allow more with --limit ratio=N"
	entries := "! in: the archive holds more than 20 files, which is the limit; unpack what is needed of it, or allow more with --limit entries=N\n"
	tests := []struct {
		name   string
		stored []byte
		limits Limits
		want   string // behind what was visited
	}{
		{"zeros", bomb, Limits{}, ratio + "\n"},
		{"zeros in a zip", packZip(t, files{{"z.gz", string(bomb)}, {"never", "reached"}}), Limits{}, ratio + "\n"},
		{"zeros beside", pack(t, string(packTar(t, files{{"._z", strings.Repeat("\x00", 160<<20)}, {"never", "reached"}}))), Limits{}, "! in: " + ratio + "\n"},
		{"many in a zip", zipOf(t, 8, true, many), small, entries},
		{"many in a tar", packTar(t, many), small, entries},
		{"much", pack(t, noise(1)), small, "more than 0 MiB come out of it, which is the limit; unpack what is needed of it, or allow more with --limit expanded=SIZE\n"},
		{
			"deep", nested, Limits{},
			"! in!z!z!z!z!z!z!z!z: archives lie in each other here more than 8 deep, which is the limit; unpack the outer ones, or allow more with --limit depth=N\n",
		},
	}
	for _, tt := range tests {
		for _, r := range []io.Reader{bytes.NewReader(tt.stored), io.MultiReader(bytes.NewReader(tt.stored))} {
			want := tt.want
			if _, file := r.(*bytes.Reader); file && tt.name == "many in a zip" {
				want = strings.Replace(want, "archive holds", "zip archive lists", 1) // is told before the first
			}
			// The content is not kept: it is what the limit is about.
			var got strings.Builder
			found, err := Walk(t.Context(), stored(r), Walking{Limits: tt.limits}, func(s *Stream) error {
				if n, err := io.Copy(io.Discard, s); err != nil {
					got.WriteString(err.Error() + "\n")
					if n > 200<<20 {
						t.Errorf("%s: %d bytes", tt.name, n)
					}
				}
				return nil
			})
			must(t, err)
			for _, p := range found.Problems {
				got.WriteString("! " + p.Error() + "\n")
			}
			if diff := cmp.Diff(want, got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	}
}

// An xz file says how much memory unpacking it takes, whatever it holds.
func TestDictionaries(t *testing.T) {
	block := func(property byte) []byte {
		head := []byte{2, 0, 0x21, 1, property, 0, 0, 0} // one filter, LZMA2
		return append([]byte("\xfd7zXZ\x00\x00\x00\xff\x12\xd9\x41"), withSum(head)...)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for property, want := range map[byte]string{
		40: "unpacking the xz file takes 4096 MiB of memory and 64 may be used; unpack it first, or pack it again with a smaller dictionary",
		30: "unpacking the xz file takes 128 MiB of memory and 64 may be used; unpack it first, or pack it again with a smaller dictionary",
		18: "the xz file is cut short; copy it again, or go on with what it still holds",
		41: "the xz file is damaged (a header of it is wrong); copy it again, or go on with what it still holds",
	} {
		_, problems := walk(t, stored(bytes.NewReader(block(property))), Walking{})
		if diff := cmp.Diff([]string{"in: this cannot be read: " + want}, problems); diff != "" {
			t.Errorf("%d (-want +got):\n%s", property, diff)
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 16<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}

// Dictionaries take time to make: a file of many small pieces cannot ask for a large one for each.
func TestManyDictionaries(t *testing.T) {
	piece := withSum([]byte{2, 0, 0x21, 1, 28, 0, 0, 0}) // 64 MiB
	piece = append(piece, 0, 0, 0, 0)                    // nothing, and padding
	packed := append([]byte("\xfd7zXZ\x00\x00\x00\xff\x12\xd9\x41"), bytes.Repeat(piece, 200)...)
	_, problems := walk(t, stored(bytes.NewReader(packed)), Walking{})
	want := []string{"in: this cannot be read: the xz file is packed in too many pieces, each of which asks for a large dictionary; unpack it first"}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
