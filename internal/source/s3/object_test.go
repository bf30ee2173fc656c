package s3

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xlogscan/xlogscan/internal/source"
)

// TestOneRequest holds that what is read from start to end takes one request.
func TestOneRequest(t *testing.T) {
	for _, size := range []int{1, blockSize, 40 * blockSize, 40*blockSize + 1} {
		f := newFake(t, map[string][]byte{"k": content(size)})
		in := one(t, f.store(Config{}), "s3://bkt/k")
		f.fail()
		r, err := in.Open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, content(size)) {
			t.Errorf("%d of %d bytes: %v", len(got), size, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
		if _, err := r.Read(make([]byte, 1)); err == nil {
			t.Error("a closed object was read")
		}
		if requests, _ := f.asked(); len(requests) != 1 {
			t.Errorf("%d bytes took %q", size, requests)
		}
	}
}

func TestEmptyObject(t *testing.T) {
	f := newFake(t, map[string][]byte{"k": nil})
	in := one(t, f.store(Config{}), "s3://bkt/k")
	f.fail(reset)
	r, err := in.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); len(b) > 0 || err != nil {
		t.Errorf("%q, %v", b, err)
	}
}

// TestAnyOrder holds that an object gives the bytes of what was stored, in whatever order and over whatever faults.
func TestAnyOrder(t *testing.T) {
	data := content(30*blockSize + 77)
	f := newFake(t, map[string][]byte{"k": data})
	in := one(t, f.store(Config{}), "s3://bkt/k")
	rapid.Check(t, func(t *rapid.T) {
		r, err := in.Open(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		pos := 0
		for range rapid.IntRange(1, 12).Draw(t, "reads") {
			f.fail(rapid.SampledFrom([]fault{nil, reset, answer(503, "SlowDown")}).Draw(t, "fault"))
			p := make([]byte, rapid.IntRange(0, 3*blockSize).Draw(t, "length"))
			if rapid.Bool().Draw(t, "in order") {
				n, err := r.Read(p)
				if !bytes.Equal(p[:n], data[pos:pos+n]) || err != nil && (err != io.EOF || pos < len(data)) {
					t.Fatalf("%d bytes at %d: %v", n, pos, err)
				}
				pos += n
				continue
			}
			off := rapid.IntRange(0, len(data)+10).Draw(t, "offset")
			n, err := r.(io.ReaderAt).ReadAt(p, int64(off))
			rest := data[min(off, len(data)):]
			if n != min(len(p), len(rest)) || !bytes.Equal(p[:n], rest[:n]) || (err == nil) != (n == len(p)) {
				t.Fatalf("%d of %d bytes at %d: %v", n, len(p), off, err)
			}
		}
	})
}

// TestZip holds that reading an archive by the list at its end takes few requests.
func TestZip(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 200 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("log-%03d.txt", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, strings.Repeat("a line\n", 3000))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	f := newFake(t, map[string][]byte{"k.zip": b.Bytes()})
	in := one(t, f.store(Config{}), "s3://bkt/k.zip")
	f.fail()
	files := 0
	found, err := source.Walk(t.Context(), in, source.Walking{}, func(s *source.Stream) error {
		files++
		_, err := io.Copy(io.Discard, s)
		return err
	})
	if err != nil || len(found.Problems) > 0 || files != 200 {
		t.Errorf("%d files, %v, %v", files, found.Problems, err)
	}
	if requests, _ := f.asked(); len(requests) > 8 {
		t.Errorf("%d bytes took %d requests: %q", b.Len(), len(requests), requests)
	}
}

// TestHugeObject holds that memory does not depend on what a store says of a size.
func TestHugeObject(t *testing.T) {
	const size = 1 << 50
	f := newFake(t, nil)
	huge := func(_ *fake, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"huge"`)
		w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 00:00:00 GMT")
		w.Header().Set("Content-Length", fmt.Sprint(int64(size)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(content(3 * blockSize))
			panic(http.ErrAbortHandler)
		}
	}
	f.fail(huge, huge)
	in := one(t, f.store(Config{}), "s3://bkt/k")
	if in.Size != size {
		t.Fatalf("size %d", in.Size)
	}
	r, err := in.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p := make([]byte, 2*blockSize)
	if _, err := io.ReadFull(r, p); err != nil || !bytes.Equal(p, content(len(p))) {
		t.Error(err)
	}
	if o := r.(*object); len(o.blocks) != 2 {
		t.Errorf("%d blocks are kept", len(o.blocks))
	}
}

func TestNoRanges(t *testing.T) {
	f := newFake(t, map[string][]byte{"k": content(10 * blockSize)})
	in := one(t, f.store(Config{}), "s3://bkt/k")
	r, err := in.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	f.fail(func(f *fake, w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Range")
		f.ServeHTTP(w, r)
	})
	if _, err := r.(io.ReaderAt).ReadAt(make([]byte, 1), 5*blockSize); !source.FromStore(err) || !strings.Contains(err.Error(), "does not give parts") {
		t.Errorf("told %v", err)
	}
}

func TestFind(t *testing.T) {
	f := newFake(t, map[string][]byte{
		"a/one.xlog": nil, "a/two.log": nil, "a/deep/three.xlog": nil, "a/.git/four.xlog": nil, "a": []byte("an object and a folder"),
		"ab/five.xlog": nil, "x[1].xlog": nil, "x1.xlog": nil, "c/deep/": nil,
	})
	s := f.store(Config{})
	for _, tt := range []struct{ path, want string }{
		{"s3://bkt/a", "a"},
		{"s3://bkt/a/", "a/deep/three.xlog a/one.xlog a/two.log"},
		{"s3://bkt/a/deep", "a/deep/three.xlog"},
		{"s3://bkt/a/one.xlog", "a/one.xlog"},
		{"s3://bkt/a*/*.xlog", "a/one.xlog ab/five.xlog"},
		{"s3://bkt/**/*.xlog", "a/deep/three.xlog a/one.xlog ab/five.xlog x1.xlog x[1].xlog"},
		{"s3://bkt/x[1].xlog", "x[1].xlog"},
		{"s3://bkt/x[12].xlog", "x1.xlog"},
		{"s3://bkt", "a a/deep/three.xlog a/one.xlog a/two.log ab/five.xlog x1.xlog x[1].xlog"},
	} {
		var got []string
		for _, in := range find(t, s, tt.path) {
			got = append(got, strings.TrimPrefix(in.Name, "s3://bkt/"))
		}
		if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" {
			t.Errorf("%s: %s", tt.path, diff)
		}
	}
	for path, want := range map[string]string{
		"s3://":                                 "names no bucket",
		"s3:///a":                               "names no bucket",
		"s3://b..b/a":                           "no bucket can have such a name",
		"s3://bkt/" + strings.Repeat("a", 2000): "no object can have such a name",
		"s3://bkt/a\xff":                        "no object can have such a name",
		"s3://bkt/none":                         "no object of this name",
		"s3://bkt/c":                            "no object of this name",
		"s3://bkt/n*":                           "no object matches",
		"s3://bkt/n[":                           "malformed",
	} {
		err := s.Find(t.Context(), path, nil)
		if err == nil || !strings.Contains(err.Error(), want) || source.FromStore(err) {
			t.Errorf("%q told %v", path, err)
		}
	}
}

func TestVersion(t *testing.T) {
	f := newFake(t, map[string][]byte{"a": []byte("one"), "b": []byte("one")})
	s := f.store(Config{})
	first := one(t, s, "s3://bkt/a").Version
	if first == "" || first != one(t, s, "s3://bkt/a").Version || first == one(t, s, "s3://bkt/b").Version {
		t.Error("a version does not stand for one object")
	}
	f.put("a", []byte("two"))
	if first == one(t, s, "s3://bkt/a").Version {
		t.Error("another content has the same version")
	}
}
