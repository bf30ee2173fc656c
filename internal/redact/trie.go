package redact

import "iter"

// trie finds the longest of many values at each place of a text where an identifier may begin. A trie is enough, and
// less than an automaton with failure links: a place is tried once, and values are short.
type trie struct {
	next  map[uint64]int32 // from a node and a byte to a node
	nodes []trieNode
	heads [1 << 10]uint64 // a bit for each pair of bytes that a value begins with
}

type trieNode struct {
	ends *entry // of the value that ends here
	any  *entry // of the first value that goes through here
}

// cut is how many bytes of a value suffice at the end of a text, which may have been cut there.
const cut = 8

func (t *trie) size() int { return len(t.nodes) }

// add adds a value in lower case, of two bytes or more. Of two entries for one value the first counts.
func (t *trie) add(value string, e *entry) {
	if len(value) < 2 || len(value) > maxValue {
		return
	}
	if t.next == nil {
		t.next = map[uint64]int32{}
		t.nodes = make([]trieNode, 1)
	}
	h := head(value[0], value[1])
	t.heads[h>>6] |= 1 << (h & 63)
	at := int32(0)
	for i := range len(value) {
		edge := uint64(at)<<8 | uint64(value[i])
		to, ok := t.next[edge]
		if !ok {
			to = int32(len(t.nodes)) //nolint:gosec // full keeps it far below
			t.nodes = append(t.nodes, trieNode{any: e})
			t.next[edge] = to
		}
		at = to
	}
	if t.nodes[at].ends == nil {
		t.nodes[at].ends = e
	}
}

// matches yields the values in text, the longest at each place, none within another.
func (t *trie) matches(text string) iter.Seq[span] {
	return func(yield func(span) bool) {
		if t.next == nil {
			return
		}
		for i := 0; i+1 < len(text); {
			h := head(lower(text[i]), lower(text[i+1]))
			if t.heads[h>>6]&(1<<(h&63)) == 0 || !startsAt(text, i) {
				i++
				continue
			}
			end, e := t.longest(text, i)
			if e == nil {
				i++
				continue
			}
			if !yield(span{start: i, end: end, entry: e}) {
				return
			}
			i = end
		}
	}
}

func head(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }

// longest returns the end and the entry of the longest value that stands at i.
func (t *trie) longest(text string, i int) (int, *entry) {
	at, end := int32(0), i
	var best *entry
	for j := i; ; j++ {
		if e := t.nodes[at].ends; e != nil && endsAt(text, j) {
			best, end = e, j
		}
		if j == len(text) {
			if j-i >= cut && j > end {
				return j, t.nodes[at].any
			}
			return end, best
		}
		to, ok := t.next[uint64(at)<<8|uint64(lower(text[j]))]
		if !ok {
			return end, best
		}
		at = to
	}
}

// startsAt reports whether an identifier may begin at i: no letter or digit touches it. The letter of an escape such as
// \n is none, nor are the digits of %22 and \u0022.
func startsAt(text string, i int) bool {
	if i == 0 || !isAlnum(text[i]) || !isAlnum(text[i-1]) {
		return true
	}
	return i >= 2 && text[i-2] == '\\' && escapeLetter(text[i-1]) ||
		i >= 3 && text[i-3] == '%' && isHex(text[i-2]) && isHex(text[i-1]) ||
		i >= 6 && text[i-6] == '\\' && text[i-5] == 'u' && allHex(text[i-4:i])
}

func endsAt(text string, i int) bool {
	return i == len(text) || !isAlnum(text[i]) || !isAlnum(text[i-1])
}
