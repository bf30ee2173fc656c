package scan

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Results come in the order of the items, however long each takes, and never more are at work than asked for.
func TestOrdered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at, most atomic.Int32
		items := []int{9, 4, 5, 6, 3, 8, 2}
		work := func(n int) int {
			atMost(&most, at.Add(1))
			time.Sleep(time.Duration(n) * time.Second)
			at.Add(-1)
			return n
		}
		if got := slices.Collect(ordered(context.Background(), items, 3, work)); !slices.Equal(got, items) {
			t.Errorf("got %v", got)
		}
		if most.Load() != 3 {
			t.Errorf("%d at once", most.Load())
		}
	})
}

// A caller that stops, and a context that ends, leave nothing running.
func TestOrderedStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started := 0
		for range ordered(context.Background(), make([]int, 100), 1, func(int) int { started++; return 0 }) {
			break
		}
		if started > 3 {
			t.Errorf("%d of 100 were started after the first was taken", started)
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if n := len(slices.Collect(ordered(ctx, make([]int, 100), 2, func(int) int { return 0 }))); n == 100 {
			t.Error("everything was done although the context had ended")
		}
	})
}

// atMost raises most to n if it is less.
func atMost(most *atomic.Int32, n int32) {
	for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
	}
}
