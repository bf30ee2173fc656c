package extract

import (
	"encoding/binary"
	"strings"
)

// A sieve finds the first place in a text where one of a set of words stands, whatever its case. It exists because
// nearly all of a log holds none of them, and that part must cost less than unpacking it: of every three bytes it looks
// at one window of four. A word has such a window wherever it stands, since it is six bytes or longer; for a shorter
// one the windows that reach beyond it are known for every byte that can be its neighbour. It is for machines on which
// there is no sift.
type sieve struct {
	lexicon
	short  []int          // words that have windows that reach beyond them
	filled [1 << 14]uint8 // by the hash of a window, a bit for the last byte of each that some word has; it fits the nearest cache
}

// stride is how far a look of the sieve is from the next, in bytes.
const stride = 3

// newSieve builds a sieve of lower-case words of four bytes or more.
func newSieve(words []string) *sieve {
	s := &sieve{lexicon: lexicon{words: words, table: make([]slot, 1<<13)}}
	for i, w := range words {
		if len(w) < window+stride-1 {
			s.short = append(s.short, i)
		}
		for offset := range stride {
			s.add(i, rarest(w, offset))
		}
	}
	return s
}

// rarest returns the offset of a window at every third byte from first on: one within the word and not everyday, else
// one within the word, else one that reaches beyond it by a byte.
func rarest(w string, first int) int {
	best, least := 0, window
	for offset := first - stride; offset < len(w); offset += stride {
		cost := 2 * beyond(w, offset)
		if cost == 0 && strings.Contains(everyday, w[offset:offset+window]) {
			cost = 1
		}
		if cost < least {
			best, least = offset, cost
		}
	}
	return best
}

// beyond is how many bytes of the window at an offset are not the word's.
func beyond(word string, offset int) int {
	return max(0, -offset) + max(0, offset+window-len(word))
}

// add takes in a window of a word, one byte of which may lie before or behind it.
func (s *sieve) add(word, offset int) {
	w := s.words[word]
	var b [window]byte
	free := -1
	for i := range b {
		if at := offset + i; at >= 0 && at < len(w) {
			b[i] = w[at]
		} else {
			free = i
		}
	}
	if free < 0 {
		s.put(b, place{word, offset})
		return
	}
	for n := range 256 {
		if n&0x20 != 0 { // the others fold to these
			b[free] = byte(n)
			s.put(b, place{word, offset})
		}
	}
}

func (s *sieve) put(b [window]byte, p place) {
	w := binary.LittleEndian.Uint32(b[:]) | fold
	s.filled[windowHash(w)>>18] |= lastBit[w>>24]
	s.lexicon.put(w, p)
}

// next returns the start of the first word in text that is wanted, -1 if there is none. Of words that overlap it may be
// any.
func (s *sieve) next(text []byte, wanted wanted) int {
	p := 0
	for ; p+16 <= len(text); p += 4 * stride {
		// Two words of eight bytes hold four windows.
		b := text[p : p+16 : p+16]
		low, high := binary.LittleEndian.Uint64(b)|fold<<32|fold, binary.LittleEndian.Uint64(b[2*stride:])|fold<<32|fold
		if s.fill(uint32(low))|s.fill(uint32(low>>(8*stride)))|s.fill(uint32(high))|s.fill(uint32(high>>(8*stride))) == 0 {
			continue
		}
		for i := p; i < p+4*stride; i += stride {
			if start := s.at(text, i, wanted); start >= 0 {
				return start
			}
		}
	}
	for ; p+window <= len(text); p += stride {
		if start := s.at(text, p, wanted); start >= 0 {
			return start
		}
	}
	// A short word at the very end has no byte behind it for its window.
	for start := max(0, len(text)-window-stride); start < len(text); start++ {
		for _, word := range s.short {
			if m, ok := s.stands(text, start, word); ok && wanted(text, m) {
				return start
			}
		}
	}
	return -1
}

// fill gives 0 if a window, folded, is part of no word.
func (s *sieve) fill(w uint32) uint8 { return s.filled[windowHash(w)>>18] & lastBit[w>>24] }

// lastBit spreads the last byte of a window over eight bits.
var lastBit = func() (bits [256]uint8) {
	for i := range bits {
		bits[i] = 1 << (i * 37 >> 3 & 7)
	}
	return bits
}()

// at returns the start of a word that is wanted and has the window text[p:], -1 if there is none.
func (s *sieve) at(text []byte, p int, wanted wanted) int {
	if s.fill(binary.LittleEndian.Uint32(text[p:])|fold) == 0 {
		return -1
	}
	return s.lexicon.at(text, p, wanted)
}
