package extract

import (
	"bytes"
	"slices"
	"sync"

	"github.com/xlogscan/xlogscan/internal/redact"
)

// FirstWord returns where in a text, of one line or many, the first words stand that an Extractor may make something
// of, -1 for nowhere. It is for logline's Skim: lines that FirstWord finds nothing in give no event. On its way it collects
// what keys name, for Named.
func (x *Extractor) FirstWord(text []byte) int { return search(text, x.worthwhile) }

// search calls wanted for words in a text until it wants one, and returns where that stands, -1 for nowhere.
func search(text []byte, wanted wanted) int {
	if canSift {
		return worthSifting().next(text, wanted)
	}
	return worthSieving().next(text, wanted)
}

// What finds the words of the vocabulary, those that make an ordinary word count, and those of keys that name personal data.
var (
	worthSifting = sync.OnceValue(func() *sift { return newSift(worth) })
	worthSieving = sync.OnceValue(func() *sieve { return newSieve(worth) })
	worth        = slices.Concat(wordsOf(vocabulary), []string{"wmpfvoip"}, redact.Words())
	firstKey     = len(vocabulary) + 1 // in worth
)

// worthwhile reports whether a word may be evidence, and collects the values behind one of a key.
func (x *Extractor) worthwhile(text []byte, m match) bool {
	return !x.key(text, m) && (m.word >= len(vocabulary) || telling(text, m))
}

// key reports whether a word is one of a key, whose values it collects.
func (x *Extractor) key(text []byte, m match) bool {
	if m.word < firstKey {
		return false
	}
	x.named.Take(text, m.start)
	return true
}

// keys collects what keys name anywhere in a line that FirstWord has not seen the end of.
func (x *Extractor) keys(text []byte) {
	search(text, func(text []byte, m match) bool { x.key(text, m); return false })
}

// Named returns the values that keys named so far in whatever lines, for a report to leave them out, and whether there were
// more than it keeps.
func (x *Extractor) Named() ([]redact.Value, bool) { return x.named.Values() }

// eventReach is how far behind the key "event" its value stands, in bytes.
const eventReach = 32

// telling reports whether an occurrence of a word of the vocabulary may be evidence by itself. Ordinary words are so as
// the value of a key only: a context word, or a room in the line, is found for itself.
func telling(text []byte, m match) bool {
	switch vocabulary[m.word].class {
	case ordinaryWord:
		before := text[max(0, m.start-eventReach):m.start]
		return bytes.Contains(bytes.ToLower(before), []byte("event"))
	case versionWord:
		return numbered(text, m)
	}
	return true
}

// versionReach is how far behind its word a version stands, in bytes.
const versionReach = 64

// numbered reports whether a version may stand behind a word: digits around a point, or 0x.
func numbered(text []byte, m match) bool {
	if m.start > 0 && isIdent(text[m.start-1]) {
		return false // the Wmpf inside each room id
	}
	b := text[m.end:min(len(text), m.end+versionReach)]
	if len(b) == 0 || b[0] == '.' || b[0] == '\n' {
		return false // WMPF.Runtime and the like stand in every line of some logs
	}
	for i := 1; i+1 < len(b) && b[i] != '\n'; i++ {
		if b[i] == '.' && b[i-1]-'0' <= 9 && b[i+1]-'0' <= 9 || b[i] == 'x' && b[i-1] == '0' {
			return true
		}
	}
	return false
}
