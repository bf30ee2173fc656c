package xlog

import "github.com/xlogscan/xlogscan/internal/xlog/inflate"

// A rematch tells whether zlib would have made the tokens of a stream. The appender
// packs with zlib at level 9, whose choices depend on the text alone. So text
// that came out of changed bytes is found out where zlib would have chosen
// another match for it: this is the nearest to a checksum that a deflate body has.
type rematch struct {
	head   [1 << hashBits]int32 // hash to the last position with it; position 0 counts as none, as in zlib
	prev   [zlibWindow]int32
	start  int // of the write at hand
	behind int // positions before start that wait for their third byte
	work   int // comparisons, which hostile text could drive up
}

// reset makes m ready for another stream.
func (m *rematch) reset() *rematch {
	m.start, m.behind, m.work = 0, 0, 0
	clear(m.head[:])
	return m
}

// The parameters of zlib at level 9 with memLevel 9.
const (
	hashBits    = 16
	zlibWindow  = 32 << 10
	minMatch    = 3
	maxMatch    = 258
	maxDistance = zlibWindow - maxMatch - minMatch - 1
	tooFar      = 4096
	goodMatch   = 32
	maxChain    = 4096
)

func hash3(b []byte) int { return (int(b[0])<<12 ^ int(b[1])<<6 ^ int(b[2])) & (1<<hashBits - 1) }

func (m *rematch) insert(text []byte, p int) int {
	h := hash3(text[p:])
	found := m.head[h]
	m.prev[p%zlibWindow] = found
	m.head[h] = int32(p)
	return int(found)
}

// write reports whether zlib packs text[start:], written at once behind
// text[:start], as these tokens. What zlib stored as it is has no tokens to
// compare: nil passes.
func (m *rematch) write(text []byte, tokens []inflate.Token) bool {
	same := m.same(text, tokens)
	return tokens == nil || same == len(tokens)
}

// begin is write for the first tokens of a write: what is cut off decides
// about the last of them.
func (m *rematch) begin(text []byte, tokens []inflate.Token) bool {
	return m.same(text, tokens) >= len(tokens)-2
}

// same gives how many of the tokens are as zlib would have made them, one more than
// there are if it would have made more.
func (m *rematch) same(text []byte, tokens []inflate.Token) int {
	p := m.start
	for i := p - m.behind; i < p && i+minMatch <= len(text); i++ {
		m.insert(text, i)
		m.behind--
	}
	m.start = len(text)
	m.behind = min(m.start, minMatch-1)
	length, from := minMatch-1, 0
	waiting := false // a literal, for the next position may have a longer match
	next, same := 0, 0
	emit := func(t inflate.Token) {
		if next == same && next < len(tokens) && tokens[next] == t {
			same++
		}
		next++
	}
	for p < len(text) {
		found := 0
		if p+minMatch <= len(text) {
			found = m.insert(text, p)
		}
		before, at := length, from
		length = minMatch - 1
		if found != 0 && before < maxMatch && p-found <= maxDistance {
			length, from = m.longest(text, p, found, before, from)
			if length == minMatch && p-from > tooFar {
				length = minMatch - 1
			}
		}
		switch {
		case before >= minMatch && length <= before:
			emit(inflate.Token{Length: uint16(before), Distance: uint16(p - 1 - at)})
			end := p - 1 + before
			for p++; p < end; p++ {
				if p+minMatch <= len(text) {
					m.insert(text, p)
				}
			}
			length, waiting = minMatch-1, false
		default:
			if waiting {
				emit(inflate.Token{Distance: uint16(text[p-1])})
			}
			waiting = true
			p++
		}
	}
	if waiting {
		emit(inflate.Token{Distance: uint16(text[len(text)-1])})
	}
	if same == len(tokens) && next > same {
		same++
	}
	return same
}

// longest gives the longest match at p that is longer than best, else best or
// the rest of the text, and from unchanged.
func (m *rematch) longest(text []byte, p, candidate, best, from int) (length, start int) {
	chain := maxChain
	if best >= goodMatch {
		chain /= 4
	}
	most := min(maxMatch, len(text)-p)
	oldest := max(p-maxDistance, 0)
	for {
		if best < most && text[candidate+best] == text[p+best] {
			n := 0
			for n < most && text[candidate+n] == text[p+n] {
				n++
			}
			m.work += n
			if n > best {
				best, from = n, candidate
				if n >= most {
					break
				}
			}
		}
		m.work++
		candidate = int(m.prev[candidate%zlibWindow])
		if chain--; candidate <= oldest || chain == 0 {
			break
		}
	}
	return min(best, most), from
}
