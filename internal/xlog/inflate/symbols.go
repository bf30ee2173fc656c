package inflate

import "encoding/binary"

// symbols decodes a block whose codes are lit and dist up to and with its end. If
// fixed went on into the blocks behind it, these are what is decoded to the end.
func (s *stream) symbols(lit, dist *table, final bool) Status {
	for {
		switch {
		case lit != fixedLit:
			s.literals(lit)
		case !final:
			s.fixed()
		}
		status, end := s.symbol(lit, dist)
		if end || status != Whole {
			return status
		}
	}
}

// literals decodes bytes with short codes for as long as they come. It stops in
// front of anything else and near the ends, and does nothing that symbol would not do.
func (s *stream) literals(lit *table) {
	const burst = 5 // bytes whose codes fit into the bits that a load gives
	pos, n := s.pos, s.n
	for int(pos/8)+8 <= len(s.src) && n+burst <= len(s.out) {
		w := binary.LittleEndian.Uint64(s.src[pos/8:]) >> (pos % 8)
		for range burst {
			e := lit.short[w%(1<<shortBits)]
			if e-1 >= endOfBlock<<4-1 {
				s.pos, s.n = pos, n
				return
			}
			s.out[n] = byte(e >> 4)
			n++
			w >>= e & 15
			pos += uint64(e & 15)
		}
	}
	s.pos, s.n = pos, n
}

// symbol decodes one symbol of a block with care for both ends, the limit and
// everything that may be wrong. It reports whether the symbol ends the block. s.pos
// moves only if the symbol is complete and there was room for all of it.
func (s *stream) symbol(lit, dist *table) (status Status, end bool) {
	if len(s.out)-s.n < maxMatch {
		s.grow(maxMatch)
	}
	w, have := s.peek()
	e := lit.find(w)
	used := int(e & 15)
	sym := int(e >> 4)
	switch {
	case e == 0:
		return Broken, false
	case used > have:
		return Cut, false
	case sym < endOfBlock:
		if s.n == len(s.out) {
			return Large, false
		}
		s.out[s.n] = byte(sym)
		s.n++
		s.pos += uint64(used)
		return Whole, false
	case sym == endOfBlock:
		s.pos += uint64(used)
		return Whole, true
	case sym >= maxLengths:
		return Broken, false
	}
	extra := int(lengthExtra[sym-firstLength])
	length := int(lengthBase[sym-firstLength]) + int(w>>used)&(1<<extra-1)
	if used += extra; used > have {
		return Cut, false
	}
	e = dist.find(w >> used)
	used += int(e & 15)
	sym = int(e >> 4)
	switch {
	case e == 0:
		return Broken, false
	case used > have:
		return Cut, false
	case sym >= maxDists:
		return Broken, false
	}
	extra = int(distExtra[sym])
	back := int(distBase[sym]) + int(w>>used)&(1<<extra-1)
	if used += extra; used > have {
		return Cut, false
	}
	if back > s.n-s.base {
		return Broken, false
	}
	if !s.match(length, back) {
		return Large, false
	}
	s.pos += uint64(used)
	s.back = back
	return Whole, false
}

// match repeats length bytes from back bytes before, as far as there is room, and
// reports whether there was.
func (s *stream) match(length, back int) bool {
	end := min(s.n+length, len(s.out))
	fits := end == s.n+length
	for s.n < end {
		s.n += copy(s.out[s.n:end], s.out[s.n-back:s.n])
	}
	return fits
}
