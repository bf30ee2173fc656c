package xlog

import "fmt"

// Damage is a span of the container that is no sound block.
//
// It is also an error, for callers that want the first damage to end their work.
type Damage struct {
	// Header has the span of the damage as Offset and Length. Its other fields
	// are those of the hurt block if its header could be read, else Magic is 0.
	Header
	Kind     Kind
	Cause    Cause  // what most likely did it
	Key      string // name of the key that fits the hurt block, whatever it opened of it; "" if the block is not encrypted, or none fits
	Salvaged []byte // text in front of the damage; valid until the next iteration
	Whole    bool   // Salvaged is all the text of the block: only what is around the body is hurt
	Repeats  int64  // offset of the earlier block that a Repeated one repeats; its text is not given again
	Err      error  // why this is no block

	torn    bool
	padding bool
}

func (*Damage) record() {}

// Error says what is damaged, where, and why.
func (d *Damage) Error() string {
	s := fmt.Sprintf("%s of %d bytes at offset %d", d.Kind, d.Length, d.Offset)
	if d.Err != nil {
		s += ": " + d.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (d *Damage) Unwrap() error { return d.Err }

// Torn reports whether the damage is a block the app had not finished: the last
// block of a log that was copied while the app wrote, or the unfinished block of
// a cache file. That is no failure of the log.
func (d *Damage) Torn() bool { return d.torn }

// Padding reports whether the damage is the zero padding of a cache file: zeros
// behind an unhurt block up to the end of the input or of the 150 KiB of a cache
// file, or an input of zeros alone. Nothing is lost there.
func (d *Damage) Padding() bool { return d.padding }

// Loss reports whether text may have been lost: damage that is neither torn nor
// padding, of which not all text came back.
func (d *Damage) Loss() bool { return !d.torn && !d.padding && !d.Whole && d.Kind != Repeated }

// Kind tells what sort of damage a span is.
type Kind uint8

// The kinds of [Damage].
const (
	Garbage   Kind = iota + 1 // bytes that are no block
	Zeros                     // a run of zero bytes: a lost page or padding
	Truncated                 // a block cut by the end of the input
	BadHeader                 // a block whose magic or length is wrong
	BadEnd                    // a block whose length does not lead to an end byte and a next block
	BadBody                   // a sound frame whose body decodes only up to some point
	TooLarge                  // a body that decodes to more than the limit
	Repeated                  // a block that was there before, byte for byte; a sync block only among others that were
)

var kindNames = [...]string{
	Garbage: "garbage", Zeros: "zeros", Truncated: "truncated", BadHeader: "bad-header",
	BadEnd: "bad-end", BadBody: "bad-body", TooLarge: "too-large", Repeated: "repeated",
}

// String gives the word reports use, such as "garbage" or "bad-body".
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}
