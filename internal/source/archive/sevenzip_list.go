package archive

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"time"
	"unicode/utf16"
)

// sevenZipList is the list of files of a 7z archive. A folder is a stream that holds files one after another.
type sevenZipList struct {
	folders []folder7z
	files   []file7z
}

type folder7z struct {
	coders []coder7z // in the order of unpacking, if it is a chain
	sizes  []int64   // what each of its streams comes to, in the order of the list
	order  []int     // of sizes, that of coders
	main   int       // which of sizes is that of the folder
	packs  int       // of how many packed streams
	start  int64     // of the first, behind the head of the archive
	packed int64
	crc    uint32
	files  []part7z
}

type part7z struct {
	n   int64
	crc uint32 // 0 for none
}

type coder7z struct {
	method string
	props  []byte
}

type file7z struct {
	name     string
	modified time.Time
	empty    bool // of no content; folders too
}

// chain reports whether each coder reads one stream and gives one, as all but filters for programs do.
func (f *folder7z) chain() bool { return len(f.order) > 0 }

func (f *folder7z) size() int64 { return f.sizes[f.main] }

// The marks of the parts of a list.
const (
	id7zEnd         = 0x00
	id7zHeader      = 0x01
	id7zProperties  = 0x02
	id7zMainStreams = 0x04
	id7zFiles       = 0x05
	id7zPackInfo    = 0x06
	id7zUnpackInfo  = 0x07
	id7zSubStreams  = 0x08
	id7zSize        = 0x09
	id7zCRC         = 0x0a
	id7zFolder      = 0x0b
	id7zUnpackSize  = 0x0c
	id7zNumStreams  = 0x0d
	id7zEmpty       = 0x0e
	id7zNames       = 0x11
	id7zModified    = 0x14
	id7zPacked      = 0x17
)

// parser7z reads a list that is in memory. Nothing it makes is larger than the list or than the limit of entries allows.
type parser7z struct {
	b       []byte
	entries int
	err     error
}

func (p *parser7z) fail() {
	if p.err == nil {
		p.err = errSevenZip
	}
	p.b = nil
}

func (p *parser7z) bytes(n uint64) []byte {
	if n > uint64(len(p.b)) {
		p.fail()
		return nil
	}
	b := p.b[:n]
	p.b = p.b[n:]
	return b
}

func (p *parser7z) byte() byte {
	if b := p.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// number reads a number whose first byte says by its leading ones how many bytes follow.
func (p *parser7z) number() uint64 {
	first := p.byte()
	n := bits.LeadingZeros8(^first)
	var v uint64
	for i, b := range p.bytes(uint64(n)) {
		v |= uint64(b) << (8 * i)
	}
	if n < 7 {
		v |= uint64(first&(1<<(7-n)-1)) << (8 * n)
	}
	return v
}

// length reads a length in bytes.
func (p *parser7z) length() int64 {
	v := p.number()
	if v > 1<<62 {
		p.fail()
		return 0
	}
	return int64(v)
}

// count reads how many of something there are.
func (p *parser7z) count() int {
	v := p.number()
	if v > uint64(p.entries) {
		if p.err == nil {
			p.err = &Failure{Text: fmt.Sprintf("the 7z archive lists more than %d files, which is the limit; unpack what is needed of it, or allow more with --limit entries=N", p.entries)}
		}
		p.b = nil
		return 0
	}
	return int(v)
}

func (p *parser7z) bools(n int) []bool {
	set := make([]bool, n)
	for i, b := range p.bytes(uint64(n+7) / 8) {
		for bit := 0; bit < 8 && i*8+bit < n; bit++ {
			set[i*8+bit] = b&(0x80>>bit) != 0
		}
	}
	return set
}

// defined reads which of n things have a value.
func (p *parser7z) defined(n int) []bool {
	if p.byte() == 0 {
		return p.bools(n)
	}
	set := make([]bool, n)
	for i := range set {
		set[i] = true
	}
	return set
}

func (p *parser7z) sums(n int) []uint32 {
	sums := make([]uint32, n)
	for i, ok := range p.defined(n) {
		if !ok {
			continue
		}
		if b := p.bytes(4); b != nil {
			sums[i] = binary.LittleEndian.Uint32(b)
		}
	}
	return sums
}

// list reads a list, or, if packed is true, where a packed one is.
func (p *parser7z) list() (list *sevenZipList, packed bool) {
	list = &sevenZipList{}
	switch p.byte() {
	case id7zPacked:
		p.streams(list)
		return list, true
	case id7zHeader:
	default:
		p.fail()
	}
	for p.err == nil {
		switch p.byte() {
		case id7zEnd:
			return list, false
		case id7zProperties:
			for p.err == nil && p.byte() != id7zEnd {
				p.bytes(p.number())
			}
		case id7zMainStreams:
			p.streams(list)
		case id7zFiles:
			p.files(list)
		default:
			p.fail()
		}
	}
	return list, false
}

// files reads names and times.
func (p *parser7z) files(list *sevenZipList) {
	n := p.count()
	if p.err != nil {
		return
	}
	list.files = make([]file7z, n)
	for p.err == nil {
		id := p.byte()
		if id == id7zEnd {
			return
		}
		part := &parser7z{b: p.bytes(p.number()), entries: p.entries}
		switch id {
		case id7zEmpty:
			for i, empty := range part.bools(n) {
				list.files[i].empty = empty
			}
		case id7zNames:
			part.names(list.files)
		case id7zModified:
			part.times(list.files)
		}
		if part.err != nil {
			p.fail()
		}
	}
}

func (p *parser7z) names(files []file7z) {
	if p.byte() != 0 {
		p.fail() // they lie elsewhere, which no program writes
	}
	for i := range files {
		var name []uint16
		for {
			b := p.bytes(2)
			if b == nil {
				return
			}
			u := binary.LittleEndian.Uint16(b)
			if u == 0 {
				break
			}
			if len(name) < maxName { // more would be cut
				name = append(name, u)
			}
		}
		files[i].name = string(utf16.Decode(name))
	}
}

func (p *parser7z) times(files []file7z) {
	set := p.defined(len(files))
	if p.byte() != 0 {
		p.fail()
	}
	const toUnix = 116444736000000000 // from 1601, in 100 ns
	for i, ok := range set {
		if !ok {
			continue
		}
		if b := p.bytes(8); b != nil {
			ticks := int64(binary.LittleEndian.Uint64(b)) - toUnix
			files[i].modified = time.Unix(ticks/1e7, ticks%1e7*100).UTC()
		}
	}
}
