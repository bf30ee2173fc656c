package redact

import "strings"

// A span is a stretch of a text: a value of a kind, or what has to stay.
type span struct {
	start, end int
	kind       Kind
	loose      bool   // replaced here, but not looked for elsewhere
	named      bool   // a room by its key, and not by itself
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

// isRoom reports whether an id may be that of a room in any of their forms, as behind roomId: letters and digits, and
// none that is known as something else.
func isRoom(id string) bool {
	if len(id) < 8 || len(id) > 64 || openIDAt(id, 0) > 0 || count(id, "0123456789") == 0 || phoneAt(id, 0) > 0 {
		return false
	}
	for i := range len(id) {
		if !isWord(id[i]) && id[i] != '-' {
			return false
		}
	}
	return true
}

// without returns spans of text less what kept covers; both ascend. Of a value around something kept, parts with letters
// or digits are left.
func without(text string, spans, kept []span) []span {
	if len(kept) == 0 {
		return spans
	}
	var out []span
	part := func(s span, end int) {
		s.loose = true
		for s.end = end; s.start < s.end && strings.IndexByte(between, text[s.start]) >= 0; s.start++ {
		}
		for s.start < s.end && strings.IndexByte(between, text[s.end-1]) >= 0 {
			s.end--
		}
		if s.start < s.end {
			out = append(out, s)
		}
	}
	for _, s := range spans {
		for len(kept) > 0 && kept[0].end <= s.start {
			kept = kept[1:]
		}
		if len(kept) == 0 || kept[0].start >= s.end {
			out = append(out, s)
			continue
		}
		for _, k := range kept {
			if k.start >= s.end {
				break
			}
			part(s, max(k.start, s.start))
			s.start = max(s.start, k.end)
		}
		if s.start < s.end {
			part(s, s.end)
		}
	}
	return out
}

// between is what may stand between the parts of a value and is none.
const between = " \t\n\r!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
