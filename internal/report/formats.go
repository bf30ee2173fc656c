package report

import "io"

// Format is a rendering a user can ask for by name. It is written as one text by Render, as files of a folder by Files,
// or either way; what it is not, is nil.
type Format struct {
	Name   string
	Help   string // a short phrase for the usage text
	Data   bool   // for programs, which want it of an empty report too
	Stream bool   // it can be made of a streamed report
	Ending string // of the name of a file, where the rendering is a folder under any other name
	Render func(w io.Writer, r *Report, opt TextOptions) error
	Files  func(r *Report, opt TextOptions) []File
	// Ours reports whether a file of a folder is one that Files of some other report has made, by its name and its first
	// OursHead bytes; nil if all reports make files of the same names.
	Ours func(name string, head []byte) bool
}

// OursHead is how many bytes of a file Format.Ours needs.
const OursHead = 1024

// File is one file of a rendering that is a folder.
type File struct {
	Name  string
	Write func(w io.Writer) error
	Text  func(w io.Writer) error // the texts in it, where Write compresses them; else nil
}

// Formats lists the renderings in the order they are offered; the first is the default.
var Formats = []Format{
	{Name: "text", Help: "summary for the terminal; all of it with -v", Render: Text},
	{Name: "md", Help: "GitHub-flavoured Markdown, to attach to an issue", Render: Markdown},
	{Name: "post", Help: "text for a support forum: its form filled in for the failed calls", Render: Post},
	{Name: "html", Help: "a page for the browser, in one file with -o NAME.html; with -o DIR, an index and a page for each call", Ending: ".html", Render: HTML, Files: htmlFiles, Ours: isPage},
	{Name: "json", Help: "the whole document, " + Schema, Data: true, Stream: true, Render: unadorned(JSON)},
	{Name: "ndjson", Help: "tables as lines of JSON, in a folder with -o DIR", Data: true, Stream: true, Render: unadorned(NDJSON), Files: ndjsonFiles},
	{Name: "csv", Help: "the same tables, only in a folder", Data: true, Stream: true, Files: csvFiles},
	{Name: "parquet", Help: "the same tables and one of verdicts, for DuckDB and Spark, only in a folder", Data: true, Stream: true, Files: parquetFiles},
	{Name: "perfetto", Help: "trace of the calls for Perfetto or chrome://tracing", Data: true, Render: unadorned(Perfetto)},
}

// unadorned is a rendering that takes no options.
func unadorned(write func(io.Writer, *Report) error) func(io.Writer, *Report, TextOptions) error {
	return func(w io.Writer, r *Report, _ TextOptions) error { return write(w, r) }
}
