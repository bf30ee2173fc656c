package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xlogscan/xlogscan/internal/redact"
)

// Runs that keep pseudonyms in one file at once never give one number to two values, though each read the file before.
func TestRedactMapOfManyRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case.map")
	const runs = 8
	var given [runs]string
	var wait sync.WaitGroup
	var maps [runs]redactMap
	for i := range maps {
		maps[i].path = path
		if err := maps[i].load(); err != nil {
			t.Fatal(err)
		}
	}
	for i := range maps {
		wait.Go(func() {
			m := &maps[i]
			if err := m.update(t.Context(), func() error {
				r := redact.New(m.numbers)
				line := fmt.Sprintf("sn=SN9851936%02d", i)
				if err := r.Learn(line); err != nil {
					return err
				}
				given[i] = r.Replace(line)
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	seen := map[string]bool{}
	for i, as := range given {
		if seen[as] {
			t.Errorf("%s stands for two values", as)
		}
		seen[as] = true
		m := redactMap{path: path}
		if err := m.load(); err != nil {
			t.Fatal(err)
		}
		if again := redact.New(m.numbers).Replace(fmt.Sprintf("sn=SN9851936%02d", i)); again != as {
			t.Errorf("%s was kept as %s", as, again)
		}
	}
}

// A lock is waited for, until the wait is given up.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	release, err := lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lock(ctx, path); !errors.Is(err, context.Canceled) {
		t.Errorf("a lock that is held: got %v", err)
	}
	release()
	if release, err = lock(ctx, path); err != nil {
		t.Fatalf("a lock that is free: %v", err)
	}
	release()
}
