package scan

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/xlogscan/xlogscan/internal/signature"
	"github.com/xlogscan/xlogscan/internal/source"
)

// A Follower scans the same paths again and again while the logs there grow. Each result is that of a scan at that
// moment; only what has changed is read for it. It is for one goroutine.
type Follower struct {
	opt   Options
	rules *signature.Catalogue
	files recent
	kept  *state // nil for none
	live  *live  // standard input, nil where it is none of the paths
}

// Follow prepares to follow the paths of opt. Standard input is read as lines of text from now on, until it ends or ctx
// does; started is about now, the year of lines that name none. The errors are those of Run.
func Follow(ctx context.Context, opt Options, started time.Time) (*Follower, error) {
	rules, err := opt.catalogue().Select(opt.Only, opt.Skip)
	if err != nil {
		return nil, err
	}
	if err := opt.validRoles(); err != nil {
		return nil, err
	}
	f := &Follower{opt: opt, rules: rules, files: recent{known: map[string]seen{}}}
	if opt.State != "" {
		if f.kept, err = openState(opt.State, &f.opt); err != nil {
			return nil, err
		}
		f.kept.follows = true
		f.files.met = f.kept
	}
	if slices.Contains(opt.Paths, "-") && opt.Stdin != nil {
		f.opt.Paths = slices.DeleteFunc(slices.Clone(opt.Paths), func(p string) bool { return p == "-" })
		f.live = readLive(ctx, opt, started)
	}
	f.opt.keep = &f.files
	return f, nil
}

// More is sent something when standard input has given lines; it is closed when that has ended, and nil without it.
func (f *Follower) More() <-chan struct{} {
	if f.live == nil {
		return nil
	}
	return f.live.more
}

// Poll scans what has changed since the last time. The result is nil if nothing has.
func (f *Follower) Poll(ctx context.Context) (*Result, error) {
	f.files.begin()
	found, err := collect(ctx, f.opt, readEach)
	if err != nil {
		return nil, err
	}
	found.keptBy(f.kept)
	changed := f.files.end()
	if f.live != nil {
		r, grown := f.live.reading()
		if r != nil {
			found.readings = append(found.readings, r)
			found.problems = append(found.problems, r.problems...)
		}
		changed = changed || grown
	}
	if !changed {
		return nil, nil //nolint:nilnil // documented
	}
	return joined(found, f.opt).result(f.rules, f.opt), nil
}

// recent is a keeper of what the inputs told the last time.
type recent struct {
	// met keeps what inputs told when they were met, nil for nothing. What grows later is not for it: each look would
	// leave one more content there.
	met   keeper
	mu    sync.Mutex
	known map[string]seen // by name of the input
	now   map[string]seen
	fresh bool // something was read
}

// seen is what an input told when it was as the mark says.
type seen struct {
	mark
	readings []*reading
	rest     *foothold // where to read on when it grows; nil for its start
}

// mark tells whether an input has changed.
type mark struct {
	size     int64
	modified time.Time
	content  string // of a cache file only: the app writes to it without the system noting a date
}

func markOf(ctx context.Context, in source.Input) (mark, bool) {
	m := mark{size: in.Size, modified: in.ModTime}
	if in.Size < 0 {
		return m, false
	}
	if strings.HasPrefix(path.Ext(in.Name), ".mmap") {
		sum, err := contentOf(ctx, in)
		m.content = string(sum)
		return m, err == nil
	}
	return m, true
}

// readings implements keeper.
func (k *recent) readings(ctx context.Context, in source.Input, read reader) []*reading {
	m, ok := markOf(ctx, in)
	k.mu.Lock()
	last, known := k.known[in.Name]
	k.mu.Unlock()
	if !ok || !known || last.mark != m {
		rest := last.rest
		if k.met != nil && !known {
			last = seen{mark: m, readings: k.met.readings(ctx, in, read)}
		} else {
			last = seen{mark: m, readings: rest.read(ctx, in, read)}
		}
		if m.content == "" { // else it may change anywhere
			last.rest = rest.next(ctx, in, last.readings)
		}
		known = false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now[in.Name] = last
	k.fresh = k.fresh || !known
	copies := make([]*reading, len(last.readings))
	for i, r := range last.readings {
		copies[i] = r.clone()
	}
	return copies
}

func (k *recent) begin() { k.now, k.fresh = map[string]seen{}, false }

// end reports whether anything is not as it was.
func (k *recent) end() bool {
	changed := k.fresh || len(k.now) != len(k.known)
	k.known = k.now
	return changed
}
