package main

import (
	"io"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
)

// as prepares for a result in a format of package report, and gives the format.
func (o *output) as(name string) (report.Format, error) {
	format := report.Formats[slices.IndexFunc(report.Formats, func(f report.Format) bool { return f.Name == name })]
	o.folder = format.Files != nil && !o.stdout() && (format.Ending == "" || !strings.HasSuffix(o.path, format.Ending))
	if format.Render == nil && !o.folder {
		return format, usage("", "-f %s makes several files: name a folder for them with -o DIR", name)
	}
	return format, nil
}

// ready is as, and finds out before the work what would keep a result that is saved already from being written.
func ready(out *output, red *redaction, format string) (report.Format, error) {
	how, err := out.as(format)
	if err != nil {
		return how, err
	}
	if err := out.check(); err != nil {
		return how, err
	}
	return how, red.load()
}

// fewCalls is how many calls of a streamed report are read into memory for formats that need them there.
const fewCalls = 5000

// inMemory reads the calls of a streamed report into memory for a format that needs them there.
func inMemory(r *report.Report, format string) error {
	if r.Streamed() && !r.Load(fewCalls) {
		return usage("-f ndjson takes any number; --room chooses one call", "-f %s is for %d calls at most where memory is bounded, and these are %d", format, fewCalls, r.Summary.Calls)
	}
	return nil
}

// render writes a document that may leave in the format out was prepared for. Of nothing, only programs want one.
func (a *app) render(out *output, red *redaction, format report.Format, r *report.Report) error {
	if r.Status == report.Empty && !format.Data {
		return nil
	}
	if !format.Stream {
		if err := inMemory(r, format.Name); err != nil {
			return err
		}
	}
	opt := a.textOptions(out, r.Lang)
	if !out.folder {
		return a.release(out, red, func(w io.Writer) error { return format.Render(w, r, opt) })
	}
	files := format.Files(r, opt)
	for i := range files {
		files[i].Write = red.testedFile(files[i])
	}
	return writeFolder(out.path, out.force, files, format.Ours)
}
