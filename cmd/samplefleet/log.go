package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/xlogscan/xlogscan/internal/xlog/xlogtest"
)

const (
	bytesOfLine  = 25  // of an idle line in a container, about
	linesOfBlock = 120 // at most
)

// A log is what one program writes on one day.
type log struct {
	start time.Time // midnight by its clock
	pid   int
	codec string
	crypt string
	lines []line
	idle  int // so many lines of no interest stand all over the day
}

type line struct {
	at   time.Duration
	text string // the whole line
}

func newLog(start time.Time, pid int, codec string) *log {
	return &log{start: start, pid: pid, codec: codec, crypt: "no"}
}

func (l *log) add(at time.Duration, tag, text string) {
	l.lines = append(l.lines, line{at, l.form(at, 'I', tag, text)})
}

func (l *log) form(at time.Duration, level byte, tag, text string) string {
	t := l.start.Add(at) // in two pieces, or the zone would be taken for a fraction of a second
	return fmt.Sprintf("[%c][%s +8.0 %s][%d, %d*][%s][:%d, ][%s", level, t.Format(time.DateOnly), t.Format("15:04:05.000"), l.pid, l.pid+4, tag, l.pid+4, text)
}

// blocks gives the log block by block, each as a container of its own. Idle lines are made as they are needed.
func (l *log) blocks(take func(container []byte) error) error {
	slices.SortStableFunc(l.lines, func(a, b line) int { return int(a.at - b.at) })
	r := random(fmt.Sprint(l.start, l.pid))
	var text strings.Builder
	seq, n, from := 0, 0, 0
	hour := func(at time.Duration) int { return min(int(at/time.Hour), 23) }
	flush := func(to time.Duration) error {
		if n == 0 {
			return nil
		}
		seq++
		head := fmt.Sprintf("block codec=%s crypt=%s seq=%d hours=%d-%d\n", l.codec, l.crypt, seq, from, hour(to))
		container, err := xlogtest.Build(head + text.String())
		text.Reset()
		n = 0
		if err != nil {
			return err
		}
		return take(container)
	}
	write := func(at time.Duration, s string) error {
		if n == 0 {
			from = hour(at)
		}
		text.WriteString("\t" + s + "\n")
		if n++; n == linesOfBlock {
			return flush(at)
		}
		return nil
	}
	next := 0
	for i := range l.idle {
		at := 24 * time.Hour / time.Duration(l.idle+1) * time.Duration(i+1)
		for ; next < len(l.lines) && l.lines[next].at <= at; next++ {
			if err := write(l.lines[next].at, l.lines[next].text); err != nil {
				return err
			}
		}
		if err := write(at, l.chatter(at, r)); err != nil {
			return err
		}
	}
	return flush(24 * time.Hour)
}

// chatter gives a line of no interest.
func (l *log) chatter(at time.Duration, r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return l.form(at, 'V', "MicroMsg.LongLink", fmt.Sprintf("heartbeat seq=%d rtt=%d", r.IntN(1e6), 20+r.IntN(300)))
	case 1:
		return l.form(at, 'I', "MicroMsg.NetStat", fmt.Sprintf("onNetworkChange type=wifi rssi=-%d", 40+r.IntN(50)))
	case 2:
		return l.form(at, 'I', "MicroMsg.JsApi", fmt.Sprintf("invokeHandler api=request callbackId=%d cost=%dms", r.IntN(10000), r.IntN(800)))
	default:
		return l.form(at, 'W', "MicroMsg.Mem", fmt.Sprintf("内存 pss=%dMB 线程=%d", 200+r.IntN(200), 30+r.IntN(120)))
	}
}

// container gives the whole log.
func (l *log) container() ([]byte, error) { return l.part(func(_, _ int) bool { return true }) }

// half gives what the log held at about noon.
func (l *log) half() ([]byte, error) { return l.part(func(i, n int) bool { return i < n/2 }) }

// most gives all blocks but the last, which cache has, with zeros behind it as in a file that was mapped.
func (l *log) most() ([]byte, error) { return l.part(func(i, n int) bool { return i < n-1 }) }

func (l *log) cache() ([]byte, error) {
	b, err := l.part(func(i, n int) bool { return i == n-1 })
	return append(b, make([]byte, max(0, 150<<10-len(b)))...), err
}

// damaged gives the log with noise over the end of one block and its last one cut off.
func (l *log) damaged(seed int) ([]byte, error) {
	b, err := l.container()
	if err != nil {
		return nil, err
	}
	noise, err := xlogtest.Build(fmt.Sprintf("garbage n=%d seed=%d", len(b)/20, seed))
	if err != nil {
		return nil, err
	}
	copy(b[len(b)/2:], noise)
	return b[:len(b)-len(b)/50], nil
}

// part gives those blocks, of n, that want wants.
func (l *log) part(want func(i, n int) bool) ([]byte, error) {
	var list [][]byte
	err := l.blocks(func(b []byte) error {
		list = append(list, b)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []byte
	for i, b := range list {
		if want(i, len(list)) {
			out = append(out, b...)
		}
	}
	return out, nil
}
