package scan

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

// shelf is a store of one object, which breaks off behind the text if it is told to.
type shelf struct {
	text, version string
	broken        error
	opened        int
}

func (s *shelf) Find(_ context.Context, path string, take func(source.Input)) error {
	in := source.Input{Name: path, Size: int64(len(s.text)), Version: s.version}
	in.Open = func(context.Context) (io.ReadCloser, error) {
		s.opened++
		var r io.Reader = strings.NewReader(s.text)
		if s.broken != nil {
			r = io.MultiReader(r, iotest.ErrReader(s.broken))
		}
		return io.NopCloser(r), nil
	}
	take(in)
	return nil
}

const shelfPath = "s3://bkt/wmpf_20261120.log"

func shelfText() string {
	var b bytes.Buffer
	for i := range 5000 {
		fmt.Fprintf(&b, "2026-11-20 10:%02d:%02d.000 I line %d\n", i/60%60, i%60, i)
	}
	return b.String()
}

// packed is the container of a text, cut in a block.
func packed(t *testing.T, text string) string {
	t.Helper()
	spec := "block codec=zstd\n\t" + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n\t") + "\n"
	b, err := xlogtest.Build(spec + spec)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[:len(b)*3/4])
}

// zipped is a text, compressed, and cut in the middle.
func zipped[W io.WriteCloser](t *testing.T, text string, compress func(io.Writer) W) string {
	t.Helper()
	var b bytes.Buffer
	w := compress(&b)
	_, _ = io.WriteString(w, text)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()[:b.Len()/2]
}

// entry is the only one of an archive.
type entry struct {
	io.Writer
	io.Closer
}

func entryOf(w io.Writer) entry {
	z := zip.NewWriter(w)
	e, _ := z.Create("wmpf_20261120.log")
	return entry{e, z}
}

// TestStoreProblem holds that what a store did not give can be told from what is wrong with a log.
func TestStoreProblem(t *testing.T) {
	gone := &source.StoreError{Text: "the store does not answer; run it again"}
	for _, tt := range []struct {
		broken error
		want   bool
	}{{gone, true}, {fmt.Errorf("wrapped: %w", gone), true}, {errors.New("bad sector"), false}} {
		for _, text := range []string{shelfText(), packed(t, shelfText()), zipped(t, shelfText(), gzip.NewWriter), zipped(t, shelfText(), entryOf), ""} {
			s := &shelf{text: text, broken: tt.broken}
			res, err := Inventory(t.Context(), Options{Paths: []string{shelfPath}, Store: s})
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Problems) != 1 || res.Problems[0].Store != tt.want || !res.Problems[0].Fatal {
				t.Errorf("%v behind %d bytes: %+v", tt.broken, len(text), res.Problems)
			}
			problems := decoded(t, s)
			if len(problems) != 1 || problems[0].Store != tt.want {
				t.Errorf("decoding, %v behind %d bytes: %+v", tt.broken, len(text), problems)
			}
		}
	}
}

// decoded returns what is wrong with the object when it is decoded.
func decoded(t *testing.T, s *shelf) []Problem {
	t.Helper()
	inputs, _ := source.Find(t.Context(), []string{shelfPath}, source.Options{Store: s})
	var list []Problem
	more, err := Logs(t.Context(), inputs[0], Decoding{}, func(l *Log) error {
		stats, err := l.Decode(t.Context(), io.Discard)
		list = append(list, stats.Problems...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return append(list, more...)
}

// TestStateOfObjects holds that a version stands for the content, and that nothing is kept of a reading that a store broke off.
func TestStateOfObjects(t *testing.T) {
	s := &shelf{text: shelfText(), version: "one", broken: &source.StoreError{Text: "gone"}}
	opt := Options{Paths: []string{shelfPath}, Store: s, State: t.TempDir()}
	for _, step := range []struct {
		about         string
		change        func()
		opened, known int
	}{
		{"broken off", func() {}, 1, 0},
		{"whole", func() { s.broken = nil }, 2, 0},
		{"known", func() {}, 2, 1},
		{"replaced", func() { s.version = "two" }, 3, 0},
		{"without a version: hashed, read, hashed", func() { s.version = "" }, 6, 0},
	} {
		step.change()
		res, err := Run(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		if s.opened != step.opened || res.Known != step.known {
			t.Errorf("%s: opened %d times, %d known", step.about, s.opened, res.Known)
		}
		if n := len(res.Problems); (n == 0) != (s.broken == nil) {
			t.Errorf("%s: problems %v", step.about, res.Problems)
		}
	}
}
