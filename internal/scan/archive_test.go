package scan_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

const torture = "../../testdata/torture"

// sampleFiles are the files of the sample of two parties.
func sampleFiles(t testing.TB) (list []packed) {
	t.Helper()
	root := os.DirFS(samples + "/two-parties")
	must(t, fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		list = append(list, packed{name, data})
		return err
	}))
	return list
}

// write writes files into a folder and enters it.
func write(t testing.TB, list []packed) {
	t.Helper()
	dir := t.TempDir()
	writeIn(t, dir, list)
	if t, ok := t.(*testing.T); ok {
		t.Chdir(dir)
	}
}

func writeIn(t testing.TB, dir string, list []packed) {
	t.Helper()
	for _, f := range list {
		name := filepath.Join(dir, filepath.FromSlash(f.name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, f.data, 0o644))
	}
}

// calls is all that a report says of calls, without what files were packed in.
func calls(t testing.TB, r *report.Report, pack *regexp.Regexp) string {
	t.Helper()
	b, err := json.MarshalIndent(r.Calls, "", " ")
	must(t, err)
	return pack.ReplaceAllString(string(b), "")
}

// brief is what the calls come to, with the places that show it.
func brief(r *report.Report) string {
	var b strings.Builder
	for _, c := range r.Calls {
		fmt.Fprintf(&b, "%s %s %s %s\n", c.Start.Format("15:04:05"), c.Stage, c.Outcome, c.ID)
		for _, f := range c.Findings {
			fmt.Fprintf(&b, "  %s %s\n", f.Signature, f.Certainty)
			for _, e := range f.Evidence {
				fmt.Fprintf(&b, "    %s@%d:%d %s\n", e.Input, e.Offset, e.Line, e.Role)
			}
		}
	}
	return b.String()
}

