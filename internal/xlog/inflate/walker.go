package inflate

// A Walker decodes a stream one log write at a time and tells what the write is
// made of. It is many times slower than Decode, for those who doubt a stream.
type Walker struct {
	Tokens []Token // of the last write, in order; none for what a stored block holds
	Blocks int     // of the last write, its flush mark not counted
	Stored bool    // a block of it is stored with content
	// Of the first of these blocks: the bytes of Text up to its end, 0 if its end was
	// not reached, and how many of Tokens are its.
	FirstEnd, FirstTokens int

	d Decoder
	s stream
}

// A Token is what a symbol stands for: a byte, with Length 0 and the byte as
// Distance, or a match.
type Token struct{ Length, Distance uint16 }

// Start begins with a stream, whose text is appended to dst, at most limit bytes
// (see Decode). What Tokens had is gone.
func (w *Walker) Start(dst, src []byte, limit int) {
	marks := w.s.marks[:0]
	w.s = newStream(dst, src, limit)
	w.s.marks = marks
	w.Tokens = w.Tokens[:0]
}

// Text gives what dst was, with the text so far behind it. It is valid until the
// next call.
func (w *Walker) Text() []byte { return w.s.out[:w.s.n] }

// Next decodes up to the end of the next flush mark. It reports false if the stream
// ends, breaks or comes to the limit before.
func (w *Walker) Next() bool {
	w.Tokens, w.Blocks, w.Stored, w.FirstEnd, w.FirstTokens = w.Tokens[:0], 0, false, 0, 0
	for {
		start := w.s.pos
		b, status := w.d.open(&w.s)
		if status != Whole {
			return false
		}
		if b.lit != nil {
			status = w.symbols(b)
		} else {
			flushed := w.s.flushIn
			status = w.s.stored(start)
			if status == Whole && w.s.flushIn > flushed {
				return !b.final
			}
			w.Stored = true
		}
		if status != Whole || b.final {
			return false
		}
		if w.Blocks++; w.Blocks == 1 {
			w.FirstEnd, w.FirstTokens = w.s.n, len(w.Tokens)
		}
	}
}

// symbols decodes a block and notes its tokens.
func (w *Walker) symbols(b block) Status {
	for {
		before := w.s.n
		status, end := w.s.symbol(b.lit, b.dist)
		if end || status != Whole {
			return status
		}
		t := Token{Distance: uint16(w.s.out[before])}
		if n := w.s.n - before; n > 1 {
			t = Token{uint16(n), uint16(w.s.back)}
		}
		w.Tokens = append(w.Tokens, t)
	}
}
