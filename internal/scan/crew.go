package scan

import (
	"runtime"
	"sync"
)

// A crew is the goroutines that may work at once. Each input that is read takes a seat; seats left over go to helpers
// that decode blocks of these inputs ahead.
type crew struct {
	seats   chan struct{}
	helpers sync.WaitGroup
}

// newCrew returns a crew of that size; 0 is one for each processor.
func newCrew(jobs int) *crew {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	return &crew{seats: make(chan struct{}, jobs)}
}

func (c *crew) size() int { return cap(c.seats) }

// work runs f on a seat of its own and returns when it has ended.
func (c *crew) work(f func()) {
	c.seats <- struct{}{}
	defer func() { <-c.seats }()
	f()
}

// help runs f on another goroutine if a seat is free, else never.
func (c *crew) help(f func()) {
	select {
	case c.seats <- struct{}{}:
		c.helpers.Go(func() {
			defer func() { <-c.seats }()
			f()
		})
	default:
	}
}

// helper is what an xlog.Reader is given: nothing where a helper could never be had.
func (c *crew) helper() func(func()) {
	if c.size() == 1 {
		return nil
	}
	return c.help
}

// wait returns when no helper is at work.
func (c *crew) wait() { c.helpers.Wait() }
