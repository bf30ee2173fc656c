package scan

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/xlogscan/xlogscan/internal/extract"
	"github.com/xlogscan/xlogscan/internal/logline"
	"github.com/xlogscan/xlogscan/internal/source"
	"github.com/xlogscan/xlogscan/internal/xlog"
)

// live reads standard input while it is written, line by line.
type live struct {
	input source.Input
	more  chan struct{}

	mu     sync.Mutex
	x      *extract.Extractor
	parser *logline.Parser
	rest   []byte      // a line that has not ended
	at     logline.Pos // of rest
	grown  bool        // since the last reading
	done   bool
	err    error
	binary string // what standard input is instead of lines
}

// maxUnended is how long a line may get before it counts as ended.
const maxUnended = 1 << 20

func readLive(ctx context.Context, opt Options, started time.Time) *live {
	in := source.Input{Name: "-", Size: -1, ModTime: started}
	l := &live{
		input: in, more: make(chan struct{}, 1), x: extract.New(in.Name), at: logline.Pos{Input: in.Name, Line: 1},
		parser: logline.NewParser(logline.Options{Location: opt.Location, Date: dayOf(in, opt)}),
	}
	go func() {
		defer close(l.more)
		buf := make([]byte, 64<<10)
		for ctx.Err() == nil {
			n, err := opt.Stdin.Read(buf)
			if !l.take(buf[:n], err) {
				return
			}
			select {
			case l.more <- struct{}{}:
			default:
			}
		}
	}()
	return l
}

// take takes what a read gave and reports whether there may be more.
func (l *live) take(text []byte, err error) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at.Offset == 0 && len(l.rest) == 0 && len(text) > 0 {
		if kind, name := source.Sniff(text); kind != source.Text || xlog.Sniff(text) {
			l.binary, l.done, l.grown = name, true, true
			return false
		}
	}
	l.rest = append(l.rest, text...)
	l.done = err != nil
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = err
	}
	n := bytes.LastIndexByte(l.rest, '\n') + 1
	if l.done || n == 0 && len(l.rest) > maxUnended {
		n = len(l.rest)
	}
	for line := range l.parser.Lines(l.rest[:n], l.at) {
		l.x.Add(&line)
	}
	l.at.Offset += int64(n)
	l.at.Line += bytes.Count(l.rest[:n], []byte{'\n'})
	l.rest = append(l.rest[:0], l.rest[n:]...)
	l.grown = l.grown || n > 0 || l.done
	return !l.done
}

// reading returns what standard input has told so far, nil if nothing, and whether it is more than the last time.
func (l *live) reading() (r *reading, grown bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	grown, l.grown = l.grown, false
	r = &reading{input: l.input, bytes: l.at.Offset}
	switch {
	case l.binary != "":
		r.fail("with --follow standard input is read as lines of text, and this is %s; save it to a file first", l.binary)
		return r, grown
	case l.at.Offset == 0:
		return nil, grown
	case l.err != nil:
		r.fail("reading stopped after %d bytes: %v", l.at.Offset, l.err)
	}
	r.log = l.x.Log()
	r.named = namesOf(l.x)
	r.kind = r.log.Format.String()
	return r, grown
}
