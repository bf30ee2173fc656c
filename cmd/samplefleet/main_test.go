package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xlogscan/xlogscan/internal/scan"
)

func made(t *testing.T, folder string, args ...string) map[string]string {
	t.Helper()
	if err := run(append(args, "-o", folder), io.Discard); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		files[strings.TrimPrefix(name, folder)] = info.ModTime().UTC().String() + string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A fleet is the same however it came to be there: in one piece, or as it arrived night by night.
func TestArrivals(t *testing.T) {
	once := made(t, t.TempDir(), "-devices", "6")
	folder := t.TempDir()
	var sizes []int
	for _, day := range []string{"1", "2", "3", "4"} {
		sizes = append(sizes, len(made(t, folder, "-devices", "6", "-arrived", day)))
	}
	if diff := cmp.Diff(once, made(t, folder, "-devices", "6", "-arrived", "4")); diff != "" {
		t.Error("a fleet that arrived differs from one that is there: " + diff[:min(len(diff), 500)])
	}
	if !slices.IsSorted(sizes) || sizes[0] == sizes[1] || sizes[2] == sizes[3] {
		t.Errorf("files after each night: %v, want more each time", sizes)
	}
}

// The fleet has what a deployment meets, and what its report is to show.
func TestFleet(t *testing.T) {
	folder := t.TempDir()
	made(t, folder)
	r, err := scan.Run(t.Context(), scan.Options{Paths: []string{folder}, IDs: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	outcomes, problems := map[string]int{}, ""
	calls, failing := map[string]int{}, map[string]int{} // by version of WMPF
	joined, media := 0, map[string]bool{}
	for _, c := range r.Report.Calls {
		outcomes[c.Outcome]++
		if id := c.MediaRoomID; id != nil {
			if media[*id] {
				t.Errorf("media room %s is of two calls: they would be one circle", *id)
			}
			media[*id] = true
		}
		if c.Basis == "room-id" {
			joined++
		}
		if v := c.Parties[0].Versions.WMPF; v != nil {
			calls[*v]++
			for _, f := range c.Findings {
				if f.Signature == "join-already-in-room" {
					failing[*v]++
				}
			}
		}
	}
	for _, p := range r.Problems {
		problems += p.Text + "\n"
	}
	for _, o := range []string{"completed", "join-failed", "no-answer", "aborted", "cancelled", "rejected", "initiate-failed"} {
		if outcomes[o] < 5 {
			t.Errorf("%d calls are %s, want some: %v", outcomes[o], o, outcomes)
		}
	}
	if outcomes["unknown"] > 5 || joined < 100 {
		t.Errorf("%d calls ended nobody knows how, and %d have both logs", outcomes["unknown"], joined)
	}
	for _, want := range []string{"are encrypted", "are damaged", "a JPEG image", "no xlog block and no text"} {
		if !strings.Contains(problems, want) {
			t.Errorf("no log %q, only\n%s", want, problems)
		}
	}
	old, upgraded := 100*failing["1.2.0"]/calls["1.2.0"], 100*failing["2.0.0"]/calls["2.0.0"]
	if old < 15 || upgraded > 6 {
		t.Errorf("of 100 calls %d fail to join before the upgrade and %d behind it", old, upgraded)
	}
}

func TestFlags(t *testing.T) {
	for want, args := range map[string][]string{
		"name a folder":     {},
		"is no flag":        {"-o", "x", "y"},
		"is out of range":   {"-o", "x", "-devices", "0"},
		"is no date such":   {"-o", "x", "-start", "today"},
		"provided but not ": {"-nonsense"},
	} {
		if err := run(args, io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", args, err, want)
		}
	}
}

// A size is about what comes out.
func TestSize(t *testing.T) {
	bytes := 0
	for _, f := range made(t, t.TempDir(), "-devices", "1", "-days", "1", "-size", "6") {
		bytes += len(f)
	}
	if bytes < 2_500_000 || bytes > 4_000_000 {
		t.Errorf("%d bytes, want about 3 MB, for phone 1 sends nothing", bytes)
	}
}
