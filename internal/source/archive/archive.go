// Package archive reads the files in one archive, and unpacks one compressed stream, without ever holding the whole.
//
// It does not look into what it finds: archives in archives, limits on what comes out, and names of inputs are of
// package source. What an attacker may choose, such as sizes of dictionaries, is checked before memory is taken.
package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"
)

// Format is a way to pack files.
type Format uint8

// The formats. The first four hold one file without a name.
const (
	None Format = iota
	Gzip
	Bzip2
	Xz
	Zstd
	Zip
	Tar
	SevenZip
	Rar
)

// One reports whether the format packs a single file.
func (f Format) One() bool { return f >= Gzip && f <= Zstd }

func (f Format) String() string {
	return [...]string{"no archive", "gzip file", "bzip2 file", "xz file", "zstd file", "zip archive", "tar archive", "7z archive", "RAR archive"}[f]
}

// SniffSize is how many first bytes Sniff needs to be sure.
const SniffSize = tarBlock

// Sniff tells a format by first bytes.
func Sniff(head []byte) Format {
	starts := func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) }
	switch {
	case starts("\x1f\x8b"):
		return Gzip
	case starts("BZh") && len(head) >= 10 && head[3] >= '1' && head[3] <= '9' && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17rE8P\x90"):
		return Bzip2
	case starts("\xfd7zXZ\x00"):
		return Xz
	case starts("\x28\xb5\x2f\xfd"), len(head) >= 4 && head[0]&0xf0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18":
		return Zstd
	case starts(zipLocal), starts(zipEnd), starts(zipSplit + zipLocal):
		return Zip
	case starts("7z\xbc\xaf\x27\x1c"):
		return SevenZip
	case starts("Rar!\x1a\x07"):
		return Rar
	case isTar(head):
		return Tar
	}
	return None
}

// Source is the bytes of an archive or a compressed file.
type Source struct {
	// Seq gives them one after another from the first.
	Seq *bufio.Reader
	// At gives them in any order; nil if the source is a stream.
	At   io.ReaderAt
	Size int64 // for At
	// Memory is what may still be held.
	Memory *Memory
	// Entries is how many entries a list of them may have.
	Entries int
}

// An Entry is one file in an archive. Folders, links and devices are none.
type Entry struct {
	// Name is clean: it has no "!", no control characters, no "..", and slashes between its parts.
	Name    string
	ModTime time.Time // zero if not known
	// Refused is why the file cannot be read, nil if it can.
	Refused error
	// Reader gives its bytes until the visit is over.
	io.Reader
	// Bare says that they are bytes of the archive as they stand, neither unpacked nor made up.
	Bare bool
	// Skip says that this is no file but stands among them, and has to be drained all the same.
	Skip bool
	// Drain says that the next entry is reached only by reading this one to its end.
	Drain bool
}

// Reasons to refuse an entry.
var (
	ErrEncrypted   = errors.New("encrypted; unpack the archive with its password and name the folder")
	ErrMethod      = errors.New("packed by a method that is not supported; unpack the archive with the program that made it and name the folder")
	ErrProgram     = errors.New("packed by a filter that packers apply to programs; if they are logs, unpack the archive and name the folder")
	ErrUnsized     = errors.New("stored without a length in front, so that only the list at the end of the archive says where it ends; save the archive to a file of its own and name that")
	ErrLink        = errors.New("a second name of a file that is not in front of it in the archive; pack the whole folder again")
	ErrOverlap     = errors.New("said to lie where another file lies, which no honest program writes; take the archive for an attack")
	errWrongLength = errors.New("it is not as long as it says")
	errChecksum    = errors.New("its checksum is wrong")
)

// Walk visits the files of an archive in the order in which they are stored. It returns what visit returns, or a
// *Failure where the archive cannot be read any further.
func Walk(f Format, src *Source, visit func(*Entry) error) error {
	switch f {
	case Zip:
		return walkZip(src, visit)
	case Tar:
		return walkTar(src, visit)
	case SevenZip:
		return walkSevenZip(src, visit)
	case Rar:
		return walkRar(src, visit)
	}
	return fmt.Errorf("a %s is no archive", f)
}

// A Failure says in words why bytes could not be read or unpacked, and what to do.
type Failure struct {
	Text string
	Err  error // may be nil
}

func (f *Failure) Error() string { return f.Text }

// Unwrap returns the error behind it.
func (f *Failure) Unwrap() error { return f.Err }

// damaged puts an error of a format into words, unless it is of what lies below, which has its own.
func damaged(f Format, err error) error {
	switch failure, ok := errors.AsType[*Failure](err); {
	case err == nil, errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case ok:
		return failure
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Failure{fmt.Sprintf("the %s is cut short; copy it again, or go on with what it still holds", f), err}
	}
	return &Failure{fmt.Sprintf("the %s is damaged (%v); copy it again, or go on with what it still holds", f, err), err}
}

// guard makes an error of a panic, for decoders that have met few hostile archives.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the decoder gave up: %v", p)
		}
	}()
	return f()
}

// cut is damaged for a place where there has to be more.
func cut(f Format, err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return damaged(f, err)
}
