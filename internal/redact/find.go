package redact

import (
	"slices"
	"strings"
)

// finder goes over a text once and collects what it finds: what has to stay, the values behind keys, and those that
// their shape betrays.
type finder struct {
	r     *Redactor
	text  string
	found []span
	kept  []span
	run   int // end of the last run of characters that was no secret
	party int // how many braces are open within an object such as caller: {…}; 0 outside
}

// find returns the values of text, and what has to stay; both ascend by start.
func (r *Redactor) find(text string) (found, kept []span) {
	f := finder{r: r, text: text, kept: append(keptSpans(text), pseudonyms(text)...)}
	for s := range r.rooms.matches(text) {
		f.kept = append(f.kept, s)
	}
	for i := 0; i < len(text); {
		i = f.step(i)
	}
	for _, list := range [][]span{f.found, f.kept} {
		slices.SortStableFunc(list, func(a, b span) int { return a.start - b.start })
	}
	return f.found, f.kept
}

// step looks at what begins at i and returns where to go on, always behind i.
func (f *finder) step(i int) int {
	switch c := f.text[i]; {
	case isWord(c):
		return f.word(i)
	case c == '/' || c == '\\':
		return f.path(i)
	case c == '{' && f.party > 0:
		f.party++
	case c == '}' && f.party > 0:
		f.party--
	case c == ':' && (i == 0 || !isWord(f.text[i-1])):
		return f.address(i)
	case c >= 0x80:
		return f.chinese(i)
	}
	return i + 1
}

// word looks at a word: it may be a key, or begin a value that its shape betrays.
func (f *finder) word(i int) int {
	end := i + 1
	for end < len(f.text) && isWord(f.text[end]) {
		end++
	}
	if i > 0 && f.text[i-1] == '#' && f.numbers(i) {
		return end
	}
	if next := f.key(i, end); next > 0 {
		return next
	}
	if from := afterEscape(f.text, i, end); from > i {
		if next := f.key(from, end); next > 0 {
			return next
		}
	}
	return f.shapes(i, end)
}

// numbers reports whether the number at i is that of a pseudonym, which begins nothing else, whatever stands behind it.
func (f *finder) numbers(i int) bool {
	for _, k := range Kinds {
		if strings.HasSuffix(f.text[:i-1], string(k)) {
			return pseudonymEnd(f.text, i-1-len(k)) > 0
		}
	}
	return false
}

// key looks for a value behind the word [i, end), and returns where to go on; 0 if there is none.
func (f *finder) key(i, end int) int {
	if end == len(f.text) || !separates[f.text[end]] {
		return 0
	}
	if kind := kindOfKey(f.text[i:end]); kind != "" {
		return f.behindKey(i, end, kind)
	}
	if isRoomKey(f.text[i:end]) {
		return f.room(i, end)
	}
	return f.behindParty(i, end)
}

// separates tells the bytes that may stand between a key and its value.
var separates = func() (set [256]bool) {
	for _, c := range []byte("\"'`\\>:=[(% \t\xef") { // the last begins a full-width colon
		set[c] = true
	}
	return set
}()

// afterEscape returns where a word begins whose first letters belong to an escape before it: \nsn, %22sn, \u0022sn.
func afterEscape(text string, i, end int) int {
	switch {
	case i > 0 && text[i-1] == '\\' && end-i > 5 && text[i] == 'u' && allHex(text[i+1:i+5]):
		return i + 5
	case i > 0 && text[i-1] == '\\' && escapeLetter(text[i]):
		return min(i+1, end)
	case i > 0 && text[i-1] == '%' && end-i > 2 && allHex(text[i:i+2]):
		return i + 2
	}
	return i
}

// behindParty looks for the id of a party: caller: {id: …}, caller.id=…, or caller=….
func (f *finder) behindParty(i, end int) int {
	name := f.text[i:end]
	if strings.EqualFold(name, "id") && (f.party > 0 || i > 0 && f.text[i-1] == '.' && f.partyBefore(i-1)) {
		return f.behindKey(i, end, OpenID)
	}
	if !isParty(name) {
		return 0
	}
	v, ok := separator(f.text, i, end)
	if !ok || v == len(f.text) {
		return 0
	}
	if f.text[v] == '{' {
		f.party = 1
		return v + 1
	}
	value, next := f.value(v, OpenID)
	if raw := f.text[value.start:value.end]; len(raw) >= minNumber && count(raw, "0123456789") > 0 && count(raw, " ./:=#") == 0 {
		f.add(value.span, OpenID, false)
		return next
	}
	return 0
}

// room notes that the id of a room stays.
func (f *finder) room(i, end int) int {
	v, ok := separator(f.text, i, end)
	if !ok {
		return 0
	}
	value, next := f.value(v, SN)
	if !isRoom(f.text[value.start:value.end]) {
		return 0
	}
	value.named = !strings.Contains(f.text[value.start:value.end], roomMark)
	f.kept = append(f.kept, value.span)
	return next
}

func (f *finder) partyBefore(i int) bool {
	start := i
	for start > 0 && isWord(f.text[start-1]) {
		start--
	}
	return isParty(f.text[start:i])
}

// chinese looks for a Chinese key at i.
func (f *finder) chinese(i int) int {
	for _, k := range chineseKeys {
		if end := i + len(k.name); end <= len(f.text) && f.text[i:end] == k.name {
			if next := f.behindKey(i, end, k.kind); next > 0 {
				return next
			}
		}
	}
	return i + 1
}

// add notes a value, unless it is none: a pseudonym, a placeholder, or a word that says that there is no value.
func (f *finder) add(s span, kind Kind, loose bool) {
	raw := f.text[s.start:s.end]
	if raw == "" || pseudonymous(raw) || raw[0] == '<' || raw[0] == '%' && len(raw) == 2 {
		return
	}
	s.kind, s.loose = kind, loose
	f.found = append(f.found, s)
}

// isWord reports whether c is of a name in a program.
func isWord(c byte) bool { return isAlnum(c) || c == '_' }
