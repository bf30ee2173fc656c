package unclaimed

import (
	"bytes"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed words.txt
var wordList string

// known are the words that a shape may show, in lower case. That a word is frequent is no reason to show it: the name
// of a user who calls often is frequent too.
var known = func() map[string]bool {
	set := map[string]bool{}
	for l := range strings.Lines(wordList) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		for _, w := range strings.Fields(l) {
			set[w] = true
		}
	}
	return set
}()

// What stands in a shape for what is taken out of a line.
const (
	number = "<n>"
	hex    = "<hex>"
	id     = "<id>"   // letters and digits
	word   = "<w>"    // a word that is not known
	script = "<text>" // text that is not ASCII
	place  = "<path>"
	value  = "<v>" // whatever a key with a personal value has
	chain  = "<*>" // several in a row, as in an address
)

const (
	// maxText is how much of a line its shape is made of, in bytes: what a line says first tells what it is.
	maxText = 512
	// longToken is from where on letters alone may be a token or an id.
	longToken = 24
)

// personal are the ends of keys whose values are dropped whole, though they be known words: names may be.
var personal = []string{
	"id", "ids", "name", "names", "nick", "openid", "sn", "token", "ticket", "key", "secret", "signature", "user", "users",
	"phone", "mobile", "number", "contact", "contacts", "address", "addr", "ip", "mac", "ssid", "imei", "title", "remark", "alias",
	"avatar", "location", "gps", "mail", "content", "caller", "callee", "listener", "list", "payload", "password",
}

// notPersonal are keys with such an end whose values say what a line is about.
var notPersonal = []string{"eventname", "apiname", "methodname"}

// shape gives what is fixed in a line: the known words and the punctuation, with placeholders for all else. No part of
// a word that is not known, no digit and no character beyond ASCII is left of the line.
func shape(text []byte) string {
	s := shaper{text: text[:min(len(text), maxText)]}
	for s.at < len(s.text) {
		s.step()
	}
	return squeeze(strings.TrimSpace(s.out.String()))
}

type shaper struct {
	text   []byte
	at     int
	out    strings.Builder
	spaced bool // the last thing written was a space
}

func (s *shaper) write(text string) {
	s.out.WriteString(text)
	s.spaced = false
}

func (s *shaper) step() {
	c := s.text[s.at]
	switch {
	case c >= utf8.RuneSelf:
		s.skip(func(c byte) bool { return c >= utf8.RuneSelf })
		s.write(script)
	case isWord(c):
		from := s.at
		s.skip(isWord)
		s.token(string(s.text[from:s.at]))
	case c == '/' && s.absolute():
		s.skip(inPath)
		s.write(place)
	case c <= ' ' || c == 0x7f:
		s.at++
		if !s.spaced {
			s.write(" ")
			s.spaced = true
		}
	default:
		s.at++
		s.write(string(rune(c)))
	}
}

