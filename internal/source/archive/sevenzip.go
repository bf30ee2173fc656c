package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

const sevenZipMagic = "7z\xbc\xaf\x27\x1c"

var errSevenZip = errors.New("its list of files is wrong")

// walkSevenZip reads a 7z archive, whose list of files stands at its end. Go libraries for it allocate what the list
// asks for.
func walkSevenZip(src *Source, visit func(*Entry) error) error {
	if src.At == nil {
		free, err := src.hold()
		if err != nil {
			return err
		}
		defer free()
	}
	list, err := readSevenZip(src)
	if errors.Is(err, ErrEncrypted) {
		return &Failure{"the 7z archive is encrypted; unpack it with its password and name the folder", err}
	}
	if _, said := errors.AsType[*Failure](err); err != nil && !said {
		return &Failure{"nothing of the 7z archive can be read, for its list of files, which is at the end, is missing or damaged; copy it again", err}
	}
	if err != nil {
		return err
	}
	next := 0 // of the files with content
	for i := range list.folders {
		f := &list.folders[i]
		r, free, refused := f.open(src)
		for _, size := range f.files {
			for next < len(list.files) && list.files[next].empty {
				next++
			}
			if next == len(list.files) {
				return damaged(SevenZip, errSevenZip)
			}
			file := &list.files[next]
			next++
			e := &Entry{Name: cleanName(file.name), ModTime: file.modified, Refused: refused, Drain: refused == nil}
			if refused == nil {
				e.Reader = &checked7z{r: io.LimitReader(r, size.n), left: size.n, sum: crc32.NewIEEE(), want: size.crc}
			}
			if err := visit(e); err != nil {
				free()
				return err
			}
		}
		free()
	}
	return nil
}

// hold reads a stream into memory.
func (src *Source) hold() (free func(), err error) {
	free, err = src.Memory.take(SevenZip, maxHeld)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(src.Seq, maxHeld+1))
	switch {
	case err != nil:
		free()
		return nil, damaged(SevenZip, err)
	case len(b) > maxHeld:
		free()
		return nil, &Failure{Text: "a 7z archive of more than 32 MiB can be read only from a file of its own, for its list of files stands at its end; save it to one and name that"}
	}
	src.At, src.Size = bytes.NewReader(b), int64(len(b))
	return free, nil
}

// readSevenZip finds the list of files and parses it, unpacked if it is packed.
func readSevenZip(src *Source) (*sevenZipList, error) {
	var h [headSize7z]byte
	if _, err := src.At.ReadAt(h[:], 0); err != nil {
		return nil, err
	}
	if string(h[:6]) != sevenZipMagic || crc32.ChecksumIEEE(h[12:]) != binary.LittleEndian.Uint32(h[8:]) {
		return nil, errSevenZip
	}
	offset, size := binary.LittleEndian.Uint64(h[12:]), binary.LittleEndian.Uint64(h[20:])
	if size == 0 {
		return &sevenZipList{}, nil
	}
	if room := uint64(max(src.Size-headSize7z, 0)); offset > room || size > room-offset {
		return nil, io.ErrUnexpectedEOF
	}
	raw, crc := io.Reader(io.NewSectionReader(src.At, headSize7z+int64(offset), int64(size))), binary.LittleEndian.Uint32(h[28:])
	for range 4 { // packed lists in packed lists
		text, err := listBytes(raw, int64(size), crc)
		if err != nil {
			return nil, err
		}
		p := &parser7z{b: text, entries: src.Entries}
		list, packed := p.list()
		if p.err != nil || !packed {
			return list, p.err
		}
		if len(list.folders) != 1 {
			return nil, errSevenZip
		}
		f := &list.folders[0]
		r, free, err := f.open(src)
		if err != nil {
			return nil, err
		}
		text, err = listBytes(r, f.size(), f.crc)
		free()
		if err != nil {
			return nil, err
		}
		raw, size, crc = bytes.NewReader(text), uint64(len(text)), f.crc
	}
	return nil, errSevenZip
}

// listBytes reads a list, whose size is bounded and whose checksum has to fit.
func listBytes(r io.Reader, size int64, crc uint32) ([]byte, error) {
	const most = 16 << 20
	if size > most {
		return nil, &Failure{Text: "the list of files of the 7z archive is larger than 16 MiB, which is the limit; unpack what is needed of it"}
	}
	text, err := io.ReadAll(io.LimitReader(r, size))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) < size {
		return nil, io.ErrUnexpectedEOF
	}
	if crc != 0 && crc32.ChecksumIEEE(text) != crc {
		return nil, errChecksum
	}
	return text, nil
}