// The same logs show the same calls, whatever they are packed in.
func TestTorture(t *testing.T) {
	sevenZip, err := os.ReadFile(torture + "/two-parties.7z")
	must(t, err)
	want, err := filepath.Abs(torture + "/calls.golden")
	must(t, err)
	plain := sampleFiles(t)
	var single []packed
	for _, f := range plain {
		single = append(single, packed{f.name + ".gz", packGzip(t, f.data)})
	}
	nested := []packed{
		{"deep.zip", packZip(t, []packed{{"a/deep.tar.gz", packTarGz(t, []packed{{"deep.zip", packZip(t, plain)}})}})},
		{"a picture.png", []byte("\x89PNG\r\n\x1a\n and more")},
		{"__MACOSX/._deep.zip", packZip(t, plain)},
	}
	write(t, []packed{
		{"folder/x", nil},
		{"torture.zip", packZip(t, plain)}, {"torture.tar", packTar(t, plain)}, {"torture.tgz", packTarGz(t, plain)},
		{"torture.7z", sevenZip}, {"torture.rar", packRar(t, plain)}, {"torture.log", packZip(t, nested)}, {"single.zip", packZip(t, single)},
	})
	must(t, os.Remove("folder/x"))
	writeIn(t, "folder", plain)
	pack := regexp.MustCompile(`(folder/|torture\.\w+!|single\.zip!|-!)(a/deep\.tar\.gz!|deep\.zip!)*|\.gz`)
	unpacked := run(t, scan.Options{Paths: []string{"folder"}})
	if *update {
		must(t, os.WriteFile(want, []byte(brief(unpacked.Report)), 0o644))
	}
	wanted, err := os.ReadFile(want)
	must(t, err)
	if diff := cmp.Diff(string(wanted), brief(unpacked.Report)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	golden := calls(t, unpacked.Report, pack)
	inputs, err := filepath.Glob("*.*")
	must(t, err)
	for _, name := range inputs {
		data, err := os.ReadFile(name)
		must(t, err)
		for _, path := range []string{name, "-"} {
			r := run(t, scan.Options{Paths: []string{path}, Stdin: asStream(data), Jobs: 1})
			if diff := cmp.Diff(golden, calls(t, r.Report, pack)); diff != "" || len(r.Problems) > 0 {
				t.Errorf("%s as %s: %v (-want +got):\n%s", name, path, r.Problems, diff)
			}
			if again := run(t, scan.Options{Paths: []string{path}, Stdin: asStream(data), Jobs: 3}); bytesOf(t, r) != bytesOf(t, again) {
				t.Errorf("%s as %s: not the same bytes with -j 3", name, path)
			}
		}
	}
}

// However folders and files are packed in each other, the calls are those of the plain files.
func TestAnyPacking(t *testing.T) {
	plain := sampleFiles(t)
	dir := t.TempDir()
	writeIn(t, dir, plain)
	pack := regexp.MustCompile(regexp.QuoteMeta(filepath.ToSlash(dir)) + `\d*/|p\d+(!|/)|\.gz`)
	golden := calls(t, run(t, scan.Options{Paths: []string{dir}}).Report, pack)
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		list := slices.Clone(plain)
		for i := range list {
			if rapid.Bool().Draw(rt, "gzip") {
				list[i] = packed{list[i].name + ".gz", packGzip(t, list[i].data)}
			}
		}
		list = rapid.Permutation(list).Draw(rt, "order")
		for range rapid.IntRange(0, 4).Draw(rt, "layers") {
			made++
			name := fmt.Sprintf("p%d", made)
			switch how := rapid.SampledFrom([]string{"folder", "zip", "tar", "tar.gz", "rar", "gz"}).Draw(rt, "layer"); how {
			case "folder":
				for i := range list {
					list[i].name = name + "/" + list[i].name
				}
			case "gz":
				if len(list) == 1 {
					list[0].data = packGzip(t, list[0].data)
				}
			default:
				by := map[string]func(testing.TB, []packed) []byte{"zip": packZip, "tar": packTar, "tar.gz": packTarGz, "rar": packRar}[how]
				list = []packed{{name, by(t, list)}}
			}
		}
		made++
		in := fmt.Sprintf("%s%d", dir, made)
		writeIn(t, in, list)
		r, err := scan.Run(t.Context(), scan.Options{Paths: []string{in}})
		must(t, err)
		must(t, os.RemoveAll(in))
		if diff := cmp.Diff(golden, calls(t, r.Report, pack)); diff != "" || len(r.Problems) > 0 {
			rt.Errorf("%v (-want +got):\n%s", r.Problems, diff)
		}
	})
}

// The order of the files in an archive does not show.
func TestOrderInArchive(t *testing.T) {
	plain := append(sampleFiles(t), packed{"a.png", []byte("\x89PNG\r\n\x1a\n")}, packed{"b.gz", []byte("\x1f\x8b\x08")})
	var want string
	for range 5 {
		plain = append(plain[1:], plain[0])
		r := run(t, scan.Options{Paths: []string{"-"}, Stdin: asStream(packTar(t, plain))})
		got := bytesOf(t, r) + fmt.Sprint(r.Problems)
		if want == "" {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" || len(r.Problems) != 1 {
			t.Errorf("%v: %s", r.Problems, diff)
		}
	}
}

