package redact

import "strings"

// The closing quotes and separators that URLs percent-encode.
var (
	encodedQuotes     = []string{"%22", "%27"}
	encodedSeparators = []string{"%3A", "%3a", "%3D", "%3d"}
	encodedEnds       = []string{"%22", "%27", "%26", "%2C", "%2c", "%7D", "%7d", "%5D", "%5d"}
)

// separator returns where a value begins behind the key [start, i): behind quotes that close the key, a colon or an
// equals sign, spaces; or in the element of that name. An opening bracket counts too: openId[…].
func separator(text string, start, i int) (int, bool) {
	if i < len(text) && text[i] == '>' {
		return skipAny(text, i+1, []string{"<![CDATA["}), start > 0 && text[start-1] == '<'
	}
	i = skipAny(text, i, encodedQuotes)
	for i < len(text) && strings.IndexByte("\\\"'`", text[i]) >= 0 {
		i++
	}
	if i < len(text) && text[i] == '(' {
		return i, true
	}
	i = skipSpaces(text, i)
	switch rest := text[i:]; {
	case rest == "":
		return i, false
	case rest[0] == ':' || rest[0] == '=':
		i++
		if rest = text[i:]; rest != "" && (rest[0] == '>' || rest[0] == '=') {
			i++
		}
	case strings.HasPrefix(rest, "："):
		i += len("：")
	case rest[0] == '[':
		return i, true
	default:
		next := skipAny(text, i, encodedSeparators)
		if next == i {
			return i, false
		}
		i = next
	}
	return skipSpaces(text, i), true
}

func skipSpaces(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	return i
}

func skipAny(text string, i int, words []string) int {
	for _, w := range words {
		if strings.HasPrefix(text[i:], w) {
			return i + len(w)
		}
	}
	return i
}

// behindKey notes the value or the values behind a key of a kind, and returns where to go on; 0 if there is no value.
func (f *finder) behindKey(start, end int, kind Kind) int {
	v, ok := separator(f.text, start, end)
	if !ok {
		return f.behindBanner(start, end, kind)
	}
	if v == len(f.text) {
		return 0
	}
	if c := f.text[v]; c == '[' || c == '(' {
		return f.list(v+1, kind)
	}
	value, next := f.value(v, kind)
	raw := f.text[value.start:value.end]
	if strings.HasPrefix(raw, "[") || strings.HasPrefix(raw, "{") { // a list or an object in a string
		if raw[0] == '[' {
			return f.list(value.start+1, kind)
		}
		return value.start
	}
	generic := strings.EqualFold(f.text[start:end], "name") && f.party == 0
	if !f.plausible(kind, raw, value.quoted, generic) {
		return 0
	}
	loose := generic && ascii(raw) || // may be the name of anything
		kind == Secret && !value.quoted && count(raw, "0123456789") == 0 // may be a word of a sentence
	f.add(value.span, kind, loose)
	return next
}

// A valueSpan is a value and whether quotes stand around it.
type valueSpan struct {
	span
	quoted bool
}

// value returns the value that begins at i, and where to go on behind it.
func (f *finder) value(i int, kind Kind) (valueSpan, int) {
	if next := skipAny(f.text, i, encodedQuotes); next > i {
		end := len(f.text)
		if n := strings.Index(f.text[next:], f.text[i:next]); n >= 0 {
			end = next + n
		}
		return valueSpan{span{start: next, end: f.bareEnd(next, end, kind)}, true}, end
	}
	if start, end, ok := quoted(f.text, i); ok {
		return valueSpan{span{start: start, end: end}, true}, end
	}
	for i < len(f.text) && strings.IndexByte("\\\"'`", f.text[i]) >= 0 {
		i++ // a quoted value that was cut
	}
	end := f.bareEnd(i, len(f.text), kind)
	if kind == Secret && strings.EqualFold(f.text[i:end], "bearer") {
		i = skipSpaces(f.text, end)
		end = f.bareEnd(i, len(f.text), kind)
	}
	return valueSpan{span{start: i, end: end}, false}, end
}

// quoted returns the bounds of the string that begins at i, without its quotes. Its quotes may be escaped, once or
// often; a string ends at a quote that is escaped no more often than the one it began with.
func quoted(text string, i int) (start, end int, ok bool) {
	level := 0
	for i < len(text) && text[i] == '\\' {
		level++
		i++
	}
	if i == len(text) || strings.IndexByte("\"'`", text[i]) < 0 {
		return 0, 0, false
	}
	quote := text[i]
	i++
	for j := i; j < len(text) && j <= i+8*maxValue && text[j] != '\n'; j++ {
		if text[j] != quote {
			continue
		}
		slashes := 0
		for j-slashes > i && text[j-slashes-1] == '\\' {
			slashes++
		}
		if slashes <= level || slashes%2 == 0 && level == 0 {
			return i, j - min(slashes, level), true
		}
	}
	return 0, 0, false
}

// maxName bounds a name without quotes, in bytes.
const maxName = 256

