package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told writes what was visited and the problems, one a line.
func told(list []visited, problems []string) string {
	var b strings.Builder
	for _, v := range list {
		fmt.Fprintf(&b, "%s %q %s\n", v.Name, v.Text, v.Err)
	}
	for _, p := range problems {
		b.WriteString("! " + p + "\n")
	}
	return b.String()
}

// The same files come out of every kind of archive, from a file and from a stream, and out of archives in archives.
func TestWalkArchives(t *testing.T) {
	fs := files{{"a.log", "one\n"}, {"xlog/b.log", strings.Repeat("two\n", 30000)}, {"空.log", ""}, {"__MACOSX/x", "no"}, {"d/._b.log", "no"}}
	want := files{{"a.log", "one\n"}, {"xlog/b.log", strings.Repeat("two\n", 30000)}, {"空.log", ""}}
	for _, f := range archives {
		packed := f.pack(t, fs)
		for _, outer := range append(archives, packer{name: "none"}) {
			in, prefix := packed, "in!"
			if outer.pack != nil {
				in, prefix = outer.pack(t, files{{"x/in", string(packed)}}), "in!x/in!"
			}
			for _, stream := range []bool{false, true} {
				r := io.Reader(bytes.NewReader(in))
				if stream {
					r = io.MultiReader(r)
				}
				list, problems := walk(t, stored(r), Walking{})
				var got files
				for _, v := range list {
					name, ok := strings.CutPrefix(v.Name, prefix)
					if !ok || v.Err != "" {
						t.Errorf("got %s, %s", v.Name, v.Err)
					}
					got = append(got, file{name, v.Text})
				}
				if !cmp.Equal(got, want, cmp.AllowUnexported(file{})) || len(problems) > 0 {
					t.Errorf("%s in %s, stream %v: got %d files, %q", f.name, outer.name, stream, len(got), problems)
				}
			}
		}
	}
}

