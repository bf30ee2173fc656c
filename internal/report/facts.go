package report

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// glyphs are the symbols of a rendering. A symbol always stands beside the word it stands for, or in a column whose
// rows have one; colour is only ever added to it.
type glyphs struct {
	mark                                      map[string]string
	markWidth                                 int
	ellipsis, arrow, dot, dash, within, times string
	ladder                                    ladderGlyphs
}

var unicodeGlyphs = glyphs{
	mark: map[string]string{
		"critical": "✗", "error": "✗", "warning": "!", "info": "·", markOK: "✓", markUnknown: "?",
	},
	markWidth: 1, ellipsis: "…", arrow: "→", dot: " · ", dash: "–", within: "±", times: "×",
	ladder: ladderGlyphs{
		lane: "│", dark: "╎", solid: "─", dashed: "┄", band: "═", toLeft: "◀", toRight: "▶", fromLeft: "├", fromRight: "┤", cross: "┼",
		failed: "✗", unsure: "~", atLeast: "≥", until: "–",
	},
}

var asciiGlyphs = glyphs{
	mark: map[string]string{
		"critical": "FAIL", "error": "FAIL", "warning": "WARN", "info": "info", markOK: "OK", markUnknown: "????",
	},
	markWidth: 4, ellipsis: "...", arrow: "->", dot: " | ", dash: "-", within: "+/-", times: "x",
	ladder: ladderGlyphs{
		lane: "|", dark: ":", solid: "-", dashed: ".", band: "=", toLeft: "<", toRight: ">", fromLeft: "+", fromRight: "+", cross: "+",
		failed: "X", unsure: "~", atLeast: ">=", until: "-",
	},
}

// phrases turns facts of the view into texts of one language and one set of symbols, for both readable renderings.
type phrases struct {
	*words
	glyphs
}

func newPhrases(opt TextOptions) phrases {
	g := unicodeGlyphs
	if opt.ASCII {
		g = asciiGlyphs
	}
	return phrases{wordsFor(opt.Lang), g}
}

func (p phrases) count(n int, of noun) string {
	if n == 1 {
		return fmt.Sprintf(of.one, "1")
	}
	return fmt.Sprintf(of.many, thousands(n))
}

// id is a short id with the ellipsis of the rendering.
func (p phrases) id(short string) string {
	if rest, ok := strings.CutPrefix(short, "…"); ok {
		return p.ellipsis + cells.Visible(rest)
	}
	return cells.Visible(short)
}

// maxRooms is how many calls are named in a row.
const maxRooms = 12

// rooms names calls.
func (p phrases) rooms(rows []row) string {
	ids := make([]string, 0, maxRooms+1)
	for i, rw := range rows {
		if i == maxRooms {
			ids = append(ids, fmt.Sprintf(p.more, thousands(len(rows)-i)))
			break
		}
		ids = append(ids, p.id(rw.room))
	}
	return strings.Join(ids, " ")
}

// header is the one line about the document as a whole.
func (p phrases) header(v *view) string {
	t := v.r.Tool
	rules := fmt.Sprintf(p.words.header, thousands(t.Rules.Count), cells.Visible(t.Rules.Hash))
	if t.Rules.User > 0 {
		rules += p.comma + fmt.Sprintf(p.userRules, thousands(t.Rules.User))
	}
	stamp := ""
	if v.r.Redaction.Stamp != nil {
		stamp = cells.Visible(*v.r.Redaction.Stamp) + p.dot
	}
	return stamp + "xlogscan " + cells.Visible(t.Version) + p.dot + rules + p.dot +
		p.count(len(v.r.Inputs), p.nInputs) + p.comma + bytesOf(v.coverage.bytes)
}

// redactedText says what was replaced, "" for nothing.
func (p phrases) redactedText(r *Report) string {
	var kinds []string
	places := 0
	for _, c := range r.Redaction.Counts {
		kinds = append(kinds, thousands(c.Values)+" "+cells.Visible(c.Kind))
		places += c.Places
	}
	if len(kinds) == 0 {
		return ""
	}
	return fmt.Sprintf(p.redacted, strings.Join(kinds, p.comma), p.count(places, p.nPlaces))
}

// bytesOf writes a size in binary units.
func bytesOf(n int64) string {
	if n < 1024 {
		return thousands(n) + " B"
	}
	f, units := float64(n)/1024, []string{"KiB", "MiB", "GiB", "TiB"}
	i := 0
	for ; f >= 1023.95 && i < len(units)-1; i++ {
		f /= 1024
	}
	return fmt.Sprintf("%.1f %s", f, units[i])
}

// clock is a sentence about the clocks of two logs, with the calls that it is from.
func (p phrases) clock(c clockFact) string {
	s := p.apart(c) + fmt.Sprintf(p.aside, p.count(c.calls, p.nCalls))
	if c.jumped {
		s += p.comma + p.words.jumped
	}
	return s
}

// apart says how far the clocks of two logs are apart.
func (p phrases) apart(c clockFact) string {
	listener, caller := p.party("listener", c.listener), p.party("caller", c.caller)
	verb, low, high := p.ahead, c.low, c.high
	if high != nil && *high < 0 || high == nil && low != nil && *low < 0 || low != nil && high != nil && *low+*high < 0 {
		verb = p.behind
		low, high = negated(high), negated(low)
	}
	var by string
	switch {
	case low == nil:
		by = fmt.Sprintf(p.atMost, duration(*high))
	case high == nil:
		by = fmt.Sprintf(p.atLeast, duration(*low))
	case c.jumped:
		by = fmt.Sprintf(p.between, duration(*low), duration(*high))
	case *low <= 0:
		verb, by = p.agree, duration(max(*high, -*low))
	default:
		by = duration((*low+*high)/2) + " " + p.within + " " + duration((*high-*low+1)/2)
	}
	return fmt.Sprintf(verb, listener, caller, by)
}

func negated(n *int64) *int64 {
	if n == nil {
		return nil
	}
	m := -*n
	return &m
}

// duration writes milliseconds with no more precision than they need.
func duration(ms int64) string {
	sign := ""
	if ms < 0 {
		sign, ms = "-", -ms
	}
	switch {
	case ms < 60_000:
		return sign + fmt.Sprintf("%.2f s", float64(ms)/1000)
	case ms < 3_600_000:
		return sign + fmt.Sprintf("%d min %.1f s", ms/60_000, float64(ms%60_000)/1000)
	}
	return sign + fmt.Sprintf("%d h %d min %.1f s", ms/3_600_000, ms/60_000%60, float64(ms%60_000)/1000)
}
