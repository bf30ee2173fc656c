package xlog

// An Account adds up what the records of a container say of its blocks. The zero
// value is ready. The bytes of all its parts make up what the records cover.
type Account struct {
	Decoded  Part // blocks that decoded whole
	Salvaged Part // hurt blocks that gave some of their text, or all
	Locked   Part // blocks that no key opened
	Lost     Part // hurt blocks that gave nothing, and bytes that are no block
	Skipped  Part // blocks that were not wanted
	Harmless Part // padding, and blocks that repeat an earlier one

	Sealed   int      // lost blocks that are encrypted and that no key given fits
	Text     int64    // bytes of text that decoded and salvaged blocks gave
	Opened   []Opened // in the order in which the keys came up
	LockedBy Reason   // why blocks are locked, that of the last constant if they differ; 0 if none is

	numbers numbering
}

// Part is a number of blocks and the bytes they take in the container.
type Part struct {
	Blocks int
	Bytes  int64
}

// Opened says how many blocks a key opened, hurt ones that gave some text among them.
type Opened struct {
	Key    string // its name
	Blocks int
}

// Add counts the next record of the container. It reports whether the numbers of
// the blocks jump in front of it though nothing is damaged there, the first time
// that happens: see [Account.Unwritten].
func (a *Account) Add(rec Record) (jumped bool) {
	_, length := rec.Span()
	switch rec := rec.(type) {
	case *Block:
		a.Decoded.add(1, length)
		a.Text += int64(len(rec.Text))
		if rec.Key != "" {
			a.opened(rec.Key)
		}
		return a.numbers.block(&rec.Header)
	case *Locked:
		a.Locked.add(1, length)
		a.LockedBy = max(a.LockedBy, rec.Reason)
		return a.numbers.block(&rec.Header)
	case *Skipped:
		a.Skipped.add(1, length)
		return a.numbers.block(&rec.Header)
	case *Damage:
		a.Text += int64(len(rec.Salvaged))
		switch {
		case rec.Padding():
			a.Harmless.add(0, length)
			return false
		case rec.Kind == Repeated:
			a.Harmless.add(1, length)
			return false
		case len(rec.Salvaged) > 0:
			a.Salvaged.add(1, length)
			if rec.Key != "" {
				a.opened(rec.Key)
			}
		case rec.Magic != 0:
			a.Lost.add(1, length)
			if rec.crypt() && rec.Key == "" {
				a.Sealed++
			}
		default:
			a.Lost.add(0, length)
		}
		a.numbers.damage(rec)
	}
	return false
}

// Missing lists where blocks are gone with a damage, by the numbers of the blocks
// around it, in the order of the container.
func (a *Account) Missing() []Missing { return a.numbers.missing() }

// Unwritten gives the blocks that a container lacks where nothing is damaged, if
// that is likely: the only place where the numbers jump. They may have been
// removed, a flush may have failed, or the app may write a second log, which
// shares the numbers. So it is no proof of a loss.
func (a *Account) Unwritten() (Missing, bool) { return a.numbers.unwritten() }

func (p *Part) add(blocks int, bytes int64) {
	p.Blocks += blocks
	p.Bytes += bytes
}

func (a *Account) opened(key string) {
	for i := range a.Opened {
		if a.Opened[i].Key == key {
			a.Opened[i].Blocks++
			return
		}
	}
	a.Opened = append(a.Opened, Opened{key, 1})
}
