package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"

	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/redact"
)

// maxRedactMap bounds what is read of a map, in bytes.
const maxRedactMap = 64 << 20

// redactMap is the file that keeps pseudonyms the same over runs. Its path is empty where they are for one run only.
type redactMap struct {
	path    string
	numbers *redact.Numbers
}

func (m *redactMap) flags(f *pflag.FlagSet) {
	f.StringVar(&m.path, "redact-map", "", "keep pseudonyms the same over runs by `FILE`, which is made if need be; it holds no personal data, but keep it to yourself")
}

// load reads the file, or prepares a new one, so that what keeps it from being used is known before the work.
func (m *redactMap) load() error {
	if m.path == "" {
		return nil
	}
	info, err := os.Stat(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		if m.numbers == nil {
			m.numbers, err = redact.NewNumbers(rand.Reader)
			return err
		}
		return nil
	}
	switch {
	case err != nil:
		return usage("", "redact map %s: %w", m.path, cause(err))
	case !info.Mode().IsRegular():
		return usage("", "redact map %s is no regular file", m.path)
	case info.Mode()&0o077 != 0 && runtime.GOOS != "windows":
		return usage("chmod 600 "+m.path, "redact map %s is open to others (mode %04o), and must be for you alone", m.path, info.Mode().Perm())
	}
	f, err := open("redact map "+m.path, m.path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(f, maxRedactMap))
	if err == nil {
		m.numbers, err = redact.ReadNumbers(text)
	}
	if err != nil {
		return usage("", "redact map %s: %w", m.path, err)
	}
	return nil
}

// update has give make all the pseudonyms that a result needs, and writes the file, before anything with them leaves. Of
// other runs that use the file one comes at a time, and each goes on where the last one ended.
func (m *redactMap) update(ctx context.Context, give func() error) error {
	if m.path == "" {
		return give()
	}
	release, err := lock(ctx, m.path+".lock")
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return usage("", "redact map %s: lock it: %w", m.path, cause(err))
	}
	defer release()
	if err := m.load(); err != nil {
		return err
	}
	if err := give(); err != nil {
		return err
	}
	return writeFile(m.path, true, onlyMine, m.numbers.Write)
}
