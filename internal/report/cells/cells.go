// Package cells cuts, wraps and lays out text by the cells of a terminal, having made it safe to show there.
//
// It knows nothing of reports or rules.
package cells

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Visible returns s with everything that has no glyph of its own written out: control characters, the line and
// paragraph separators, format characters (the bidirectional controls among them) and variation selectors as \xNN,
// \uNNNN or their usual name, bytes that are no UTF-8 as \xNN. What it returns is one line, and safe to print.
//
// A backslash stays as it is, because log lines are full of JSON. So Visible(Visible(s)) is Visible(s), and text that
// was made valid for JSON shows the same as before.
func Visible(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == utf8.RuneError, !hidden(r):
			b.WriteString(s[i : i+n])
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += n
	}
	return b.String()
}

// hidden reports whether r must not reach a terminal or a page as it is. The replacement character counts, for it may
// stand for a bad byte; Visible looks closer.
func hidden(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == 0x7f
	}
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector)
}

// Width returns how many terminal cells s takes. It adds up runes, as tablewriter does, so that tables and wrapped text
// agree; it is the library tablewriter measures with for the same reason. Characters of ambiguous width count as one
// cell whatever the locale, for the output must not depend on the host.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += displaywidth.Rune(r)
	}
	return n
}

// Clip makes s visible and cuts it to at most width cells, with mark as its last cells where something was cut. It
// never splits a rune, and bounds the number of runes too, because combining marks take no cells.
func Clip(s string, width int, mark string) string {
	s = Visible(s)
	if len(s) <= width {
		return s
	}
	head, rest := Cut(s, width)
	if rest == "" {
		return head
	}
	if width < Width(mark) {
		return head
	}
	head, _ = Cut(s, width-Width(mark))
	return strings.TrimRight(head, " ") + mark
}

// ClipHead is Clip from the other end: it keeps the end of s, which tells files and ids apart.
func ClipHead(s string, width int, mark string) string {
	s = Visible(s)
	if Width(s) <= width && utf8.RuneCountInString(s) <= runesIn(width) {
		return s
	}
	room, runes := width-Width(mark), runesIn(width)
	i := len(s)
	for i > 0 && runes > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if room -= displaywidth.Rune(r); room < 0 {
			break
		}
		i -= n
		runes--
	}
	return mark + s[i:]
}

// runesIn bounds the runes shown in width cells.
func runesIn(width int) int { return 2*max(width, 0) + 8 }

// Cut splits s after at most width cells.
func Cut(s string, width int) (head, rest string) {
	runes := runesIn(width)
	for i, r := range s {
		width -= displaywidth.Rune(r)
		runes--
		if width < 0 || runes < 0 {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// Wrap makes s visible and breaks it into lines of at most width cells, at spaces where there are any and between
// runes where a word is longer than a line or, as in Chinese, there is no space to break at.
func Wrap(s string, width int) []string {
	s = strings.TrimSpace(Visible(s))
	var lines []string
	for s != "" {
		head, rest := Cut(s, width)
		if rest != "" {
			head, rest = breakLine(s, len(head))
		}
		if head == "" { // a wide rune in a width of one
			_, n := utf8.DecodeRuneInString(s)
			head, rest = s[:n], s[n:]
		}
		lines = append(lines, strings.TrimRight(head, " "))
		s = strings.TrimLeft(rest, " ")
	}
	return lines
}

// breakLine breaks s at i or at a better place before it: at a space, but not between a number and its unit, not
// before closing punctuation and not behind an opening bracket.
func breakLine(s string, i int) (head, rest string) {
	space := strings.LastIndexByte(s[:i], ' ')
	if s[i] == ' ' {
		space = i
	}
	if space > 0 && (space == i || breaksBetter(s[space:i])) {
		for {
			before := strings.LastIndexByte(s[:space], ' ')
			if before <= 0 || !isNumber(s[before+1:space]) && mayBreak(s, space) || before < i/2 {
				break
			}
			space = before
		}
		if number := strings.TrimRight(s[:space], "0123456789"); len(number) < space && !breaksBetter(number) && mayBreak(s, len(number)) {
			space = len(number) // as in 共5 次
		}
		if mayBreak(s, space) {
			return s[:space], s[space:]
		}
	}
	for at := i; at > 0; {
		if mayBreak(s, at) {
			return s[:at], s[at:]
		}
		_, n := utf8.DecodeLastRuneInString(s[:at])
		at -= n
	}
	return s[:i], s[i:] // nothing but such punctuation
}

// Punctuation that does not begin a line, and that does not end one.
const (
	closing = "，。、；：！？）》」』】〕〉］｝”’％),;]}"
	opening = "（《「『【〔〈［｛“‘([{"
)

// mayBreak reports whether a line may end before s[i:], which takes its marks along.
func mayBreak(s string, i int) bool {
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i:], " "))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], " "))
	return !strings.ContainsRune(closing, next) && !strings.ContainsRune(opening, last) && displaywidth.Rune(next) > 0
}

// isNumber reports whether a word is a number whose unit follows, as in "(3 calls".
func isNumber(word string) bool { return strings.Trim(word, "(±+-.,0123456789") == "" }

// breaksBetter reports whether the last word of a line had better go to the next one. Chinese text breaks anywhere.
func breaksBetter(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	return displaywidth.Rune(last) < 2
}

// Pad makes s width cells wide.
func Pad(s string, width int) string {
	if n := width - Width(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}
