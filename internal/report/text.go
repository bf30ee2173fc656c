package report

import (
	"io"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// TextOptions steer the readable renderings. The zero value is the plain 80-column summary in English.
type TextOptions struct {
	Width   int    // terminal cells; 0 means 80, and less than 40 is taken as 40
	Color   bool   // ANSI colours beside the words and symbols, for a terminal
	ASCII   bool   // FAIL WARN ???? OK instead of ✗ ! ? ✓, no characters outside ASCII but those of the texts
	Lang    string // en or zh: the fixed words; findings are in the language of the document
	Verbose bool   // all of the text in place of its summary; list everything that other renderings fold
}

// Text writes what the terminal shows: a summary that fits on a screen or, with opt.Verbose, all there is, the whole
// before the parts: what was read, which calls there are, what is wrong with each, what was checked, what to do next. No
// line is wider than the width, but a URL or a command, which the terminal had better wrap itself so that they stay whole
// when copied.
func Text(w io.Writer, r *Report, opt TextOptions) error {
	p := newTextPrinter(w, r, opt)
	if !opt.Verbose {
		p.summary()
		return p.close()
	}
	p.line(piece{bold, cells.Clip(p.header(p.v), p.opt.Width, p.ellipsis)})
	p.gap()
	p.logList()
	p.clockList()
	p.redactedLine()
	p.coverageList()
	p.callTable()
	p.findingList()
	p.checkedList()
	p.nextList()
	return p.close()
}

// filled returns the options with a width that can be worked with.
func (o TextOptions) filled() TextOptions {
	if o.Width == 0 {
		o.Width = 80
	}
	o.Width = max(o.Width, 40)
	return o
}

// style is an SGR parameter, empty for plain text.
type style string

const (
	plain style = ""
	bold  style = "1"
	dim   style = "2"
)

// styles of the marks, one colour each.
var styles = map[string]style{
	"critical": "1;31", "error": "31", "warning": "33", "info": "36", markOK: "32", markUnknown: "35",
}

// piece is a part of a line in one style.
type piece struct {
	style style
	text  string
}

// textPrinter writes the text rendering.
type textPrinter struct {
	phrases
	*output
	v      *view
	opt    TextOptions
	spaced bool // an empty line goes before the next one
}

// newTextPrinter prepares for a rendering of r on w. What it suggests is for the place where the logs are: it names them.
func newTextPrinter(w io.Writer, r *Report, opt TextOptions) *textPrinter {
	opt = opt.filled()
	p := &textPrinter{output: newOutput(w), v: newView(r, true), opt: opt, phrases: newPhrases(opt)}
	p.v.suggest(p.v.scanned())
	return p
}

// gap separates what comes, if anything does, from what was.
func (p *textPrinter) gap() { p.spaced = true }

// line writes one line. It is the sink of everything, and makes visible what goes through it.
func (p *textPrinter) line(pieces ...piece) {
	if p.spaced {
		p.put("\n")
		p.spaced = false
	}
	for _, pc := range pieces {
		p.put(p.paint(pc.style, cells.Visible(pc.text)))
	}
	p.put("\n")
}

func (p *textPrinter) paint(s style, text string) string {
	if !p.opt.Color || s == plain || strings.TrimSpace(text) == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// lines wraps text at indent; first stands before it, in the indent.
func (p *textPrinter) lines(s style, indent int, first piece, text string) {
	first.text = cells.Pad(first.text, indent)
	for _, l := range cells.Wrap(text, p.opt.Width-indent) {
		p.line(first, piece{s, l})
		first.text = strings.Repeat(" ", indent)
	}
}

// labelWidth is the width of the words before the lists at the top.
const labelWidth = 10

// labelled writes the lines of a list with its name before the first.
type labelled struct {
	p    *textPrinter
	name string
}

func (l *labelled) lines(s style, text string) {
	l.p.lines(s, labelWidth, piece{bold, l.name}, text)
	l.name = ""
}

// clipped writes text on one line.
func (l *labelled) clipped(s style, text string) {
	p := l.p
	p.line(piece{bold, cells.Pad(l.name, labelWidth)}, piece{s, cells.Clip(text, p.opt.Width-labelWidth, p.ellipsis)})
	l.name = ""
}
