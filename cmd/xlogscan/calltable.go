package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/xlogscan/xlogscan/internal/report"
)

const (
	columnGap = "  "
	// otherColumns is what all columns but that of the id take at most when their texts are long; the id gets the rest,
	// and at least minID, which is enough to tell calls apart.
	otherColumns = 70
	minID        = 10
)

// callTable writes a row for each call, in columns without lines, none wider than the width.
func callTable(w io.Writer, calls []report.Call, opt report.TextOptions) error {
	mark := "…"
	if opt.ASCII {
		mark = "..."
	}
	rows := [][]string{{"START", "CALL", "STAGE", "OUTCOME", "TALK", "FINDINGS"}}
	layout := startLayout(calls)
	for i := range calls {
		c := &calls[i]
		id := clipHead(report.Visible(c.ID), max(minID, opt.Width-otherColumns), mark)
		rows = append(rows, []string{started(c, layout), id, c.Stage, c.Outcome, talked(c), found(c)})
	}
	left := opt.Width
	for column := range len(rows[0]) - 1 {
		widest := 0
		for _, row := range rows {
			widest = max(widest, cells(row[column]))
		}
		left -= widest + len(columnGap)
	}
	for _, row := range rows[1:] {
		row[len(row)-1] = clip(row[len(row)-1], left, mark)
	}
	return writeTable(w, rows)
}

// writeTable leaves the columns to tablewriter and takes the blanks away that it fills up lines with.
func writeTable(w io.Writer, rows [][]string) error {
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft},
		Padding:    tw.CellPadding{Global: tw.Padding{Right: columnGap, Overwrite: true}},
	}
	var b bytes.Buffer
	t := tablewriter.NewTable(&b,
		tablewriter.WithEastAsian(tw.Off), // it would ask the locale of the host
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
		tablewriter.WithRowConfig(cell),
		tablewriter.WithTrimSpace(tw.Off),
	)
	if err := t.Bulk(rows); err != nil {
		return fmt.Errorf("table of calls: %w", err)
	}
	if err := t.Render(); err != nil {
		return fmt.Errorf("table of calls: %w", err)
	}
	out := bufio.NewWriter(w)
	for line := range strings.Lines(b.String()) {
		_, _ = out.WriteString(strings.TrimRight(line, " \n") + "\n") // Flush has the error
	}
	return out.Flush()
}

// startLayout has the day if there are several, each in the zone of its log.
func startLayout(calls []report.Call) string {
	day := ""
	for i := range calls {
		if calls[i].Start == nil {
			continue
		}
		d := calls[i].Start.Format("01-02")
		if day != "" && d != day {
			return "01-02 15:04:05"
		}
		day = d
	}
	return "15:04:05"
}

func started(c *report.Call, layout string) string {
	if c.Start == nil {
		return "-"
	}
	return c.Start.Format(layout)
}

func talked(c *report.Call) string {
	if c.TalkSeconds == nil {
		return "-"
	}
	s := int(*c.TalkSeconds)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// found lists the signatures in the order of the report, which has the most important one first.
func found(c *report.Call) string {
	var ids []string
	for i := range c.Findings {
		id := c.Findings[i].Signature
		if c.Findings[i].Certainty == "lead" {
			id += "?"
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, " ")
}

// cells is how much of a line s takes, with characters of ambiguous width as one cell on every host.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n += displaywidth.Rune(r)
	}
	return n
}

// clip cuts s to width cells, the last of them mark.
func clip(s string, width int, mark string) string {
	if cells(s) <= width {
		return s
	}
	width -= cells(mark)
	for i, r := range s {
		if width -= displaywidth.Rune(r); width < 0 {
			return strings.TrimRight(s[:i], " ") + mark
		}
	}
	return s
}

// clipHead cuts s to width cells, the first of them mark, for it is at their ends that ids and paths differ.
func clipHead(s string, width int, mark string) string {
	over := cells(s) - width
	if over <= 0 {
		return s
	}
	over += cells(mark)
	for i, r := range s {
		if over <= 0 {
			return mark + s[i:]
		}
		over -= displaywidth.Rune(r)
	}
	return mark
}
