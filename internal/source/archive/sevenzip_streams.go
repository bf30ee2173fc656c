package archive

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"hash"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/ulikunitz/xz/lzma"

	"github.com/xlogscan/xlogscan/internal/source/archive/deflate64"
)

const headSize7z = 32

// streams reads where streams are, how they are packed and which files they hold.
func (p *parser7z) streams(list *sevenZipList) {
	var packs []int64
	var start int64
	for p.err == nil {
		switch p.byte() {
		case id7zEnd:
			p.place(list, start, packs)
			return
		case id7zPackInfo:
			start, packs = p.packs()
		case id7zUnpackInfo:
			p.folders(list)
		case id7zSubStreams:
			p.substreams(list)
		default:
			p.fail()
		}
	}
}

func (p *parser7z) packs() (start int64, sizes []int64) {
	start = p.length()
	sizes = make([]int64, p.count())
	for p.err == nil {
		switch p.byte() {
		case id7zEnd:
			return start, sizes
		case id7zSize:
			for i := range sizes {
				sizes[i] = p.length()
			}
		case id7zCRC:
			p.sums(len(sizes))
		default:
			p.fail()
		}
	}
	return 0, nil
}

// place gives each folder its bytes of the archive.
func (p *parser7z) place(list *sevenZipList, start int64, packs []int64) {
	for i := range list.folders {
		f := &list.folders[i]
		if f.packs > len(packs) {
			p.fail()
			return
		}
		f.start, f.packed = start, packs[0]
		for _, n := range packs[:f.packs] {
			if start += n; start < 0 {
				p.fail()
				return
			}
		}
		packs = packs[f.packs:]
	}
}

func (p *parser7z) folders(list *sevenZipList) {
	if p.byte() != id7zFolder {
		p.fail()
	}
	n := p.count()
	if p.byte() != 0 {
		p.fail()
	}
	for range n {
		if p.err != nil {
			return
		}
		list.folders = append(list.folders, p.folder())
	}
	if p.byte() != id7zUnpackSize {
		p.fail()
	}
	for i := range list.folders {
		for j := range list.folders[i].sizes {
			list.folders[i].sizes[j] = p.length()
		}
	}
	for p.err == nil {
		switch p.byte() {
		case id7zEnd:
			for i := range list.folders {
				f := &list.folders[i]
				f.files = []part7z{{f.size(), f.crc}}
			}
			return
		case id7zCRC:
			for i, crc := range p.sums(n) {
				list.folders[i].crc = crc
			}
		default:
			p.fail()
		}
	}
}

// folder reads how a stream is packed.
func (p *parser7z) folder() folder7z {
	const maxCoders, maxStreams = 8, 16
	n := p.number()
	if n == 0 || n > maxCoders {
		p.fail()
		return folder7z{}
	}
	var f folder7z
	ins, outs := 0, 0
	for range n {
		var c coder7z
		flags := p.byte()
		c.method = string(p.bytes(uint64(flags & 15)))
		in, out := uint64(1), uint64(1)
		if flags&0x10 != 0 {
			in, out = p.number(), p.number()
		}
		if flags&0x20 != 0 {
			c.props = p.bytes(p.number())
		}
		if in == 0 || out == 0 || in > maxStreams || out > maxStreams || flags&0x80 != 0 {
			p.fail()
			return f
		}
		ins, outs = ins+int(in), outs+int(out)
		f.coders = append(f.coders, c)
	}
	from, to := make(map[uint64]uint64), make(map[uint64]uint64) // which input reads which output, and back
	for range outs - 1 {
		in, out := p.number(), p.number()
		from[in], to[out] = out, in
	}
	if f.packs = ins - (outs - 1); f.packs < 1 {
		p.fail()
		return f
	}
	if f.packs > 1 {
		for range f.packs {
			p.number()
		}
	}
	f.sizes = make([]int64, outs)
	for f.main < outs-1 && has(to, f.main) {
		f.main++
	}
	if ins == len(f.coders) && outs == len(f.coders) {
		f.arrange(from, to)
	}
	return f
}

func has(m map[uint64]uint64, i int) bool {
	_, ok := m[uint64(i)]
	return ok
}

// arrange puts the coders of a chain into the order of unpacking.
func (f *folder7z) arrange(from, to map[uint64]uint64) {
	at := 0
	for at < len(f.coders)-1 && has(from, at) {
		at++
	}
	var coders []coder7z
	var order []int
	for range f.coders {
		coders, order = append(coders, f.coders[at]), append(order, at)
		next, ok := to[uint64(at)]
		if !ok || next >= uint64(len(f.coders)) {
			break
		}
		at = int(next)
	}
	if len(coders) == len(f.coders) && order[len(order)-1] == f.main {
		f.coders, f.order = coders, order
	}
}

// substreams reads how the streams are divided into files.
func (p *parser7z) substreams(list *sevenZipList) {
	id := p.byte()
	left := p.entries
	if id == id7zNumStreams {
		for i := range list.folders {
			n := p.count()
			if left -= n; left < 0 || p.err != nil {
				p.fail()
				return
			}
			list.folders[i].files = make([]part7z, n)
		}
		id = p.byte()
	}
	for i := range list.folders {
		f := &list.folders[i]
		rest := f.size()
		for j := range f.files {
			f.files[j].n = rest
			if j < len(f.files)-1 && id == id7zSize {
				f.files[j].n = p.length()
			}
			if rest -= f.files[j].n; rest < 0 {
				p.fail()
				return
			}
		}
	}
	if id == id7zSize {
		id = p.byte()
	}
	for p.err == nil && id != id7zEnd {
		if id != id7zCRC {
			p.fail()
			return
		}
		p.fileSums(list)
		id = p.byte()
	}
}

