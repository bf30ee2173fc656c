package report

// Account says what became of the blocks of a container. The bytes of its parts add up to those of the input, as far as
// that was read.
type Account struct {
	Decoded   Part       `json:"decoded"`
	Salvaged  Part       `json:"salvaged"` // hurt blocks that gave some of their text, or all
	Locked    Part       `json:"locked"`
	Skipped   Part       `json:"skipped"`   // outside of the time asked for, and not decoded
	Lost      Part       `json:"lost"`      // hurt blocks that gave nothing, missing blocks, and bytes that are no block
	Harmless  Part       `json:"harmless"`  // padding, and blocks that repeat an earlier one
	TextBytes int64      `json:"textBytes"` // of decoded and salvaged blocks
	LockedBy  *string    `json:"lockedBy"`  // no-key, wrong-key, bad-client-key
	LockedIn  *When      `json:"lockedIn"`  // from the first locked block to the last
	Opened    []Opened   `json:"opened"`
	Unwritten *Unwritten `json:"unwritten"`
}

// Part is a number of blocks and the bytes they take.
type Part struct {
	Blocks int   `json:"blocks"`
	Bytes  int64 `json:"bytes"`
}

// Opened says how many encrypted blocks a key opened, hurt ones that gave some text among them.
type Opened struct {
	Key    string `json:"key"` // name of its file
	Blocks int    `json:"blocks"`
}

// When is a span of time that has no lines of its own: the times are those of the lines around it, and the hours those
// that the headers of blocks hold.
type When struct {
	TimeFrom *Time `json:"timeFrom"`
	TimeTo   *Time `json:"timeTo"`
	HourFrom *int  `json:"hourFrom"`
	HourTo   *int  `json:"hourTo"`
}

// Missing are blocks that a container lacks, by their numbers, which one counter gives to all blocks of a process.
type Missing struct {
	First  int `json:"first"`
	Last   int `json:"last"`   // below first if the counter started again
	Blocks int `json:"blocks"` // fewer than the numbers if hurt blocks gave text and no number
}

// Unwritten are blocks that a container lacks though nothing is damaged. They may have been removed, or a flush failed,
// or the app keeps a second log: it is no proof of a loss.
type Unwritten struct {
	Offset  int64   `json:"offset"` // of the block behind them
	Missing Missing `json:"missing"`
	When    When    `json:"when"`
}

// Missing gives the blocks that are gone with a damage, or nil.
func (d *Damage) Missing() *Missing {
	if d.MissingFirst == nil || d.MissingLast == nil {
		return nil
	}
	return &Missing{*d.MissingFirst, *d.MissingLast, d.MissingBlocks}
}

// Torn reports whether a damage is a block that the app was still writing: what is missing of it was perhaps never there.
func (d *Damage) Torn() bool {
	return d.Harmless && !d.Whole && d.Kind != "zeros" && d.Kind != "repeated"
}

// When is the time of a damage.
func (d *Damage) When() When { return When{d.TimeFrom, d.TimeTo, d.HourFrom, d.HourTo} }
