package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// keyFileEnv lists key files and folders as PATH lists folders. They come before those of --key.
const keyFileEnv = "XLOGSCAN_KEY_FILE"

var (
	looksLikeKey = regexp.MustCompile(`^(0[xX])?[0-9a-fA-F]{64}$`)
	holdsKey     = regexp.MustCompile(`^[^/\\]*[0-9a-fA-F]{32}|-----BEGIN|[\r\n]`)
)

func keyFlag(f *pflag.FlagSet, p *[]string) {
	f.StringArrayVar(p, "key", nil, "private key `FILE` of encrypted logs, or a folder of them (repeatable); "+keyFileEnv+" lists more")
}

// readKeys reads the private keys that the environment and --key name, each once.
func (a *app) readKeys(flag []string) ([]xlog.Key, error) {
	listed := slices.DeleteFunc(filepath.SplitList(a.getenv(keyFileEnv)), func(path string) bool { return path == "" })
	var keys []xlog.Key
	for _, path := range append(listed, flag...) {
		found, err := a.keysAt(path)
		if err != nil {
			return nil, err
		}
		for _, k := range found {
			if !slices.ContainsFunc(keys, k.Equal) {
				keys = append(keys, renamed(k, keys))
			}
		}
	}
	return keys, nil
}

// renamed gives a key a name that none of keys has, for reports say by name which key opened what.
func renamed(k xlog.Key, keys []xlog.Key) xlog.Key {
	name := k.Name
	for n := 2; slices.ContainsFunc(keys, func(other xlog.Key) bool { return other.Name == k.Name }); n++ {
		k.Name = fmt.Sprintf("%s (%d)", name, n)
	}
	return k
}

// keysAt reads a key file, or all files of a folder save hidden ones and those that hold no key.
func (a *app) keysAt(path string) ([]xlog.Key, error) {
	info, err := os.Stat(path)
	switch {
	case looksLikeKey.MatchString(path), err != nil && holdsKey.MatchString(path):
		return nil, usage("write the key to a file and name that; arguments are visible to everybody on this machine",
			"--key and "+keyFileEnv+" take the name of a file, not a key")
	case err != nil:
		return nil, usage("", "key file %s: %w", path, cause(err))
	case !info.IsDir():
		key, err := keyFrom(path)
		if err != nil {
			return nil, usage("", "key file %s: %w", path, err)
		}
		return []xlog.Key{key}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, usage("", "key folder %s: %w", path, cause(err))
	}
	var keys []xlog.Key
	for _, e := range entries {
		name := filepath.Join(path, e.Name())
		if info, err := os.Stat(name); e.Name()[0] == '.' || err == nil && !info.Mode().IsRegular() { // a pipe would block
			continue
		}
		key, err := keyFrom(name)
		if err != nil {
			a.warnf("%s is not used as a key: %v", name, err)
			continue
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, usage("", "key folder %s: no file in it is a private key; hidden files and folders in it are not looked at", path)
	}
	return keys, nil
}

// keyFrom reads one key. It is named for its file without the folder, because the name goes into reports.
func keyFrom(path string) (xlog.Key, error) {
	f, err := os.Open(path)
	if err != nil {
		return xlog.Key{}, cause(err)
	}
	defer f.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(f, xlog.MaxKeyFile+1))
	if err != nil {
		return xlog.Key{}, cause(err)
	}
	return xlog.ParseKey(filepath.Base(path), data)
}
