package xlog

import "encoding/binary"

// parseHeader reads the header at the start of b, which holds at least
// l.header bytes.
func parseHeader(b []byte, l *layout) Header {
	h := Header{Magic: b[0]}
	if l.header == tinyHeader {
		h.BodyLength = binary.LittleEndian.Uint32(b[1:])
	} else {
		h.Seq = binary.LittleEndian.Uint16(b[1:])
		h.BeginHour, h.EndHour = b[3], b[4]
		h.BodyLength = binary.LittleEndian.Uint32(b[5:])
	}
	if l.header == fullHeader {
		h.client = clientKey(b[fullHeader-len(clientKey{}) : fullHeader])
	}
	h.Length = int64(l.header) + int64(h.BodyLength) + 1
	return h
}

// plausible reports whether a header of layout l may start b: everything the
// header itself can prove. A short b, at the end of the input, is judged by what
// is there. The 64 bytes of the key field prove nothing: without a key the
// appender leaves whatever its memory held.
func plausible(b []byte, l *layout, maxBody int) bool {
	length := 5
	if l.header == tinyHeader {
		length = 1
	} else {
		if len(b) >= 3 && l.header == fullHeader && l.sync != (b[1] == 0 && b[2] == 0) {
			return false // the counter of async blocks skips 0, and sync blocks have no other
		}
		if len(b) > 3 && b[3] > 23 || len(b) > 4 && b[4] > 23 {
			return false
		}
	}
	if len(b) >= length+4 && uint64(binary.LittleEndian.Uint32(b[length:])) > uint64(maxBody) {
		return false
	}
	if l.header == openHeader && len(b) >= openHeader {
		return binary.LittleEndian.Uint32(b[9:]) == 0
	}
	return true
}

// anyPlausible reports whether b may start with a header of any layout.
func anyPlausible(b []byte, maxBody int) bool {
	if len(b) == 0 {
		return false
	}
	for i := range layouts[b[0]] {
		if plausible(b, &layouts[b[0]][i], maxBody) {
			return true
		}
	}
	return false
}

// mask gives the byte that layouts with xor mask their body with.
func (l *layout) mask(h *Header) byte {
	if l.header == tinyHeader {
		return 0xCC ^ byte(h.BodyLength) ^ h.Magic
	}
	return 0xCC ^ byte(h.Seq) ^ h.Magic
}
