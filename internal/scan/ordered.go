package scan

import (
	"context"
	"iter"
	"sync"

	"github.com/xlogscan/xlogscan/internal/source"
)

// ordered applies work to every item, jobs at a time, and yields the results in the order of the items. It starts
// nothing new once ctx is done or the caller stops, and returns when all that was started has ended.
func ordered[T, R any](ctx context.Context, items []T, jobs int, work func(T) R) iter.Seq[R] {
	type done struct {
		result   R
		panicked any // is passed on, for nobody else can catch it
	}
	return func(yield func(R) bool) {
		slots := make(chan chan done, jobs-1) // one for each item that was started, in order; one more is waited for
		stop := make(chan struct{})
		var running sync.WaitGroup
		running.Go(func() {
			defer close(slots)
			for _, item := range items {
				slot := make(chan done, 1)
				select {
				case slots <- slot:
				case <-stop:
					return
				case <-ctx.Done():
					return
				}
				running.Go(func() {
					var d done
					defer func() {
						d.panicked = recover()
						slot <- d
					}()
					d.result = work(item)
				})
			}
		})
		defer running.Wait()
		defer close(stop)
		for slot := range slots {
			d := <-slot
			if d.panicked != nil {
				panic(d.panicked)
			}
			if !yield(d.result) {
				return
			}
		}
	}
}

// meter adds up the progress of inputs that are read at once.
type meter struct {
	mu          sync.Mutex
	read, total int64
	report      func(read, total int64, name string)
}

func newMeter(inputs []source.Input, report func(read, total int64, name string)) *meter {
	m := &meter{report: report}
	for _, in := range inputs {
		if in.Size < 0 {
			m.total = -1
			break
		}
		m.total += in.Size
	}
	return m
}

func (m *meter) of(name string) func(int64) {
	if m.report == nil {
		return nil
	}
	return func(n int64) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.read += n
		m.report(m.read, m.total, name)
	}
}
