package inflate

// metaOrder is the order in which the lengths of the code length code come
// (RFC 1951, 3.2.7).
var metaOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readCodes reads the code lengths of a block of type 2 and builds its tables.
func (d *Decoder) readCodes(s *stream) Status {
	lits, dists, status := d.readMeta(s)
	if status != Whole {
		return status
	}
	lengths := d.lengths[:lits+dists]
	for i := 0; i < len(lengths); {
		w, have := s.peek()
		e := d.meta.find(w)
		used, sym := int(e&15), uint8(e>>4)
		switch {
		case e == 0:
			return Broken
		case used > have:
			return Cut
		case sym < 16:
			lengths[i] = sym
			i++
			s.pos += uint64(used)
			continue
		case sym == 16 && i == 0:
			return Broken
		}
		run := repeats[sym-16]
		n := run.least + int(w>>used)&(1<<run.extra-1)
		used += run.extra
		switch {
		case used > have:
			return Cut
		case n > len(lengths)-i:
			return Broken
		}
		var length uint8
		if sym == 16 {
			length = lengths[i-1]
		}
		for range n {
			lengths[i] = length
			i++
		}
		s.pos += uint64(used)
	}
	if !d.lit.build(lengths[:lits]) || !d.dist.build(lengths[lits:]) {
		return Broken
	}
	return Whole
}

// Symbols 16 to 18 of the code length code repeat a length.
var repeats = [3]struct{ least, extra int }{{3, 2}, {3, 3}, {11, 7}}

// readMeta reads how many code lengths there are and by what code they are given.
func (d *Decoder) readMeta(s *stream) (lits, dists int, status Status) {
	w, have := s.peek()
	if have < 14 {
		return 0, 0, Cut
	}
	lits, dists = int(w&31)+firstLength, int(w>>5&31)+1
	if lits > maxLengths || dists > maxDists {
		return 0, 0, Broken
	}
	order := metaOrder[:w>>10&15+4]
	s.pos += 14
	if w, have = s.peek(); have < 3*len(order) {
		return 0, 0, Cut
	}
	var lengths [len(metaOrder)]uint8
	for _, sym := range order {
		lengths[sym] = uint8(w & 7)
		w >>= 3
		s.pos += 3
	}
	if !d.meta.build(lengths[:]) {
		return 0, 0, Broken
	}
	return lits, dists, Whole
}
