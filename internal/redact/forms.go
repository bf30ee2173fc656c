package redact

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxEscapes is how often a text may be escaped: a string in JSON in a string in JSON.
const maxEscapes = 3

// canonical returns the value that raw, as it stands in a log, means: without escapes, in lower case, so that all ways of
// writing it are one value.
func canonical(raw string) string {
	v := raw
	for range maxEscapes {
		if strings.IndexByte(v, '\\') < 0 {
			break
		}
		v = unescape(v)
	}
	for range 2 {
		if strings.IndexByte(v, '%') < 0 {
			break
		}
		plain, err := url.QueryUnescape(v)
		if err != nil || !utf8.ValidString(plain) {
			break
		}
		v = plain
	}
	return fold(strings.TrimSpace(v))
}

// unescape resolves the escapes of a JSON string; an unknown one stands for its character.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'u' && i+4 < len(s) && allHex(s[i+1:i+5]) {
			r := hexRune(s[i+1 : i+5])
			i += 4
			if utf16.IsSurrogate(r) && i+6 < len(s) && s[i+1] == '\\' && s[i+2] == 'u' && allHex(s[i+3:i+7]) {
				r = utf16.DecodeRune(r, hexRune(s[i+3:i+7]))
				i += 6
			}
			b.WriteRune(r)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func hexRune(s string) rune {
	n, _ := strconv.ParseUint(s, 16, 16)
	return rune(n)
}

// forms returns the ways in which logs write a value: as it is, percent-encoded once or twice, and escaped.
func forms(v string) []string {
	list := []string{v}
	query := url.QueryEscape(v)
	if query == v {
		return list
	}
	path := strings.ReplaceAll(query, "+", "%20")
	list = append(list, query, path, url.QueryEscape(path))
	for _, slash := range []string{`\`, `\\`} {
		if escaped := escape(v, slash); escaped != v {
			list = append(list, escaped)
		}
	}
	return list
}

// escape writes v as JSON does that is kept to ASCII.
func escape(v, slash string) string {
	var b strings.Builder
	for _, c := range v {
		switch {
		case c == '"' || c == '\\':
			b.WriteString(slash + string(c))
		case c < utf8.RuneSelf:
			b.WriteRune(c)
		default:
			for _, u := range utf16.Encode([]rune{c}) {
				fmt.Fprintf(&b, "%su%04x", slash, u)
			}
		}
	}
	return b.String()
}

// quoteFor returns the quotes to put around a pseudonym in place of a number in JSON, which is text and the number is not.
func quoteFor(text string, start, end int) string {
	if !digits(text[start:end]) {
		return ""
	}
	before := strings.TrimRight(text[max(0, start-16):start], " ")
	key, ok := strings.CutSuffix(before, `":`)
	after := strings.TrimLeft(text[end:min(len(text), end+8)], " \n\r")
	if !ok || after != "" && strings.IndexByte(`,}]\`, after[0]) < 0 {
		return ""
	}
	return key[len(strings.TrimRight(key, `\`)):] + `"`
}
