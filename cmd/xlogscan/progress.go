package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// progressInterval is short enough to look alive and long enough to cost nothing.
const progressInterval = 100 * time.Millisecond

// bar shows progress on a terminal; its zero value shows nothing. It is for one goroutine at a time.
type bar struct {
	*progressbar.ProgressBar
}

// tracker gives what scan reports its progress to, or nil if nobody wants to know. Scan calls it once at a time.
func (a *app) tracker() func(read, total int64, name string) {
	if _, ok := terminal(a.stderr); ok && a.progress == "auto" && !a.quiet && a.logFormat != logJSON {
		a.bar.start(a.stderr, a.ascii)
	}
	if a.bar.ProgressBar == nil && !a.verbose {
		return nil
	}
	named := map[string]bool{}
	return func(read, total int64, name string) {
		a.bar.show(read, total, name)
		if a.verbose && !named[name] {
			named[name] = true
			a.reading(name)
		}
	}
}

func (b *bar) start(w io.Writer, ascii bool) {
	theme := progressbar.ThemeUnicode
	if ascii {
		theme = progressbar.ThemeASCII
	}
	b.ProgressBar = progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetTheme(theme),
		progressbar.OptionThrottle(progressInterval),
		progressbar.OptionSetWidth(20),
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowTotalBytes(true),
		progressbar.OptionUseIECUnits(true),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionClearOnFinish(),
	)
}

// show draws the bar; the total is -1 if it is not known.
func (b *bar) show(read, total int64, name string) {
	if b.ProgressBar == nil {
		return
	}
	if total > 0 && total != b.GetMax64() {
		b.ChangeMax64(total)
	}
	b.Describe(cells.Visible(name))
	_ = b.Set64(read) // progress that cannot be shown is no reason to stop
}

// clear takes the bar off the terminal, so that other text has it to itself; the next show brings it back.
func (b *bar) clear() {
	if b.ProgressBar != nil {
		_ = b.Clear()
	}
}

// stop takes the bar away for good.
func (b *bar) stop() {
	b.clear()
	b.ProgressBar = nil
}
