package main

import (
	"io/fs"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// maxWatched bounds the folders that are watched; systems allow a user some thousands.
const maxWatched = 1024

// watch returns what receives when files in the folders of paths, or in those below, have changed. It is a help only:
// some file systems tell nothing, and whoever uses it looks from time to time all the same. stop ends it.
func watch(paths []string) (changed <-chan struct{}, stop func()) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, func() {}
	}
	n := 0
	for _, p := range paths {
		_ = w.Add(filepath.Dir(p))
		_ = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return nil //nolint:nilerr // what cannot be watched is looked at
			}
			if n++; n > maxWatched {
				return fs.SkipAll
			}
			_ = w.Add(path)
			return nil
		})
	}
	c := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case _, ok := <-w.Events:
				if !ok {
					return
				}
				select {
				case c <- struct{}{}:
				default: // one change is as good as many
				}
			case <-w.Errors: //nolint:errcheck // looking from time to time makes up for it
			}
		}
	}()
	return c, func() { _ = w.Close() }
}
