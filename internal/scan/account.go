package scan

import (
	"slices"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// ledger is the account of a container in the making: what it lacks, and when that was written.
type ledger struct {
	xlog.Account
	damage  []damage
	keyless span // from the first locked block to the last
	jumped  span // where the numbers of blocks jump
	hour    *int // in which the block before was flushed
	hourly  int  // how many of damage have their last hour
}

// damage is a damage record and the gap it makes in the log, if any.
type damage struct {
	report.Damage
	gap int // index in the log's gaps; -1 for none
}

// span is a span of time that the log does not show, with the gaps at its ends.
type span struct {
	report.When
	first, last int // indexes in the log's gaps, plus 1; 0 for none
}

// hours are those of a header, nil if it has none.
func hours(h *xlog.Header) (begin, end *int) {
	if h.Magic <= 0x02 {
		return nil, nil
	}
	b, e := int(h.BeginHour), int(h.EndHour)
	return &b, &e
}

// block takes note of the hours of a sound or locked block.
func (l *ledger) block(h *xlog.Header) {
	begin, end := hours(h)
	for ; l.hourly < len(l.damage); l.hourly++ {
		if begin != nil {
			l.damage[l.hourly].HourTo = begin
		}
	}
	l.hour = end
}

// lock takes note of a locked block and of its gap in the log.
func (l *ledger) lock(h *xlog.Header, gap int) {
	begin, end := hours(h)
	if l.Locked.Blocks == 1 {
		l.keyless.first, l.keyless.HourFrom = gap+1, begin
	}
	l.keyless.last, l.keyless.HourTo = gap+1, end
}

// jump takes note of the gap in front of a block that the numbers jump to.
func (l *ledger) jump(h *xlog.Header, gap int) {
	begin, _ := hours(h)
	l.jumped = span{report.When{HourFrom: l.hour, HourTo: begin}, gap + 1, gap + 1}
}

// hurt takes note of damage. Its first hour is that of its own header, if there is one, else that of the block before.
func (l *ledger) hurt(d *xlog.Damage, input string, gap int) {
	doc := report.Damage{
		Input: input, Offset: d.Offset, Length: d.Length, Kind: d.Kind.String(), Cause: d.Cause.String(),
		BlocksBefore: l.Decoded.Blocks + l.Locked.Blocks, SalvagedBytes: len(d.Salvaged), Whole: d.Whole, Harmless: !d.Loss(),
		HourFrom: l.hour, Reason: d.Kind.String(),
	}
	if d.Err != nil {
		doc.Reason = d.Err.Error()
	}
	if begin, end := hours(&d.Header); d.Magic != 0 && begin != nil {
		doc.HourFrom, doc.HourTo = begin, end
	}
	l.damage = append(l.damage, damage{doc, gap})
}

// settle says which damage took blocks with it.
func (l *ledger) settle() {
	for _, m := range l.Missing() {
		i, ok := slices.BinarySearchFunc(l.damage, m.Offset, func(d damage, at int64) int { return int(min(max(d.Offset-at, -1), 1)) })
		if ok {
			lost := missing(m)
			l.damage[i].MissingBlocks, l.damage[i].MissingFirst, l.damage[i].MissingLast = lost.Blocks, &lost.First, &lost.Last
			l.Lost.Blocks += m.Blocks
		}
	}
}

func missing(m xlog.Missing) *report.Missing {
	return &report.Missing{First: int(m.First), Last: int(m.Last), Blocks: m.Blocks}
}

// date gives what the container lacks the times of the lines around it. Where the numbers jump, the log has no gap in
// the end: that something was lost there is a guess, on which no absence may rest.
func (l *ledger) date(log *extract.Log) {
	for i := range l.damage {
		if g := l.damage[i].gap; g >= 0 {
			l.damage[i].TimeFrom, l.damage[i].TimeTo = report.At(log.Gaps[g].From), report.At(log.Gaps[g].To)
		}
	}
	for _, s := range []*span{&l.keyless, &l.jumped} {
		if s.first > 0 {
			s.TimeFrom, s.TimeTo = report.At(log.Gaps[s.first-1].From), report.At(log.Gaps[s.last-1].To)
		}
	}
	if g := l.jumped.first; g > 0 {
		log.Gaps = slices.Delete(log.Gaps, g-1, g)
	}
}

// documents gives the damage for the report.
func (l *ledger) documents() []report.Damage {
	var list []report.Damage
	for i := range l.damage {
		list = append(list, l.damage[i].Damage)
	}
	return list
}

// document gives the account for the report.
func (l *ledger) document() *report.Account {
	part := func(p xlog.Part) report.Part { return report.Part(p) }
	a := &report.Account{
		Decoded: part(l.Decoded), Salvaged: part(l.Salvaged), Locked: part(l.Locked), Skipped: part(l.Skipped), Lost: part(l.Lost), Harmless: part(l.Harmless),
		TextBytes: l.Text,
	}
	if l.Locked.Blocks > 0 {
		a.LockedBy, a.LockedIn = report.Known(l.LockedBy.String()), &l.keyless.When
	}
	for _, o := range l.Opened {
		a.Opened = append(a.Opened, report.Opened(o))
	}
	if m, ok := l.Unwritten(); ok {
		a.Unwritten = &report.Unwritten{Offset: m.Offset, Missing: *missing(m), When: l.jumped.When}
	}
	return a
}
