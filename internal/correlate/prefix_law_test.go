package correlate_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/extract"
)

// TestFilesOfOnePrefix holds that a log that is cut into files between any two lines, the end of it in the cache, comes to
// the calls that the whole one does, in whatever order the files come; the cache may repeat the end of the last file.
func TestFilesOfOnePrefix(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no goldens", err)
	}
	rapid.Check(t, func(t *rapid.T) {
		golden := rapid.SampledFrom(names).Draw(t, "golden")
		a, err := txtar.ParseFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		var whole, cut []*extract.Log
		for i, f := range a.Files {
			if f.Name == "want" {
				continue
			}
			folder := fmt.Sprintf("device%d/com.tencent.wmpf/xlog/", i)
			whole = append(whole, parse(folder+"wmpf_20261120.xlog", string(f.Data)))
			for name, text := range pieces(t, string(f.Data), !strings.HasPrefix(golden, "testdata/clock_set")) {
				cut = append(cut, parse(folder+name, text))
			}
		}
		cut = rapid.Permutation(cut).Draw(t, "order")
		want, _ := correlate.Calls(whole, correlate.Options{})
		got, _ := correlate.Calls(cut, correlate.Options{})
		if diff := cmp.Diff(placeless(want), placeless(got)); diff != "" {
			t.Fatalf("(-whole +cut):\n%s", diff)
		}
	})
}

// pieces cuts a log into files, by name. That a clock was set is not seen where the cache begins, which may repeat lines.
func pieces(t *rapid.T, text string, cached bool) map[string]string {
	lines := strings.SplitAfter(text, "\n")
	ends := rapid.SliceOfN(rapid.IntRange(0, len(lines)), 0, 12).Draw(t, "cuts")
	slices.Sort(ends)
	out := map[string]string{}
	from, name := 0, "wmpf_20261120.xlog"
	for i, end := range ends {
		out[name] = strings.Join(lines[from:end], "")
		from, name = end, fmt.Sprintf("wmpf_20261120_%d.xlog", i+1)
	}
	if rapid.Bool().Draw(t, "day") {
		name = "wmpf_20261121.xlog"
	}
	end := len(lines)
	if cached {
		end = rapid.IntRange(from, end).Draw(t, "cache")
	}
	out[name] = strings.Join(lines[from:end], "")
	if end < len(lines) {
		out["wmpf.mmap3"] = strings.Join(lines[rapid.IntRange(from, end).Draw(t, "repeated"):], "")
	}
	return out
}

// placeless describes calls without the places of their lines.
func placeless(calls []*correlate.Call) string {
	for _, c := range calls {
		c.Ambiguous = make([]string, len(c.Ambiguous))
		if c.RoomID == "" {
			c.ID = ""
		}
		for _, p := range c.Parties() {
			p.Inputs = nil
		}
	}
	return describe(calls)
}
