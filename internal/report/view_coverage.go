package report

import "slices"

// coverage is what was read of the inputs, and what was not.
type coverage struct {
	blocks, lines int // read, if not in full
	bytes         int64
	harmless      int // damaged spans of a file that was being written
	unharmed      int // other damaged spans of which no text is lost
	salvaged      int // bytes of text
	gone          int // blocks that gave nothing, or are missing by their numbers
	lost          []Damage
	locked        []locked
	opened        []Opened
	unwritten     []unwritten
	undated       int // logs with events and no time
	complete      bool
}

// locked sums up the inputs that are encrypted for one reason.
type locked struct {
	by             string
	inputs, blocks int
	bytes          int64
}

// unwritten is an input that lacks blocks without damage.
type unwritten struct {
	input string
	*Unwritten
}

func newCoverage(r *Report) coverage {
	var c coverage
	for i := range r.Inputs {
		in := &r.Inputs[i]
		c.blocks += in.Blocks
		c.lines += in.Lines
		c.bytes += in.Bytes
		c.lock(in)
		if a := in.Account; a != nil {
			c.blocks += a.Salvaged.Blocks
			c.gone += a.Lost.Blocks
			for _, o := range a.Opened {
				c.open(o)
			}
			if a.Unwritten != nil {
				c.unwritten = append(c.unwritten, unwritten{in.Name, a.Unwritten})
			}
		}
		if in.Kind != nil && in.Lines > 0 && in.Events > 0 && in.FirstTime == nil {
			c.undated++
		}
	}
	for _, d := range r.Damage {
		c.salvaged += d.SalvagedBytes
		switch {
		case d.Kind == "locked", d.Kind == "zeros" && d.Harmless: // told by the inputs; padding
		case d.Torn():
			c.harmless++
		case d.Harmless:
			c.unharmed++
		default:
			c.lost = append(c.lost, d)
		}
	}
	c.complete = r.Status == Complete && len(c.lost) == 0 && len(c.locked) == 0
	return c
}

// lock counts what of an input is locked.
func (c *coverage) lock(in *Input) {
	if in.LockedBlocks == 0 && in.LockedBytes == 0 {
		return
	}
	by := "no-key"
	if in.Account != nil && in.Account.LockedBy != nil {
		by = *in.Account.LockedBy
	}
	i := slices.IndexFunc(c.locked, func(l locked) bool { return l.by == by })
	if i < 0 {
		i = len(c.locked)
		c.locked = append(c.locked, locked{by: by})
	}
	c.locked[i].inputs++
	c.locked[i].blocks += in.LockedBlocks
	c.locked[i].bytes += in.LockedBytes
}

// open counts the blocks that a key opened.
func (c *coverage) open(o Opened) {
	i := slices.IndexFunc(c.opened, func(have Opened) bool { return have.Key == o.Key })
	if i < 0 {
		i = len(c.opened)
		c.opened = append(c.opened, Opened{Key: o.Key})
	}
	c.opened[i].Blocks += o.Blocks
}
