package extract

import (
	"bytes"
	"sync"
)

// FirstWord returns where in a text, of one line or many, the first words stand that an Extractor may make something
// of, -1 for nowhere. It is for logline's Skim: lines that FirstWord finds nothing in give no event.
func FirstWord(text []byte) int {
	if canSift {
		return worthSifting().next(text, worthwhile)
	}
	return worthSieving().next(text, worthwhile)
}

// What finds the words of the vocabulary, and those that make an ordinary word count.
var (
	worthSifting = sync.OnceValue(func() *sift { return newSift(worth) })
	worthSieving = sync.OnceValue(func() *sieve { return newSieve(worth) })
	worth        = append(wordsOf(vocabulary), "wmpfvoip")
)

func worthwhile(text []byte, m match) bool {
	return m.word >= len(vocabulary) || telling(text, m)
}

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
