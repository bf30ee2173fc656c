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

// render writes a document that may leave in the format out was prepared for. Of nothing, only programs want one.
func (a *app) render(out *output, red *redaction, format report.Format, r *report.Report) error {
	if r.Status == report.Empty && !format.Data {
		return nil
	}
	opt := a.textOptions(out, r.Lang)
	if !out.folder {
		return a.release(out, red, func(w io.Writer) error { return format.Render(w, r, opt) })
	}
	files := format.Files(r, opt)
	for i := range files {
		files[i].Write = red.testedFile(files[i])
	}
	return writeFolder(out.path, out.force, files, format.Ours, red.save)
}
