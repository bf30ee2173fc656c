package xlog

// A rewalk inflates a hurt body once more, one log write at a time. It is slow,
// and knows what the plain decoder does not tell: where each write ends and of
// which tokens it is made.
type rewalk struct {
	in     []byte
	at     int
	bits   uint32
	held   uint // number of valid bits
	out    []byte
	tokens []token // of the write at hand
	blocks int     // of the write at hand, the flush mark not counted
	closed int     // bytes of out up to the end of the first of them, 0 if it has none
	packed int     // number of tokens up to there
	raw    bool    // a block of the write is stored as it is
	limit  int     // of out
	lit    huffman
	dist   huffman
}

// A token is a literal, with length 0 and the byte as distance, or a match.
type token struct{ length, distance uint16 }

// write inflates up to the end of the next flush mark. It gives false if the
// stream ends, breaks or passes the limit before.
func (w *rewalk) write() bool {
	w.tokens, w.blocks, w.closed, w.raw = w.tokens[:0], 0, 0, false
	for {
		last := w.take(1)
		ok := false
		switch w.take(2) {
		case 0:
			n, good := w.stored()
			if good && n == 0 && last == 0 {
				return true
			}
			ok, w.raw = good, true
		case 1:
			w.lit, w.dist = fixedLiterals, fixedDistances
			ok = w.codes()
		case 2:
			ok = w.tables() && w.codes()
		}
		if !ok || last == 1 || len(w.out) > w.limit {
			return false
		}
		if w.blocks++; w.blocks == 1 {
			w.closed, w.packed = len(w.out), len(w.tokens)
		}
	}
}

// take gives the next n bits; bits behind the end are zeros, and past reports them.
func (w *rewalk) take(n uint) int {
	for w.held < n {
		if w.at < len(w.in) {
			w.bits |= uint32(w.in[w.at]) << w.held
		}
		w.at++
		w.held += 8
	}
	v := int(w.bits & (1<<n - 1))
	w.bits >>= n
	w.held -= n
	return v
}

func (w *rewalk) past() bool { return w.at > len(w.in) }

func (w *rewalk) stored() (n int, ok bool) {
	w.bits, w.held = 0, 0
	if w.at+4 > len(w.in) {
		return 0, false
	}
	b := w.in[w.at:]
	n = int(b[0]) | int(b[1])<<8
	if inverse := int(b[2]) | int(b[3])<<8; n != inverse^0xFFFF || len(b) < 4+n {
		return 0, false
	}
	w.out = append(w.out, b[4:4+n]...)
	w.at += 4 + n
	return n, true
}

// A huffman is a canonical code: how many codes each length has, and the symbols
// in the order of their codes.
type huffman struct {
	count  [16]uint16
	symbol [288]uint16
}

// set builds the code from the lengths of its symbols. It gives false for lengths
// that no code has.
func (h *huffman) set(lengths []uint8) bool {
	h.count = [16]uint16{}
	for _, n := range lengths {
		h.count[n]++
	}
	left, codes := 1, 0
	var from [16]uint16
	for n := 1; n < 16; n++ {
		left = left<<1 - int(h.count[n])
		if left < 0 {
			return false
		}
		from[n] = uint16(codes)
		codes += int(h.count[n])
	}
	for s, n := range lengths {
		if n > 0 {
			h.symbol[from[n]] = uint16(s)
			from[n]++
		}
	}
	return left == 0 || codes <= 1
}

func (w *rewalk) symbol(h *huffman) int {
	code, first, index := 0, 0, 0
	for n := 1; n < 16; n++ {
		code |= w.take(1)
		count := int(h.count[n])
		if code-count < first {
			return int(h.symbol[index+code-first])
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return -1
}

var fixedLiterals, fixedDistances = func() (lit, dist huffman) {
	var n [288]uint8
	for i := range n {
		switch {
		case i < 144:
			n[i] = 8
		case i < 256:
			n[i] = 9
		case i < 280:
			n[i] = 7
		default:
			n[i] = 8
		}
	}
	lit.set(n[:])
	for i := range 30 {
		n[i] = 5
	}
	dist.set(n[:30])
	return lit, dist
}()

var (
	lengthBase   = [29]uint16{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258}
	lengthBits   = [29]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase = [30]uint16{1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577}
	distanceBits = [30]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13}
	lengthOrder  = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

// codes inflates the symbols of a block up to its end.
func (w *rewalk) codes() bool {
	for len(w.out) <= w.limit && !w.past() {
		s := w.symbol(&w.lit)
		switch {
		case w.past() || s < 0 || s > 285:
			return false
		case s == 256:
			return true
		case s < 256:
			w.out = append(w.out, byte(s))
			w.tokens = append(w.tokens, token{distance: uint16(s)})
			continue
		}
		s -= 257
		length := int(lengthBase[s]) + w.take(uint(lengthBits[s]))
		if s = w.symbol(&w.dist); s < 0 || s > 29 {
			return false
		}
		distance := int(distanceBase[s]) + w.take(uint(distanceBits[s]))
		if distance > len(w.out) || w.past() {
			return false
		}
		for range length {
			w.out = append(w.out, w.out[len(w.out)-distance])
		}
		w.tokens = append(w.tokens, token{uint16(length), uint16(distance)})
	}
	return false
}

// tables reads the codes of a dynamic block.
func (w *rewalk) tables() bool {
	literals, distances, order := w.take(5)+257, w.take(5)+1, w.take(4)+4
	if literals > 286 || distances > 30 {
		return false
	}
	var lengths [320]uint8
	for i := range order {
		lengths[lengthOrder[i]] = uint8(w.take(3))
	}
	if !w.lit.set(lengths[:19]) {
		return false
	}
	codes := w.lit
	lengths = [320]uint8{}
	for i := 0; i < literals+distances; {
		s := w.symbol(&codes)
		if s < 0 || w.past() {
			return false
		}
		if s < 16 {
			lengths[i] = uint8(s)
			i++
			continue
		}
		var repeat int
		value := uint8(0)
		switch s {
		case 16:
			if i == 0 {
				return false
			}
			value, repeat = lengths[i-1], 3+w.take(2)
		case 17:
			repeat = 3 + w.take(3)
		default:
			repeat = 11 + w.take(7)
		}
		if i+repeat > literals+distances {
			return false
		}
		for range repeat {
			lengths[i] = value
			i++
		}
	}
	return lengths[256] != 0 && w.lit.set(lengths[:literals]) && w.dist.set(lengths[literals:literals+distances])
}