// What an archive holds beside logs is counted and no failure; what cannot be read of it is one.
func TestArchiveNotes(t *testing.T) {
	log := sampleFiles(t)[0].data
	encrypted, err := os.ReadFile("../source/testdata/zip/encrypted.zip")
	must(t, err)
	others := []packed{{"a.png", []byte("\x89PNG\r\n\x1a\n")}, {"README", []byte("read me\n")}, {"noise", []byte(strings.Repeat("\x00\x93\xff\x01", 99))}, {"empty", nil}}
	write(t, []packed{
		{"mixed.zip", packZip(t, append(slices.Clone(others), packed{"a.xlog", log}))},
		{"none.zip", packZip(t, others)},
		{"bare.zip", packZip(t, nil)},
		{"locked.zip", packZip(t, []packed{{"a.xlog", log}, {"b.zip", encrypted}})},
	})
	for name, want := range map[string]string{
		"mixed.zip": "mixed.zip: 4 files in it, beside 1 log, are no logs\nmixed.zip!a.xlog: \n",
		"none.zip":  "none.zip: there is no log in this archive, which holds 4 files\n",
		"bare.zip":  "bare.zip: there is no log in this archive\n",
		"locked.zip": "locked.zip!a.xlog: \nlocked.zip!b.zip: 1 file in it, one.log, is not read: encrypted; unpack the archive with its password and name the folder\n" +
			"! locked.zip!b.zip: 1 file in it, one.log, is not read: encrypted; unpack the archive with its password and name the folder\n",
	} {
		r := run(t, scan.Options{Paths: []string{name}})
		var got strings.Builder
		for _, in := range r.Report.Inputs {
			note := ""
			if in.Note != nil {
				note = *in.Note
			}
			fmt.Fprintf(&got, "%s: %s\n", in.Name, note)
		}
		for _, p := range r.Problems {
			fmt.Fprintf(&got, "! %s: %s\n", p.Input, p.Text)
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A bug report of Android is a zip archive with the logcat in one text among hundreds of other files.
func TestBugReport(t *testing.T) {
	const room = "wx0000000000000000WmpfVoip100000000000000001"
	text := "========================================================\n== dumpstate: 2026-11-20 09:05:00\n" +
		"------ SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v) ------\n--------- beginning of main\n" +
		"11-20 09:01:00.100 10123  4001  4002 I AppBrandLog: onVoipEvent {\"eventName\":\"startVoip\",\"roomId\":\"" + room + "\",\"isCaller\":true}\n" +
		"11-20 09:01:05.100 10123  4001  4002 I AppBrandLog: onVoipEvent {\"eventName\":\"cancelVoip\",\"roomId\":\"" + room + "\",\"isCaller\":true}\n"
	list := []packed{{"bugreport-x-2026-11-20-09-05-00.txt", []byte(text)}, {"version.txt", []byte("2.0\n")}, {"proto/activity.proto", []byte("\x0a\x93\x01\x00\xff\xfe\x12")}}
	for i := range 200 {
		list = append(list, packed{fmt.Sprintf("FS/data/anr/shot%d.png", i), []byte("\x89PNG\r\n\x1a\n")})
	}
	r := run(t, scan.Options{Paths: []string{"-"}, Stdin: asStream(packZip(t, list))})
	if len(r.Report.Calls) != 1 || r.Report.Calls[0].ID != room || len(r.Problems) > 0 {
		t.Fatalf("got %d calls, %v", len(r.Report.Calls), r.Problems)
	}
	if at := r.Report.Calls[0].Start.Format("2006-01-02 15:04"); at != "2026-11-20 09:01" {
		t.Errorf("the call is of %s", at)
	}
	if n := r.Report.Inputs[0].Note; len(r.Report.Inputs) != 2 || n == nil || *n != "202 files in it, beside 1 log, are no logs" {
		t.Errorf("got %d inputs, %v", len(r.Report.Inputs), n)
	}
}

// A role given to an archive is that of all that is in it.
func TestRoleOfArchive(t *testing.T) {
	write(t, []packed{{"d.zip", packZip(t, sampleFiles(t)[:2])}})
	for glob, ok := range map[string]bool{"d.zip": true, "d.zip!*/**": true, "e.zip": false} {
		r := run(t, scan.Options{Paths: []string{"d.zip"}, Roles: []scan.Role{{Role: "listener", Glob: glob}}})
		listens := slices.ContainsFunc(r.Report.Calls, func(c report.Call) bool {
			return slices.ContainsFunc(c.Parties, func(p report.Party) bool { return p.Role == "listener" && len(p.Inputs) > 0 })
		})
		if listens != ok {
			t.Errorf("%s: %v", glob, listens)
		}
	}
}
