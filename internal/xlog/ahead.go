package xlog

import (
	"slices"
	"sync"

	"github.com/xlogscan/xlogscan/internal/xlog/tea"
)

// Blocks are decoded ahead by following the headers from one to the next without
// a look at the bodies. Whether a span is a block at all is still decided in its
// turn, by the same code and from the same outcome as without help; an outcome
// that nobody asks for is dropped. So help changes the time a file takes and
// nothing else.

const (
	aheadBlocks = 16
	aheadBytes  = 1 << 20
	// aheadText bounds the text of a block decoded ahead. One that is larger is
	// decoded in its turn: sixteen of the largest would take a gigabyte.
	aheadText = 4 << 20
)

// ahead holds the blocks that are being decoded before their turn. Several
// goroutines may run work at once; all else is the reader's.
type ahead struct {
	spawn func(work func())
	limit int
	next  int64  // offset up to which headers were followed
	spare []*job // to use again

	mu       sync.Mutex
	finished sync.Cond // a job was
	jobs     []*job    // by offset
}

type job struct {
	offset int64
	size   int
	layout *layout
	sess   *session // whose key opens it; nil if it is not encrypted
	tea    *tea.Key
	key    string
	frame  []byte // header and body, a copy: the window moves on
	dec    decoder

	state    jobState
	out      outcome // its text is dec's
	panicked any     // for the reader, since nobody catches it elsewhere
}

type jobState uint8

const (
	queued jobState = iota
	running
	done
)

func newAhead(spawn func(work func()), maxText int) *ahead {
	if spawn == nil {
		return nil
	}
	a := &ahead{spawn: spawn, limit: min(maxText, aheadText)}
	a.finished.L = &a.mu
	return a
}

// lookAhead queues the blocks behind the start of the window.
func (r *Reader) lookAhead() {
	a := r.ahead
	if a == nil {
		return
	}
	a.drop(r.win.off)
	short := r.win.short // what is found ahead decides nothing
	defer func() { r.win.short = short }()
	a.next = max(a.next, r.win.off)
	added := false
	for len(a.jobs) < aheadBlocks && a.next-r.win.off < aheadBytes {
		j, size := r.jobAt(int(a.next - r.win.off))
		if size == 0 {
			break
		}
		a.next += int64(size)
		if j != nil {
			a.add(j)
			added = true
		}
	}
	if added {
		a.spawn(a.work)
	}
}

// jobAt gives the size of what seems to be a block at window[p:], 0 if nothing
// does, and a job if it is worth one: short bodies and stored text are not, and
// the key of a session is found by its first block, in its turn.
func (r *Reader) jobAt(p int) (*job, int) {
	b := r.win.from(p, fullHeader)
	if len(b) < fullHeader || layouts[b[0]] == nil {
		return nil, 0
	}
	l := &layouts[b[0]][0]
	if l.weak() || !plausible(b, l, r.maxBody) {
		return nil, 0
	}
	size := int(parseHeader(b, l).Length)
	b = r.win.from(p, size)
	if len(b) < size || b[size-1] != 0 {
		return nil, 0
	}
	if l.codec == Stored || size < firstWindow/16 {
		return nil, size
	}
	keys := &r.dec.keys
	var sess *session
	if l.crypt {
		if sess = keys.known(b); sess == nil {
			return nil, size
		}
	}
	var key *tea.Key
	name := ""
	if sess != nil {
		key, name = keys.secret(sess, sess.chosen), keys.keys[sess.chosen].Name
	}
	if r.skip != nil {
		h := parseHeader(b, l)
		h.Offset = r.win.off + int64(p)
		if r.skip(&h, func() []byte { return r.dec.begin(key, l, b[l.header:size-1]) }) {
			return nil, size
		}
	}
	j := r.ahead.blank()
	j.offset, j.size, j.layout = r.win.off+int64(p), size, l
	j.sess, j.tea, j.key = sess, key, name
	j.frame = append(j.frame[:0], b[:size-1]...)
	return j, size
}

// blank gives a job to fill in.
func (a *ahead) blank() *job {
	n := len(a.spare)
	if n == 0 {
		return &job{dec: decoder{maxText: a.limit}}
	}
	j := a.spare[n-1]
	a.spare = a.spare[:n-1]
	j.state = queued
	return j
}

func (a *ahead) add(j *job) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.jobs = append(a.jobs, j)
}

// drop forgets the jobs before an offset: what they gave was used, or will not be.
func (a *ahead) drop(offset int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.jobs) > 0 && a.jobs[0].offset < offset {
		j := a.jobs[0]
		a.jobs = slices.Delete(a.jobs, 0, 1)
		if j.state != running { // else its worker still writes to it, and it is left to the garbage collector
			a.spare = append(a.spare, j)
		}
	}
}

// work decodes queued jobs, the first one first, until there is none.
func (a *ahead) work() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for j := a.queued(); j != nil; j = a.queued() {
		a.run(j)
	}
}

// queued gives the first job that nobody has begun, nil if there is none.
func (a *ahead) queued() *job {
	for _, j := range a.jobs {
		if j.state == queued {
			return j
		}
	}
	return nil
}

// run decodes a job. It holds the lock but while it decodes.
func (a *ahead) run(j *job) {
	j.state = running
	a.mu.Unlock()
	defer func() {
		p := recover()
		a.mu.Lock()
		j.panicked, j.state = p, done
		a.finished.Broadcast()
	}()
	header := j.layout.header
	j.out = j.dec.decodeWith(j.tea, j.key, j.layout, j.frame[:header], j.frame[header:], len(j.frame)-header)
}

// decoded gives the outcome for a frame if it was queued, decoding it now if nobody
// has begun. The text is valid until the reader moves on.
func (r *Reader) decoded(f *frame) (outcome, bool) {
	a := r.ahead
	if a == nil {
		return outcome{}, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.IndexFunc(a.jobs, func(j *job) bool { return j.offset == f.head.Offset })
	if i < 0 || a.jobs[i].layout != f.layout || a.jobs[i].size != f.size {
		return outcome{}, false
	}
	j := a.jobs[i]
	if j.sess != nil && r.dec.keys.known(j.frame) != j.sess {
		return outcome{}, false // its key would have to be proven again
	}
	if j.state == queued {
		a.run(j)
	}
	for j.state != done { // another has it: do some of what comes next meanwhile
		if next := a.queued(); next != nil {
			a.run(next)
		} else {
			a.finished.Wait()
		}
	}
	if j.panicked != nil {
		panic(j.panicked)
	}
	if j.out.ending == large {
		return outcome{}, false // by the limit that holds here only
	}
	if j.sess != nil {
		r.dec.keys.last = j.sess
	}
	return j.out, true
}
