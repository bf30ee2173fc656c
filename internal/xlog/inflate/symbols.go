package inflate

// symbols decodes a block whose codes are lit and dist up to and with its end. If
// fixed went on into the blocks behind it, these are what is decoded to the end.
func (s *stream) symbols(lit, dist *table, final bool) Status {
	for {
		if lit == fixedLit && !final {
			s.fixed()
		}
		status, end := s.symbol(lit, dist)
		if end || status != Whole {
			return status
		}
	}
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
