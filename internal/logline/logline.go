// Package logline splits decoded log text into records with their place, time, level and tag.
//
// It does not judge what a record says, open files, decode containers or apply clock offsets. Each line format has its
// file: mars.go, appender.go, logcat.go, logcat_short.go, studio.go, linuxsdk.go, jsonline.go and, for
// everything else, prefix.go; forms.go lists them. The bytes of a text are given as they are, but for records in GBK,
// which are given in UTF-8, and messages that were written escaped.
package logline

import (
	"strconv"
	"time"
)

// Pos is the place of a record.
type Pos struct {
	// Input names the file or stream as the caller does.
	Input string
	// Offset is, in bytes from the start of the input, that of the record in a text file and that
	// of the block in a container.
	Offset int64
	// Line counts from 1, in the file or within the text of the block.
	Line int
}

// String gives the place as "in.xlog@4711:12": input, offset, line.
func (p Pos) String() string {
	return p.Input + "@" + strconv.FormatInt(p.Offset, 10) + ":" + strconv.Itoa(p.Line)
}

// Format is the way a record was written.
type Format uint8

// The line formats. Plain is text of no known format, with or without a time stamp in front.
const (
	Plain Format = iota
	Mars
	Logcat
	LinuxSDK
)

// String returns the name that reports use: "text", "xlog", "logcat" or "linux-sdk".
func (f Format) String() string {
	switch f {
	case Mars:
		return "xlog"
	case Logcat:
		return "logcat"
	case LinuxSDK:
		return "linux-sdk"
	default:
		return "text"
	}
}

// Stamp tells which parts of Line.Time the log itself gives. Zero means there is no time at all.
type Stamp uint8

// What a time stamp can hold. What it lacks was filled in from Options: the date of a stamp
// without HasDate, the year of one without HasYear, the zone of one without HasZone. Date and year of a line
// before it of the same moment count as the stamp's own.
const (
	HasTime Stamp = 1 << iota
	HasDate
	HasYear
	HasZone
	// Inherited marks a record without a stamp of its own: Time and the other bits are those of
	// the last record before it that had one.
	Inherited
)

// Has reports whether all of want is set.
func (s Stamp) Has(want Stamp) bool { return s&want == want }

// Line is one record: a line, or in the Mars format a line and the unprefixed lines that continue
// its body. The byte slices are borrowed from the text given to the Parser and valid until the
// next iteration; keeping one means copying it.
type Line struct {
	Pos

	// Time carries the zone of the log where it names one, else Options.Location.
	Time  time.Time
	Stamp Stamp
	// Format is the format of this record; one input may hold several.
	Format Format
	// Level is one of V, D, I, W, E, F, or 0 where the record has none.
	Level byte
	// Aside marks a line of a bug report that is no record of a log, or one that the logs before in it have. It has no time.
	Aside bool
	// PID and TID are 0 where the record has none. In the Mars format they may be negative, and
	// the thread may be numbered by Java or be a pthread pointer.
	PID, TID int64
	// Tag is without padding. Lines of the Mars appender itself and of the official decoders have
	// the tags AppenderTag and DecoderTag.
	Tag []byte
	// Source is the code position as it was written, brackets inside included: "dns.cc:826, Get"
	// or "dns.cc, Get, 826" in Mars logs, "a/wmpf.cc:669][wx_voip_session_new" in Linux SDK logs.
	Source []byte
	// Text is the message with its continuation lines and without the last line end. It is a part of Raw, unless the
	// message was escaped in JSON or had escapes of a terminal or NULs in it, which it is without.
	Text []byte
	// Left is how many records Skim left out in front of this one.
	Left int
	// Raw is the whole record with its line end, in UTF-8 if it is in GBK in the text. The Raw of all lines, one after
	// another, are the text that was split.
	Raw []byte
}
