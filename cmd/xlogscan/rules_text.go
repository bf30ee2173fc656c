package main

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/xlogscan/xlogscan/internal/report"
)

// columnGap stands between the columns of a table.
const columnGap = "  "

// table lays rows out in columns no wider than width together; the last one is clipped, the others are whole.
func table(rows [][]string, width int, ellipsis string) (string, error) {
	if len(rows) == 0 {
		return "", nil
	}
	left := width
	for i := range len(rows[0]) - 1 {
		widest := 0
		for _, row := range rows {
			widest = max(widest, cells(row[i]))
		}
		left -= widest + len(columnGap)
	}
	var b bytes.Buffer
	t := newTable(&b)
	for _, row := range rows {
		row = slices.Clone(row)
		row[len(row)-1] = clip(row[len(row)-1], left, ellipsis)
		if err := t.Append(row); err != nil {
			return "", err
		}
	}
	if err := t.Render(); err != nil {
		return "", err
	}
	var out strings.Builder
	for l := range strings.Lines(b.String()) {
		out.WriteString(strings.TrimRight(l, " \n") + "\n")
	}
	return out.String(), nil
}

// newTable makes a table of columns and gaps only. East Asian width is fixed, because tablewriter takes it from the
// environment otherwise.
func newTable(b *bytes.Buffer) *tablewriter.Table {
	return tablewriter.NewTable(b,
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
		tablewriter.WithRowConfig(tw.CellConfig{
			Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
			Alignment:  tw.CellAlignment{Global: tw.AlignLeft},
			Padding:    tw.CellPadding{Global: tw.Padding{Right: columnGap, Overwrite: true}},
		}),
		tablewriter.WithTrimSpace(tw.Off),
	)
}

// cells is how many terminal cells s takes, measured as tablewriter does.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n += displaywidth.Rune(r)
	}
	return n
}

// pad makes s width cells wide.
func pad(s string, width int) string { return s + strings.Repeat(" ", max(0, width-cells(s))) }

// clip makes s visible and cuts it to width cells, the last of which say that something was cut.
func clip(s string, width int, ellipsis string) string {
	s = report.Visible(s)
	if cells(s) <= width {
		return s
	}
	left := width - cells(ellipsis)
	for i, r := range s {
		if left -= displaywidth.Rune(r); left < 0 {
			return strings.TrimRight(s[:i], " ") + ellipsis
		}
	}
	return s
}

// wrap makes s visible and breaks it into lines of at most width cells: at spaces, and beside Chinese characters. A word
// that is longer than a line, as a URL may be, stays whole.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, u := range units(report.Visible(strings.Join(strings.Fields(s), " "))) {
		if line != "" && cells(line)+cells(u) > width {
			lines = append(lines, line)
			line, u = "", strings.TrimLeft(u, " ")
		}
		line += u
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// units splits s into what a line break must not part: a word with the spaces before it, a Chinese character with the
// punctuation that belongs to it.
func units(s string) []string {
	var list []string
	start := 0
	before := ' '
	for i, r := range s {
		breaks := r == ' ' && before != ' ' || before != ' ' && (wide(r) || wide(before))
		if strings.ContainsRune("，。、；：！？）》」”", r) || strings.ContainsRune("（《「“", before) {
			breaks = false
		}
		if breaks && i > 0 {
			list = append(list, s[start:i])
			start = i
		}
		before = r
	}
	return append(list, s[start:])
}

func wide(r rune) bool { return r >= utf8.RuneSelf && displaywidth.Rune(r) > 1 }
