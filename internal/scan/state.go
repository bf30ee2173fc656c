package scan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/source"
)

// A state is a folder that keeps what inputs told, by their content: an input that was read before, under whatever name,
// is not decoded again. An entry appears when its input was read to the end, so that a crash loses nothing that was
// finished, and it is only ever replaced as a whole; a damaged one counts as none.
//
// A log that grew is a new content. It is read again from its start, and what it told before does not count.
type state struct {
	dir  string
	opt  *Options
	salt []byte // of the options

	mu      sync.Mutex
	known   int   // inputs, files of archives among them, that were not decoded
	failure error // the first error of writing
}

// stateForm is to be changed with the form of entries, and with what is extracted of a log.
const stateForm = "xlogscan.state/v1"

// openState makes the folder if there is none, and looks whether entries can be made in it.
func openState(dir string, opt *Options) (*state, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder %s of --state cannot be made: %w", dir, cause(err))
	}
	trial, err := os.CreateTemp(dir, unfinished)
	if err != nil {
		return nil, fmt.Errorf("nothing can be written to the folder %s of --state: %w", dir, cause(err))
	}
	_ = trial.Close()
	_ = os.Remove(trial.Name())
	return &state{dir: dir, opt: opt, salt: opt.salt()}, nil
}

const unfinished = "unfinished-*"

func cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// salt sums up the options that change what an input tells.
func (o *Options) salt() []byte {
	h := sha256.New()
	e := json.NewEncoder(h)
	_ = e.Encode([]string{stateForm, o.Version, o.Date.String()}) // a hash takes everything
	if o.Location != nil {
		_ = e.Encode([]string{o.Location.String(), time.Time{}.In(o.Location).String()})
	}
	_ = e.Encode(o.Limits)
	for _, k := range o.Keys {
		_ = e.Encode([]string{k.Name, k.Public()})
	}
	return h.Sum(nil)
}

// readings implements keeper. What cannot be read twice is not kept.
func (s *state) readings(ctx context.Context, in source.Input, read func() []*reading) []*reading {
	if in.Size < 0 {
		return read()
	}
	name, err := s.entry(ctx, in)
	if err != nil {
		return read()
	}
	if list, err := loadEntry(name, in); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.known += len(list)
		return list
	}
	list := read()
	if slices.ContainsFunc(list, (*reading).refused) { // another time it may be read to its end
		return list
	}
	if again, err := s.entry(ctx, in); err != nil || again != name { // it changed while it was read
		return list
	}
	if err := s.save(name, in, list); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.failure == nil {
			s.failure = err
		}
	}
	return list
}

// entry returns the file that an input has in the folder: by its content, or the version that stands for it, and by what
// its name says of it.
func (s *state) entry(ctx context.Context, in source.Input) (string, error) {
	content := []byte(in.Version)
	if in.Version == "" {
		var err error
		if content, err = contentOf(ctx, in); err != nil {
			return "", err
		}
	}
	h := sha256.New()
	h.Write(s.salt)
	_, _ = fmt.Fprintln(h, dayOf(in, *s.opt), extract.SidesByName(in.Name))
	h.Write(content)
	sum := hex.EncodeToString(h.Sum(nil))
	return filepath.Join(s.dir, sum[:2], sum[2:]), nil
}

// contentOf sums up all bytes of an input.
func contentOf(ctx context.Context, in source.Input) ([]byte, error) {
	r, err := in.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // nothing is written
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, r}); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

type contextReader struct {
	ctx context.Context //nolint:containedctx // a reader has no other way
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// loadEntry reads the entry of an input.
func loadEntry(name string, in source.Input) ([]*reading, error) {
	packed, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	text, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, err
	}
	var list []saved
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&list); err != nil {
		return nil, err
	}
	readings := make([]*reading, len(list))
	for i := range list {
		readings[i] = list[i].reading(in)
	}
	return readings, nil
}

// save writes the entry of an input.
func (s *state) save(name string, in source.Input, readings []*reading) (err error) {
	list := make([]saved, len(readings))
	for i, r := range readings {
		list[i] = r.saved(in)
	}
	text, err := json.Marshal(list)
	if err != nil { // a time no calendar has; it is read again
		return nil
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return cause(err)
	}
	f, err := os.CreateTemp(s.dir, unfinished)
	if err != nil {
		return cause(err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(z.EncodeAll(text, nil)); err != nil {
		return cause(err)
	}
	if err := f.Close(); err != nil {
		return cause(err)
	}
	return os.Rename(f.Name(), name)
}

// problems says what kept entries from being written, if something did.
func (s *state) problems() []Problem {
	if s.failure == nil {
		return nil
	}
	return []Problem{{Input: s.dir, Text: "what was read is not kept for the next scan: " + s.failure.Error() + "; make room there or name another folder with --state"}}
}
