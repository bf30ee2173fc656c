package extract

import "strings"

// wordSet finds a fixed set of ASCII words in a line in one pass, whatever their case. It exists because a log is
// nearly all lines without any of the words, and those must cost no more than reading them.
type wordSet struct {
	words   []string
	buckets [1 << 12][]uint16 // words by the hash of their first four bytes, lower case
	filled  [1 << 6]uint64    // a bit for each bucket that has any: small enough to stay in the nearest cache
}

// match is an occurrence of word number word at [start, end) of the line.
type match struct{ word, start, end int }

// newWordSet builds a set of lower-case words of at least four bytes.
func newWordSet(words []string) *wordSet {
	s := &wordSet{words: words}
	for i, w := range words {
		h := hash4(uint32(w[0])<<24 | uint32(w[1])<<16 | uint32(w[2])<<8 | uint32(w[3]))
		s.buckets[h] = append(s.buckets[h], uint16(i))
		s.filled[h>>6] |= 1 << (h & 63)
	}
	return s
}

func hash4(w uint32) uint32 { return w * 2654435761 >> 20 }

func lower(b byte) byte {
	if b-'A' < 26 {
		b |= 'a' - 'A'
	}
	return b
}

// find appends the occurrences of all words in line to dst, ascending by start; of words that start at one place, all.
func (s *wordSet) find(line []byte, dst []match) []match {
	var w uint32
	for i, b := range line {
		w = w<<8 | uint32(lower(b))
		h := hash4(w)
		if s.filled[h>>6]&(1<<(h&63)) == 0 || i < 3 {
			continue
		}
		for _, n := range s.buckets[h] {
			start := i - 3
			if hasFold(line[start:], s.words[n]) {
				dst = append(dst, match{int(n), start, start + len(s.words[n])})
			}
		}
	}
	return dst
}

// hasFold reports whether b begins with the lower-case ASCII word, whatever b's case.
func hasFold(b []byte, word string) bool {
	if len(b) < len(word) {
		return false
	}
	for i := range len(word) {
		if lower(b[i]) != word[i] {
			return false
		}
	}
	return true
}

// mentions reports whether the lower-case ASCII word is in s, whatever the case of s.
func mentions(s, word string) bool {
	for i := range len(s) - len(word) + 1 {
		if lower(s[i]) == word[0] && strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// whole reports whether the occurrence stands alone: no letter, digit, underscore or dollar sign touches it.
func (m match) whole(line []byte) bool {
	return (m.start == 0 || !isIdent(line[m.start-1])) && (m.end == len(line) || !isIdent(line[m.end]))
}

func isIdent(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_' || b == '$'
}
