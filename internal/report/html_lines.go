package report

import (
	"fmt"
	"html"
	"unicode/utf8"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// What a page holds of log lines. A line is cut to maxPageLine cells; when lines of maxPageBytes are on the page, the
// others are cut to shortPageLine. Together with maxPageLines this keeps a page of a call under 2 MB.
const (
	maxPageLine   = 4000
	shortPageLine = 160
	maxPageBytes  = 1 << 20
	maxPageLines  = 600
)

// linePage are the log lines under a call, each once, with the ids that evidence and the ladder link to.
type linePage struct {
	Items []lineItem
	More  string // how many lines are left out

	p      phrases
	prefix string // of the ids
	at     map[string]int
	bytes  int
	left   int
}

type lineItem struct{ ID, Head, Place, Cut, Text string }

func (p phrases) newLinePage(prefix string) *linePage {
	return &linePage{p: p, prefix: prefix, at: map[string]int{}}
}

// add puts a line on the page and returns its id, "" if there is no room for it.
func (l *linePage) add(e *Evidence) string {
	place := position(e)
	if n, ok := l.at[place]; ok {
		return l.Items[n].ID
	}
	if len(l.Items) == maxPageLines {
		l.left++
		l.More = fmt.Sprintf(l.p.html.moreLines, thousands(l.left))
		return ""
	}
	width := maxPageLine
	if l.bytes > maxPageBytes {
		width = shortPageLine
	}
	item := lineItem{
		ID: fmt.Sprintf("%s-line-%d", l.prefix, len(l.Items)+1), Head: l.p.lineHead(e),
		Place: cells.ClipHead(place, shortPageLine, l.p.ellipsis), Text: l.p.clip(e.Text, width),
	}
	if item.Text != cells.Visible(beginning(e.Text, width)) {
		item.Cut = fmt.Sprintf(l.p.html.cut, bytesOf(int64(len(e.Text))))
	}
	l.bytes += len(html.EscapeString(item.Text))
	l.at[place] = len(l.Items)
	l.Items = append(l.Items, item)
	return item.ID
}

// lineHead is what stands before the place of a line.
func (p phrases) lineHead(e *Evidence) string {
	head := ""
	if e.Time != nil {
		head = e.Time.Format("15:04:05.000") + " "
	}
	if e.Role != "" {
		head += p.brief(p.say(e.Role)) + " "
	}
	return head
}

// page is l, or nil if it has no lines: a template shows nothing then.
func (l *linePage) page() *linePage {
	if len(l.Items) == 0 {
		return nil
	}
	return l
}

// brief bounds a text that is short in any document that a scan made, and may be anything in another.
func (p phrases) brief(s string) string { return p.clip(s, 400) }

// long bounds a paragraph.
func (p phrases) long(s string) string { return p.clip(s, maxPageLine) }

// clip is [cells.Clip] that does not look at all of a long text.
func (p phrases) clip(s string, width int) string {
	return cells.Clip(beginning(s, width), width, p.ellipsis)
}

// beginning returns as much of s as can be seen in width cells, and a little more of it if there is more.
func beginning(s string, width int) string {
	const mostBytes = 8 // what Clip takes in a cell: two runes
	n := mostBytes * (width + 8)
	if n >= len(s) {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
