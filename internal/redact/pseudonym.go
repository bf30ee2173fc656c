package redact

import "strings"

// pseudonymEnd returns the end of the pseudonym, or of the mark of a dropped secret, that stands at i; 0 without one.
func pseudonymEnd(text string, i int) int {
	if strings.HasPrefix(text[i:], Dropped) {
		return i + len(Dropped)
	}
	kind := kindOfPseudonym(text[i:])
	if kind == "" {
		return 0
	}
	end := i + len(kind) + 1
	for end < len(text) && isDigit(text[end]) {
		end++
	}
	if end == i+len(kind)+1 {
		return 0
	}
	return end
}

// pseudonymous reports whether text begins with a pseudonym, or with the mark of a dropped secret.
func pseudonymous(text string) bool { return pseudonymEnd(text, 0) > 0 }

// kindOfPseudonym returns the kind of the pseudonym that text begins with, "" for none.
func kindOfPseudonym(text string) Kind {
	before, _, ok := strings.Cut(text[:min(len(text), 16)], "#")
	for _, k := range Kinds {
		if ok && before == string(k) {
			return k
		}
	}
	return ""
}

// pseudonyms returns where pseudonyms stand in text, ascending: they have to stay, for redacting twice is redacting once.
func pseudonyms(text string) []span {
	var list []span
	for i := 0; i < len(text); i++ {
		n := strings.IndexAny(text[i:], "#<")
		if n < 0 {
			break
		}
		i += n
		start := i
		for _, k := range Kinds {
			if text[i] == '#' && strings.HasSuffix(text[:i], string(k)) {
				start = i - len(k)
			}
		}
		if end := pseudonymEnd(text, start); end > i {
			list = append(list, span{start: start, end: end})
			i = end - 1
		}
	}
	return list
}
