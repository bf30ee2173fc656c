package correlate

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// clocks knows how far the clocks of devices are apart, from all calls between them.
type clocks struct {
	index  map[face]int
	bounds map[[2]int]Clock // second minus first, first < second
	around [][]int          // clocks that share a call with each
}

// face is the clock of a device. One that was set is another from then on, and how often it was set each log counts for
// itself.
type face struct {
	device *Device
	input  string // of the log, if the clock was set
	set    int
}

func newClocks() *clocks { return &clocks{index: map[face]int{}, bounds: map[[2]int]Clock{}} }

// of returns the number of the clock by which a party's part of a call began.
func (k *clocks) of(p *Party) int {
	f := face{device: p.Device}
	if p.Device.set && len(p.Events) > 0 {
		f.set = p.Events[0].Clock
		for _, l := range p.logs {
			if l.Holds(p.Events[0].Input) {
				f.input = l.Input
			}
		}
	}
	i, known := k.index[f]
	if !known {
		i = len(k.around)
		k.index[f] = i
		k.around = append(k.around, nil)
	}
	return i
}

// learn takes the bounds of a call whose two parties are known.
func (k *clocks) learn(b *building) {
	caller, listener := b.parties[extract.Caller], b.parties[extract.Listener]
	if caller == nil || listener == nil || caller.Device == listener.Device {
		return
	}
	c := clockOf(caller, listener)
	if c.Pairs == 0 || c.Conflict {
		return
	}
	i, j := k.of(caller), k.of(listener)
	if i > j {
		i, j, c = j, i, c.reversed()
	}
	old, known := k.bounds[[2]int{i, j}]
	if !known {
		k.around[i] = append(k.around[i], j)
		k.around[j] = append(k.around[j], i)
	}
	if both := old.and(c); !both.Conflict {
		c = both
	}
	k.bounds[[2]int{i, j}] = c
}

// direct returns the bounds from the calls of two devices with each other.
func (k *clocks) direct(i, j int) Clock {
	if i > j {
		return k.bounds[[2]int{j, i}].reversed()
	}
	return k.bounds[[2]int{i, j}]
}

// between bounds b's clock minus a's, from their own calls or, if these do not suffice, over one third device.
func (k *clocks) between(a, b *Party) Clock {
	i, j := k.of(a), k.of(b)
	c := k.direct(i, j)
	if c.Known() {
		return c
	}
	for _, via := range k.around[i] {
		if via == j {
			continue
		}
		if over := c.and(k.direct(i, via).plus(k.direct(via, j))); !over.Conflict {
			c = over
		}
	}
	return c
}

// match reports whether a listener's one-sided call can be the other side of a caller's: whom it is for, and when.
func (k *clocks) match(caller, listener *building) bool {
	cp, lp := caller.parties[extract.Caller], listener.parties[extract.Listener]
	if cp.Device == lp.Device {
		return false
	}
	for _, l := range caller.legs {
		if lp.Device.isNot(l.listenerID()) {
			return false
		}
	}
	from, to := span(cp)
	heard, _ := span(lp)
	if from.IsZero() || heard.IsZero() {
		return false
	}
	low, high := -blind, blind
	if c := k.between(cp, lp); c.Known() {
		low, high = c.Low, c.High
	}
	const slack = 2 * time.Second
	return !heard.Before(from.Add(low-slack)) && !heard.After(to.Add(high+slack))
}

// span returns the times of the first and last event of the call itself.
func span(p *Party) (from, to time.Time) {
	for i := range p.Events {
		e := &p.Events[i]
		if e.Time.IsZero() || e.Name == extract.ContactStatus || e.Name == extract.AuthResult || e.Name == extract.FinishVoip ||
			e.Name == extract.ClockSet || e.Name == extract.DeviceBooted || e.Name == extract.ProcessStarted || !p.timely(e) ||
			from.IsZero() && (e.Name == extract.NetworkChange || e.Name == extract.CallPageOnShow) {
			continue
		}
		if from.IsZero() {
			from = e.Time
		}
		to = e.Time
	}
	return from, to
}
