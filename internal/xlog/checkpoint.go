package xlog

import (
	"cmp"
	"errors"
	"slices"
)

// A Checkpoint is where a [Reader] may go on when its container has grown, and all that it
// has to know for that: [Options.From]. It is plain data, to be kept as JSON, and of use to the
// same version of this package only.
//
// What the window answers depends on the bytes asked for alone. So records for which it
// always had as many bytes as it was asked for are those of any longer container that
// begins with these bytes, and the first one for which it had fewer may become another.
// The checkpoint is in front of that one: a block at the end, or damage up to a few times
// MaxBody before it.
type Checkpoint struct {
	Offset int64 // of the first record that may become another

	Given, Spent, Judged int64
	Last                 struct {
		Offset, End int64
		Known       bool
		Cause       Cause
	}
	Seen struct {
		Writes, Proper int64
		Invalid        bool
		Header         int
	}
	Zlib, Wary, Paired bool
	Chains             []Chain
	Two                bool

	Sessions    []Session
	LastSession *Session // whose block was opened last, nil for none

	// Blocks to be known again.
	Numbered, Lines Generations
	LastPlace       Place // of the last of them
	Rerun           struct {
		Sure             bool
		Next             uint64
		Zone             []byte // of the first line
		Since            int64
		Blocks, Numbered int
	}
}

// Generations are blocks that a [Checkpoint] knows, by offset.
type Generations struct{ Now, Before []Place }

// Chain is a run of blocks of one session that a [Checkpoint] knows.
type Chain struct {
	Key  []byte
	Next uint16
}

// Session is a client key that a [Checkpoint] knows.
type Session struct {
	Client []byte
	Chosen int // index of the key that opens its blocks, -1 for none
}

// Place is where a block was that a [Checkpoint] knows, and the block that came behind it.
type Place struct {
	Print  uint64 // what makes the block itself
	Offset int64
	Next   uint64 // 0 if there is none yet
}

// maxSavedLines bounds what a checkpoint has of sync blocks, some 100 bytes for each before it is packed.
const maxSavedLines = 8 << 10

// before is what was true in front of the last record, of which it is not clear before it is
// there whether the end of the input had a say in it.
type before struct {
	offset int64
	carried
	session *session
}

// remember prepares the next record. Changes of what the reader knows of keys and repeats
// are not copied but taken back where need be: each is known by its offset.
func (r *Reader) remember() {
	if r.fresh != 0 {
		r.repeats.add(r.fresh, r.freshAt)
		r.fresh = 0
	}
	if !r.win.short {
		r.before = before{r.win.off, r.carried, r.dec.keys.last}
	}
	r.dec.keys.at = r.win.off
}

// Checkpoint gives the place in front of the last record if that is the first one that the
// end of the input had a say in, or the end if there is no record left. It has to be asked for
// when that record is given, before the next step, and is nil at any other time. A
// container whose keys are too many to be remembered has none, nor does one with more sync
// blocks than are worth keeping, nor one without a record that is certain.
func (r *Reader) Checkpoint() *Checkpoint {
	b := &r.before
	if !r.win.short || r.dec.keys.at != b.offset || r.dec.keys.cleared >= b.offset || len(r.repeats.lines.now)+len(r.repeats.lines.before) > maxSavedLines {
		return nil
	}
	c := &Checkpoint{
		Offset: b.offset, Given: b.given, Spent: b.spent, Judged: b.judged, Zlib: b.zlib, Wary: b.wary, Paired: b.paired, Two: b.writers.two,
		Numbered: r.repeats.numbered.saved(), Lines: r.repeats.lines.saved(), LastPlace: Place{Print: uint64(r.repeats.last), Offset: r.repeats.lastAt},
	}
	run := &b.rerun
	c.Rerun.Sure, c.Rerun.Next, c.Rerun.Zone, c.Rerun.Since = run.sure, uint64(run.next), run.since.zone[:], run.since.ms
	c.Rerun.Blocks, c.Rerun.Numbered = run.blocks, run.numbered
	c.Last.Offset, c.Last.End, c.Last.Known, c.Last.Cause = b.last.offset, b.last.end, b.last.known, b.last.cause
	c.Seen.Writes, c.Seen.Proper, c.Seen.Invalid, c.Seen.Header = b.seen.writes, b.seen.proper, b.seen.invalid, b.seen.header
	for _, chain := range b.writers.chains {
		c.Chains = append(c.Chains, Chain{chain.key[:], chain.next})
	}
	for _, s := range r.dec.keys.sessions {
		switch {
		case s.since >= b.offset:
		case s.chosen >= 0 && s.known >= b.offset:
			c.Sessions = append(c.Sessions, Session{s.client[:], -1})
		default:
			c.Sessions = append(c.Sessions, Session{s.client[:], s.chosen})
		}
	}
	slices.SortFunc(c.Sessions, func(a, b Session) int { return slices.Compare(a.Client, b.Client) })
	if s := b.session; s != nil {
		c.LastSession = &Session{s.client[:], s.chosen}
	}
	return c
}

