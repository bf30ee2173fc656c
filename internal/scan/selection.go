package scan

import (
	"time"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/source"
)

// A tally counts the readings of a scan, and what of their inputs was not read.
type tally struct {
	readings, logs, blocks, lines int
	bytes                         int64
}

func (t *tally) add(r *reading) {
	t.readings++
	if r.log != nil && !r.skipped {
		t.logs++
	}
	t.blocks += r.loss.Skipped.Blocks
	t.bytes += r.loss.Skipped.Bytes
	t.lines += r.outside
}

func (f *found) tally() (t tally) {
	for _, r := range f.readings {
		t.add(r)
	}
	return t
}

// selection says what was left out for the sake of the window or the room; nil where nothing was asked for, or a room took all.
func (t *tally) selection(left []source.Input, opt *Options) *report.Selection {
	s := &report.Selection{
		Inputs: t.readings + len(left), SkippedInputs: len(left), SkippedBlocks: t.blocks, SkippedLines: t.lines, SkippedBytes: t.bytes,
	}
	for _, in := range left {
		s.SkippedBytes += in.Size
	}
	w := &opt.Window
	switch {
	case !w.all():
		s.Since, s.Until, s.MarginSeconds = w.Since.document(), w.Until.document(), int(margin/time.Second)
	case len(left) > 0:
		s.Room, s.MarginSeconds = report.Known(opt.Room), int(before/time.Second)
	default:
		return nil
	}
	return s
}
