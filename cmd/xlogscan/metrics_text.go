package main

import (
	"bufio"
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A family is a metric in all its series. All are gauges: they say what one run found, and begin anew with the next.
type family struct {
	name, help string
	labels     []string // their names
	series     map[labels]float64
}

// labels are the values of up to three labels.
type labels [3]string

// gauge is a family of one series without labels.
func gauge(name, help string, value float64) family {
	return family{name: name, help: help, series: map[labels]float64{{}: value}}
}

// by is a family of which the series of known values of its one label are there also when they are 0, so that an alert on
// the rest of a division or on a change finds them.
func by(name, help, label string, known ...string) family {
	f := family{name: name, help: help, labels: []string{label}, series: map[labels]float64{}}
	for _, value := range known {
		f.series[labels{value}] = 0
	}
	return f
}

var (
	escapedHelp  = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	escapedLabel = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
)

// writeFamilies writes families in the text format of Prometheus, each series with the label run.
func writeFamilies(w io.Writer, run string, list []family) error {
	b := bufio.NewWriter(w)
	for _, f := range list {
		f.write(b, run)
	}
	return b.Flush()
}

// write leaves errors to the flush of b.
func (f *family) write(b *bufio.Writer, run string) {
	put := func(parts ...string) {
		for _, s := range parts {
			_, _ = b.WriteString(s)
		}
	}
	put("# HELP ", f.name, " ", escapedHelp.Replace(f.help), "\n# TYPE ", f.name, " gauge\n")
	keys := slices.SortedFunc(maps.Keys(f.series), func(x, y labels) int {
		return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(x[2], y[2]))
	})
	for _, key := range keys {
		put(f.name, `{run="`, label(run))
		for i, name := range f.labels {
			put(`",`, name, `="`, label(key[i]))
		}
		put(`"} `, strconv.FormatFloat(f.series[key], 'f', -1, 64), "\n")
	}
}

// label makes a value one that the format takes, which has to be UTF-8.
func label(value string) string { return escapedLabel.Replace(strings.ToValidUTF8(value, "\ufffd")) }
