package xlog

// A Record is one span of a container: a *[Block], a *[Locked], a *[Skipped] or a
// *[Damage], nothing else. The spans of all records cover the input exactly once, in order.
type Record interface {
	// Span gives the place of the record in the container, in bytes.
	Span() (offset, length int64)

	record()
}

// Header is what a block says about itself on disk (docs/format.md, Headers).
type Header struct {
	Offset int64 // of the magic byte, from the start of the container
	Length int64 // on disk: header, body and end byte

	Magic      byte
	Seq        uint16 // counts the async blocks of one process from 1; sync blocks have 0
	BeginHour  uint8  // local hour when the block was begun; 0 with magic 0x01 and 0x02, which have no hours
	EndHour    uint8  // local hour when it was flushed
	BodyLength uint32 // bytes of body, as the header declares them

	client clientKey // the key field, whatever it holds
}

// session gives the client key, which the blocks of one session share, or zeros if
// the block was written without a key and its key field tells nothing.
func (h *Header) session() clientKey {
	if h.crypt() {
		return h.client
	}
	return clientKey{}
}

// crypt reports whether the magic is one of encrypted blocks.
func (h *Header) crypt() bool {
	forms := layouts[h.Magic]
	return len(forms) > 0 && forms[0].crypt
}

// Span gives the place of the block in the container.
func (h *Header) Span() (offset, length int64) { return h.Offset, h.Length }

// Block is a block that decoded whole.
//
// The reader owns the Block and its Text and uses both again: they are valid
// until the next iteration.
type Block struct {
	Header
	Codec     Codec
	Encrypted bool
	Key       string // name of the key that opened it, "" if it is not encrypted
	Text      []byte // valid until the next iteration
	Ends      []int  // where in Text its writes end, of deflate bodies; valid until the next iteration
}

func (*Block) record() {}

// Locked is a block whose frame is sound and whose body is encrypted with a key
// the reader does not have. Its header still counts.
type Locked struct {
	Header
	Codec  Codec
	Reason Reason
}

func (*Locked) record() {}

// Skipped is a block that [Options.Skip] left out. Its frame is sound; its body was
// not looked at, so what is wrong with that is not known.
type Skipped struct {
	Header
}

func (*Skipped) record() {}

// Reason says why a block stays locked.
type Reason uint8

// The reasons of [Locked].
const (
	NoKey        Reason = iota + 1 // no key was given
	WrongKey                       // none of the given keys fits
	BadClientKey                   // the client key in the header is not a curve point, so no key can fit
)

// String gives a word for reports: "no-key", "wrong-key" or "bad-client-key".
func (r Reason) String() string {
	switch r {
	case NoKey:
		return "no-key"
	case WrongKey:
		return "wrong-key"
	case BadClientKey:
		return "bad-client-key"
	}
	return "unlocked"
}
