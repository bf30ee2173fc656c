package main

import (
	"context"
	"os"
	"time"
)

// lock waits until no other process holds the lock that a file stands for, which is made if need be and stays. The
// system releases it when the program ends, however that comes.
func lock(ctx context.Context, path string) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, onlyMine)
	if err != nil {
		return nil, err
	}
	for {
		got, err := tryLock(f)
		if got {
			return func() { _ = f.Close() }, nil // which releases it
		}
		if err == nil {
			select {
			case <-ctx.Done():
				err = ctx.Err()
			case <-time.After(20 * time.Millisecond):
				continue
			}
		}
		_ = f.Close()
		return nil, err
	}
}
