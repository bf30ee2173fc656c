package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) mergeCommand() *cobra.Command {
	var (
		out         output
		format      string
		room, least string
		red         redaction
		bad         tolerance
		list        fileList
	)
	c := &cobra.Command{
		Use:   "merge PART...",
		Short: "Put parts of a report together that worker reduce wrote",
		Long: `merge writes the report of which the parts are, as scan --join ids would have
written it of all their logs at once. Where parts of several generations tell of
one log or one call, the newest counts.

Parts are files. They are read as often as the format needs, and a few bytes of
each call are in memory; formats other than json, ndjson, csv and parquet take a
report of few calls, or of one that --room names.`,
		Example: `  xlogscan merge reports/gen=*/part-* -f ndjson -o tables/
  xlogscan merge reports/gen=*/part-* --room 1000000000000000001 -f html -o call.html`,
		Args: orList(&list),
		RunE: func(c *cobra.Command, args []string) error {
			how, err := ready(&out, &red, format)
			if err != nil {
				return err
			}
			names, err := list.paths(a, args)
			if err != nil {
				return err
			}
			parts, closeAll, err := openParts(names)
			defer closeAll()
			if err != nil {
				return err
			}
			res, err := scan.Merge(parts, os.TempDir())
			if err != nil {
				return usage("worker reduce writes parts", "%w", err)
			}
			defer res.Close()
			a.problems(res.Problems)
			doc, err := red.document(c.Context(), res.Report, res.Named...)
			if err != nil {
				return err
			}
			if err := doc.Select(room, signature.Severity(least)); err != nil {
				return noRoom(err, names)
			}
			if err := a.render(&out, &red, how, doc); err != nil {
				return err
			}
			if doc.Status == report.Empty {
				a.errorf("nothing to analyse: there is no log in the parts")
				return exitWith(statusEmpty)
			}
			return exitWith(partial(res, &bad))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format, mergeFormats()...)
	out.folderFlags(f)
	list.flags(f)
	roomFlag(f, &room)
	leastFlag(f, &least)
	f.Var(&bad, "tolerate-bad", "`N` or N% of the inputs may be unreadable or damaged without exit status 3")
	red.flags(f)
	return c
}

// mergeFormats are all formats, those first that take any number of calls.
func mergeFormats() []report.Format {
	var first, last []report.Format
	for _, f := range report.Formats {
		if f.Stream {
			first = append(first, f)
		} else {
			last = append(last, f)
		}
	}
	return append(first, last...)
}

// openParts opens files of parts. What it returns closes those that it opened, even with an error.
func openParts(names []string) (parts []report.PartFile, closeAll func(), err error) {
	var files []*os.File
	closeAll = func() {
		for _, f := range files {
			_ = f.Close() // they were only read
		}
	}
	for _, name := range names {
		f, err := open(name, name)
		if err != nil {
			return nil, closeAll, err
		}
		files = append(files, f)
		info, err := f.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return nil, closeAll, usage("name the files in it", "%s is no file", name)
		}
		parts = append(parts, report.PartFile{Name: name, ReaderAt: f, Size: info.Size()})
	}
	return parts, closeAll, nil
}
