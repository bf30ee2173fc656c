package xlog

import "fmt"

// Cause is what most likely did a damage. The container has no checksums and no
// journal, so it is a judgement by what such an event leaves behind, not a proof.
type Cause uint8

// The causes of [Damage].
const (
	UnknownCause     Cause = iota
	StillWriting           // the app had not finished the block: a log copied while it wrote, or an unfinished cache file
	AppKilled              // the app was killed while it wrote; its next start went on right behind
	CutCopy                // a copy that begins or ends inside a block
	ZeroedPage             // the storage lost a page, as on a power cut, and gives zeros for it
	CachePadding           // the zeros behind the block of a cache file; nothing was ever there
	ChangedBytes           // some bytes are not those that were written: storage or transfer
	TwoWriters             // two processes wrote one log, or one cache file, over each other
	TextModeTransfer       // a transfer that put a CR in front of each LF
	TextConversion         // bytes were replaced by U+FFFD because something took them for text; they are gone
	RepeatedBlock          // the same block once more: an old cache file came back, or a file was appended twice
	OverLimit              // the limits of [Options] cut it
	NotXlog                // no part of the input is a block
)

var causeNames = [...]string{
	UnknownCause: "unknown", StillWriting: "still-writing", AppKilled: "app-killed", CutCopy: "cut-copy",
	ZeroedPage: "zeroed-page", CachePadding: "cache-padding", ChangedBytes: "changed-bytes", TwoWriters: "two-writers",
	TextModeTransfer: "text-mode-transfer", TextConversion: "text-conversion", RepeatedBlock: "repeated-block",
	OverLimit: "over-limit", NotXlog: "not-xlog",
}

// String gives the word reports use, such as "cut-copy".
func (c Cause) String() string {
	if int(c) < len(causeNames) {
		return causeNames[c]
	}
	return fmt.Sprintf("cause(%d)", uint8(c))
}
