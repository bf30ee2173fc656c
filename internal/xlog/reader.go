package xlog

import (
	"io"
	"iter"

	"github.com/xlogscan/xlogscan/internal/xlog/inflate"
)

// Options are what a [Reader] may be told. The zero value is good.
type Options struct {
	Keys    []Key // for encrypted blocks; which fits is found by trying
	MaxBody int   // bytes of body a header may declare; 0 means 1 MiB, the appender stays below 150 KiB
	MaxText int   // bytes of text a block may decode to; 0 means 64 MiB, eight times what a real block has reached

	// MaxRatio is how many bytes of text the container may give for each of its own,
	// beyond the first 256 MiB of text; 0 means 256, where real files reach 80.
	MaxRatio int

	// Skip says which blocks are not wanted: each of these becomes a *[Skipped] and is
	// not decoded. start gives the first bytes of the block's text, a few hundred where
	// it is long enough, nil where no key opens it; they are valid until Skip returns. It
	// costs a small part of what decoding does. Skip is called on the reader's
	// goroutine, more than once for a block if Go is there, and has to answer the same
	// each time. It is not asked about hurt blocks, nor those of magic 0x01 to 0x05,
	// whose headers say too little.
	Skip func(h *Header, start func() []byte) bool

	// Go may run work on another goroutine, soon, late or never: blocks are then
	// decoded ahead of their turn. The records are the same with and without it,
	// but up to 1 MiB of the input is read before the first of them. nil decodes
	// each block when its turn comes.
	Go func(work func())

	// From has the reader go on where another one of the same container, with the same
	// options, was: the input then begins at From.Offset. The records are those that
	// the other one gave behind it, or would give if the container grew.
	From *Checkpoint
}

const (
	defaultMaxBody  = 1 << 20
	defaultMaxText  = 64 << 20
	defaultMaxRatio = 256
	freeText        = 256 << 20
)

// A Reader splits a container into records. It reads its input once, forward,
// and holds a window of a few times MaxBody.
type Reader struct {
	win     window
	dec     decoder
	ahead   *ahead // nil without help
	maxBody int
	ratio   int
	skip    func(h *Header, start func() []byte) bool
	used    int   // bytes of the window that the last record covers
	block   Block // yielded again and again
	carried
	before  before
	fresh   fingerprint // of the last record, if it is a block to be known again
	freshAt int64
	repeats repeats
	walk    inflate.Walker
	match   *rematch
	plain   []byte // a block from which a text-mode transfer was taken off
}

// carried is what the reader takes along from record to record, beside what it knows of keys
// and of repeats. It has no pointers: a copy is what it was.
type carried struct {
	given  int64 // bytes of text
	spent  int64 // work that brought no block
	judged int64 // work on text that was there already

	// The last block that was sound, locked or torn, for the padding behind it.
	last struct {
		offset, end int64
		known       bool
		cause       Cause // of its damage
	}

	// What the input has shown, for the judgement of hurt bodies.
	seen struct {
		writes, proper int64 // of sound blocks: writes, and those with a head
		invalid        bool  // a sound block is no UTF-8
		header         int   // bytes of header of the last sound block
	}
	zlib    bool // its deflate streams are made as zlib makes them
	wary    bool // it has changed bytes
	paired  bool // it went through a transfer in text mode
	writers writers
	rerun   rerun // to which the last record belongs
}

// NewReader gives a reader of the container r.
func NewReader(r io.Reader, opt Options) *Reader {
	if opt.MaxBody <= 0 {
		opt.MaxBody = defaultMaxBody
	}
	if opt.MaxText <= 0 {
		opt.MaxText = defaultMaxText
	}
	if opt.MaxRatio <= 0 {
		opt.MaxRatio = defaultMaxRatio
	}
	reader := &Reader{
		ratio:   opt.MaxRatio,
		win:     window{src: r},
		dec:     decoder{maxText: opt.MaxText, keys: newKeyring(opt.Keys)},
		ahead:   newAhead(opt.Go, opt.MaxText),
		maxBody: opt.MaxBody,
		skip:    opt.Skip,
	}
	if opt.From != nil {
		reader.goOn(opt.From)
	}
	return reader
}

// Records yields the records of the container in order. What a record lends out
// is valid until the next iteration. An error can only be a read error of the
// input; it comes last, after the records of all that was read.
//
// A second range goes on where the first was left.
func (r *Reader) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			rec := r.next()
			if rec == nil {
				if r.win.err != nil {
					yield(nil, r.win.err)
				}
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// next gives nil at the end of the input.
func (r *Reader) next() Record {
	r.win.pass(r.used)
	r.used = 0
	r.remember()
	if !r.win.has(1) {
		return nil
	}
	if d := r.zeros(); d != nil {
		r.rerun = rerun{}
		return d
	}
	r.lookAhead()
	rec := r.take()
	if rec == nil {
		if d := r.textMode(); d != nil {
			rec = d
		} else {
			rec = r.damage()
		}
	}
	sound := true
	r.last.cause = UnknownCause
	if d, ok := rec.(*Damage); !ok || d.Kind != Repeated {
		r.rerun = rerun{}
	}
	if b, ok := rec.(*Block); ok {
		r.given += int64(len(b.Text))
	}
	if d, ok := rec.(*Damage); ok {
		r.given += int64(len(d.Salvaged))
		sound = d.torn
		r.last.cause = d.Cause
		r.wary = r.wary || d.Cause == ChangedBytes
	}
	offset, length := rec.Span()
	r.last.offset, r.last.end, r.last.known = offset, offset+length, sound
	return rec
}

// maxSpan is the most that one block can take on disk.
func (r *Reader) maxSpan() int { return fullHeader + r.maxBody + 1 }

// workFree and workPerByte bound the work that brings no block: a file made of
// headers inside each other's bodies must not cost the square of its size.
const (
	workFree    = 256 << 20
	workPerByte = 16
)

func (r *Reader) tired() bool { return r.spent > workFree+workPerByte*r.win.off }

// full reports whether the container has given all the text that it may.
func (r *Reader) full() bool { return r.given > freeText+int64(r.ratio)*r.win.off }
