package report

import "io"

// Format is a rendering a user can ask for by name.
type Format struct {
	Name   string
	Help   string // a short phrase for the usage text
	Render func(w io.Writer, r *Report, opt TextOptions) error
}

// Formats lists the renderings in the order they are offered; the first is the default.
var Formats = []Format{
	{"text", "summary for the terminal", Text},
	{"md", "GitHub-flavoured Markdown, to attach to an issue", Markdown},
	{"json", "the whole document, " + Schema, func(w io.Writer, r *Report, _ TextOptions) error { return JSON(w, r) }},
}
