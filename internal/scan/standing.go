package scan

import (
	"errors"
	"io"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// A standing is what reading a log has come to at some place in it, which is all that reading on from there takes.
type standing struct {
	reading *reading // its ledger
	nature  nature   // a container or a text
	lines   *extract.Extractor
	parser  *logline.Parser
	blocks  *xlog.Checkpoint // of a container; nil at its start
	at      logline.Pos      // of a text
	keep    bool             // that there may be more of it another time
}

// parsing is how the lines of an input are read.
func parsing(in source.Input, n nature, opt Options) logline.Options {
	return logline.Options{Location: opt.Location, Date: dayOf(in, opt), Blocks: n == container}
}

// readOn reads from where the standing is to the end.
func (s *standing) readOn(stream io.Reader, opt Options, crew *crew) error {
	r, x := s.reading, s.lines
	add := func(l *logline.Line) {
		if !x.Add(l) && opt.unclaimed {
			r.unclaimed.Add(l)
		}
	}
	if s.nature == text {
		return s.text(stream, r.lines(add, &opt))
	}
	to := lines(x, s.parser, add, opt)
	to.skip, to.from = opt.reach.skipper(r.input, &opt), s.blocks
	if s.keep {
		to.mark = func(c *xlog.Checkpoint) {
			s.blocks = c
			r.rest = s.checkpoint(c.Offset)
		}
	}
	return r.container(stream, opt.Keys, crew, to)
}

// text reads a text file.
func (s *standing) text(stream io.Reader, add func(*logline.Line)) error {
	r := s.reading
	r.kind = "text"
	chunks := logline.Chunks(stream)
	if s.at.Offset > 0 {
		chunks = logline.ChunksFrom(stream, s.at)
	}
	for c, err := range chunks {
		if err != nil {
			return err
		}
		if s.keep && c.Open {
			s.at = c.Pos
			r.rest = s.checkpoint(c.Offset)
		}
		c.Input = r.input.Name
		for l := range s.parser.Lines(c.Text, c.Pos) {
			add(&l)
		}
		r.facts = s.parser.Facts()
	}
	return nil
}

// A checkpoint is a standing at an offset, as it is kept.
type checkpoint struct {
	offset int64
	packed []byte
}

// savedStanding is a standing as JSON. The names of inputs in it are of no account: all are that of its own.
type savedStanding struct {
	Text   bool
	Blocks *xlog.Checkpoint
	Offset int64 // where in a text
	Line   int
	Parser logline.State
	Lines  *extract.Extractor
	Loss   savedLedger
}

// checkpoint returns a checkpoint of the standing, nil where it has none: what is in the first bytes has to stay, for it says
// what the input is.
func (s *standing) checkpoint(offset int64) *checkpoint {
	parser, ok := s.parser.State()
	if !ok || offset < source.HeadSize {
		return nil
	}
	packed, err := packJSON(savedStanding{
		Text: s.nature == text, Blocks: s.blocks, Offset: s.at.Offset, Line: s.at.Line, Parser: parser, Lines: s.lines, Loss: s.reading.loss.saved(),
	})
	if err != nil { // a time no calendar has
		return nil
	}
	return &checkpoint{offset, packed}
}

var errNoStanding = errors.New("this is no checkpoint of such an input")

// standing returns what a checkpoint was made of, for an input that begins as that one did.
func (c *checkpoint) standing(in source.Input, opt Options) (*standing, error) {
	saved := savedStanding{Lines: new(extract.Extractor), Loss: savedLedger{Account: new(xlog.Account)}}
	if err := unpackJSON(c.packed, &saved); err != nil {
		return nil, err
	}
	s := &standing{
		reading: &reading{input: in, bytes: in.Size}, nature: container, lines: saved.Lines, blocks: saved.Blocks,
		at: logline.Pos{Offset: saved.Offset, Line: saved.Line}, keep: true,
	}
	at := saved.Offset
	if saved.Text {
		s.nature = text
	} else {
		if s.blocks == nil {
			return nil, errNoStanding
		}
		if err := s.blocks.Check(xlog.Options{Keys: opt.Keys}); err != nil {
			return nil, err
		}
		at = s.blocks.Offset
	}
	if at != c.offset || s.lines == nil || saved.Loss.Account == nil {
		return nil, errNoStanding
	}
	if saved.Parser.Last != (time.Time{}) {
		saved.Parser.Last = inZone(saved.Parser.Last)
	}
	s.parser = logline.Resume(parsing(in, s.nature, opt), saved.Parser)
	s.lines.Shift(inZone)
	s.lines.Rename(func(string) string { return in.Name })
	s.reading.loss = saved.Loss.ledger(in.Name)
	return s, nil
}

// savedLedger is a ledger as JSON.
type savedLedger struct {
	Account         *xlog.Account
	Damage          []savedDamage
	Keyless, Jumped savedSpan
	Hour            *int
	Hourly          int
}

type savedDamage struct {
	report.Damage

	Gap int
}

type savedSpan struct {
	report.When

	First, Last int
}

func (l *ledger) saved() savedLedger {
	s := savedLedger{
		Account: &l.Account, Keyless: savedSpan{l.keyless.When, l.keyless.first, l.keyless.last},
		Jumped: savedSpan{l.jumped.When, l.jumped.first, l.jumped.last}, Hour: l.hour, Hourly: l.hourly,
	}
	for _, d := range l.damage {
		s.Damage = append(s.Damage, savedDamage{d.Damage, d.gap})
	}
	return s
}

// ledger returns the ledger for an input of that name.
func (s *savedLedger) ledger(input string) ledger {
	l := ledger{
		Account: *s.Account, keyless: span{s.Keyless.When, s.Keyless.First, s.Keyless.Last},
		jumped: span{s.Jumped.When, s.Jumped.First, s.Jumped.Last}, hour: s.Hour, hourly: s.Hourly,
	}
	for _, d := range s.Damage {
		d.Input = input
		l.damage = append(l.damage, damage{d.Damage, d.Gap})
	}
	return l
}