// bareEnd returns where a value without quotes ends that begins at i, limit at the latest. A name may hold spaces, and
// ends where the next key begins.
func (f *finder) bareEnd(i, limit int, kind Kind) int {
	longest := 8 * maxValue
	if kind == Name {
		longest = maxName
	}
	limit = min(limit, i+longest)
	for j := i; j < limit; j++ {
		switch c := f.text[j]; {
		case c == '\n' || c == '\r' || strings.IndexByte(",;)}]&\"'`|\\>([{<", c) >= 0:
			return trimEnd(f.text, i, j)
		case c == '%' && skipAny(f.text, j, encodedEnds) > j:
			return j
		case c == ' ' || c == '\t':
			if kind != Name || f.keyAt(j) {
				return trimEnd(f.text, i, j)
			}
		case c < 0x80:
		case hasAnyPrefix(f.text[j:], "，", "；", "。", "、", "）", "】", "》", "”"):
			return j
		}
	}
	return trimEnd(f.text, i, limit)
}

// trimEnd takes spaces and the punctuation of a sentence from the end of a value.
func trimEnd(text string, i, end int) int {
	for end > i && strings.IndexByte(" \t.:!?", text[end-1]) >= 0 {
		end--
	}
	return end
}

// keyAt reports whether spaces and then a key, or another column, stand at i.
func (f *finder) keyAt(i int) bool {
	start := skipSpaces(f.text, i)
	if start-i > 1 {
		return true
	}
	end := start
	for end < len(f.text) && isWord(f.text[end]) {
		end++
	}
	return end > start && end < len(f.text) && (f.text[end] == '=' || f.text[end] == ':' || f.text[end] == '[')
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// maxElements bounds how many values of one list are looked at.
const maxElements = 1 << 12

// list notes the elements of a list that begins at i, behind its bracket. A list may go over several lines.
func (f *finder) list(i int, kind Kind) int {
	for range maxElements {
		for i < len(f.text) && strings.IndexByte(" \t\r\n,", f.text[i]) >= 0 {
			i++
		}
		if i == len(f.text) || strings.IndexByte("])}{[", f.text[i]) >= 0 {
			return i
		}
		value, next := f.value(i, kind)
		raw := f.text[value.start:value.end]
		if strings.HasPrefix(raw, "{") {
			return value.start
		}
		if f.plausible(kind, raw, value.quoted, false) {
			f.add(value.span, kind, false)
		}
		for next < len(f.text) && strings.IndexByte("\\\"'`", f.text[next]) >= 0 {
			next++
		}
		if next <= i {
			return i
		}
		i = next
	}
	return i
}

// behindBanner notes a value that stands behind its key with nothing but a space between: DeviceID 123, as the start-up
// lines of the SDK print it, or sn 'MODEL@SN', as servers complain.
func (f *finder) behindBanner(start, end int, kind Kind) int {
	v := skipSpaces(f.text, end)
	if v == end || v == len(f.text) {
		return 0
	}
	value, next := f.value(v, kind)
	raw := f.text[value.start:value.end]
	banner := strings.HasSuffix(f.text[:start], "]: ") && f.lineEnds(next)
	tells := kind == SN || kind == Device || kind == OpenID || kind == WeChat
	serial := len(raw) >= minNumber && count(raw, "0123456789") >= 3 && !strings.ContainsAny(raw, " :=/(<")
	if value.span.end == value.span.start || !banner && (!tells || !serial && !value.quoted) || !f.plausible(kind, raw, value.quoted || banner, false) {
		return 0
	}
	f.add(value.span, kind, !serial)
	return next
}

// lineEnds reports whether nothing more stands at i in the line, or in the string that holds the line.
func (f *finder) lineEnds(i int) bool {
	i = skipSpaces(f.text, i)
	return i == len(f.text) || strings.IndexByte("\n\r\\\"'", f.text[i]) >= 0
}

// plausible reports whether raw may be a value of the kind. A name that any object may have counts if it is no path, no
// identifier of a program and no common word.
func (f *finder) plausible(kind Kind, raw string, quoted, generic bool) bool {
	v := canonical(raw)
	switch {
	case strings.Trim(v, `*-_.? "'`) == "" || digits(v) && len(v) < 3:
		return false
	case kind == Phone:
		return count(v, "0123456789") >= 5 && strings.Trim(v, "0123456789+-() ") == ""
	case kind == IP:
		return ipAt(v, 0) == len(v) || strings.Contains(v, ":") && isIPv6(v)
	case kind == MAC:
		return macAt(v, 0) == len(v)
	case generic && (strings.ContainsAny(v, "/\\{<=@:") || strings.Contains(strings.ReplaceAll(v, ". ", ""), ".")):
		return false
	case noValue[v]:
		return false
	case !quoted || generic:
		return !f.r.commonOnly(v)
	}
	return true
}

// noValue are the words that stand where a value is missing.
var noValue = map[string]bool{"null": true, "undefined": true, "nil": true, "none": true, "true": true, "false": true, "nan": true, "": true}
