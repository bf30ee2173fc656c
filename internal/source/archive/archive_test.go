package archive

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSniff(t *testing.T) {
	for head, want := range map[string]Format{
		"\x1f\x8b\x08": Gzip, "BZh91AY&SY": Bzip2, "BZh1\x17rE8P\x90": Bzip2, "\xfd7zXZ\x00": Xz, "\x28\xb5\x2f\xfd": Zstd, "\x5a\x2a\x4d\x18": Zstd,
		"PK\x03\x04": Zip, "PK\x05\x06": Zip, "PK\x07\x08PK\x03\x04": Zip, "7z\xbc\xaf\x27\x1c": SevenZip, "Rar!\x1a\x07\x00": Rar, "Rar!\x1a\x07\x01\x00": Rar,
		"": None, "BZh0": None, "BZh91AY": None, "PK is text": None, "PK\x07\x08": None, "Z\x2a\x4d": None, strings.Repeat("1", 600): None,
	} {
		if got := Sniff([]byte(head)); got != want {
			t.Errorf("%q is a %s, not a %s", head, got, want)
		}
	}
}

func TestWalkOfNoArchive(t *testing.T) {
	if err := Walk(Gzip, nil, nil); err == nil {
		t.Error("a gzip file was walked")
	}
	if _, err := Unpack(Zip, &Source{}); err == nil {
		t.Error("a zip archive was unpacked")
	}
}

// What is taken is given back, once.
func TestMemory(t *testing.T) {
	m := NewMemory()
	free, err := m.take(Xz, maxDictionary)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.take(Xz, maxDictionary); err == nil {
		t.Error("two large dictionaries were given")
	}
	free()
	free()
	if m.left != maxMemory {
		t.Errorf("%d is left", m.left)
	}
	if _, err := m.take(Xz, maxDictionary+1); err == nil || !strings.Contains(err.Error(), "takes 65 MiB of memory and 64 may be used") {
		t.Errorf("got %v", err)
	}
}

// A failure below a format stays what it is.
func TestDamaged(t *testing.T) {
	below := &Failure{Text: "read: bad disk"}
	for _, err := range []error{damaged(Tar, below), cut(Tar, below), damaged(Zip, errors.Join(below))} {
		if !errors.Is(err, below) || err.Error() != below.Text {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzName holds that no name leaves its folder or shows as something else, that a clean name stays, and that no two
// are the same.
func FuzzName(f *testing.F) {
	for _, s := range []string{"a/b.log", "../x", `C:\x`, "a\x00b", "\xc8\xd5\xd6\xbe", "e!f", "…", "/", strings.Repeat("日", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		name := cleanName(raw)
		for part := range strings.SplitSeq(name, "/") {
			if part == "" || part == "." || part == ".." || len(part) > maxPart {
				t.Errorf("%q became %q", raw, name)
			}
		}
		if !utf8.ValidString(name) || len(name) > maxName || strings.ContainsAny(name, "\\!\x00\n\x1b\u202e") {
			t.Errorf("%q became %q", raw, name)
		}
		if again := cleanName(name); again != name && !strings.Contains(name, ":") { // which may pass for a drive
			t.Errorf("%q became %q and then %q", raw, name, again)
		}
		var names Names
		seen := map[string]bool{}
		for range 4 {
			for _, n := range []string{name, name + "~2", name} {
				n = names.Distinct(n)
				if seen[n] {
					t.Errorf("%q came twice", n)
				}
				seen[n] = true
			}
		}
	})
}
