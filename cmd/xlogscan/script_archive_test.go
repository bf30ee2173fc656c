package main

import (
	"archive/tar"
	"archive/zip"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/rogpeppe/go-internal/testscript"
)

func mkarchive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: mkarchive OUT FILE...")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { ts.Check(f.Close()) }()
	if strings.HasSuffix(args[0], ".zip") {
		z := zip.NewWriter(f)
		for _, name := range args[1:] {
			w, err := z.Create(name)
			ts.Check(err)
			_, err = io.WriteString(w, ts.ReadFile(name))
			ts.Check(err)
		}
		ts.Check(z.Close())
		return
	}
	var out io.Writer = f
	if strings.HasSuffix(args[0], ".gz") {
		z := gzip.NewWriter(f)
		defer func() { ts.Check(z.Close()) }()
		out = z
	}
	w := tar.NewWriter(out)
	for _, name := range args[1:] {
		text := ts.ReadFile(name)
		ts.Check(w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text)), Typeflag: tar.TypeReg}))
		_, err := io.WriteString(w, text)
		ts.Check(err)
	}
	ts.Check(w.Close())
}

func lsZip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lszip FILE")
	}
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { ts.Check(z.Close()) }()
	for _, f := range z.File {
		r, err := f.Open()
		ts.Check(err)
		text, err := io.ReadAll(r)
		ts.Check(err)
		_, err = fmt.Fprintf(ts.Stdout(), "%s\n%s", f.Name, text)
		ts.Check(err)
	}
}
