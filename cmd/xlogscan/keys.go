package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"github.com/xlogscan/xlogscan/internal/xlog"
)

// keyFileEnv lists key files as PATH lists folders. They come before those of --key.
const keyFileEnv = "XLOGSCAN_KEY_FILE"

// maxKeyFile is far more than a key takes, in bytes.
const maxKeyFile = 4096

var looksLikeKey = regexp.MustCompile(`^(0[xX])?[0-9a-fA-F]{64}$`)

// readKeys reads the private keys that the environment and --key name.
func (a *app) readKeys(flag []string) ([]xlog.Key, error) {
	var keys []xlog.Key
	for _, path := range append(filepath.SplitList(a.getenv(keyFileEnv)), flag...) {
		if looksLikeKey.MatchString(path) {
			return nil, usage("write the key to a file and name that; arguments are visible to everybody on this machine",
				"--key takes the name of a file, not a key")
		}
		found, err := keysAt(path)
		if err != nil {
			return nil, err
		}
		keys = append(keys, found...)
	}
	return keys, nil
}

// keysAt reads a key file, or all files of a folder save hidden ones.
func keysAt(path string) ([]xlog.Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, usage("", "key file %s: %w", path, cause(err))
	}
	if !info.IsDir() {
		key, err := keyFrom(path)
		return []xlog.Key{key}, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, usage("", "key folder %s: %w", path, cause(err))
	}
	var keys []xlog.Key
	for _, e := range entries {
		if e.IsDir() || e.Name()[0] == '.' {
			continue
		}
		key, err := keyFrom(filepath.Join(path, e.Name()))
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, usage("", "key folder %s holds no key file", path)
	}
	return keys, nil
}

// keyFrom reads one key. It is named for its file without the folder, because the name goes into reports.
func keyFrom(path string) (xlog.Key, error) {
	f, err := os.Open(path)
	if err != nil {
		return xlog.Key{}, usage("", "key file %s: %w", path, cause(err))
	}
	defer f.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err == nil && len(text) > maxKeyFile {
		err = errors.New("longer than any key: 64 hex digits are expected")
	}
	if err != nil {
		return xlog.Key{}, usage("", "key file %s: %w", path, cause(err))
	}
	key, err := xlog.ParseKey(filepath.Base(path), text)
	if err != nil {
		return xlog.Key{}, usage("", "key file %s: %w", path, err)
	}
	return key, nil
}
