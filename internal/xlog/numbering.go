package xlog

// What the numbers of blocks (seq) say about loss. One counter numbers the async
// blocks of a process from 1 and leaves out 0 when it wraps; sync blocks have
// none. So a step of more than 1 between two blocks of a file is a loss only if
//
//   - both are of one process: the second number is not lower, no sync block lies
//     between, which the app writes when it starts, and the client keys are equal
//     where there are some;
//   - the app writes no second log, whose blocks take numbers of the same
//     counter: then steps are longer all over the file;
//   - damage lies between that has lost something.

// Missing is a run of blocks that a container lacks.
type Missing struct {
	First, Last uint16 // the numbers that no block has; First is the higher one if the counter wrapped
	Blocks      int    // how many are missing: fewer than the numbers if hurt blocks without a header gave text
	Offset      int64  // of the damage that took them, or of the block behind them
}

// numbering follows the numbers of a container's blocks.
type numbering struct {
	last   Header // the async block before, if known
	known  bool
	sync   bool  // a sync block came after it
	hurt   bool  // damage came after it
	at     int64 // offset of that
	found  int   // hurt blocks without a number that gave text there
	units  int   // undamaged steps of 1
	jumps  int   // other undamaged steps
	jump   Missing
	behind []Missing // damage
}

const (
	// manyMissing bounds what a hostile file makes a numbering hold.
	manyMissing = 1 << 12

	numbers = 1<<16 - 1 // 0 is none
)

// block takes the next sound or locked block, and reports whether it is the first
// one in front of which the numbers jump without damage.
func (n *numbering) block(h *Header) (jumped bool) {
	if h.Seq == 0 {
		n.sync = n.sync || n.known
		return false
	}
	if steps := n.steps(h); steps > 0 {
		gone := Missing{First: seqAfter(n.last.Seq, 1), Last: seqAfter(n.last.Seq, steps-1), Blocks: steps - 1, Offset: h.Offset}
		switch {
		case n.hurt:
			gone.Offset = n.at
			gone.Blocks -= n.found
			if gone.Blocks > 0 && len(n.behind) < manyMissing {
				n.behind = append(n.behind, gone)
			}
		case steps == 1:
			n.units++
		default:
			if n.jumps++; n.jumps == 1 {
				n.jump, jumped = gone, true
			}
		}
	}
	*n = numbering{last: *h, known: true, units: n.units, jumps: n.jumps, jump: n.jump, behind: n.behind}
	return jumped
}

// damage takes damage. What is left of the header of a hurt block is believed if
// its number is the one that was due.
func (n *numbering) damage(d *Damage) {
	due := n.known && d.Seq == seqAfter(n.last.Seq, 1)
	if due {
		n.last.Seq = d.Seq
	} else if len(d.Salvaged) > 0 {
		n.found++
	}
	if !n.hurt && !(due && d.Whole) {
		n.hurt, n.at = true, d.Offset
	}
}

// steps is how far the number of h is from the one before, or 0 if the two may not
// be of one process.
func (n *numbering) steps(h *Header) int {
	if !n.known {
		return 0
	}
	steps := (int(h.Seq) - int(n.last.Seq) + numbers) % numbers
	mine, his := n.last.session(), h.session()
	same := mine != clientKey{} && mine == his
	switch {
	case steps > numbers/2, h.Seq == 1 && steps > 1: // a new process, or an old block from a cache file
		return 0
	case !same && n.sync, mine != his && mine != clientKey{} && his != clientKey{}:
		return 0
	}
	return steps
}

// minUnits is how many blocks in a row make it unlikely that the app writes a
// second log.
const minUnits = 3

func (n *numbering) missing() []Missing {
	if n.jumps > 0 || n.units < minUnits {
		return nil
	}
	return n.behind
}

func (n *numbering) unwritten() (Missing, bool) {
	return n.jump, n.jumps == 1 && n.units >= minUnits
}

// seqAfter counts on from seq as the appender does.
func seqAfter(seq uint16, steps int) uint16 {
	return uint16((int(seq)+steps-1)%numbers + 1)
}