// Archives that Go cannot write. In those of 7-Zip the times come from the file system, so only contents are compared.
func TestWalkSamples(t *testing.T) {
	var one strings.Builder
	for i := range 100 {
		fmt.Fprintf(&one, "%03d\n", i)
	}
	text := fmt.Sprintf("%q", one.String())
	long := fmt.Sprintf("%q", func() string {
		var b strings.Builder
		for i := range 512 {
			fmt.Fprintf(&b, "%03d\n", i)
		}
		return b.String()
	}())
	const refused = "packed by a method that is not supported; unpack the archive with the program that made it and name the folder\n"
	const program = "packed by a filter that packers apply to programs; if they are logs, unpack the archive and name the folder\n"
	const encrypted = "encrypted; unpack the archive with its password and name the folder\n"
	both := "in!one.log " + text + " \nin!日志/two.log \"two\\n\" \n"
	tests := map[string]string{
		"7z/lzma.7z": both, "7z/lzma2.7z": both, "7z/bzip2.7z": both, "7z/deflate.7z": both, "7z/deflate64.7z": both, "7z/ppmd.7z": both,
		"7z/copy.7z":           both,
		"7z/delta.7z":          "! in: 2 files in it, the first one.log, are not read: " + refused,
		"7z/bcj2.7z":           "! note: in: 2 files in it, the first one.log, are not read: " + program,
		"7z/encrypted.7z":      "! in: 2 files in it, the first one.log, are not read: " + encrypted,
		"7z/encrypted-list.7z": "! in: the 7z archive is encrypted; unpack it with its password and name the folder\n",
		"zip/lzma.zip":         "in!one.log " + text + " \n", "zip/bzip2.zip": "in!one.log " + text + " \n", "zip/xz.zip": "in!one.log " + text + " \n",
		"zip/deflate64.zip": "in!one.log " + text + " \n", "zip/deflate64-stream.zip": "in!one.log " + text + " \n",
		"zip/ppmd.zip":                 "! in: 1 file in it, one.log, is not read: " + refused,
		"zip/encrypted.zip":            "! in: 1 file in it, one.log, is not read: " + encrypted,
		"one/one.log.bz2":              "in " + text + " \n",
		"one/one.log.xz":               "in " + text + " \n",
		"one/many.xz":                  "in " + strings.TrimSuffix(text, `"`) + "more\" \n",
		"rar/rar3-solid.rar":           "in!stest1.txt " + long + " \nin!stest2.txt " + long + " \n",
		"rar/rar5-solid.rar":           "in!stest1.txt " + long + " \nin!stest2.txt " + long + " \n",
		"rar/rar5-dups.rar":            "in!stest1.txt " + long + " \n", // the other is a link to it
		"rar/rar3-symlink-unix.rar":    "in!data.txt \"data\\n\" \n",
		"rar/rar5-symlink-win.rar":     "in!content/file.txt \"a-file \\r\\n\" \n",
		"rar/rar202-comment-nopsw.rar": "in!FILE1.TXT \"file1\\r\\n\" \nin!FILE2.TXT \"file2\\r\\n\" \n",
		"rar/rar3-subdirs.rar": "in!sub/dir2/file2.txt \"file2\\n\" \nin!sub/with space/long fn.txt \"long fn\\n\" \n" +
			"in!sub/üȵĩöḋè/file.txt \"file\\n\" \nin!sub/dir1/file1.txt \"file1\\n\" \n",
		"rar/rar15-comment.rar":     "in!FILE2.TXT \"baaaar\\r\\n\" \n! in!FILE1.TXT: this cannot be read: " + refused,
		"rar/rar3-comment-psw.rar":  "! in: 2 files in it, the first file1.txt, are not read: " + encrypted,
		"rar/rar3-comment-hpsw.rar": "! in: the RAR archive is encrypted; unpack it with its password and name the folder\n",
	}
	samples, err := filepath.Glob("testdata/*/*")
	must(t, err)
	if len(samples) != len(tests) {
		t.Errorf("%d samples, %d tests", len(samples), len(tests))
	}
	for name, want := range tests {
		packed, err := os.ReadFile("testdata/" + name)
		must(t, err)
		for _, r := range []io.Reader{bytes.NewReader(packed), io.MultiReader(bytes.NewReader(packed))} {
			list, problems := walk(t, stored(r), Walking{})
			var kept []visited
			for _, v := range list {
				if v.Kind != Empty { // its place in the list is the packer's choice
					kept = append(kept, v)
				}
			}
			if diff := cmp.Diff(want, told(kept, problems)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	}
}

// A name of an entry cannot leave the archive, pass for another, or hide what it is.
func TestNames(t *testing.T) {
	names := []string{
		"../../etc/passwd", "/etc/passwd", `C:\logs\x.log`, `..\..\y.log`, "a/./b//c", "a\x00b\x1b[31m\n.log", "e!f.log", "..", "",
		"same.log", "same.log", "same~2.log", "SAME.log", "\u202egol.exe", "\xc8\xd5\xd6\xbe.log", strings.Repeat("x", 300) + ".log",
	}
	want := []string{
		"etc/passwd", "etc/passwd~2", "logs/x.log", "y.log", "a/b/c", "a_b_[31m_.log", "e_f.log", "unnamed", "unnamed~2",
		"same.log", "same~2.log", "same~2~2.log", "SAME.log", "_gol.exe", "日志.log", strings.Repeat("x", 100) + "…" + strings.Repeat("x", 93) + ".log",
	}
	var fs files
	for _, n := range names {
		fs = append(fs, file{n, "text"})
	}
	list, problems := walk(t, stored(bytes.NewReader(packZip(t, fs))), Walking{})
	var got []string
	for _, v := range list {
		got = append(got, strings.TrimPrefix(v.Name, "in!"))
	}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
		t.Errorf("(-want +got):\n%s%v", diff, problems)
	}
	deep := strings.Repeat("deep/", 1000) + "20260102.log"
	list, _ = walk(t, stored(bytes.NewReader(packZip(t, files{{deep, "text"}}))), Walking{})
	if n := list[0].Name; len(n) > 1010 || path.Base(n) != "20260102.log" {
		t.Errorf("a name of %d bytes, %s", len(n), n)
	}
}

// What is in front of the place where an archive is cut or damaged comes out, with one sentence on the rest.
func TestBrokenTails(t *testing.T) {
	fs := files{{"a.log", noise(1)}, {"b.log", noise(2)}, {"c.log", noise(3)}}
	for _, f := range archives {
		packed := f.pack(t, fs)
		for _, stream := range []bool{false, true} {
			for _, at := range []int{len(packed) / 2, len(packed) * 2 / 3} {
				r := io.Reader(bytes.NewReader(packed[:at]))
				if stream {
					r = io.MultiReader(r)
				}
				list, problems := walk(t, stored(r), Walking{})
				sentences := len(problems)
				for i, v := range list {
					if v.Err != "" {
						sentences++
					}
					if !strings.HasPrefix(fs[i].text, v.Text) {
						t.Errorf("%s: %s is not what was packed", f.name, v.Name)
					}
				}
				if len(list) == 0 || list[0].Text != fs[0].text || sentences != 1 {
					t.Errorf("%s cut to %d of %d, stream %v:\n%.300s", f.name, at, len(packed), stream, told(list, problems))
				}
			}
		}
	}
}

// noise is some text that hardly packs.
func noise(seed uint32) string {
	var b strings.Builder
	for x := seed; b.Len() < 200_000; x = x*1664525 + 1013904223 {
		b.WriteByte('!' + byte(x>>24)%90)
	}
	return b.String()
}

// A file whose checksum is wrong says so; the others come out.
func TestDamagedFile(t *testing.T) {
	packed := zipOf(t, zip.Store, false, files{{"a.log", "first"}, {"b.log", "second"}})
	packed = bytes.Replace(packed, []byte("first"), []byte("fyrst"), 1)
	for _, r := range []io.Reader{bytes.NewReader(packed), io.MultiReader(bytes.NewReader(packed))} {
		want := "in!a.log \"fyrst\" the zip archive is damaged (its checksum is wrong); copy it again, or go on with what it still holds\n" +
			"in!b.log \"second\" \n"
		if got := told(walk(t, stored(r), Walking{})); got != want {
			t.Errorf("got %s", got)
		}
	}
}

// The list at the end of a zip archive is not needed, and what it says is not trusted.
func TestZipLists(t *testing.T) {
	packed := packZip(t, files{{"a.log", "first"}, {"b.log", "second"}})
	list := bytes.Index(packed, []byte("PK\x01\x02"))
	second := bytes.LastIndex(packed, []byte("PK\x01\x02"))
	change := func(f func(b []byte)) []byte {
		b := bytes.Clone(packed)
		f(b)
		return b
	}
	missing := "! in: the list at the end of the zip archive is missing or damaged, so that files may be missing too; copy it again, or go on with what it still holds\n"
	both := "in!a.log \"first\" \nin!b.log \"second\" \n"
	tests := []struct {
		name   string
		stored []byte
		want   string
	}{
		{"whole", packed, both},
		{"comment", append(change(func(b []byte) { b[len(b)-2] = 4 }), "PK\x05\x06"...), both},
		{"no list", packed[:list+2], "in!a.log \"first\" \nin!b.log \"second\" \n! in: the zip archive is cut short; copy it again, or go on with what it still holds\n"},
		{"no end", packed[:len(packed)-10], both + missing},
		{"spoilt", change(func(b []byte) { b[second] = 'X' }), both + missing},
		{
			"two in one place", change(func(b []byte) { binary.LittleEndian.PutUint32(b[second+42:], 0) }),
			"in!a.log \"first\" \n! in: 1 file in it, b.log, is not read: said to lie where another file lies, which no honest program writes; take the archive for an attack\n",
		},
		{
			"one beyond the end", change(func(b []byte) { binary.LittleEndian.PutUint32(b[second+42:], 1<<30) }),
			"in!a.log \"first\" \n! in: 1 file in it, b.log, is not read: the zip archive is cut short; copy it again, or go on with what it still holds\n",
		},
		{"a part of several", change(func(b []byte) { b[len(b)-18] = 1 }), "! in: the zip archive is one part of several; put them together (zip -s 0), or unpack them and name the folder\n"},
		{
			"encrypted", change(func(b []byte) { b[second+8] |= 1 }),
			"in!a.log \"first\" \n! in: 1 file in it, b.log, is not read: encrypted; unpack the archive with its password and name the folder\n",
		},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, told(walk(t, stored(bytes.NewReader(tt.stored)), Walking{}))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A stream of a stored file whose length stands behind it has no end that can be told.
func TestZipUnsized(t *testing.T) {
	packed := zipOf(t, zip.Store, true, files{{"a.log", "first"}, {"b.log", "second"}})
	if got, want := told(walk(t, stored(bytes.NewReader(packed)), Walking{})), "in!a.log \"first\" \nin!b.log \"second\" \n"; got != want {
		t.Errorf("got %s", got)
	}
	want := "! in: 1 file in it, a.log, is not read: stored without a length in front, so that only the list at the end of the archive says where it ends; save the archive to a file of its own and name that\n" +
		"! in: the zip archive cannot be read further as a stream, because a file is stored without its length; save it to a file of its own and name that\n"
	if diff := cmp.Diff(want, told(walk(t, stored(io.MultiReader(bytes.NewReader(packed))), Walking{}))); diff != "" {
		t.Error(diff)
	}
}

// A length in front of a file counts, though there is one behind it too.
func TestZipSizedTwice(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		packed := zipOf(t, method, true, files{{"a.log", "first"}, {"b.log", "second"}})
		behind := bytes.Index(packed, []byte("PK\x07\x08"))
		copy(packed[18:26], packed[behind+8:behind+16])
		second := bytes.LastIndex(packed, []byte("PK\x03\x04"))
		behind = bytes.LastIndex(packed, []byte("PK\x07\x08"))
		copy(packed[second+18:second+26], packed[behind+8:behind+16])
		for _, r := range []io.Reader{bytes.NewReader(packed), bytes.NewReader(packed[:len(packed)-9]), io.MultiReader(bytes.NewReader(packed))} {
			list, _ := walk(t, stored(r), Walking{})
			if got, want := told(list, nil), "in!a.log \"first\" \nin!b.log \"second\" \n"; got != want {
				t.Errorf("got %s", got)
			}
		}
	}
}

// Of a tar archive only files are read.
func TestTarKinds(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range []tar.Header{
		{Typeflag: tar.TypeDir, Name: "d/"},
		{Typeflag: tar.TypeReg, Name: "d/a.log", Size: 4},
		{Typeflag: tar.TypeSymlink, Name: "d/s.log", Linkname: "/etc/passwd"},
		{Typeflag: tar.TypeLink, Name: "d/h.log", Linkname: "d/a.log"},
		{Typeflag: tar.TypeLink, Name: "d/h2.log", Linkname: "./d/a.log"},
		{Typeflag: tar.TypeLink, Name: "d/h3.log", Linkname: "d/h2.log"},
		{Typeflag: tar.TypeLink, Name: "d/lost.log", Linkname: "d/other.log"},
		{Typeflag: tar.TypeFifo, Name: "d/fifo"},
		{Typeflag: tar.TypeChar, Name: "d/zero", Devmajor: 1, Devminor: 5},
		{Typeflag: tar.TypeBlock, Name: "d/sda", Devmajor: 8},
	} {
		must(t, w.WriteHeader(&h))
		if h.Size > 0 {
			_, err := io.WriteString(w, "text")
			must(t, err)
		}
	}
	must(t, w.Close())
	if got, want := told(walk(t, stored(&b), Walking{})), "in!d/a.log \"text\" \n"+
		"! in: 1 file in it, d/lost.log, is not read: a second name of a file that is not in front of it in the archive; pack the whole folder again\n"; got != want {
		t.Errorf("got %s", got)
	}
}
