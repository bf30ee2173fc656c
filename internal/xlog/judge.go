package xlog

import (
	"bytes"
	"unicode/utf8"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

// A judge holds the writes of one body against what the appender does, since no
// checksum tells where the text of a hurt body goes wrong. The appender packs
// every write alone and ends it on a line feed; its formatter gives every write a
// head; log text is UTF-8; and zlib has one way to pack a text. A write that breaks such a rule, though those before it kept it, is not
// what was written, nor is anything behind it.
type judge struct {
	strict   bool // the body is known to be hurt
	standard bool // the file is known to be in the format of the appender
	utf8     bool // the file is known to be in UTF-8, and to have changed bytes

	writes int // so far, all of them good
	proper int // of them, with a head, or remarks of the appender
	single int // of them, packed as one block
	ended  int // of them, with a line feed at the end
	clean  int // of them, in UTF-8

	garbled int // writes with pieces of a head in the wrong place
	doubt   int // where the text of the first of them starts

	match   *rematch // nil if the packer is not zlib at level 9
	zlib    bool     // the packer is known to be
	tokens  int      // matches that zlib would have made as well
	differs bool     // most writes have no head
	odds    int      // where the first write starts that zlib would have packed otherwise
	since   int      // writes from there on
}

const (
	someWrites = 4  // show a habit
	someTokens = 16 // show the packer of a hurt body, many times as many that of a whole one
)

// good judges the write text[start:]. w is what is known of how it was packed, or nil.
func (j *judge) good(text []byte, start int, w *inflate.Walker) bool {
	if w != nil && j.match != nil && !j.packed(text, start, w) {
		return false
	}
	write := text[start:]
	proper := headed(write) || remark(write)
	ended := write[len(write)-1] == '\n'
	clean := !odd(write)
	single := w == nil || w.Blocks == 1
	habit := j.standard || j.writes >= someWrites
	if j.strict && habit && (!proper && j.most(j.proper) || !ended && j.most(j.ended) || !single && j.most(j.single)) ||
		(j.strict || j.utf8) && !clean && j.clean == j.writes {
		return false
	}
	if j.since > 0 {
		// A packer that is not zlib differs somewhere; changed bytes leave no head behind that.
		if j.since++; !proper && j.differs && j.since <= someWrites+1 {
			j.garbled, j.doubt = 2, j.odds
			return false
		}
	}
	known := j.garbled > 0 || j.proper >= 2*someWrites && j.most(j.proper)
	if !proper && (misplaced(write) || known && bytes.Contains(write[:min(len(write), maxHead)], []byte("]["))) {
		if j.garbled++; j.garbled == 1 {
			j.doubt = start
			if j.since > 0 {
				j.doubt = j.odds
			}
		}
	}
	j.writes++
	count(&j.proper, proper)
	count(&j.ended, ended)
	count(&j.clean, clean)
	count(&j.single, single)
	return true
}

func count(n *int, is bool) {
	if is {
		*n++
	}
}

// misplaced reports whether a write has the process and the thread of a head,
// though not where a head has them.
func misplaced(write []byte) bool {
	b := write[:min(len(write), maxHead)]
	for {
		i := bytes.Index(b, []byte("]["))
		if i < 0 {
			return false
		}
		b = b[i+2:]
		pid := digits(b)
		if len(pid) < 2 || pid[0] != ',' || pid[1] != ' ' {
			continue
		}
		if tid := bytes.TrimPrefix(digits(pid[2:]), []byte("*")); len(tid) > 0 && tid[0] == ']' {
			return true
		}
	}
}

// begun judges text[start:], a write that the end of the body cuts.
func (j *judge) begun(text []byte, start int, w *inflate.Walker) bool {
	write := text[start:]
	habit := j.standard || j.writes >= someWrites
	if habit && j.most(j.proper) && len(write) > maxHead && !headed(write) && !remark(write) {
		return false
	}
	if odd(write) && j.clean == j.writes || w.Blocks > 0 && j.most(j.single) {
		return false
	}
	return j.match == nil || w.Stored || j.match.begin(text, w.Tokens)
}

// maxHead is more bytes than a head has up to the thread.
const maxHead = 100

// most reports whether n of the writes so far are nearly all.
func (j *judge) most(n int) bool { return n*16 >= j.writes*15 }

// packed reports whether zlib would have packed the last write of text so. Until
// it is known that zlib did it, a difference says that it did not.
func (j *judge) packed(text []byte, start int, w *inflate.Walker) bool {
	tokens := w.Tokens
	if w.Stored {
		tokens = nil
	}
	if j.match.write(text, tokens) {
		for _, t := range tokens {
			count(&j.tokens, t.Length > 0)
		}
		if j.match.work > 1<<20+64*len(text) {
			j.match = nil // made to be slow
		}
		return true
	}
	enough := 16 * someTokens
	if j.zlib {
		enough = 4 * someTokens
	}
	if j.strict {
		enough = someTokens
	}
	if j.tokens >= enough || j.strict && j.zlib {
		return false
	}
	j.match, j.odds, j.since = nil, start, 1
	return true
}

// odd reports whether text is no UTF-8. A character that the end cuts does not
// count, nor do the surrogates and the NUL of Java strings.
func odd(b []byte) bool {
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			i += n
		case i+2 < len(b) && c == 0xED && b[i+1]&0xC0 == 0x80 && b[i+2]&0xC0 == 0x80:
			i += 3
		case i+1 < len(b) && c == 0xC0 && b[i+1] == 0x80:
			i += 2
		default:
			rest := bytes.TrimSuffix(b[i:], []byte("\n"))
			return len(rest) >= utf8.UTFMax || utf8.FullRune(rest)
		}
	}
	return false
}

// scrambled reports whether a write holds a group of bytes that was decrypted from
// changed ones: the cipher scrambles eight bytes at once and no other. So all odd
// bytes of the write are in one group of the body, among them such as text in
// another encoding does not have, and such as control sequences do not have.
func scrambled(write, packed []byte) bool {
	var odds [tea.Group]byte
	n, invalid := 0, 0
	for i := 0; i < len(write); {
		r, size := utf8.DecodeRune(write[i:])
		if bad := r == utf8.RuneError && size == 1; bad || controls(write[i:i+1]) > 0 {
			if n == len(odds) {
				return false
			}
			odds[n] = write[i]
			n++
			count(&invalid, bad)
		}
		i += size
	}
	if invalid == 0 || invalid == n {
		return false
	}
	for ; len(packed) >= tea.Group; packed = packed[tea.Group:] {
		found := 0
		for _, c := range packed[:tea.Group] {
			count(&found, found < n && c == odds[found])
		}
		if found == n {
			return true
		}
	}
	return false
}