func (g *generations) saved() Generations { return Generations{places(g.now), places(g.before)} }

func places(m map[fingerprint]place) []Place {
	var list []Place
	for p, at := range m {
		list = append(list, Place{uint64(p), at.offset, uint64(at.next)})
	}
	slices.SortFunc(list, func(a, b Place) int { return cmp.Compare(a.Offset, b.Offset) })
	return list
}

var errCheckpoint = errors.New("this is no checkpoint of such a container")

// Check reports what is wrong with a checkpoint that was read from somewhere, for a reader
// with these options.
func (c *Checkpoint) Check(opt Options) error {
	keys := len(newKeyring(opt.Keys).keys)
	good := func(s Session) bool { return len(s.Client) == len(clientKey{}) && s.Chosen >= -1 && s.Chosen < keys }
	switch {
	case c.Offset <= 0, len(c.Chains) != len(writers{}.chains), len(c.Sessions) > maxSessions, c.Numbered.exceed(maxNumbered), c.Lines.exceed(maxLines),
		len(c.Rerun.Zone) != len(zone{}),
		slices.ContainsFunc(c.Chains, func(c Chain) bool { return len(c.Key) != len(clientKey{}) }),
		slices.ContainsFunc(c.Sessions, func(s Session) bool { return !good(s) }),
		c.LastSession != nil && (!good(*c.LastSession) || c.LastSession.Chosen < 0):
		return errCheckpoint
	}
	for _, s := range append(slices.Clone(c.Sessions), all(c.LastSession)...) {
		if client := clientKey(s.Client); s.Chosen >= 0 && parsePoint(&client) == nil {
			return errCheckpoint
		}
	}
	return nil
}

func (g *Generations) exceed(limit int) bool { return len(g.Now) > limit || len(g.Before) > limit }

func all(s *Session) []Session {
	if s == nil {
		return nil
	}
	return []Session{*s}
}

// goOn puts the reader where a checkpoint was taken, which has been checked.
func (r *Reader) goOn(c *Checkpoint) {
	r.win.off = c.Offset
	r.given, r.spent, r.judged, r.zlib, r.wary = c.Given, c.Spent, c.Judged, c.Zlib, c.Wary
	r.last.offset, r.last.end, r.last.known, r.last.cause = c.Last.Offset, c.Last.End, c.Last.Known, c.Last.Cause
	r.seen.writes, r.seen.proper, r.seen.invalid, r.seen.header = c.Seen.Writes, c.Seen.Proper, c.Seen.Invalid, c.Seen.Header
	r.writers.two = c.Two
	for i, chain := range c.Chains {
		r.writers.chains[i].key, r.writers.chains[i].next = clientKey(chain.Key), chain.Next
	}
	keys := &r.dec.keys
	for _, s := range c.Sessions {
		keys.sessions[clientKey(s.Client)] = sessionOf(s)
	}
	if c.LastSession != nil {
		keys.last = sessionOf(*c.LastSession)
	}
	r.repeats = repeats{c.Numbered.generations(), c.Lines.generations(), fingerprint(c.LastPlace.Print), c.LastPlace.Offset}
	r.paired = c.Paired
	r.rerun = rerun{c.Rerun.Sure, fingerprint(c.Rerun.Next), moment{c.Rerun.Since, zone(c.Rerun.Zone)}, c.Rerun.Blocks, c.Rerun.Numbered}
}

func sessionOf(s Session) *session {
	client := clientKey(s.Client)
	return &session{point: parsePoint(&client), chosen: s.Chosen, client: client, since: -1, known: -1}
}

func (g *Generations) generations() generations {
	return generations{generation(g.Now), generation(g.Before)}
}

func generation(list []Place) map[fingerprint]place {
	if list == nil {
		return nil
	}
	m := make(map[fingerprint]place, len(list))
	for _, p := range list {
		m[fingerprint(p.Print)] = place{p.Offset, fingerprint(p.Next)}
	}
	return m
}
