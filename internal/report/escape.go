package report

import (
	"strings"
	"unicode/utf8"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// MarkdownText makes s Markdown that shows as s: in a paragraph, a heading, a list or a table cell.
func MarkdownText(s string) string {
	s = strings.TrimSpace(cells.Visible(s))
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '@': // GitHub takes it for a mention even behind a backslash
			b.WriteString("&#64;")
			continue
		case strings.ContainsRune("\\`*_{}[]<>|~&$", r), i == 0 && strings.ContainsRune("#+-=", r),
			i > 0 && i == digits && strings.ContainsRune(".)", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mdCode makes s a code span that may stand in a table. Its fence is longer than any run of backticks in s. A bar ends a
// table cell even in a code span, so what has one becomes text instead.
func mdCode(s string) string {
	s = cells.Visible(s)
	if s == "" {
		return ""
	}
	if strings.ContainsAny(s, "|") {
		return MarkdownText(s)
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if len(fence) > 1 || s[0] == ' ' || s[len(s)-1] == ' ' {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// MarkdownLink is a bare link; only an https address becomes one.
func MarkdownLink(url string) string {
	if !strings.HasPrefix(url, "https://") || strings.ContainsFunc(url, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("<>\\`|", r)
	}) {
		return mdCode(url)
	}
	return "<" + url + ">"
}

// fenced makes lines a fenced block that none of them can end.
func fenced(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	longest := 2
	var b strings.Builder
	for _, l := range lines {
		l = cells.Visible(l)
		longest = max(longest, longestRun(l, '`'))
		b.WriteString(l)
		b.WriteByte('\n')
	}
	fence := strings.Repeat("`", longest+1)
	return fence + "text\n" + b.String() + fence
}

// longestRun returns the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] == c {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}

// title turns the capitals of a terminal heading into those of a page.
func title(heading string) string {
	_, n := utf8.DecodeRuneInString(heading)
	return heading[:n] + strings.ToLower(heading[n:])
}
