// Package xlog decodes one Mars xlog container from an io.Reader into blocks of
// text and spans of damage.
//
// It knows no file names, no log lines and no calls, prints nothing and reads no
// clock. docs/format.md describes the container and what the reader does about each
// fault of it.
//
// # Invariants
//
// Every byte of the input belongs to exactly one [Record], and the records come in
// the order of the input: what cannot be decoded is a record too, so that loss is always
// visible, and so is a block that [Options.Skip] does not want. The records depend on the
// bytes and the options alone, not on how an io.Reader cuts the bytes. The only error is one of the io.Reader; it comes last. No input makes the
// reader panic.
//
// The text of a [Block] is all that was written, byte for byte, and nothing else. Where
// the reader knows that a body is hurt, the text in front of the damage is in
// Damage.Salvaged, and nothing behind it is given. The container has no checksum, so a
// changed byte that gives another text, packed as the appender would have packed that,
// cannot be known.
//
// # Ownership
//
// Block.Text, and the Block itself, belong to the reader and are used again: they are
// valid until the next step of the iteration. So is Damage.Salvaged. A [Locked] and a
// [Damage] belong to the caller. A [Reader] is for one goroutine.
//
// # Cost
//
// The reader holds a window of a few times Options.MaxBody and one body of text, whatever
// the size of the input, and knows up to 8,192 async and 65,536 sync blocks again. Work is linear in the
// input: looking for blocks where there are none, and judging hurt bodies, are bounded
// by budgets that grow with the bytes passed. What a block, and a whole container, may
// inflate to is limited by [Options].
package xlog
