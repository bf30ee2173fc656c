package extract

import "encoding/binary"

// lexicon is a set of words in lower case, each known by one or some of its windows.
type lexicon struct {
	words []string
	table []slot // windows by hash, or behind where that is taken; a power of two, more than there are windows
}

// slot is a window, folded, and where it is a part of words.
type slot struct {
	window uint32
	places []place // empty in a free slot
}

// place is a window of a word.
type place struct{ word, offset int }

// wanted says whether a match in a text is of use.
type wanted func(text []byte, m match) bool

const (
	// window is how many bytes are looked at to find a word.
	window = 4
	// fold makes letters lower case. It makes some other bytes alike too, which the look at the word itself sorts out.
	fold = 0x20202020
	hash = 2654435761 // odd, and of bits without a pattern
)

func windowHash(folded uint32) uint32 { return folded * hash }

func (x *lexicon) put(w uint32, p place) {
	at := x.slot(w)
	at.window = w
	at.places = append(at.places, p)
}

// slot returns the slot of a window, a free one if it has none.
func (x *lexicon) slot(w uint32) *slot {
	for i := windowHash(w) >> 16; ; i++ {
		if at := &x.table[int(i)&(len(x.table)-1)]; len(at.places) == 0 || at.window == w {
			return at
		}
	}
}

// at returns the start of a word that is wanted and has the window text[p:], -1 if there is none.
func (x *lexicon) at(text []byte, p int, wanted wanted) int {
	w := binary.LittleEndian.Uint32(text[p:]) | fold
	for _, at := range x.slot(w).places {
		if m, ok := x.stands(text, p-at.offset, at.word); ok && wanted(text, m) {
			return m.start
		}
	}
	return -1
}

// stands returns the match of a word at start if it is there.
func (x *lexicon) stands(text []byte, start, word int) (match, bool) {
	return match{word, start, start + len(x.words[word])}, start >= 0 && hasFold(text[start:], x.words[word])
}