func (s *shaper) skip(in func(byte) bool) {
	for s.at < len(s.text) && in(s.text[s.at]) {
		s.at++
	}
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '%'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func inPath(c byte) bool { return !strings.ContainsRune(" \t\r\n\"'`,;)]}>?", rune(c)) }

// absolute reports whether an absolute path begins here: it is behind no word, and has a second slash.
func (s *shaper) absolute() bool {
	if s.at > 0 && (isWord(s.text[s.at-1]) || s.text[s.at-1] == '>') {
		return false
	}
	end := s.at + 1
	for end < len(s.text) && inPath(s.text[end]) {
		end++
	}
	return slices.Contains(s.text[s.at+1:end], '/')
}

// token writes a word or its placeholder, and, where it is the key of a personal value, one for that value.
func (s *shaper) token(t string) {
	if rest := s.text[s.at:]; len(rest) > 3 && string(rest[:3]) == "://" {
		s.skip(inPath)
		s.write(place)
		return
	}
	s.write(shown(t))
	if isPersonal(t) {
		s.drop()
	}
}

func isPersonal(key string) bool {
	key = strings.ToLower(strings.Trim(key, "_"))
	return !slices.Contains(notPersonal, key) && slices.ContainsFunc(personal, func(end string) bool { return strings.HasSuffix(key, end) })
}

// drop takes out the value behind a key, if this is one: key=value, key: value, "key":"value", \"key\": [value, value].
func (s *shaper) drop() {
	i := s.at
	pass := func(set string) {
		for i < len(s.text) && strings.IndexByte(set, s.text[i]) >= 0 {
			i++
		}
	}
	pass("\\\"'")
	pass(" ")
	if i == len(s.text) || s.text[i] != ':' && s.text[i] != '=' {
		return
	}
	i++
	pass(" ")
	from := i
	pass("\\")
	if i == len(s.text) {
		return
	}
	ends, kept := ",;&}])\n", 0
	switch c := s.text[i]; c {
	case '"', '\'':
		slashes := i - from
		i++
		from = i
		ends, kept = "", closing(s.text[i:], c, slashes)
	case '[':
		i++
		from, ends = i, "]"
	case '{':
		return // its keys speak for themselves
	}
	for _, c := range string(s.text[s.at:from]) {
		if c < utf8.RuneSelf {
			s.write(string(c))
		}
	}
	if ends != "" {
		kept = bytes.IndexAny(s.text[from:], ends)
		if kept < 0 {
			kept = len(s.text) - from
		}
	}
	s.at = from + kept
	s.write(value)
}

// closing returns where a string ends that began with a quote behind so many backslashes: at the next such quote, or
// with the text, which may be cut.
func closing(text []byte, quote byte, slashes int) int {
	n := 0
	for i, c := range text {
		switch {
		case c == '\\':
			n++
			continue
		case c == quote && n == slashes:
			return i - n
		}
		n = 0
	}
	return len(text)
}

// shown gives what a shape shows of a token of letters, digits, underscores and percent signs.
func shown(t string) string {
	if strings.ContainsAny(t, "%0123456789") {
		digits := strings.TrimLeft(t, "0123456789") == ""
		isHex := strings.Trim(strings.ToLower(strings.TrimPrefix(t, "0x")), "0123456789abcdef") == ""
		switch {
		case digits:
			return number
		case isHex && (strings.HasPrefix(t, "0x") || len(t) >= 6):
			return hex
		}
		return id
	}
	if known[strings.ToLower(strings.ReplaceAll(t, "_", ""))] {
		return t
	}
	var out strings.Builder
	good, bad, last := 0, 0, ""
	for _, p := range humps(t) {
		switch {
		case strings.Trim(p, "_") == "", known[strings.ToLower(p)]:
			good += len(p)
			last = p
		case last == word:
			bad += len(p)
			continue
		default:
			bad += len(p)
			last = word
		}
		out.WriteString(last)
	}
	switch {
	case bad > 0 && len(t) >= longToken:
		return id
	case bad > good:
		return word // what is known of it may be chance
	}
	return out.String()
}

// humps splits joinRoomFailed, WMPFVoip and join_room into their words and underscores.
func humps(t string) []string {
	t = strings.ReplaceAll(t, "VoIP", "Voip")
	upper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	var parts []string
	from := 0
	for i := 1; i < len(t); i++ {
		before, c := t[i-1], t[i]
		if (c == '_') != (before == '_') || upper(c) && lower(before) || upper(c) && upper(before) && i+1 < len(t) && lower(t[i+1]) {
			parts = append(parts, t[from:i])
			from = i
		}
	}
	return append(parts, t[from:])
}

var (
	chains = regexp.MustCompile(`<[a-z*]+>(?:[:./_%+=-]+<[a-z*]+>)+`)
	lists  = regexp.MustCompile(`(?:<[a-z*]+>, ?){2,}<[a-z*]+>`)
	slants = regexp.MustCompile(`\\+`)
)

// squeeze makes addresses, paths and lists of any length one shape.
func squeeze(s string) string {
	s = slants.ReplaceAllString(s, `\`)
	s = chains.ReplaceAllString(s, chain)
	return lists.ReplaceAllString(s, chain)
}
