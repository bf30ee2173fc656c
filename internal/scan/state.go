package scan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/source"
)

// A state is a folder that keeps what inputs told, by their content: an input that was read before, under whatever name,
// is not decoded again. An entry appears when its input was read to the end, so that a crash loses nothing that was
// finished, and it is only ever replaced as a whole; a damaged one counts as none.
//
// A log that grew is a new content. It is read on from where another result of its growth begins (grown.go).
type state struct {
	dir     string
	opt     *Options
	salt    []byte // of the options
	follows bool   // what is known may grow soon

	mu      sync.Mutex
	known   int   // inputs, files of archives among them, that were not decoded
	grown   int   // inputs that were read on from where they ended before
	failure error // the first error of writing
}

// stateForm is to be changed with the form of entries, and with what is extracted of a log.
const stateForm = "xlogscan.state/v3"

// openState makes the folder if there is none, and looks whether entries can be made in it.
func openState(dir string, opt *Options) (*state, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder %s of --state cannot be made: %w", dir, source.Cause(err))
	}
	trial, err := os.CreateTemp(dir, unfinished)
	if err != nil {
		return nil, fmt.Errorf("nothing can be written to the folder %s of --state: %w", dir, source.Cause(err))
	}
	_ = trial.Close()
	_ = os.Remove(trial.Name())
	return &state{dir: dir, opt: opt, salt: opt.salt()}, nil
}

const unfinished = "unfinished-*"

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
func (s *state) readings(ctx context.Context, in source.Input, read reader) []*reading {
	if in.Size < 0 {
		return read(nil)
	}
	sum, err := s.sumUp(ctx, in)
	if err != nil {
		return read(nil)
	}
	name := s.entry(in, sum.content)
	if list, err := loadEntry(name, in); err == nil {
		if s.follows && sum.known != nil && len(list) > 0 {
			list[0].rest, _ = sum.known.load()
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.known += len(list)
		return list
	}
	var from *checkpoint
	if sum.known != nil {
		from, _ = sum.known.load() // one that cannot be loaded is none
	}
	list := read(from)
	var rest *checkpoint
	if len(list) > 0 {
		rest = list[0].rest
		if !s.follows {
			list[0].rest = nil // a reading may be held for long
		}
	}
	if slices.ContainsFunc(list, (*reading).refused) { // another time it may be read to its end
		return list
	}
	on := len(list) == 1 && list[0].on
	front, err := sum.again(ctx, in, on, rest)
	if err != nil { // it changed while it was read
		return list
	}
	err = saveEntry(s.dir, name, in, list)
	if err == nil && front != nil {
		err = saveGrowth(s.dir, s.growth(in, sum.head), front, rest)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if on {
		s.grown++
	}
	if s.failure == nil {
		s.failure = err
	}
	return list
}

// entry returns the file that an input of a content has in the folder: by that, or the version that stands for it, and by
// what its name says of it.
func (s *state) entry(in source.Input, content []byte) string { return s.file(in, "", content) }

// growth returns the file that says how far a log was read before that begins so.
func (s *state) growth(in source.Input, head []byte) string { return s.file(in, "grows", head) }

func (s *state) file(in source.Input, kind string, content []byte) string {
	h := sha256.New()
	h.Write(s.salt)
	_, _ = fmt.Fprintln(h, dayOf(in, *s.opt), extract.SidesByName(in.Name), kind)
	h.Write(content)
	sum := hex.EncodeToString(h.Sum(nil))
	return filepath.Join(s.dir, sum[:2], sum[2:])
}

// problems says what kept entries from being written, if something did.
func (s *state) problems() []Problem {
	if s.failure == nil {
		return nil
	}
	return []Problem{{Input: s.dir, Text: "what was read is not kept for the next scan: " + s.failure.Error() + "; make room there or name another folder with --state"}}
}
