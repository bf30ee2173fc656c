package scan

import (
	"fmt"
	"io"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// sink takes what a container gives.
type sink struct {
	text func(text []byte, ends []int, at logline.Pos) error // ends are those of writes, if they are known
	gap  func(at logline.Pos, why string) int                // returns the gap's index, or -1
	skip *skipper                                            // nil for nothing
	from *xlog.Checkpoint                                    // where in begins; nil for its start
	mark func(*xlog.Checkpoint)                              // is called in front of what may change when the log grows; nil for nobody
}

// lines gives the text of a container to the extractor, by add: all of it if lines without events count too.
func lines(x *extract.Extractor, parser *logline.Parser, add func(*logline.Line), opt Options) sink {
	return sink{
		text: func(text []byte, ends []int, at logline.Pos) error {
			records := parser.Skim(text, at, ends, x.FirstWord)
			if opt.unclaimed {
				records = parser.Lines(text, at)
			}
			for l := range records {
				add(&l)
			}
			return nil
		},
		gap: x.Gap,
	}
}

// marked passes a checkpoint on, if the reader has one.
func (s *sink) marked(r *xlog.Reader) {
	if s.mark == nil {
		return
	}
	if c := r.Checkpoint(); c != nil {
		s.mark(c)
	}
}

// container reads the blocks of a container.
func (r *reading) container(in io.Reader, keys []xlog.Key, crew *crew, to sink) error {
	loss := &r.loss
	opt := xlog.Options{Keys: keys, Go: crew.helper(), From: to.from}
	if to.skip != nil {
		opt.Skip = to.skip.skip
	}
	reader := xlog.NewReader(in, opt)
	for rec, err := range reader.Records() {
		if err != nil {
			return err
		}
		to.marked(reader)
		offset, _ := rec.Span()
		pos := logline.Pos{Input: r.input.Name, Offset: offset, Line: 1}
		jumped := loss.Add(rec)
		block := func(h *xlog.Header) {
			if jumped {
				loss.jump(h, to.gap(pos, "blocks not written"))
			}
			loss.block(h)
		}
		switch rec := rec.(type) {
		case *xlog.Block:
			block(&rec.Header)
			err = to.text(rec.Text, rec.Ends, pos)
		case *xlog.Locked:
			block(&rec.Header)
			loss.lock(&rec.Header, to.gap(pos, "locked block"))
		case *xlog.Skipped:
			block(&rec.Header)
			r.skippedAt(to.skip.at)
		case *xlog.Damage:
			err = to.text(rec.Salvaged, nil, pos)
			gap := -1
			if rec.Loss() || rec.Torn() {
				gap = to.gap(pos, rec.Kind.String())
			}
			loss.hurt(rec, r.input.Name, gap)
		}
		if err != nil {
			return err
		}
	}
	to.marked(reader)
	loss.settle()
	r.judgeContainer(len(keys))
	return nil
}

// judgeContainer says in words what kept blocks from being read.
func (r *reading) judgeContainer(keys int) {
	loss := &r.loss
	if loss.Decoded.Blocks+loss.Locked.Blocks+loss.Skipped.Blocks+loss.Sealed == 0 && loss.Text == 0 {
		r.judgeNothing()
		return
	}
	r.kind = xlogKind
	if n := loss.Locked.Blocks; n > 0 {
		of := fmt.Sprintf("%d of %d blocks are encrypted", n, loss.Decoded.Blocks+n)
		switch loss.LockedBy {
		case xlog.WrongKey:
			none := fmt.Sprintf("none of the %d keys given opens them", keys)
			if keys == 1 {
				none = "the key given does not open them"
			}
			r.fail("%s and %s; give the private key that belongs to the app's log public key with --key", of, none)
		case xlog.BadClientKey:
			r.fail("%s and the key field in their headers is damaged, so that no key can open them", of)
		default:
			r.fail("%s; give the private key that belongs to the app's log public key with --key", of)
		}
	}
	if n := loss.Sealed; loss.Locked.Blocks == 0 && n > 0 {
		hurt := "1 block that is hurt is encrypted and nothing of it"
		if n > 1 {
			hurt = fmt.Sprintf("%d blocks that are hurt are encrypted and nothing of them", n)
		}
		r.fail("%s was opened; give the private key that belongs to the app's log public key with --key", hurt)
	}
	var lost, whole, torn []*damage
	for i := range loss.damage {
		switch d := &loss.damage[i]; {
		case !d.Harmless:
			lost = append(lost, d)
		case d.Whole:
			whole = append(whole, d)
		case d.Torn():
			torn = append(torn, d)
		}
	}
	if len(lost) > 0 {
		r.fail("%d of its %d bytes are damaged, in %s, the first (%s) at offset %d of length %d: %s",
			loss.damaged(), loss.bytes(), plural(len(lost), "place"), lost[0].Kind, lost[0].Offset, lost[0].Length, blame(lost))
	}
	if len(whole) > 0 {
		r.note("%s of hurt blocks, all of whose text came back: %s", plural(len(whole), "damaged span"), blame(whole))
	}
	if len(torn) > 0 {
		r.note("the last block is unfinished: %s", blame(torn))
	}
}

// blame names the cause of most damaged bytes, with what can be done.
func blame(list []*damage) string {
	bytes := map[string]int64{}
	worst := list[0].Cause
	for _, d := range list {
		if bytes[d.Cause] += d.Length; bytes[d.Cause] > bytes[worst] {
			worst = d.Cause
		}
	}
	return inWords(worst)
}

func inWords(cause string) string {
	s := report.CauseText(cause, "en")
	if advice := report.AdviceText(cause, "en"); advice != "" {
		s += "; " + advice
	}
	return s
}

// judgeNothing says what an input is in which no block was found.
func (r *reading) judgeNothing() {
	loss := &r.loss
	damaged := loss.damaged()
	causes := map[string]bool{}
	for _, d := range loss.damage {
		causes[d.Cause] = true
	}
	loss.damage = nil
	switch {
	case damaged == 0:
		r.nothing("this is an unused cache file, all zero")
	case causes[xlog.TextConversion.String()], causes[xlog.TextModeTransfer.String()]:
		cause := xlog.TextConversion
		if !causes[cause.String()] {
			cause = xlog.TextModeTransfer
		}
		r.fail("nothing of it can be read any more: %s", inWords(cause.String()))
	default:
		r.noLog("no xlog block and no text was found in it, so it is no log this tool knows")
	}
}

// damaged is how many bytes lie in damage that is more than padding or repeats.
func (l *ledger) damaged() int64 { return l.Salvaged.Bytes + l.Lost.Bytes }

// bytes is how many bytes all records cover.
func (l *ledger) bytes() int64 {
	return l.Decoded.Bytes + l.Salvaged.Bytes + l.Locked.Bytes + l.Skipped.Bytes + l.Lost.Bytes + l.Harmless.Bytes
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
