package redact

import "strings"

// A span is a stretch of a text: a value of a kind, or, of kind "", what has to stay.
type span struct {
	start, end int
	kind       Kind
	loose      bool   // replaced here, but not looked for elsewhere
	entry      *entry // where it is known already
}

// roomMark is in the middle of each room id: an appId, the mark, digits.
const roomMark = "WmpfVoip"

const appIDLen = len("wx") + 16

// keptSpans returns the room ids and appIds of text, and the numbers that are called media rooms, ascending.
func keptSpans(text string) []span {
	var kept []span
	for i := 0; i < len(text); {
		n := strings.IndexByte(text[i:], 'w')
		if n < 0 {
			break
		}
		i += n
		if !isAppID(text[i:]) {
			i++
			continue
		}
		end := i + appIDLen
		if strings.HasPrefix(text[end:], roomMark) {
			end += len(roomMark)
			for end < len(text) && isDigit(text[end]) {
				end++
			}
		} else if end < len(text) && isAlnum(text[end]) && pseudonymEnd(text, end) == 0 {
			i++
			continue
		}
		kept = append(kept, span{start: i, end: end})
		i = end
	}
	return kept
}

// isAppID reports whether text begins with wx and 16 hexadecimal digits.
func isAppID(text string) bool {
	if len(text) < appIDLen || text[1] != 'x' {
		return false
	}
	for i := 2; i < appIDLen; i++ {
		if c := text[i]; !isDigit(c) && c-'a' >= 6 {
			return false
		}
	}
	return true
}

func overlaps(kept []span, s span) bool {
	for _, k := range kept {
		if k.start < s.end && s.start < k.end {
			return true
		}
	}
	return false
}

// without returns spans less what kept covers; both ascend.
func without(spans, kept []span) []span {
	if len(kept) == 0 {
		return spans
	}
	var out []span
	for _, s := range spans {
		for len(kept) > 0 && kept[0].end <= s.start {
			kept = kept[1:]
		}
		for _, k := range kept {
			if k.start >= s.end {
				break
			}
			if k.start > s.start {
				before := s
				before.end = k.start
				out = append(out, before)
			}
			s.start = max(s.start, k.end)
		}
		if s.start < s.end {
			out = append(out, s)
		}
	}
	return out
}
