package xlog

import (
	"fmt"
	"hash/crc32"
)

// A fingerprint is what makes an async block itself: two blocks of one log that
// share it are one block, written twice. A phone that lost power comes back with an
// old cache file; an app that is killed while it moves a log appends all of it again.
// Sync blocks have no counter: equal ones are a line that was logged twice.
type fingerprint struct {
	sum    uint32
	length uint32
	seq    uint16
}

// maxRepeats is how many blocks a generation of [repeats] holds. Two of them are
// kept, so a block is known again within some hundred MB.
const maxRepeats = 4 << 10

// repeats remembers where blocks were.
type repeats struct{ now, before map[fingerprint]int64 }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// print gives the fingerprint of the block b. The hour of the flush does not count:
// it is set anew when a block comes back from a cache file.
func (f *frame) print(b []byte) fingerprint {
	if f.known == (fingerprint{}) {
		sum := crc32.Update(crc32.Checksum(b[:4], castagnoli), castagnoli, b[5:f.size])
		f.known = fingerprint{sum: sum, length: uint32(f.size), seq: f.head.Seq}
	}
	return f.known
}

func (r *repeats) add(p fingerprint, offset int64) {
	if r.now == nil || len(r.now) == maxRepeats {
		r.before, r.now = r.now, make(map[fingerprint]int64)
	}
	r.now[p] = offset
}

func (r *repeats) find(p fingerprint) (offset int64, ok bool) {
	if offset, ok = r.now[p]; !ok {
		offset, ok = r.before[p]
	}
	return offset, ok
}

// repeated gives the record of a block that was there before, or nil.
func (r *Reader) repeated(f *frame) *Damage {
	if f.head.Seq == 0 || f.head.BodyLength == 0 || !f.next {
		return nil
	}
	offset, ok := r.repeats.find(f.print(r.win.next(f.size)))
	if !ok {
		return nil
	}
	r.used = f.size
	return &Damage{
		Header: f.head, Kind: Repeated, Cause: RepeatedBlock, Repeats: offset,
		Err: fmt.Errorf("it is the block at offset %d once more", offset),
	}
}
