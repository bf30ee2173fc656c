package archive

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// zipFile is what a zip archive says of one file.
type zipFile struct {
	flags, method uint16
	crc           uint32
	packed, size  int64
	offset        int64 // of its local header; from the list only
	mode          uint32
	name          string
	modified      time.Time
	local         bool // it is from in front of the file, not from the list
}

const (
	zipEncrypted  = 1 << 0
	zipDescriptor = 1 << 3
	zipUTF8       = 1 << 11

	localSize     = 30
	directorySize = 46
)

func (h *zipFile) encrypted() bool { return h.flags&zipEncrypted != 0 }

// sized reports whether the lengths are known before the file is read.
func (h *zipFile) sized() bool { return !h.behind() || h.packed > 0 }

// behind reports whether the checksum, and the lengths that are 0, stand only behind the file.
func (h *zipFile) behind() bool { return h.local && h.flags&zipDescriptor != 0 }

// regular reports whether it is a file and neither a folder nor a link or device.
func (h *zipFile) regular() bool {
	if strings.HasSuffix(h.name, "/") || strings.HasSuffix(h.name, `\`) && h.size == 0 {
		return false
	}
	const unixType, unixRegular = 0o170000, 0o100000
	kind := h.mode >> 16 & unixType
	return kind == 0 || kind == unixRegular
}

func (h *zipFile) entry() *Entry {
	e := &Entry{Name: cleanName(h.name), ModTime: h.modified, Skip: !h.regular()}
	if h.encrypted() {
		e.Refused = ErrEncrypted
	}
	return e
}

// readLocal reads the header in front of a file.
func readLocal(r io.Reader) (*zipFile, error) {
	var b [localSize]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return nil, err
	}
	u16 := func(at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	h := &zipFile{
		flags: u16(6), method: u16(8), crc: u32(14), packed: int64(u32(18)), size: int64(u32(22)), modified: dosTime(u16(12), u16(10)), local: true,
	}
	return h, h.rest(r, int(u16(26)), int(u16(28)))
}

// readListed reads an entry of the list at the end.
func readListed(r io.Reader) (*zipFile, error) {
	var b [directorySize]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return nil, err
	}
	u16 := func(at int) uint16 { return binary.LittleEndian.Uint16(b[at:]) }
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(b[at:]) }
	if string(b[:4]) != zipDirectory {
		return nil, errNoList
	}
	h := &zipFile{
		flags: u16(8), method: u16(10), crc: u32(16), packed: int64(u32(20)), size: int64(u32(24)), offset: int64(u32(42)),
		mode: u32(38), modified: dosTime(u16(14), u16(12)),
	}
	const unix, darwin = 3, 19
	if by := b[5]; by != unix && by != darwin {
		h.mode = 0
	}
	if err := h.rest(r, int(u16(28)), int(u16(30))); err != nil {
		return nil, err
	}
	_, err := io.CopyN(io.Discard, r, int64(u16(32))) // comment
	return h, err
}

// rest reads name and extra fields.
func (h *zipFile) rest(r io.Reader, name, extra int) error {
	b := make([]byte, name+extra)
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	h.name = string(b[:name])
	for b = b[name:]; len(b) >= 4; {
		id, n := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if b = b[4:]; n > len(b) {
			break
		}
		h.extra(id, b[:n])
		b = b[n:]
	}
	return nil
}

// extra takes what replaces fields of the header: long lengths, a time with a zone, a name in UTF-8.
func (h *zipFile) extra(id uint16, b []byte) {
	const zip64, unixTime, unicodePath = 0x0001, 0x5455, 0x7075
	switch {
	case id == zip64:
		for _, field := range []*int64{&h.size, &h.packed, &h.offset} {
			if *field == 0xffffffff && len(b) >= 8 {
				*field = int64(binary.LittleEndian.Uint64(b) &^ (1 << 63))
				b = b[8:]
			}
		}
	case id == unixTime && len(b) >= 5 && b[0]&1 != 0:
		h.modified = time.Unix(int64(int32(binary.LittleEndian.Uint32(b[1:]))), 0).UTC()
	case id == unicodePath && len(b) > 5 && b[0] == 1 && h.flags&zipUTF8 == 0 && utf8.Valid(b[5:]) &&
		binary.LittleEndian.Uint32(b[1:]) == crc32.ChecksumIEEE([]byte(h.name)):
		h.name = string(b[5:])
	}
}

// dosTime is a time in the zone of who packed the archive, which it does not name.
func dosTime(day, clock uint16) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return time.Date(int(day>>9)+1980, time.Month(day>>5&15), int(day&31), int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.UTC)
}
