package scan

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Helpers take the seats that no input has, never more, and are waited for.
func TestCrew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrew(3)
		var at, most, helped atomic.Int32
		busy := func() {
			atMost(&most, at.Add(1))
			time.Sleep(time.Second)
			at.Add(-1)
		}
		c.work(func() {
			for range 5 {
				c.help(func() { helped.Add(1); busy() })
			}
			busy()
		})
		c.wait()
		if helped.Load() != 2 || most.Load() != 3 || at.Load() != 0 {
			t.Errorf("%d helpers, %d at work at most, %d left", helped.Load(), most.Load(), at.Load())
		}
	})
}

func TestCrewOfOneHasNoHelper(t *testing.T) {
	if newCrew(1).helper() != nil {
		t.Error("a crew of one offers help")
	}
	if newCrew(0).size() < 1 {
		t.Error("a crew of no size")
	}
}
