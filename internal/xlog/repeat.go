package xlog

import (
	"fmt"
	"hash/crc32"
)

// A fingerprint is what makes a block itself. Two async blocks of one log that share
// it are one block, written twice: a phone that lost power comes back with an old
// cache file; an app that is killed while it moves a log appends all of it again.
// Sync blocks have no counter, so equal ones may be a line that was logged twice:
// see [rerun].
//
// It is a sum of the bytes, the number among them, then the length, and whether it has
// a number. None is 0.
type fingerprint uint64

func newFingerprint(b []byte, numbered bool) fingerprint {
	p := fingerprint(sumOf(b))<<32 | fingerprint(len(b))<<1
	if numbered {
		p |= 1
	}
	return p
}

func (p fingerprint) numbered() bool { return p&1 == 1 }
func (p fingerprint) length() int    { return int(uint32(p) >> 1) }
func (p fingerprint) sum() uint32    { return uint32(p >> 32) }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// print gives the fingerprint of the block b. The hour of the flush does not count:
// it is set anew when a block comes back from a cache file.
func (f *frame) print(b []byte) fingerprint {
	if f.known == 0 {
		f.known = newFingerprint(b[:f.size], f.head.Seq != 0)
	}
	return f.known
}

func sumOf(b []byte) uint32 {
	return crc32.Update(crc32.Checksum(b[:4], castagnoli), castagnoli, b[5:])
}

// Two generations of blocks are kept, so those are known again that lie within some
// hundred MB of async blocks, or some ten MB of sync ones.
const (
	maxNumbered = 4 << 10 // async blocks of a generation
	maxLines    = 32 << 10
)

// repeats remembers the blocks that were there, and what came behind each.
type repeats struct {
	numbered, lines generations
	last            fingerprint // of the block before; it has no place in generations yet
	lastAt          int64
}

type generations struct{ now, before map[fingerprint]place }

// A place is where a block was, and the block behind it.
type place struct {
	offset int64
	next   fingerprint // zero if there is none yet
}

func (r *repeats) of(p fingerprint) (g *generations, limit int) {
	if p.numbered() {
		return &r.numbered, maxNumbered
	}
	return &r.lines, maxLines
}

// add takes the next block that is none of those before.
func (r *repeats) add(p fingerprint, offset int64) {
	if r.last != 0 {
		g, limit := r.of(r.last)
		if len(g.now) == limit {
			g.before, g.now = g.now, g.before
			clear(g.now) // which keeps its memory
		}
		if g.now == nil {
			g.now = make(map[fingerprint]place)
		}
		g.now[r.last] = place{r.lastAt, p}
	}
	r.last, r.lastAt = p, offset
}

func (r *repeats) find(p fingerprint) (at place, ok bool) {
	if p == r.last && p != 0 {
		return place{offset: r.lastAt}, true
	}
	g, _ := r.of(p)
	if at, ok = g.now[p]; !ok {
		at, ok = g.before[p]
	}
	return at, ok
}

// A rerun is a run of blocks that were there before in the same order. A sync block is
// a repeat only within one of which it is sure that nobody logged it again. That is
// sure if two of its blocks have a number, where a cache file that comes back has one;
// or if its lines span a second: then all of them would have been logged a second or
// more after the time that they bear, in the same order. A loop does not do that, as
// it gives each line the time at which it comes round. Nor does a thread that is held
// up between taking the time and writing, since it holds up one line. A clock that is
// set back would have to meet each line of the loop again to the millisecond.
type rerun struct {
	sure             bool
	next             fingerprint // of the block that would go on with it; zero if none could
	since            moment      // of its first line that has one
	blocks, numbered int
}

const (
	rerunBlocks = 3
	rerunSpan   = 1000 // ms

	// The most that is looked at to be sure. More lines than that in a second stay text.
	rerunAhead = 256 << 10
)

// note takes a block of the run. It reports whether the block tells when it was written:
// remarks that do not, such as that about a cache file, may be written anew.
func (n *rerun) note(p fingerprint, block []byte) bool {
	n.blocks++
	var at moment
	if p.numbered() {
		n.numbered++
	} else if at = momentOf(block); at == (moment{}) {
		return false
	} else if n.since == (moment{}) {
		n.since = at
	}
	long := n.numbered > 1 || at.zone == n.since.zone && at.ms >= n.since.ms+rerunSpan
	n.sure = n.sure || n.blocks >= rerunBlocks && long
	return true
}

// momentOf gives the time in the head of a stored block's text.
func momentOf(block []byte) moment {
	forms := layouts[block[0]]
	if len(forms) == 0 || forms[0].codec != Stored || len(block) <= forms[0].header {
		return moment{}
	}
	return stamp(block[forms[0].header:])
}

// repeated gives the record of a block that was there before, or nil.
func (r *Reader) repeated(f *frame) *Damage {
	if f.head.BodyLength == 0 || !f.next || f.head.Seq == 0 && !f.layout.sync {
		return nil
	}
	p := f.print(r.win.next(f.size))
	old, ok := r.repeats.find(p)
	if !ok {
		return nil
	}
	run := r.rerun
	if run.next != p {
		run = rerun{}
	}
	if f.head.Seq == 0 && !r.goesOn(run, p) {
		return nil
	}
	run.note(p, r.win.next(f.size))
	run.sure = run.sure || f.head.Seq == 0
	run.next = old.next
	r.rerun = run
	r.used = f.size
	return &Damage{
		Header: f.head, Kind: Repeated, Cause: RepeatedBlock, Repeats: old.offset,
		Err: fmt.Errorf("it is the block at offset %d once more", old.offset),
	}
}

// goesOn reports whether the run goes on with the blocks from the start of the window
// until it is sure that they are repeats. p is the fingerprint of the first.
func (r *Reader) goesOn(run rerun, p fingerprint) bool {
	first, at := p, 0
	for at < rerunAhead && !r.tired() {
		old, ok := r.repeats.find(p)
		if !ok {
			break
		}
		b := r.win.from(at, p.length())
		if len(b) < p.length() || at > 0 && sumOf(b) != p.sum() {
			break
		}
		if run.note(p, b) && run.sure {
			return true
		}
		at += len(b)
		if p = old.next; p == first {
			break // lines that were logged in a loop
		}
	}
	r.spent += int64(at)
	return false
}