// fileSums reads the checksums of all files but those that are all of a stream with one.
func (p *parser7z) fileSums(list *sevenZipList) {
	var open []*part7z
	for i := range list.folders {
		f := &list.folders[i]
		if len(f.files) == 1 && f.crc != 0 {
			f.files[0].crc = f.crc
			continue
		}
		for j := range f.files {
			open = append(open, &f.files[j])
		}
	}
	for i, crc := range p.sums(len(open)) {
		open[i].crc = crc
	}
}

// open unpacks a stream. Its error is why that is refused.
func (f *folder7z) open(src *Source) (r io.Reader, free func(), err error) {
	var held []func()
	free = func() {
		for _, f := range held {
			f()
		}
		held = nil
	}
	for _, c := range f.coders {
		if filters[c.method] {
			return nil, free, ErrProgram
		}
	}
	if !f.chain() {
		return nil, free, ErrMethod
	}
	if f.start > src.Size-headSize7z || f.packed > src.Size-headSize7z-f.start {
		return nil, free, damaged(SevenZip, io.ErrUnexpectedEOF)
	}
	r = io.NewSectionReader(src.At, headSize7z+f.start, f.packed)
	for i, c := range f.coders {
		next, release, err := c.open(bufio.NewReader(r), f.sizes[f.order[i]], src.Memory)
		if err != nil {
			free()
			return nil, free, refusal(err)
		}
		if release != nil {
			held = append(held, release)
		}
		r = next
	}
	return r, free, nil
}

// refusal keeps what says itself what is wrong.
func refusal(err error) error {
	if errors.Is(err, ErrMethod) || errors.Is(err, ErrEncrypted) {
		return err
	}
	return cut(SevenZip, err)
}

// filters make the code of processors pack better: x86 (three of them), PowerPC, Itanium, ARM (four), SPARC and RISC-V.
var filters = map[string]bool{
	"\x04": true, "\x03\x03\x01\x03": true, "\x03\x03\x01\x1b": true, "\x05": true, "\x03\x03\x02\x05": true, "\x06": true,
	"\x03\x03\x04\x01": true, "\x07": true, "\x03\x03\x05\x01": true, "\x08": true, "\x03\x03\x07\x01": true, "\x0a": true,
	"\x09": true, "\x03\x03\x08\x05": true, "\x0b": true,
}

// open starts a coder.
func (c *coder7z) open(r *bufio.Reader, size int64, memory *Memory) (io.Reader, func(), error) {
	switch c.method {
	case "\x00":
		return r, nil, nil
	case "\x21":
		if len(c.props) != 1 {
			return nil, nil, errSevenZip
		}
		return newLZMA2(SevenZip, r, c.props[0], size, memory)
	case "\x03\x01\x01":
		return newLZMA(SevenZip, r, c.props, size, memory)
	case "\x03\x04\x01":
		return newPPMd(r, c.props, size, memory)
	case "\x04\x01\x08":
		return flate.NewReader(r), nil, nil
	case "\x04\x01\x09":
		return deflate64.NewReader(r), nil, nil
	case "\x04\x02\x02":
		free, err := memory.take(SevenZip, bzip2Memory)
		return bzip2.NewReader(r), free, err
	case "\x04\xf7\x11\x01":
		return newZstd(r, memory)
	case "\x06\xf1\x07\x01":
		return nil, nil, ErrEncrypted
	}
	return nil, nil, ErrMethod
}

const lzmaProperties = 5

// newLZMA reads raw LZMA, for which the library wants the header of an .lzma file.
func newLZMA(f Format, r io.Reader, props []byte, size int64, memory *Memory) (io.Reader, func(), error) {
	if len(props) != lzmaProperties {
		return nil, nil, errors.New("a property of LZMA is wrong")
	}
	dict := max(min(int64(binary.LittleEndian.Uint32(props[1:])), size), lzma.MinDictCap)
	free, err := memory.dictionary(f, dict)
	if err != nil {
		return nil, nil, err
	}
	head := binary.LittleEndian.AppendUint32(props[:1:1], uint32(dict))
	head = binary.LittleEndian.AppendUint64(head, uint64(size))
	l, err := lzma.ReaderConfig{DictCap: int(dict)}.NewReader(io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		free()
		return nil, nil, err
	}
	return l, free, nil
}

// checked7z compares a file with its checksum and length.
type checked7z struct {
	r    io.Reader
	left int64
	sum  hash.Hash32
	want uint32 // 0 for none
	err  error
}

func (c *checked7z) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	_, _ = c.sum.Write(p[:n]) // a hash takes all
	c.left -= int64(n)
	if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		if c.left > 0 {
			err = io.ErrUnexpectedEOF
		} else if c.want != 0 && c.sum.Sum32() != c.want {
			err = errChecksum
		}
	}
	c.err = damaged(SevenZip, err)
	return n, c.err
}
