// Package xlogtest builds Mars xlog containers, sound and damaged, from a text
// form, so that tests and samples read as text and no real log is needed.
//
// It does not judge what it is asked to build and is no writer for real logs:
// its client keys are constants.
//
// The text form has one directive a line. Empty lines and lines that start with
// # are skipped.
//
//	block seq=3 hours=8-9
//		text of one log write, its newline included
//		text of the next write
//		"a Go string stands for itself:\nno newline is added"
//	garbage hex=00ff10
//	garbage n=1000 seed=7
//	zeros n=512
//	cut 17
//	crlf
//	set off=40 hex=ff00
//	set off=-73 n=73
//
// block writes one block; each line under it, indented by a tab, is one log
// write, flushed as the appender flushes it. Its attributes, all optional:
//
//	magic=09        decides codec, mode and encryption; or say these instead:
//	codec=deflate   stored, deflate (the default) or zstd
//	crypt=yes       encrypt with the public half of [KeyHex]; crypt=other with that of [OtherKeyHex];
//	                or with the public key given, of 128 hex digits
//	mode=async      or sync
//	dialect=open    or internal (masked): of magic 03 to 05
//	session=1       which client key: a session has one
//	fill=00         byte that fills the key field of a block without a key
//	seq=N           1, 2, 3... for async blocks, 0 for sync blocks
//	hours=8-8       begin hour and end hour
//	end=flush       how the packed stream ends: flush, or final as other writers do
//	length=N        what the header declares, true or not
//
// garbage appends bytes, given or random; zeros appends zero bytes; cut drops the
// last bytes of what is built so far; crlf puts a CR in front of each LF of it, as
// a transfer in text mode does; set overwrites bytes at an offset of it, with
// zeros if only their number is given. A negative offset counts from the end.
package xlogtest
