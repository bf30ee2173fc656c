package source

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// fuzzWalk holds, of any bytes as a file and as a stream: what comes out is bounded, each file has a name of its own
// that cannot leave the archive, and a problem has a place and a reason. The bytes are repaired first.
func fuzzWalk(f *testing.F, repair func([]byte)) {
	f.Helper()
	f.Fuzz(func(t *testing.T, packed []byte) {
		packed = bytes.Clone(packed)
		repair(packed)
		limits := Limits{Entries: 50, Expanded: 1 << 20, Ratio: 100, Depth: 3}
		for _, r := range []io.Reader{bytes.NewReader(packed), io.MultiReader(bytes.NewReader(packed))} {
			names, out := map[string]bool{}, int64(0)
			found, err := Walk(t.Context(), stored(r), Walking{Limits: limits}, func(s *Stream) error {
				name := s.Input.Name
				n, _ := io.Copy(io.Discard, s)
				out += n
				if names[name] {
					t.Errorf("two files are %q", name)
				}
				names[name] = true
				if name != "in" && !cleanMember(strings.TrimPrefix(name, "in!")) {
					t.Errorf("a file is called %q", name)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			// Depth archives may each hand on what they were given.
			if most := limits.Expanded + int64(limits.Depth)*(int64(len(packed))+2*bufferSize); out > most || len(names) > limits.Entries {
				t.Errorf("%d bytes of %d came out of %d files", out, len(packed), len(names))
			}
			for _, p := range found.Problems {
				if p.Reason == "" || !strings.HasPrefix(p.Path, "in") {
					t.Errorf("a problem is %q", p)
				}
			}
		}
	})
}

// cleanMember says what a name in an archive has to be.
func cleanMember(name string) bool {
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '!' }) {
		for folder := range strings.SplitSeq(part, "/") {
			if folder == "" || folder == "." || folder == ".." {
				return false
			}
		}
	}
	return utf8.ValidString(name) && len(name) < 4000 && !strings.ContainsFunc(name, func(r rune) bool { return r == '\\' || unicode.IsControl(r) })
}

func seed(f *testing.F, kinds ...string) {
	f.Helper()
	for _, a := range archives {
		if slices.Contains(kinds, strings.TrimPrefix(filepath.Ext("."+a.name), ".")) {
			f.Add(a.pack(f, files{{"x/a.log", "text"}, {"b.log", strings.Repeat("text\n", 50)}}))
		}
	}
	for _, kind := range kinds {
		samples, err := filepath.Glob("testdata/" + kind + "/*")
		must(f, err)
		for _, name := range samples {
			packed, err := os.ReadFile(name)
			must(f, err)
			f.Add(packed)
		}
	}
}

func FuzzZip(f *testing.F) {
	seed(f, "zip")
	f.Add(zipOf(f, 0, true, files{{"../a", "text"}, {"../a", "text"}}))
	f.Add(zipOf(f, 8, true, files{{"a/", ""}, {"b\\c", "text"}}))
	fuzzWalk(f, func([]byte) {})
}

func FuzzTar(f *testing.F) {
	seed(f, "tar")
	fuzzWalk(f, func([]byte) {})
}

func FuzzSevenZip(f *testing.F) {
	seed(f, "7z")
	fuzzWalk(f, func(b []byte) { // checksums that fit, for else nothing is looked at
		if len(b) < 32 {
			return
		}
		size := min(binary.LittleEndian.Uint64(b[20:]), uint64(len(b)-32))
		offset := min(binary.LittleEndian.Uint64(b[12:]), uint64(len(b)-32)-size)
		binary.LittleEndian.PutUint64(b[12:], offset)
		binary.LittleEndian.PutUint64(b[20:], size)
		binary.LittleEndian.PutUint32(b[28:], crc32.ChecksumIEEE(b[32+offset:32+offset+size]))
		binary.LittleEndian.PutUint32(b[8:], crc32.ChecksumIEEE(b[12:32]))
	})
}

func FuzzRar(f *testing.F) {
	seed(f, "rar")
	fuzzWalk(f, func([]byte) {})
}

func FuzzCompressed(f *testing.F) {
	seed(f, "gz", "xz", "zst", "one")
	fuzzWalk(f, func([]byte) {})
}
