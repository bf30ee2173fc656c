package archive

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strconv"
)

// errNoList says that the list at the end of a zip archive is not what it has to be.
var errNoList = errors.New("no list of files")

// zipList is the list of files at the end of a zip archive: where each entry of it lies and where the file does. Names
// are read again when they are needed, for they may be long.
type zipList []zipPlace

type zipPlace struct{ entry, file, packed int64 }

// readZipDirectory returns the list, nil if it is missing or wrong, and an error if it cannot be taken.
func readZipDirectory(src *Source) (zipList, error) {
	start, size, err := findZipDirectory(src)
	if err != nil || size < 0 {
		return nil, err
	}
	counted := &tally{r: bufio.NewReader(io.NewSectionReader(src.At, start, size))}
	list := zipList{}
	for counted.n < size {
		at := start + counted.n
		h, err := readListed(counted)
		if err != nil {
			if _, failed := errors.AsType[*Failure](err); failed {
				return nil, err
			}
			return nil, nil // the archive is read without it
		}
		if len(list) == src.Entries {
			return nil, &Failure{Text: "the zip archive lists more than " + strconv.Itoa(src.Entries) + " files, which is the limit; unpack what is needed of it, or allow more with --limit entries=N"}
		}
		list = append(list, zipPlace{at, h.offset, h.packed})
	}
	slices.SortStableFunc(list, func(a, b zipPlace) int { return cmp.Compare(a.file, b.file) })
	return list, nil
}

// findZipDirectory looks for the list by what ends the archive. Its size is -1 if there is none.
func findZipDirectory(src *Source) (start, size int64, err error) {
	const endSize, locatorSize, end64Size = 22, 20, 56
	tail := make([]byte, min(src.Size, endSize+1<<16))
	from := src.Size - int64(len(tail))
	if _, err := src.At.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return 0, -1, cut(Zip, err)
	}
	at := len(tail)
	for {
		if at = bytes.LastIndex(tail[:at], []byte(zipEnd)); at < 0 {
			return 0, -1, nil
		}
		if len(tail)-at >= endSize && int(binary.LittleEndian.Uint16(tail[at+20:])) <= len(tail)-at-endSize {
			break
		}
	}
	end := tail[at:]
	if disk := binary.LittleEndian.Uint16(end[4:]); disk != 0 && disk != 0xffff {
		return 0, -1, &Failure{Text: "the zip archive is one part of several; put them together (zip -s 0), or unpack them and name the folder"}
	}
	size, start = int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	if at >= locatorSize && string(tail[at-locatorSize:at-locatorSize+4]) == zipLocator64 {
		var b [end64Size]byte
		where := int64(binary.LittleEndian.Uint64(tail[at-locatorSize+8:]))
		if where < 0 || where > src.Size-end64Size {
			return 0, -1, nil
		}
		if _, err := src.At.ReadAt(b[:], where); err != nil && !errors.Is(err, io.EOF) {
			return 0, -1, cut(Zip, err)
		}
		if string(b[:4]) == zipEnd64 {
			size, start = int64(binary.LittleEndian.Uint64(b[40:])), int64(binary.LittleEndian.Uint64(b[48:]))
		}
	}
	if size < 0 || start < 0 || start > src.Size || size > src.Size-start {
		return 0, -1, nil
	}
	return start, size, nil
}

// walk visits the files in the order in which they lie, each in bytes of its own.
func (l zipList) walk(src *Source, visit func(*Entry) error) error {
	free := int64(0) // behind what was visited
	for _, place := range l {
		listed, err := readListed(bufio.NewReaderSize(io.NewSectionReader(src.At, place.entry, src.Size-place.entry), 1<<10))
		if err != nil {
			return cut(Zip, err)
		}
		if !listed.regular() {
			continue
		}
		e := listed.entry()
		start, err := src.body(listed)
		switch {
		case err != nil:
			e.Refused = err
		case place.file < free:
			e.Refused = ErrOverlap
		case listed.packed > src.Size-start:
			e.Refused = damaged(Zip, io.ErrUnexpectedEOF)
		default:
			free = start + listed.packed
		}
		if e.Refused != nil {
			err = visit(e)
		} else {
			err = visitZip(src, listed, io.NewSectionReader(src.At, start, listed.packed), visit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// body returns where the bytes of a listed file begin.
func (src *Source) body(listed *zipFile) (int64, error) {
	if listed.offset > src.Size-localSize {
		return 0, damaged(Zip, io.ErrUnexpectedEOF)
	}
	var b [localSize]byte
	if _, err := src.At.ReadAt(b[:], listed.offset); err != nil && !errors.Is(err, io.EOF) {
		return 0, cut(Zip, err)
	}
	if string(b[:4]) != zipLocal {
		return 0, damaged(Zip, errors.New("there is no file where the list has one"))
	}
	start := listed.offset + localSize + int64(binary.LittleEndian.Uint16(b[26:])) + int64(binary.LittleEndian.Uint16(b[28:]))
	if start > src.Size {
		return 0, damaged(Zip, io.ErrUnexpectedEOF)
	}
	return start, nil
}
