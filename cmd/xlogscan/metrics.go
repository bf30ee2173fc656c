package main

import (
	"cmp"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// metrics is what a run tells a monitoring system when it ends, however it ends.
type metrics struct {
	path  string // of the file, or empty
	begun time.Time

	res *scan.Result   // nil if the logs were not read
	doc *report.Report // what leaves of its report, or the report where the run did not come so far
}

func (m *metrics) flags(f *pflag.FlagSet) {
	f.StringVar(&m.path, "metrics", "", "write counts of the run to `FILE` when it ends, in the text format of Prometheus; one that is there is replaced")
}

// check finds out before the work what would keep the file from being written after it.
func (m *metrics) check(c *cobra.Command) error {
	switch out := c.Flags().Lookup("output"); {
	case m.path == "":
		return nil
	case m.path == "-":
		return m.unusable(usage("", "- is no file: standard output is for the result"))
	case out != nil && out.Value.String() != "" && filepath.Clean(out.Value.String()) == filepath.Clean(m.path):
		return m.unusable(usage("", "--output names the same file"))
	default:
		if err := writable(m.path, true); err != nil {
			return m.unusable(err)
		}
		return nil
	}
}

// unusable gives up the file, so that the end of the run does not try it again.
func (m *metrics) unusable(err error) error {
	m.path = ""
	return usage("", "--metrics: %w", err)
}

// read takes the result of reading the logs.
func (m *metrics) read(res *scan.Result) { m.res, m.doc = res, res.Report }

// chosen takes what leaves of the result.
func (m *metrics) chosen(doc *report.Report) { m.doc = doc }

// label tells the files of several jobs on one host apart: the collector refuses a series that is in two of them.
func (m *metrics) label() string {
	name := filepath.Base(m.path)
	return cmp.Or(strings.TrimSuffix(name, filepath.Ext(name)), name)
}

// measured writes the metrics of a run that ends with a status, and gives the status to end with.
func (a *app) measured(status int) int {
	m := &a.metrics
	if m.path == "" {
		return status
	}
	end := a.now()
	list := m.ofRun(status, end.Sub(m.begun), end)
	if m.res != nil {
		list = append(list, m.ofReport()...)
	}
	err := writeFile(m.path, true, asUmask, func(w io.Writer) error { return writeFamilies(w, m.label(), list) })
	if err == nil {
		return status
	}
	a.errorf("--metrics: %s", err)
	if status == statusDone || status == statusFinding || status == statusPartial || status == statusEmpty {
		return statusUsage
	}
	return status
}
